import { sql } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Epoch } from '../../contract/primitives.ts';
import type { Tx } from '../db/open.ts';
import { type DeclaredGap, type GapProblem, gapOf, gapProblem } from './declared-gap.ts';
import type { StoredVerdict } from './entry-store.ts';
import type { ProvedItem } from './proved-item.ts';
import type { ReadBody } from './typed-body.ts';

/** An entry in custody, as later ones refer to it. */
export type StandingEntry = { readonly seq: number; readonly epoch: Epoch; readonly verdict: StoredVerdict };

/**
 * What custody says that bears on some items, asked once for all of them. Judging adds to it as it goes, so that an item
 * sees the ones before it whether they are in the database yet or not.
 */
export type ChainFacts = {
  readonly byHash: Map<string, StandingEntry>;
  readonly suspended: Map<string, 'QUARANTINED' | 'FORK'>;
  readonly suspendedItems: Map<string, { readonly seq: number; readonly verdict: 'QUARANTINED' | 'FORK' }>;
  /** When a waiting entry came, ms UTC, by hash. */
  readonly pending: Map<string, number>;
  readonly places: Map<string, { readonly hash: string; readonly prev: string | null }>;
  /** Places whose damaged bytes the device itself handed over. */
  readonly damaged: Set<string>;
  readonly gaps: DeclaredGap[];
  /** Why the gap that an entry declares is not believed, by the hash of the entry. */
  readonly gapProblems: Map<string, GapProblem>;
  readonly officers: Set<string>;
  readonly sales: Set<string>;
  /** When we gave out an anchor, ms UTC. */
  readonly anchors: Map<string, number>;
  /** How far custody reached before this database was restored; 0 when nothing is known to be lost. */
  readonly lostThrough: number;
  /** Sales whose void is announced for a later request: their booking waits for it. */
  readonly voidsFollow: ReadonlySet<string>;
};

export const placeKey = (epoch: Epoch, seq: number): string => `${epoch.n}/${epoch.nonce}/${seq}`;

/** A genuine entry whose body can be read. */
export type Readable = { readonly hash: string; readonly envelope: EntryEnvelope; readonly read: ReadBody | undefined };

function readableOf(items: readonly ProvedItem[]): readonly Readable[] {
  return items.flatMap(({ item, proof, read }) =>
    proof.proof === 'genuine'
      ? [{ hash: item.hash, envelope: proof.envelope, read: read?.ok === true ? read.value : undefined }]
      : [],
  );
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const present = <T>(value: T | null | undefined): readonly T[] =>
  value === null || value === undefined ? [] : [value];

async function loadHashes(tx: Tx, deviceId: string, items: readonly ProvedItem[], facts: ChainFacts): Promise<void> {
  const prevs = readableOf(items).flatMap(({ envelope }) => present(envelope.prev));
  const hashes = distinct([...items.filter((one) => one.isIntact).map(({ item }) => item.hash), ...prevs]);
  const { rows } = await sql<{ hash: string; seq: number; n: number; nonce: string; verdict: StoredVerdict }>`
    select e.hash, e.seq, e.epoch_n as n, e.epoch_nonce as nonce, coalesce(r.verdict, e.verdict) as verdict
    from entry e left join reverdict r on r.device_id = e.device_id and r.hash = e.hash
      and r.verdict in ('ACCEPTED', 'CONFLICT')
    where e.device_id = ${deviceId} and e.hash = any(${hashes})`.execute(tx);
  for (const { hash, seq, n, nonce, verdict } of rows) facts.byHash.set(hash, { seq, epoch: { n, nonce }, verdict });
  const aside = await tx
    .selectFrom('suspended_entry')
    .select(['hash', 'item_hash', 'seq', 'verdict'])
    .where('device_id', '=', deviceId)
    .where((eb) =>
      eb.or([
        eb('hash', '=', sql<string>`any(${hashes})`),
        eb('item_hash', '=', sql<string>`any(${items.map(({ itemHash }) => itemHash)})`),
      ]),
    )
    .execute();
  for (const row of aside) {
    facts.suspendedItems.set(row.item_hash, row);
    if (facts.suspended.get(row.hash) !== 'FORK') facts.suspended.set(row.hash, row.verdict);
  }
  const waiting = await tx
    .selectFrom('pending_entry')
    .select(['hash', 'received_at'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', sql<string>`any(${hashes})`)
    .execute();
  for (const { hash, received_at } of waiting) facts.pending.set(hash, received_at);
}

async function loadPlaces(tx: Tx, deviceId: string, items: readonly Readable[], facts: ChainFacts): Promise<void> {
  const byEpoch = new Map<string, { readonly epoch: Epoch; readonly seqs: number[] }>();
  for (const { envelope } of items) {
    const { epoch, seq } = envelope;
    const wanted = byEpoch.get(`${epoch.n}/${epoch.nonce}`) ?? { epoch, seqs: [] };
    wanted.seqs.push(seq - 1, seq, seq + 1);
    byEpoch.set(`${epoch.n}/${epoch.nonce}`, wanted);
  }
  for (const { epoch, seqs } of byEpoch.values()) {
    const { rows } = await sql<{ seq: number; hash: string; prev: string | null }>`
      select seq, hash, prev from entry where device_id = ${deviceId} and epoch_n = ${epoch.n}
        and epoch_nonce = ${epoch.nonce} and seq = any(${distinct(seqs)}::bigint[])`.execute(tx);
    for (const { seq, hash, prev } of rows) facts.places.set(placeKey(epoch, seq), { hash, prev });
    const damaged = await sql<{ seq: number }>`
      select seq from damaged_entry where device_id = ${deviceId} and epoch_n = ${epoch.n}
        and epoch_nonce = ${epoch.nonce} and seq = any(${distinct(seqs)}::bigint[]) and vouched`.execute(tx);
    for (const { seq } of damaged.rows) facts.damaged.add(placeKey(epoch, seq));
  }
}

async function isEpochOfAnother(tx: Tx, deviceId: string, epoch: Epoch): Promise<boolean> {
  const row = await tx
    .selectFrom('epoch')
    .select('device_id')
    .where('nonce', '=', epoch.nonce)
    .where('n', '=', epoch.n)
    .where('device_id', '<>', deviceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Gaps that stand, and those that these very items declare: a declaration counts wherever in the batch it is. */
async function loadGaps(tx: Tx, deviceId: string, items: readonly Readable[], facts: ChainFacts): Promise<void> {
  const { rows } = await sql<{ n: number; gap_n: number; gap_nonce: string; gap_from: number; gap_to: number }>`
    select n, gap_n, gap_nonce, gap_from, gap_to from epoch
    where device_id = ${deviceId} and gap_n is not null and gap_refused is null`.execute(tx);
  for (const row of rows) {
    const epoch = { n: row.gap_n, nonce: row.gap_nonce };
    facts.gaps.push({ epoch, fromSeq: row.gap_from, toSeq: row.gap_to, declaredIn: row.n });
  }
  for (const { hash, envelope, read } of items) {
    const gap = read === undefined ? undefined : gapOf(envelope, read);
    if (gap === undefined) continue;
    const problem = gapProblem(envelope, gap, await isEpochOfAnother(tx, deviceId, gap.epoch));
    if (problem === null) facts.gaps.push(gap);
    else facts.gapProblems.set(hash, problem);
  }
}

async function loadReferences(tx: Tx, deviceId: string, items: readonly Readable[], facts: ChainFacts): Promise<void> {
  const officers = distinct(items.flatMap(({ envelope }) => present(envelope.officerId)));
  if (officers.length > 0) {
    const rows = await tx.selectFrom('officer').select('officer_id').where('officer_id', 'in', officers).execute();
    for (const { officer_id } of rows) facts.officers.add(officer_id);
  }
  const sales = items.flatMap(({ read }) => (read?.type === 'transaction.paid' ? [read.body.transactionId] : []));
  if (sales.length > 0) {
    const { rows } = await sql<{ transaction_id: string }>`
      select transaction_id from sale where device_id = ${deviceId} and transaction_id = any(${sales}::uuid[])`.execute(
      tx,
    );
    for (const { transaction_id } of rows) facts.sales.add(transaction_id);
  }
  const anchors = items.flatMap(({ envelope, read }) =>
    read?.type === 'arrival.recorded' ? present(envelope.anchorId) : [],
  );
  if (anchors.length > 0) {
    const rows = await tx
      .selectFrom('time_anchor')
      .select(['nonce', 'server_time'])
      .where('device_id', '=', deviceId)
      .where('nonce', 'in', distinct(anchors))
      .execute();
    for (const { nonce, server_time } of rows) facts.anchors.set(nonce, server_time);
  }
}

/** Asks custody for everything that judging these items needs: a dozen questions, however many items. */
export async function loadChainFacts(
  tx: Tx,
  deviceId: string,
  items: readonly ProvedItem[],
  voidsFollow: ReadonlySet<string> = new Set(),
): Promise<ChainFacts> {
  const device = await tx
    .selectFrom('device')
    .select('lost_through')
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  const facts: ChainFacts = {
    lostThrough: device?.lost_through ?? 0,
    voidsFollow,
    byHash: new Map(),
    suspended: new Map(),
    suspendedItems: new Map(),
    pending: new Map(),
    places: new Map(),
    damaged: new Set(),
    gaps: [],
    gapProblems: new Map(),
    officers: new Set(),
    sales: new Set(),
    anchors: new Map(),
  };
  const readable = readableOf(items);
  await loadHashes(tx, deviceId, items, facts);
  await loadPlaces(tx, deviceId, readable, facts);
  await loadGaps(tx, deviceId, readable, facts);
  await loadReferences(tx, deviceId, readable, facts);
  return facts;
}
