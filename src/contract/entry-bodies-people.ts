import { z } from 'zod';
import { hashSchema, jweSchema, uuidSchema } from './primitives.ts';

/** Bodies of what an officer does for himself, by entry type; who he is stands in the envelope. */
export const peopleEntryBodies = {
  /** He chose a PIN of his own, over his old one or with the one-time code that he was given. */
  'officer.pin-changed': z.object({
    from: z.enum(['pin', 'start-code']),
    /**
     * SHA-256 of the verifier in whose place the new one comes, as the province knows it: only then the province takes it.
     * The verifier has 128 random bits in it, so there is nothing to guess against.
     */
    replaces: hashSchema,
    /** JWE of `{"argon2id": "<PHC string>"}` to the province; null where this counter had no key of the province. */
    verifier: jweSchema.nullable(),
  }),
  /** He pressed Dibaca under an announcement. */
  'announcement.read': z.object({ announcementId: uuidSchema }),
} as const;
