import { sql } from 'kysely';
import type { ChainPlace, HelloBody } from '../../contract/sync-protocol.ts';
import type { Db } from '../db/open.ts';
import { headAsJson, type HeadRow } from '../feeds/feed-pages.ts';
import { releasePages } from '../feeds/releases.ts';
import { frozenNow } from '../restore/server-rollback.ts';

type Place = { readonly seq: number; readonly hash: string };
type PlaceOfEpoch = Place & { readonly n: number; readonly nonce: string };

type FactsRow = {
  readonly cloned_at: number | null;
  readonly certificate: unknown;
  readonly is_frozen: boolean;
  readonly is_stopped: boolean;
  readonly release_pages: readonly string[];
  readonly decisions: HeadRow | null;
  readonly places: readonly Place[];
  readonly is_head_held: boolean;
  readonly is_receipt_held: boolean;
  readonly other: Place | null;
  readonly left_epoch: { readonly n: number; readonly nonce: string; readonly from: number } | null;
  readonly ahead: Place | null;
  readonly newer: PlaceOfEpoch | null;
};

/** What custody, feeds and people say that bears on one hello. */
export type HelloFacts = {
  readonly isCloned: boolean;
  readonly certificate: unknown;
  readonly isFrozen: boolean;
  /** A person stopped all sales. */
  readonly isStopped: boolean;
  /** Pages of feed `releases` that name the program's version. */
  readonly releasePages: readonly string[];
  readonly decisionsHead: { readonly version: number; readonly pageHash: string } | null;
  /** `seq` by hash of those entries that the hello names and that stand in the chain or were set aside, a fork excepted. */
  readonly places: ReadonlyMap<string, number>;
  /** Whether we hold bytes under the counter's head in whatever form: an entry, an item set aside, or a damaged row. */
  readonly isHeadHeld: boolean;
  /** The same for the head of the custody receipt that it showed. */
  readonly isReceiptHeld: boolean;
  /** A place of this epoch where the counter has another hash than custody: two copies wrote there. */
  readonly contradiction: Place | null;
  /**
   * An epoch that the device opened because we asked it to, over a line, while this one, which it had left, went on: two
   * copies wrote, each in an epoch of its own. What came before the other epoch is no sign of it.
   */
  readonly leftEpoch: { readonly n: number; readonly nonce: string; readonly from: number } | null;
  /** The newest entry of the counter's epoch that we hold, waiting ones too, when it is later than the counter's own head. */
  readonly ahead: ChainPlace | null;
  /** The newest entry of the newest epoch that was opened after the counter's own: of a higher number, or of the same one and later. */
  readonly newer: ChainPlace | null;
};

const isHeld = (deviceId: string, hash: string | null) => sql<boolean>`(
  exists (select 1 from entry where device_id = ${deviceId} and hash = ${hash})
  or exists (select 1 from suspended_entry where device_id = ${deviceId} and hash = ${hash})
  or exists (select 1 from damaged_entry where device_id = ${deviceId} and raw_hash = ${hash}))`;

const placesOf = (deviceId: string, hashes: readonly string[]) => sql`(
  select coalesce(json_agg(held), '[]') from (
    select hash, seq from entry where device_id = ${deviceId} and hash = any(${hashes})
    union all
    select hash, seq from suspended_entry
      where device_id = ${deviceId} and hash = any(${hashes}) and verdict <> 'FORK') held)`;

/** `said` are the places that the hello names, one hash for each. */
const contradictionOf = ({ deviceId, epoch }: HelloBody, said: ReadonlyMap<number, string>) => sql`(
  select json_build_object('seq', e.seq, 'hash', e.hash) from entry e
    join unnest(${[...said.keys()]}::bigint[], ${[...said.values()]}::text[]) as said (seq, hash) on said.seq = e.seq
    where e.device_id = ${deviceId} and e.epoch_n = ${epoch.n} and e.epoch_nonce = ${epoch.nonce} and e.hash <> said.hash
    order by e.seq limit 1)`;

const leftEpochOf = ({ deviceId, epoch, head }: HelloBody) => sql`(
  select json_build_object('n', e.n, 'nonce', e.nonce, 'from', e.first_seq) from epoch e
    join epoch own on own.device_id = e.device_id and own.n = ${epoch.n} and own.nonce = ${epoch.nonce}
    where e.device_id = ${deviceId} and e.reason = 'rotate' and ${head}::text is not null
      and (e.n > own.n or (e.n = own.n and e.nonce <> own.nonce and e.received_at > own.received_at))
      and not exists (select 1 from (
        select received_at from entry where device_id = e.device_id and hash = ${head}
        union all select received_at from suspended_entry where device_id = e.device_id and hash = ${head}
        union all select received_at from pending_entry where device_id = e.device_id and hash = ${head}) held
        where held.received_at <= e.received_at)
    order by e.n, e.received_at limit 1)`;

const aheadOf = ({ deviceId, epoch: { n, nonce }, seq }: HelloBody) => sql`(
  select json_build_object('seq', held.seq, 'hash', held.hash) from (
    (select seq, hash from entry where device_id = ${deviceId} and epoch_n = ${n} and epoch_nonce = ${nonce}
      and seq > ${seq} order by seq desc limit 1)
    union all
    (select seq, hash from pending_entry where device_id = ${deviceId} and epoch_n = ${n}
      and epoch_nonce = ${nonce} and seq > ${seq} order by seq desc limit 1)) held
  order by held.seq desc limit 1)`;

const newerOf = ({ deviceId, epoch }: HelloBody) => sql`(
  select json_build_object('n', e.n, 'nonce', e.nonce, 'seq', coalesce(held.seq, e.first_seq),
      'hash', coalesce(held.hash, e.opened_hash))
    from epoch e left join lateral (
      select seq, hash from (
        select seq, hash from entry where device_id = e.device_id and epoch_n = e.n and epoch_nonce = e.nonce
        union all
        select seq, hash from pending_entry where device_id = e.device_id and epoch_n = e.n
          and epoch_nonce = e.nonce) of_epoch order by seq desc limit 1) held on true
    where e.device_id = ${deviceId} and (e.n > ${epoch.n}
      or (e.n = ${epoch.n} and e.nonce <> ${epoch.nonce} and e.received_at > (select o.received_at from epoch o
        where o.device_id = e.device_id and o.n = ${epoch.n} and o.nonce = ${epoch.nonce})))
    order by e.n desc, e.received_at desc limit 1)`;

/** Own head and locator of a hello, newest first. */
export function placesSaid({ head, seq, locator }: HelloBody): readonly Place[] {
  const own = head === null ? [] : [{ seq, hash: head }];
  return [...own, ...locator].sort((left, right) => right.seq - left.seq);
}

/** One question for all of it: every contact begins with a hello. `receiptHead` is that of the receipt it showed, when we signed it. */
export async function findHelloFacts(db: Db, hello: HelloBody, receiptHead: string | null): Promise<HelloFacts> {
  const { deviceId, epoch, head, appVersion } = hello;
  const places = placesSaid(hello);
  const hashes = places.map(({ hash }) => hash);
  // The own head comes last, so that it counts for its place.
  const said = new Map(places.toReversed().map(({ seq, hash }) => [seq, hash]));
  const { rows } = await sql<FactsRow>`
    select d.cloned_at, d.certificate, ${frozenNow} as is_frozen,
      exists (select 1 from meta where key = 'stop-selling' and value = 'true') as is_stopped,
      ${releasePages(appVersion)} as release_pages,
      ${headAsJson('decisions', deviceId)} as decisions,
      ${placesOf(deviceId, hashes)} as places, ${isHeld(deviceId, head)} as is_head_held,
      ${isHeld(deviceId, receiptHead)} as is_receipt_held, ${contradictionOf(hello, said)} as other,
      ${leftEpochOf(hello)} as left_epoch, ${aheadOf(hello)} as ahead, ${newerOf(hello)} as newer
    from device d where d.device_id = ${deviceId}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a device that was found has its row');
  const { decisions, newer } = row;
  return {
    isCloned: row.cloned_at !== null,
    certificate: row.certificate,
    isFrozen: row.is_frozen,
    isStopped: row.is_stopped,
    releasePages: row.release_pages,
    decisionsHead: decisions === null ? null : { version: decisions.to_version, pageHash: decisions.hash },
    places: new Map(row.places.map((place) => [place.hash, place.seq])),
    isHeadHeld: row.is_head_held,
    isReceiptHeld: row.is_receipt_held,
    contradiction: row.other,
    leftEpoch: row.left_epoch,
    ahead: row.ahead === null ? null : { epoch: { n: epoch.n, nonce: epoch.nonce }, ...row.ahead },
    newer: newer === null ? null : { epoch: { n: newer.n, nonce: newer.nonce }, seq: newer.seq, hash: newer.hash },
  };
}
