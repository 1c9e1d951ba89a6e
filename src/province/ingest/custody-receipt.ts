import { z } from 'zod';
import type { SignedEntry } from '../../contract/journal-entry.ts';
import { type Epoch, epochSchema } from '../../contract/primitives.ts';
import type { CustodyReceipt } from '../../contract/sync-protocol.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import { findEpochHead } from './entry-store.ts';
import type { Said } from './judge-entry.ts';

/** The newest epoch of which anything stands in the chain. */
async function newestEpoch(tx: Tx, deviceId: string): Promise<Epoch | undefined> {
  return tx
    .selectFrom('entry')
    .select(['epoch_n as n', 'epoch_nonce as nonce'])
    .where('device_id', '=', deviceId)
    .orderBy('epoch_n', 'desc')
    .orderBy('epoch_nonce', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

const epochOnly = z.object({ epoch: epochSchema });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    return undefined; // bytes that tell nothing
  }
}

/** The epoch that the bytes themselves claim, for a device of which nothing stands in the chain yet. */
function claimedEpoch(items: readonly SignedEntry[]): Epoch | undefined {
  return items.map(({ text }) => epochOnly.safeParse(parseJson(text)).data?.epoch).find((epoch) => epoch !== undefined);
}

/**
 * What we sign for a request: every verdict, and how far custody reaches. Undefined when nothing tells an epoch: a device of
 * which we hold nothing, without one readable item.
 */
export async function custodyReceipt(
  tx: Tx,
  context: ProvinceContext,
  deviceId: string,
  request: { readonly entries: readonly SignedEntry[]; readonly damaged: readonly { readonly epoch: Epoch }[] },
  said: readonly Said[],
): Promise<CustodyReceipt | undefined> {
  // What waits settles nothing and moves no cursor.
  const settled = said.filter(({ verdict }) => verdict.verdict !== 'PENDING');
  const last = settled.reduce<Said | undefined>(
    (best, one) => (best === undefined || one.seq >= best.seq ? one : best),
    undefined,
  );
  const inChain = settled.findLast(({ epoch }) => epoch !== null)?.epoch ?? (await newestEpoch(tx, deviceId));
  const epoch = inChain ?? claimedEpoch(request.entries) ?? request.damaged[0]?.epoch;
  if (epoch === undefined) return undefined;
  const head = await findEpochHead(tx, deviceId, epoch);
  // Bytes that were set aside move the cursor too: they are in custody, though not in the chain.
  const ack = last !== undefined && last.seq > (head?.seq ?? 0) ? last : head;
  return {
    deviceId,
    epoch: { n: epoch.n, nonce: epoch.nonce },
    ackSeq: ack?.seq ?? 0,
    head: ack?.hash ?? null,
    verdicts: said.map(({ seq, hash, verdict }) => ({ seq, hash, verdict })),
    incarnation: await currentIncarnation(tx),
    serverTime: context.now(),
  };
}
