import { sql } from 'kysely';
import { anyListed, anyOf } from '../db/any-of.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { DeliveryState } from '../db/schema-counter.ts';
import { countWaitingPages } from './page-lane-store.ts';

/** Where one entry stands on its way to the province. */
export type Delivery = {
  readonly epochN: number;
  readonly epochNonce: string;
  readonly seq: number;
  readonly lane: 'money' | 'audit';
  readonly state: DeliveryState;
  readonly tries: number;
  readonly lastReason: string | null;
  readonly verdict: string | null;
  readonly recordedAt: number;
  readonly settledAt: number | null;
  /** Why and since when the province had set it aside; null while it does, and where it never did. */
  readonly aside: { readonly verdict: string; readonly at: number } | null;
};

/** Not yet answered for by the province's signed receipt. */
const UNSENT: readonly DeliveryState[] = ['queued', 'sending', 'exported'];

type Row = {
  epoch_n: number;
  epoch_nonce: string;
  seq: number;
  lane: 'money' | 'audit';
  state: DeliveryState;
  tries: number;
  last_reason: string | null;
  verdict: string | null;
  recorded_at: number;
  settled_at: number | null;
  aside_verdict: string | null;
  aside_at: number | null;
};

const toDelivery = (row: Row): Delivery => ({
  epochN: row.epoch_n,
  epochNonce: row.epoch_nonce,
  seq: row.seq,
  lane: row.lane,
  state: row.state,
  tries: row.tries,
  lastReason: row.last_reason,
  verdict: row.verdict,
  recordedAt: row.recorded_at,
  settledAt: row.settled_at,
  aside: row.aside_verdict === null || row.aside_at === null ? null : { verdict: row.aside_verdict, at: row.aside_at },
});

/**
 * Rows of the partial index `delivery_unsettled`, which SQLite takes only where the query repeats its condition word by
 * word: a bound value is not known when the query is planned.
 */
function unsettled(tx: Pick<ReadTx, 'selectFrom'>) {
  return tx.selectFrom('delivery').where('state', '<>', sql.lit<'acknowledged'>('acknowledged'));
}

const selectUnsentMoney = prepared()((from) =>
  unsettled(from)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', [...UNSENT])
    .where('lane', '=', 'money'),
);

/** Money and pages of papers not yet in custody; audit entries travel along and count in no limit (OPOP-Sync/1 14.2). */
export async function countUnsentMoney(tx: ReadTx): Promise<number> {
  const [row] = selectUnsentMoney(tx, {});
  return (row?.count ?? 0) + (await countWaitingPages(tx)).pages;
}

const selectFigures = prepared()((from) =>
  unsettled(from)
    .select((eb) => [
      'state',
      'lane',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number | null>('recorded_at').as('oldest'),
    ])
    .where('state', 'in', [...UNSENT, 'quarantined'])
    .groupBy(['state', 'lane']),
);

/** What waits, what is quarantined, and since when. */
export async function outboxFigures(tx: ReadTx): Promise<{
  readonly unsent: number;
  readonly unsentMoney: number;
  /** How many of them are pages of papers, which have a lane of their own. */
  readonly unsentPages: number;
  readonly quarantined: number;
  readonly oldestAt: number | null;
}> {
  const rows = selectFigures(tx, {});
  const sum = (of: readonly (typeof rows)[number][]): number => of.reduce((total, row) => total + row.count, 0);
  const waiting = rows.filter((row) => row.state !== 'quarantined');
  const money = waiting.filter((row) => row.lane === 'money');
  const pages = await countWaitingPages(tx);
  const oldest = [...money.map((row) => row.oldest), pages.oldestAt].filter((at) => at !== null);
  return {
    unsent: sum(waiting) + pages.pages,
    unsentMoney: sum(money) + pages.pages,
    unsentPages: pages.pages,
    quarantined: sum(rows.filter((row) => row.state === 'quarantined')),
    oldestAt: oldest.length === 0 ? null : Math.min(...oldest),
  };
}

const selectUnsent = prepared<{ limit: number; afterSeq: number }>()((from, of) =>
  unsettled(from)
    .selectAll()
    .where('state', 'in', [...UNSENT])
    .where('seq', '>', of('afterSeq'))
    .orderBy('seq')
    .limit(of('limit')),
);

/** The next items to push after a place, oldest first: chain order, not clock order. */
export async function readUnsent(tx: ReadTx, limit: number, afterSeq = 0): Promise<readonly Delivery[]> {
  return selectUnsent(tx, { limit, afterSeq }).map(toDelivery);
}

/** Which rows of the Kotak Kirim are asked for. */
export type Shown = { readonly show: 'unsent' | 'all'; readonly lane: 'money' | 'all'; readonly limit: number };

/** For the Kotak Kirim: unsent and quarantined first come first, or everything newest first; and how many there are. */
export async function readDeliveries(
  tx: ReadTx,
  { show, lane, limit }: Shown,
): Promise<{ readonly rows: readonly Delivery[]; readonly total: number }> {
  const all =
    show === 'unsent' ? unsettled(tx).where('state', 'in', [...UNSENT, 'quarantined']) : tx.selectFrom('delivery');
  const query = lane === 'money' ? all.where('lane', '=', 'money') : all;
  const rows = await query
    .selectAll()
    .orderBy('seq', show === 'unsent' ? 'asc' : 'desc')
    .limit(limit)
    .execute();
  const counted = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { rows: rows.map(toDelivery), total: counted.total };
}

/** What the province keeps but could not apply; shown until a person has decided, never hidden. */
export async function readQuarantined(tx: ReadTx, limit: number): Promise<readonly Delivery[]> {
  const rows = await unsettled(tx).selectAll().where('state', '=', 'quarantined').orderBy('seq').limit(limit).execute();
  return rows.map(toDelivery);
}

export async function findDelivery(tx: ReadTx, seq: number): Promise<Delivery | undefined> {
  const row = await tx.selectFrom('delivery').selectAll().where('seq', '=', seq).executeTakeFirst();
  return row === undefined ? undefined : toDelivery(row);
}

export async function findDeliveries(tx: ReadTx, seqs: readonly number[]): Promise<ReadonlyMap<number, Delivery>> {
  if (seqs.length === 0) return new Map();
  const rows = await tx.selectFrom('delivery').selectAll().where('seq', 'in', anyOf(seqs)).execute();
  return new Map(rows.map((row) => [row.seq, toDelivery(row)]));
}

const updateSending = preparedWrite<{ seqs: string }>()((to, of) =>
  to
    .updateTable('delivery')
    .set((eb) => ({ state: 'sending' as const, tries: eb('tries', '+', 1) }))
    .where('seq', 'in', anyListed<number>(of('seqs')))
    .where('state', 'in', [...UNSENT]),
);

/** Committed before the first byte of an entry leaves: from here on a void is no longer ours to give. */
export async function markSending(tx: WriteTx, seqs: readonly number[]): Promise<void> {
  updateSending(tx, { seqs: JSON.stringify(seqs) });
}

/** A line fault is a reason on the row, never a lost row: it stays `sending` and is tried again. */
export async function noteReason(tx: WriteTx, seqs: readonly number[], reason: string): Promise<void> {
  if (seqs.length === 0) return;
  await tx
    .updateTable('delivery')
    .set({ last_reason: reason })
    .where('seq', 'in', anyOf(seqs))
    .where('state', 'in', [...UNSENT])
    .execute();
}

/** Committed before the first byte of a bundle is written: from here on a void is no longer ours to give. */
export async function markExported(tx: WriteTx, fromSeq: number, toSeq: number): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'exported' })
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', toSeq)
    .where('state', 'in', [...UNSENT])
    .execute();
}

const selectAcknowledged = prepared()((from) =>
  from.selectFrom('delivery').select('seq').where('state', '=', 'acknowledged').orderBy('seq', 'desc').limit(1),
);

/** The newest item for which the province's word is here; undefined before the first. */
export async function findNewestAcknowledged(tx: ReadTx): Promise<number | undefined> {
  return selectAcknowledged(tx, {})[0]?.seq;
}

/** Places after `seq` that count as in custody, oldest first, at most `limit`. */
export async function readSettledAfter(tx: ReadTx, seq: number, limit: number): Promise<readonly number[]> {
  const query = tx.selectFrom('delivery').select('seq').where('seq', '>', seq).where('state', '=', 'acknowledged');
  return (await query.orderBy('seq').limit(limit).execute()).map((row) => row.seq);
}

/** The verdict on bytes of a rotten row, which the province has stored and can never apply. */
export const DAMAGED = 'QUARANTINED:DAMAGED';

const selectUndeclared = prepared()((from) =>
  from
    .selectFrom('delivery')
    .selectAll()
    .where('verdict', '=', DAMAGED)
    .where('declared_at', 'is', null)
    .orderBy('seq'),
);

/** Rotten rows in custody whose place no epoch has declared, oldest first. */
export async function readUndeclared(tx: ReadTx): Promise<readonly Delivery[]> {
  return selectUndeclared(tx, {}).map(toDelivery);
}

/** The gap of these rows stands in the first entry of an epoch. */
export async function noteDeclared(tx: WriteTx, fromSeq: number, toSeq: number, atMs: number): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ declared_at: atMs })
    .where('verdict', '=', DAMAGED)
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', toSeq)
    .execute();
}

/** What the counter remembers of its contacts. */
export type SyncState = {
  readonly incarnation: string | null;
  readonly lastContactAt: number | null;
  readonly lastCustodyAt: number | null;
};

const selectState = prepared()((from) => from.selectFrom('sync_state').selectAll());

export async function readSyncState(tx: ReadTx): Promise<SyncState> {
  const [row] = selectState(tx, {});
  return {
    incarnation: row?.incarnation ?? null,
    lastContactAt: row?.last_contact_at ?? null,
    lastCustodyAt: row?.last_custody_at ?? null,
  };
}

const putState = preparedWrite<SyncState>()((to, of) => {
  const row = {
    incarnation: of('incarnation'),
    last_contact_at: of('lastContactAt'),
    last_custody_at: of('lastCustodyAt'),
  };
  return to
    .insertInto('sync_state')
    .values({ only_row: 1, ...row })
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row));
});

/** Changes what is given; the rest stays as it was. */
export async function putSyncState(tx: WriteTx, change: Partial<SyncState>): Promise<void> {
  putState(tx, { ...(await readSyncState(tx)), ...change });
}
