import { sql } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { takeOwnPins } from '../people/own-pins.ts';
import { applyWords } from '../region/apply-words.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { loadChainFacts } from './chain-facts.ts';
import { noWrites, writeChain } from './chain-writes.ts';
import { addAccepted, append, type Judging, type Said, verdictOf } from './judge-entry.ts';
import { lockChain } from './entry-store.ts';
import { isItemsFault } from './judge-run.ts';
import { placeOfEntry } from './place-of-entry.ts';
import { type ProvedItem, proveItems } from './proved-item.ts';
import { findUntold, readSaid, sayOfItem, tellSecondWords } from './second-words.ts';
import { eraseSubjectKeys } from './subject-keys.ts';
import { settleWaiting } from './waiting-entries.ts';

/** What this province makes today of the items that it had set aside. */
export type Reinterpreted = {
  readonly accepted: number;
  readonly conflict: number;
  /** Still not in order, for another reason than was last said. */
  readonly quarantined: number;
  /** Nothing new can be said of them. */
  readonly unchanged: number;
};

type Verdict = Extract<Said['verdict'], { verdict: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' }>;

type Stored = {
  readonly device_id: string;
  readonly seq: number;
  /** Names the row, whatever its bytes claim. */
  readonly item: string;
  readonly hash: string;
  readonly text: string | null;
  readonly raw: Buffer | null;
  readonly sig: string;
  readonly reason: string | null;
  readonly received_at: number;
  readonly key_id: string;
  readonly signing_key: string;
};

const BATCH = 500;

/** Items set aside of which nobody has said the last word: entries of the chain, and bytes that found no place in it. */
async function readBatch({ db }: ProvinceContext, after: { deviceId: string; seq: number; item: string }) {
  const isOpen = (
    row: string,
  ) => sql`not exists (select 1 from reverdict r where r.device_id = ${sql.ref(row)}.device_id
    and r.hash = ${sql.ref(row)}.hash and r.verdict <> 'QUARANTINED')`;
  const { rows } = await sql<Stored>`
    select a.*, d.key_id, d.signing_key from (
      select e.device_id, e.seq, e.hash as item, e.hash, e.text, null::bytea as raw, e.sig, e.reason, e.received_at
      from entry e where e.verdict = 'QUARANTINED' and ${isOpen('e')}
      union all
      select s.device_id, s.seq, s.item_hash, s.hash, null, s.raw, s.sig, s.reason, s.received_at
      from suspended_entry s where s.verdict = 'QUARANTINED' and ${isOpen('s')}
        and not exists (select 1 from entry e where e.device_id = s.device_id and e.hash = s.hash)) a
    join device d on d.device_id = a.device_id
    where (a.device_id, a.seq, a.item) > (${after.deviceId}::uuid, ${after.seq}::bigint, ${after.item})
    order by a.device_id, a.seq, a.item limit ${BATCH}`.execute(db);
  return rows;
}

/** The verdict that an item gets today, with what follows from it among the writes; undefined while its bytes cannot be read or have no place. */
function judgeAgain(judging: Judging, one: ProvedItem, row: Stored): Verdict | undefined {
  if (one.proof.proof !== 'genuine') return undefined;
  const genuine = { envelope: one.proof.envelope, one };
  if (row.raw !== null) {
    if (placeOfEntry(judging.facts, genuine.envelope, one.item.hash).place !== 'next') return undefined;
    const { verdict } = append(judging, genuine, row.received_at);
    return verdict.verdict === 'ACCEPTED' || verdict.verdict === 'CONFLICT' || verdict.verdict === 'QUARANTINED'
      ? verdict
      : undefined;
  }
  const verdict = verdictOf(judging.facts, genuine);
  if (verdict.verdict === 'ACCEPTED') addAccepted(judging, genuine, row.received_at);
  return verdict;
}

/** Says once more what an item is, in one transaction with what follows from it and the page that tells its device. */
async function reinterpretOne(tx: Tx, context: ProvinceContext, row: Stored): Promise<Verdict | undefined> {
  const { device_id: deviceId, hash } = row;
  await lockChain(tx, deviceId);
  const said = await readSaid(tx, deviceId, hash);
  if (said.some(({ verdict }) => verdict !== 'QUARANTINED')) return undefined;
  const signer = { deviceId, keyId: row.key_id, signingKey: row.signing_key };
  const text = row.text ?? row.raw?.toString() ?? '';
  const [one] = proveItems([{ hash, sig: row.sig, text }], signer);
  if (one?.proof.proof !== 'genuine') return undefined;
  const { seq } = one.proof.envelope;
  const facts = await loadChainFacts(tx, deviceId, [one]);
  const judging: Judging = { facts, writes: noWrites(), context, deviceId, road: 'waiting' };
  const verdict = judgeAgain(judging, one, row);
  if (verdict === undefined) return undefined;
  const reason = verdict.verdict === 'QUARANTINED' ? verdict.reason : null;
  if (reason !== null && reason === (said.at(-1)?.reason ?? row.reason) && row.raw === null) return undefined;
  await sayOfItem(
    tx,
    context,
    { deviceId, saidBefore: said.length },
    { seq, hash, word: verdict.verdict, reason, note: null, saidBy: null },
  );
  const { writes } = judging;
  await writeChain(tx, facts, writes, context.now());
  await applyWords(tx, context, writes.days.words);
  await takeOwnPins(tx, context, writes.people.pins);
  const custody = { tx, context, deviceId, road: 'waiting', isCareful: true } as const;
  await settleWaiting(custody, signer, [], true);
  await eraseSubjectKeys(tx, deviceId, context.now());
  await tellSecondWords(tx, context, deviceId);
  return verdict;
}

/** An item on which our own work fails again stays where it is, and holds up nothing behind it. */
async function tryOne(context: ProvinceContext, row: Stored): Promise<Verdict | undefined> {
  try {
    return await context.db.transaction().execute((tx) => reinterpretOne(tx, context, row));
  } catch (error) {
    if (!isItemsFault(error)) throw error;
    const facts = { device: row.device_id, seq: row.seq, error: String(error).slice(0, 200) };
    context.log('error', 'ITEM_FAULT', facts);
    return undefined;
  }
}

/**
 * Judges again every item that was set aside, for whatever reason (OPOP-Sync/1 11.2, 11.6), in the order of each chain.
 * Accepted at most once: constraint reverdict_ended_once; the first verdict stays in the entry as it
 * was given. `FEEDS_FROZEN` while an older backup is at work that nobody has declared: nothing may be published over what the
 * counters know better.
 */
export async function reinterpretQuarantined(context: ProvinceContext): Promise<Result<Reinterpreted, 'FEEDS_FROZEN'>> {
  if (await isFrozen(context.db)) return err('FEEDS_FROZEN');
  for (const deviceId of await findUntold(context.db)) {
    await context.db.transaction().execute(async (tx) => {
      await lockChain(tx, deviceId);
      await tellSecondWords(tx, context, deviceId);
    });
  }
  const counts = { accepted: 0, conflict: 0, quarantined: 0, unchanged: 0 };
  for (let after = { deviceId: '00000000-0000-0000-0000-000000000000', seq: 0, item: '' }; ; ) {
    const rows = await readBatch(context, after);
    const last = rows.at(-1);
    if (last === undefined) return ok(counts);
    for (const row of rows) {
      const verdict = await tryOne(context, row);
      if (verdict === undefined) counts.unchanged += 1;
      else if (verdict.verdict === 'ACCEPTED') counts.accepted += 1;
      else if (verdict.verdict === 'CONFLICT') counts.conflict += 1;
      else counts.quarantined += 1;
    }
    after = { deviceId: last.device_id, seq: last.seq, item: last.item };
  }
}
