import { z } from 'zod';
import type { SignedEntry } from '../../../contract/journal-entry.ts';
import type { LeanEntry, PushRequest, SentPush } from '../../../contract/sync-protocol.ts';
import { bodyHash, canonicalJson } from './hash-chain.ts';

const textSchema = z.looseObject({ body: z.unknown() });

/** What the province will make of it: `prev` and `bodyHash` put back. */
function restored(lean: object, prev: string, body: unknown): string {
  return canonicalJson({ ...lean, prev, bodyHash: bodyHash(body) });
}

/** The entry without what its receiver derives; undefined where the rest would not give the same bytes again. */
function leanOf({ text, sig }: SignedEntry, before: string): LeanEntry | undefined {
  try {
    const parsed = textSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    const { prev: _prev, bodyHash: _bodyHash, ...rest } = parsed.data;
    return restored(rest, before, parsed.data.body) === text ? { lean: canonicalJson(rest), sig } : undefined;
  } catch (_notCanonical) {
    return undefined; // a rotten text travels as it is
  }
}

/** A push as it travels (OPOP-Sync/1 5.8): every entry but the first without its two derived hashes, where that is exact. */
export function leanPush(request: PushRequest): SentPush {
  const entries = request.entries.map((entry, index) => {
    const before = request.entries[index - 1];
    return before === undefined ? entry : (leanOf(entry, before.hash) ?? entry);
  });
  return { ...request, entries };
}
