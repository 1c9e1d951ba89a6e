import { sql } from 'kysely';
import { entryEnvelopeSchema } from '../../contract/journal-entry.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { takeOwnPins } from '../people/own-pins.ts';
import { applyWords } from '../region/apply-words.ts';
import { addBody } from './body-writes.ts';
import { loadChainFacts } from './chain-facts.ts';
import { noWrites, writeChain } from './chain-writes.ts';
import { verdictOf } from './judge-entry.ts';
import { proveItems } from './proved-item.ts';
import { eraseSubjectKeys } from './subject-keys.ts';

/** What an upgraded province made of the entries that it could not read before. */
export type Reinterpreted = {
  readonly accepted: number;
  readonly conflict: number;
  /** Readable now and not in order: quarantined for another reason. */
  readonly quarantined: number;
  readonly stillUnknown: number;
};

type Stored = {
  readonly device_id: string;
  readonly seq: number;
  readonly hash: string;
  readonly text: string;
  readonly sig: string;
  readonly received_at: number;
};

const BATCH = 500;

async function readBatch(context: ProvinceContext, after: { deviceId: string; seq: number; hash: string }) {
  const { rows } = await sql<Stored & { key_id: string; signing_key: string }>`
    select e.device_id, e.seq, e.hash, e.text, e.sig, e.received_at, d.key_id, d.signing_key
    from entry e join device d on d.device_id = e.device_id
    where e.verdict = 'QUARANTINED' and e.reason = 'UNKNOWN_TYPE'
      and (e.device_id, e.seq, e.hash) > (${after.deviceId}::uuid, ${after.seq}::bigint, ${after.hash})
      and not exists (select 1 from reverdict r where r.device_id = e.device_id and r.hash = e.hash)
    order by e.device_id, e.seq, e.hash limit ${BATCH}`.execute(context.db);
  return rows;
}

/** Says once more what an entry is, in one transaction with what follows from it; undefined while it cannot be read. */
async function reinterpretOne(tx: Tx, context: ProvinceContext, row: Stored & { key_id: string; signing_key: string }) {
  await sql`select 1 from device where device_id = ${row.device_id} for no key update`.execute(tx);
  const signer = { deviceId: row.device_id, keyId: row.key_id, signingKey: row.signing_key };
  const [one] = proveItems([row], signer);
  if (one === undefined || (one.read?.ok === false && one.read.error === 'UNKNOWN_TYPE')) return undefined;
  const envelope = entryEnvelopeSchema.parse(JSON.parse(row.text));
  const facts = await loadChainFacts(tx, row.device_id, [one]);
  const verdict = verdictOf(facts, { envelope, one });
  const written = await tx
    .insertInto('reverdict')
    .values({
      device_id: row.device_id,
      hash: row.hash,
      verdict: verdict.verdict,
      reason: verdict.verdict === 'QUARANTINED' ? verdict.reason : null,
      at: context.now(),
    })
    .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
    .returning('hash')
    .executeTakeFirst();
  if (written === undefined) return undefined;
  if (verdict.verdict === 'ACCEPTED' && one.read?.ok === true) {
    const writes = noWrites();
    const accepted = { envelope, hash: row.hash, read: one.read.value, receivedAt: row.received_at };
    addBody(writes, facts, accepted, context.settings.bookingDelayMs);
    await writeChain(tx, row.device_id, writes, context.now());
    await applyWords(tx, context, writes.days.words);
    await takeOwnPins(tx, context, writes.people.pins);
    await eraseSubjectKeys(tx, row.device_id, context.now());
  }
  return verdict.verdict;
}

/**
 * "Unknown types are stored raw and interpreted when the server is upgraded" (OPOP-Sync/1 11.2): judges them again, in
 * the order of each chain. Exactly once: constraint reverdict_once; the first verdict stays in the entry as it was given.
 */
export async function reinterpretQuarantined(context: ProvinceContext): Promise<Reinterpreted> {
  const counts = { accepted: 0, conflict: 0, quarantined: 0, stillUnknown: 0 };
  for (let after = { deviceId: '00000000-0000-0000-0000-000000000000', seq: 0, hash: '' }; ; ) {
    const rows = await readBatch(context, after);
    const last = rows.at(-1);
    if (last === undefined) return counts;
    for (const row of rows) {
      const verdict = await context.db.transaction().execute((tx) => reinterpretOne(tx, context, row));
      if (verdict === undefined) counts.stillUnknown += 1;
      else if (verdict === 'ACCEPTED') counts.accepted += 1;
      else if (verdict === 'CONFLICT') counts.conflict += 1;
      else counts.quarantined += 1;
    }
    after = { deviceId: last.device_id, seq: last.seq, hash: last.hash };
  }
}
