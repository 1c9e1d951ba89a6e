import { type RawBuilder, sql } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Epoch } from '../../contract/primitives.ts';
import type { LocalDate } from '../../domain/local-date.ts';
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
  readonly deviceId: string;
  /** Outlet of the device. */
  readonly outletId: string;
  /** When we enrolled the device, ms UTC; null where we know it by its certificate alone. */
  readonly enrolledAt: number | null;
  /** Days of the cash sessions that the items name, by session. */
  readonly sessions: ReadonlyMap<string, { readonly outletId: string; readonly businessOn: LocalDate }>;
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

/** What the items name, for one question; `hashes` are those of the items and of what they follow. */
type Asked = {
  readonly hashes: readonly string[];
  readonly itemHashes: readonly string[];
  readonly places: readonly { readonly epoch: Epoch; readonly seq: number }[];
  readonly officers: readonly string[];
  readonly sales: readonly string[];
  readonly anchors: readonly string[];
  readonly sessions: readonly string[];
};

function askedBy(items: readonly ProvedItem[], readable: readonly Readable[]): Asked {
  const near = readable.flatMap(({ envelope: { epoch, seq } }) =>
    [seq - 1, seq, seq + 1].map((at) => ({ epoch, seq: at })),
  );
  const prevs = readable.flatMap(({ envelope }) => present(envelope.prev));
  return {
    hashes: distinct([...items.filter((one) => one.isIntact).map(({ item }) => item.hash), ...prevs]),
    itemHashes: items.map(({ itemHash }) => itemHash),
    places: [...new Map(near.map((place) => [placeKey(place.epoch, place.seq), place])).values()],
    officers: distinct(readable.flatMap(({ envelope }) => present(envelope.officerId))),
    sales: readable.flatMap(({ read }) => (read?.type === 'transaction.paid' ? [read.body.transactionId] : [])),
    anchors: distinct(
      readable.flatMap(({ envelope, read }) => (read?.type === 'arrival.recorded' ? present(envelope.anchorId) : [])),
    ),
    sessions: distinct(readable.flatMap(({ envelope }) => present(envelope.cashSessionId))),
  };
}

type HeldPlace = { readonly n: number; readonly nonce: string; readonly seq: number };

type FactsRow = {
  readonly outlet_id: string;
  readonly enrolled_at: number | null;
  readonly lost_through: number | null;
  readonly entries: readonly (HeldPlace & { readonly hash: string; readonly verdict: StoredVerdict })[];
  readonly aside: readonly {
    readonly hash: string;
    readonly item_hash: string;
    readonly seq: number;
    readonly verdict: 'QUARANTINED' | 'FORK';
  }[];
  readonly waiting: readonly { readonly hash: string; readonly received_at: number }[];
  readonly standing: readonly (HeldPlace & { readonly hash: string; readonly prev: string | null })[];
  readonly damaged: readonly HeldPlace[];
  readonly gaps: readonly {
    readonly n: number;
    readonly gap_n: number;
    readonly gap_nonce: string;
    readonly gap_from: number;
    readonly gap_to: number;
  }[];
  readonly officers: readonly string[];
  readonly sales: readonly string[];
  readonly announced: readonly string[];
  readonly anchors: readonly { readonly nonce: string; readonly server_time: number }[];
  readonly sessions: readonly { readonly id: string; readonly outlet_id: string; readonly business_on: LocalDate }[];
};

/** The rows of a question as one list; an empty one where there are none. */
const listOf = (rows: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select coalesce(json_agg(found), '[]') from (${rows}) found)`;

/** Rows that carry a device's hashes or item hashes, by index: two lists are two looks. */
const asideOf = (deviceId: string, { hashes, itemHashes }: Asked): RawBuilder<unknown> => sql`
  select hash, item_hash, seq, verdict from suspended_entry where device_id = ${deviceId} and hash = any(${hashes})
  union
  select hash, item_hash, seq, verdict from suspended_entry where device_id = ${deviceId} and item_hash = any(${itemHashes})`;

/** The rows of a table at the places that the items have and touch. */
function atPlaces(
  table: 'entry' | 'damaged_entry',
  columns: RawBuilder<unknown>,
  deviceId: string,
  places: Asked['places'],
): RawBuilder<unknown> {
  return sql`select e.epoch_n as n, e.epoch_nonce as nonce, e.seq ${columns}
    from unnest(${places.map(({ epoch }) => epoch.n)}::int[], ${places.map(({ epoch }) => epoch.nonce)}::text[],
      ${places.map(({ seq }) => seq)}::bigint[]) as w (n, nonce, seq)
    join ${sql.table(table)} e on e.device_id = ${deviceId} and e.epoch_n = w.n and e.epoch_nonce = w.nonce
      and e.seq = w.seq`;
}

/** Everything by one question: what a push costs is mostly how often it asks. */
async function findFacts(tx: Tx, deviceId: string, asked: Asked): Promise<FactsRow> {
  const { hashes, places, officers, sales, anchors, sessions } = asked;
  const { rows } = await sql<FactsRow>`select d.outlet_id, d.lost_through,
    case d.known_by when 'enrolment' then d.enrolled_at end as enrolled_at,
    ${listOf(sql`select e.hash, e.seq, e.epoch_n as n, e.epoch_nonce as nonce, coalesce(r.verdict, e.verdict) as verdict
      from entry e left join reverdict r on r.device_id = e.device_id and r.hash = e.hash
        and r.verdict in ('ACCEPTED', 'CONFLICT')
      where e.device_id = ${deviceId} and e.hash = any(${hashes})`)} as entries,
    ${listOf(asideOf(deviceId, asked))} as aside,
    ${listOf(sql`select hash, received_at from pending_entry
      where device_id = ${deviceId} and hash = any(${hashes})`)} as waiting,
    ${listOf(atPlaces('entry', sql`, e.hash, e.prev`, deviceId, places))} as standing,
    ${listOf(sql`${atPlaces('damaged_entry', sql``, deviceId, places)} and e.vouched`)} as damaged,
    ${listOf(sql`select n, gap_n, gap_nonce, gap_from, gap_to from epoch
      where device_id = ${deviceId} and gap_n is not null and gap_refused is null`)} as gaps,
    array(select officer_id from officer where officer_id = any(${officers})) as officers,
    array(select transaction_id::text from sale
      where device_id = ${deviceId} and transaction_id = any(${sales}::uuid[])) as sales,
    array(select transaction_id::text from announced_void
      where device_id = ${deviceId} and transaction_id = any(${sales}::uuid[])) as announced,
    ${listOf(sql`select nonce, server_time from time_anchor
      where device_id = ${deviceId} and nonce = any(${anchors})`)} as anchors,
    ${listOf(sql`select cash_session_id as id, outlet_id, business_on from day_session
      where device_id = ${deviceId} and cash_session_id = any(${sessions}::uuid[])`)} as sessions
    from device d where d.device_id = ${deviceId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('a chain has its device');
  return row;
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

/** Gaps that these very items declare: a declaration counts wherever in the batch it is. */
async function addDeclaredGaps(tx: Tx, items: readonly Readable[], facts: ChainFacts): Promise<void> {
  for (const { hash, envelope, read } of items) {
    const gap = read === undefined ? undefined : gapOf(envelope, read);
    if (gap === undefined) continue;
    const problem = gapProblem(envelope, gap, await isEpochOfAnother(tx, facts.deviceId, gap.epoch));
    if (problem === null) facts.gaps.push(gap);
    else facts.gapProblems.set(hash, problem);
  }
}

/** Asks custody for everything that judging these items needs: one question, however many items. */
export async function loadChainFacts(tx: Tx, deviceId: string, items: readonly ProvedItem[]): Promise<ChainFacts> {
  const readable = readableOf(items);
  const row = await findFacts(tx, deviceId, askedBy(items, readable));
  const keyOf = ({ n, nonce, seq }: HeldPlace): string => placeKey({ n, nonce }, seq);
  const facts: ChainFacts = {
    deviceId,
    outletId: row.outlet_id,
    enrolledAt: row.enrolled_at,
    lostThrough: row.lost_through ?? 0,
    voidsFollow: new Set(row.announced),
    sessions: new Map(
      row.sessions.map(({ id, outlet_id, business_on }) => [id, { outletId: outlet_id, businessOn: business_on }]),
    ),
    byHash: new Map(
      row.entries.map(({ hash, seq, n, nonce, verdict }) => [hash, { seq, epoch: { n, nonce }, verdict }]),
    ),
    suspended: new Map(),
    suspendedItems: new Map(row.aside.map((one) => [one.item_hash, { seq: one.seq, verdict: one.verdict }])),
    pending: new Map(row.waiting.map(({ hash, received_at }) => [hash, received_at])),
    places: new Map(row.standing.map((place) => [keyOf(place), { hash: place.hash, prev: place.prev }])),
    damaged: new Set(row.damaged.map(keyOf)),
    gaps: row.gaps.map((gap) => ({
      epoch: { n: gap.gap_n, nonce: gap.gap_nonce },
      fromSeq: gap.gap_from,
      toSeq: gap.gap_to,
      declaredIn: gap.n,
    })),
    gapProblems: new Map(),
    officers: new Set(row.officers),
    sales: new Set(row.sales),
    anchors: new Map(row.anchors.map(({ nonce, server_time }) => [nonce, server_time])),
  };
  for (const { hash, verdict } of row.aside) {
    if (facts.suspended.get(hash) !== 'FORK') facts.suspended.set(hash, verdict);
  }
  await addDeclaredGaps(tx, readable, facts);
  return facts;
}
