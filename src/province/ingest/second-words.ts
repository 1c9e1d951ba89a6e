import { sql } from 'kysely';
import { type SecondWord, secondWordSchema } from '../../contract/feeds-second-words.ts';
import type { Db, Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Words in one page: of a device that was years ahead there are many. */
const PAGE = 200;

/** Inside a larger question: whether an item, `row` of which has its device and hash, was accepted or ended since it was set aside. */
export const isEnded = (row: string) => sql<boolean>`exists (select 1 from reverdict r
  where r.device_id = ${sql.ref(`${row}.device_id`)} and r.hash = ${sql.ref(`${row}.hash`)}
    and r.verdict in ('ACCEPTED', 'SETTLED', 'REFUSED'))`;

/** What was said of an item, newest last, by whoever holds the lock of its chain. */
export async function readSaid(tx: Tx, deviceId: string, hash: string) {
  return tx
    .selectFrom('reverdict')
    .select(['word_no', 'verdict', 'reason'])
    .where('device_id', '=', deviceId)
    .where('hash', '=', hash)
    .orderBy('word_no')
    .execute();
}

/** Adds a word about an item that was set aside. Idempotency: constraints reverdict_once, reverdict_judged_once, reverdict_ended_once. */
export async function sayOfItem(
  tx: Tx,
  context: ProvinceContext,
  item: { readonly deviceId: string; readonly saidBefore: number },
  word: Omit<SecondWord, 'at'> & { readonly saidBy: string | null },
): Promise<void> {
  await tx
    .insertInto('reverdict')
    .values({
      device_id: item.deviceId,
      hash: word.hash,
      word_no: item.saidBefore + 1,
      seq: word.seq,
      verdict: word.word,
      reason: word.reason,
      note: word.note,
      said_by: word.saidBy,
      at: context.now(),
    })
    .execute();
}

/** Puts every word that a device has not been told into pages of its feed `decisions`, in the caller's transaction (OPOP-Sync/1 11.6). */
export async function tellSecondWords(tx: Tx, context: ProvinceContext, deviceId: string): Promise<void> {
  for (;;) {
    const rows = await tx
      .selectFrom('reverdict')
      .select(['seq', 'hash', 'verdict as word', 'reason', 'note', 'at', 'word_no'])
      .where('device_id', '=', deviceId)
      .where('told_in', 'is', null)
      .orderBy('at')
      .orderBy('seq')
      .orderBy('hash')
      .orderBy('word_no')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return;
    const secondWords = rows.map((row) => secondWordSchema.parse(row));
    const version = await appendPage(tx, context, { feed: 'decisions', scope: deviceId, items: [], secondWords });
    await sql`update reverdict r set told_in = ${version}
      from unnest(${rows.map(({ hash }) => hash)}::text[], ${rows.map(({ word_no: no }) => no)}::int[]) as t (hash, no)
      where r.device_id = ${deviceId} and r.hash = t.hash and r.word_no = t.no`.execute(tx);
  }
}

/** Devices with a word that they have not been told: from a program of before it was told, or from before a restore. */
export async function findUntold(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('reverdict').select('device_id').distinct().where('told_in', 'is', null).execute();
  return rows.map(({ device_id: deviceId }) => deviceId);
}
