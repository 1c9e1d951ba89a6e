import { z } from 'zod';
import { ENTRY_CONTEXT, type SignedEntry } from '../../contract/journal-entry.ts';
import type { LeanEntry, PushRequest, SentPush } from '../../contract/sync-protocol.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { sha256 } from '../crypto/hashing.ts';

const leanSchema = z.looseObject({ body: z.unknown() });

/** The text with `prev` and `bodyHash` put back; the bytes as they came where that cannot be done, to be set aside as such. */
function restoredText(lean: string, before: string | undefined): string {
  try {
    const parsed = leanSchema.safeParse(JSON.parse(lean));
    if (!parsed.success) return lean;
    return canonicalJson({ ...parsed.data, prev: before ?? null, bodyHash: sha256(canonicalJson(parsed.data.body)) });
  } catch (_notJson) {
    return lean; // judged like every other unreadable item
  }
}

function fullEntry({ lean, sig }: LeanEntry, before: string | undefined): SignedEntry {
  const text = restoredText(lean, before);
  return { text, hash: sha256(ENTRY_CONTEXT + text), sig };
}

/** A push with every entry whole again (OPOP-Sync/1 5.8); the signatures tell whether the bytes are those that were signed. */
export function fullPush(sent: SentPush): PushRequest {
  const entries: SignedEntry[] = [];
  for (const item of sent.entries) entries.push('lean' in item ? fullEntry(item, entries.at(-1)?.hash) : item);
  return { ...sent, entries };
}
