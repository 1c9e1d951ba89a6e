import { sql } from 'kysely';
import { z } from 'zod';
import type { SignedEntry } from '../../contract/journal-entry.ts';
import { type Epoch, epochSchema } from '../../contract/primitives.ts';
import type { CustodyReceipt } from '../../contract/sync-protocol.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { Said } from './judge-entry.ts';

/** How far custody of a device reaches, and what of it waits for other work. */
export type Reach = {
  /** That of the items, else the newest of which anything stands in the chain. */
  readonly epoch: Epoch | undefined;
  /** The newest entry of that epoch in custody. */
  readonly head: { readonly seq: number; readonly hash: string } | undefined;
  readonly incarnation: string;
  readonly isAnyWaiting: boolean;
  readonly isAnyErased: boolean;
};

/** What waits settles nothing and moves no cursor. */
const settledOf = (said: readonly Said[]): readonly Said[] =>
  said.filter(({ verdict }) => verdict.verdict !== 'PENDING');

/** One question for what follows the judging, by whoever holds the device's row: nobody else erases or waits there. */
export async function findReach(tx: Tx, deviceId: string, said: readonly Said[]): Promise<Reach> {
  const inChain = settledOf(said).findLast(({ epoch }) => epoch !== null)?.epoch ?? null;
  const { rows } = await sql<{
    readonly n: number | null;
    readonly nonce: string | null;
    readonly seq: number | null;
    readonly hash: string | null;
    readonly incarnation: string;
    readonly waits: boolean;
    readonly erased: boolean;
  }>`select own.n, own.nonce, head.seq, head.hash, m.value as incarnation,
      exists (select 1 from pending_entry where device_id = ${deviceId}) as waits,
      exists (select 1 from erased_subject where device_id = ${deviceId}) as erased
    from meta m
    left join lateral (select ${inChain?.n ?? null}::int as n, ${inChain?.nonce ?? null}::text as nonce
      where ${inChain !== null}
      union all
      (select epoch_n, epoch_nonce from entry where device_id = ${deviceId} and ${inChain === null}
        order by epoch_n desc, epoch_nonce desc, seq desc limit 1)) own on true
    left join lateral (select seq, hash from entry where device_id = ${deviceId} and epoch_n = own.n
      and epoch_nonce = own.nonce order by seq desc limit 1) head on true
    where m.key = 'incarnation'`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('a province has an incarnation');
  return {
    epoch: row.n === null || row.nonce === null ? undefined : { n: row.n, nonce: row.nonce },
    head: row.seq === null || row.hash === null ? undefined : { seq: row.seq, hash: row.hash },
    incarnation: row.incarnation,
    isAnyWaiting: row.waits,
    isAnyErased: row.erased,
  };
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
export function custodyReceipt(
  context: ProvinceContext,
  deviceId: string,
  request: { readonly entries: readonly SignedEntry[]; readonly damaged: readonly { readonly epoch: Epoch }[] },
  said: readonly Said[],
  { epoch: inChain, head, incarnation }: Reach,
): CustodyReceipt | undefined {
  const last = settledOf(said).reduce<Said | undefined>(
    (best, one) => (best === undefined || one.seq >= best.seq ? one : best),
    undefined,
  );
  const epoch = inChain ?? claimedEpoch(request.entries) ?? request.damaged[0]?.epoch;
  if (epoch === undefined) return undefined;
  // Bytes that were set aside move the cursor too: they are in custody, though not in the chain.
  const ack = last !== undefined && last.seq > (head?.seq ?? 0) ? last : head;
  return {
    deviceId,
    epoch: { n: epoch.n, nonce: epoch.nonce },
    ackSeq: ack?.seq ?? 0,
    head: ack?.hash ?? null,
    verdicts: said.map(({ seq, hash, verdict }) => ({ seq, hash, verdict })),
    incarnation,
    serverTime: context.now(),
  };
}
