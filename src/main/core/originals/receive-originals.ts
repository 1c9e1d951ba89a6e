import { findOpenSession } from '../cash/cash-store.ts';
import type { WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import { insertHolding, readHoldingsOf } from './holding-store.ts';

/** Papers of one stream that stay at the counter from now on. */
export type HeldPapers = { readonly stream: string; readonly kinds: readonly string[]; readonly officerId: string };

/** Takes originals into custody inside the caller's commit; nothing for no kinds. */
export type HoldPapers = (tx: WriteTx, append: Append, held: HeldPapers) => Promise<void>;

/**
 * Takes originals into custody inside the caller's commit: an entry and a holding for each paper, so that each can be
 * given back by itself. A paper of the stream that lies in the drawer already stays the holding it is.
 * Answers a holding for each kind, in the order asked.
 */
export async function receiveOriginals(
  tx: WriteTx,
  append: Append,
  { stream, kinds, officerId }: HeldPapers,
  newId: () => string,
): Promise<readonly string[]> {
  const held = new Map((await readHoldingsOf(tx, stream)).map((one) => [one.kind, one.holdingId]));
  const cashSessionId = (await findOpenSession(tx))?.cashSessionId ?? null;
  for (const kind of new Set(kinds)) {
    if (held.has(kind)) continue;
    const holdingId = newId();
    const entry = append({
      type: 'originals.received',
      stream,
      officerId,
      cashSessionId,
      body: { holdingId, kinds: [kind] },
    });
    await insertHolding(tx, { holdingId, stream, kind, receivedAt: entry.wallMs });
    held.set(kind, holdingId);
  }
  return kinds.flatMap((kind) => held.get(kind) ?? []);
}
