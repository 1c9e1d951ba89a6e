import { z } from 'zod';
import type { LocalDate } from '../domain/local-date.ts';
import { parseLocalDate } from '../domain/local-date.ts';
import type { Nrkb } from '../domain/nrkb.ts';
import { parseNrkb } from '../domain/nrkb.ts';
import { REGENCY_CODES } from '../domain/regency.ts';
import type { Rupiah } from '../domain/rupiah.ts';

/** Half of a character, alone: no text can hold it, and UTF-8 turns it into another one. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text that a person or a program typed, at most `longest` UTF-16 units: never with half a character in it. */
export const textSchema = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !LONE_SURROGATE.test(text), 'HALF_A_CHARACTER');

/** A UUIDv7 in its lower-case text form, born at the counter and final. */
export const uuidSchema = z.uuid();

/** Where training says of itself that it is none of the real thing: certificates, entries, hello, keys (OPOP-Sync/1 17.1). */
export const trainingMarkSchema = z.literal('latihan');

/** An instant in ms UTC. */
export const instantSchema = z.int().nonnegative();

/** Whole rupiah, signed. A fraction or an unsafe integer is refused. */
export const rupiahSchema = z.int().transform((n): Rupiah => n as Rupiah);

/** Whole rupiah, zero or more. */
export const amountSchema = z
  .int()
  .nonnegative()
  .transform((n): Rupiah => n as Rupiah);

/** `YYYY-MM-DD`, a real calendar day in Asia/Jakarta. */
export const localDateSchema = z.string().transform((text, context): LocalDate => {
  const parsed = parseLocalDate(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: 'NOT_A_DATE' });
  return z.NEVER;
});

/** A plate number in any spelling, answered in the canonical one. */
export const nrkbSchema = z
  .string()
  .max(40)
  .transform((text, context): Nrkb => {
    const parsed = parseNrkb(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: 'NRKB_INVALID' });
    return z.NEVER;
  });

const base64url = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${String(length)}}$`));

/** SHA-256, base64url without padding (43 characters). */
export const hashSchema = base64url(43);
/** Ed25519 signature, base64url (86 characters). */
export const signatureSchema = base64url(86);
/** Raw Ed25519 or X25519 public key, base64url (43 characters). */
export const publicKeySchema = base64url(43);
/** First 9 bytes of the SHA-256 of a raw public key, base64url (12 characters). */
export const keyIdSchema = base64url(12);
/** 64 random bits, base64url (11 characters). */
export const nonce64Schema = base64url(11);
/** 128 random bits, base64url (22 characters). */
export const nonce128Schema = base64url(22);
/** A JWE in compact form (RFC 7516): ECDH-ES over X25519, A256GCM, `kid` names the sealing key. */
export const jweSchema = z
  .string()
  .max(64_000)
  .regex(/^[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){4}$/);

/** `35xx`: regency or city of East Java (facts, section 8). */
export const regencySchema = z.enum(REGENCY_CODES);

/** Outlet id as the province prints it, e.g. `3506-017`: regency and a running number. */
export const outletIdSchema = z.string().regex(/^\d{4}-\d{3}$/);

/** An officer's id, given by the province. */
export const officerIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);

export const roleSchema = z.enum(['officer', 'supervisor', 'installer', 'auditor']);
/** What a signed-in person may do follows from the role. */
export type Role = z.infer<typeof roleSchema>;

export const timeTrustSchema = z.enum(['anchored', 'rtc', 'clamped', 'suspect']);
/** How far the time of an entry can be believed (OPOP-Sync/1 8.2). */
export type TimeTrust = z.infer<typeof timeTrustSchema>;

export const epochSchema = z.object({ n: z.int().positive(), nonce: nonce64Schema });
/** An epoch is (n, nonce) everywhere (OPOP-Sync/1 3.3). */
export type Epoch = Readonly<z.infer<typeof epochSchema>>;

/** A text signed as it stands: the receiver verifies the bytes first and parses them afterwards. */
export const signedTextSchema = z.object({
  text: z.string().max(8_000_000),
  keyId: keyIdSchema,
  sig: signatureSchema,
});
/** Canonical JSON with a detached Ed25519 signature over `context + NUL + text`. */
export type SignedText = Readonly<z.infer<typeof signedTextSchema>>;

/**
 * Personal data of one stream: AES-256-GCM under that stream's body key, which is never inside signed bytes. Plain text:
 * canonical JSON; additional data: the UTF-8 bytes of `subject`; `ciphertext` ends with the 16 bytes of the tag.
 */
export const sealedBodySchema = z.object({
  subject: uuidSchema,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{16}$/),
  ciphertext: z
    .string()
    .max(16_000)
    .regex(/^[A-Za-z0-9_-]+$/),
});
export type SealedBody = Readonly<z.infer<typeof sealedBodySchema>>;
