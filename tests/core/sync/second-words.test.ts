import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { SecondWord } from '../../../src/contract/feeds-second-words.ts';
import { ok } from '../../../src/domain/result.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { type Db, openDatabase } from '../../../src/main/core/db/open.ts';
import { noteDeclared, putSyncState } from '../../../src/main/core/sync/delivery-store.ts';
import { applySecondWords, takeSecondWords } from '../../../src/main/core/sync/second-word-store.ts';
import { verifyReceived } from '../../../src/main/core/sync/verify-received.ts';
import { settleDeliveries } from '../../../src/main/core/sync/settled-store.ts';
import { reinterpretQuarantined } from '../../../src/province/ingest/reinterpret.ts';
import { readAside, settleAside } from '../../../src/province/ingest/settle-aside.ts';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { carried, feedsOnStick } from '../../support/flashdisk.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestJournal, signedInDraft } from '../../support/test-journal.ts';

const province = useProvince();
const db = () => province().province.context.db;
const deviceIdOf = (counter: TestCounter): string =>
  String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);

/** The province does not know the officer while `work` runs, as where a list of officers came late. */
async function withoutOfficer(work: () => Promise<unknown>): Promise<void> {
  const kept = await db().selectFrom('officer').selectAll().where('officer_id', '=', 'petugas-1').execute();
  await db().deleteFrom('officer').where('officer_id', '=', 'petugas-1').execute();
  await work();
  await db().insertInto('officer').values(kept).execute();
}

/** What `loket verify` finds in a stopped counter after somebody did `harm` to its database. */
async function problemsWithout(counter: TestCounter, harm: string): Promise<readonly string[]> {
  const file = join(counter.config.dataDir, DATABASE_FILE);
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
  handle.exec('DROP TRIGGER IF EXISTS feed_page_refuses_delete');
  handle.exec(harm);
  handle.close();
  const opened = valueOf(await openDatabase({ file, migrations: counterMigrations, readOnly: true }));
  const problems = await verifyReceived(opened, deviceIdOf(counter));
  await opened.close();
  return problems.map(({ problem }) => problem);
}

const standing = (counter: TestCounter) =>
  counter.rows(`SELECT DISTINCT state, verdict, aside_verdict, aside_at IS NOT NULL AS was_aside FROM delivery
    WHERE aside_verdict IS NOT NULL OR state <> 'acknowledged'`);
const RELEASED = {
  state: 'acknowledged',
  verdict: 'ACCEPTED',
  aside_verdict: 'QUARANTINED:UNKNOWN_OFFICER',
  was_aside: 1,
};

describe('what the province has accepted since it set it aside', () => {
  it('is released by the line: no red mark, the case closed with when and why, the money booked', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    counter.line.set('pass');
    await withoutOfficer(async () => {
      const sent = await sync(counter);
      expect(sent.items.map(({ verdict }) => verdict)).toContain('QUARANTINED:UNKNOWN_OFFICER');
      expect(sent).toMatchObject({ unsent: 0 });
    });
    // Shown, and behind it nothing is held up or sent twice.
    expect(await sync(counter)).toMatchObject({ pushed: 0 });
    expect(await counter.get('outbox.view', {})).toMatchObject({ unsent: 0 });
    const shown = await counter.get('transactions.get', { transactionId });
    expect(shown.row.axes.delivery).toBe('quarantined');
    const one = (await counter.get('exceptions.list', {})).find((each) => each.transactionId === transactionId);
    expect(one).toMatchObject({
      kind: 'quarantined',
      reason: 'QUARANTINED:UNKNOWN_OFFICER',
      counterTotal: 284_000,
      aside: null,
    });
    const caseId = one?.caseId ?? '';
    expect(await counter.get('cases.page', { caseId })).toMatchObject({ isOpen: true, aside: null });
    expect(await counter.get('counter.status', {})).toMatchObject({ outbox: { health: 'stop', unsent: 0 } });
    province().clock.now += 60_000;
    counter.clock.pass(60_000);
    expect(await reinterpretQuarantined(province().province.context)).toMatchObject({ ok: true });
    await sync(counter);
    expect(standing(counter)).toEqual([RELEASED]);
    expect(await counter.get('counter.status', {})).toMatchObject({
      outbox: { health: 'ok', unsent: 0, quarantined: 0 },
      needsPerson: 0,
    });
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    const page = await counter.get('cases.page', { caseId });
    const aside = { verdict: 'QUARANTINED:UNKNOWN_OFFICER', ended: 'accepted', note: null };
    expect(page).toMatchObject({ isOpen: false, aside });
    expect(page.aside?.until).toBe((page.aside?.from ?? 0) + 60_000);
    const { rows } = await counter.get('outbox.view', { show: 'all', lane: 'all', limit: 2000 });
    expect(rows.filter((row) => row.aside !== null).every((row) => row.state === 'acknowledged')).toBe(true);
    expect(rows.find((row) => row.nrkb === 'AG 2345 KD')?.aside).toMatchObject(aside);
    await province().book();
    await sync(counter);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes).toMatchObject({ delivery: 'acknowledged', central: 'booked' });
    expect(view.life.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['quarantined', 'released']));
    await counter.stop();
    // A row that is released has its proof among the pages; without them it has none.
    expect(await problemsWithout(counter, 'SELECT 1')).toEqual([]);
    const words = `DELETE FROM feed_page WHERE text LIKE '%secondWords%'`;
    expect(await problemsWithout(counter, words)).toContain('SETTLED_WITHOUT_RECEIPT');
  });

  it('is released by the flashdisk in any order, twice and cut, with the same end', async () => {
    const ends: unknown[] = [];
    for (const order of ['cut answer answer feeds feeds', 'feeds cut answer']) {
      const counter = await openForBusiness(await enrolledCounter(province()));
      counter.line.set('down');
      await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
      const stick = temporaryFolder();
      const { file } = await counter.get('bundle.export', { to: stick });
      let answer = '';
      await withoutOfficer(async () => {
        ({ answer } = await carried(province(), file));
      });
      await reinterpretQuarantined(province().province.context);
      const feeds = await feedsOnStick(province(), deviceIdOf(counter), stick);
      const cut = `${feeds}.cut`;
      const bytes = readFileSync(feeds);
      writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length / 2)));
      const files = { answer, feeds, cut };
      for (const name of order.split(' ') as readonly (keyof typeof files)[]) {
        await counter.ask('answer.import', { file: files[name] });
      }
      ends.push(standing(counter).filter((row) => row['aside_verdict'] !== null));
      expect(await counter.get('outbox.view', {})).toMatchObject({ quarantined: 0 });
    }
    expect(ends).toEqual(ends.map(() => [RELEASED]));
  });
});

describe('what a person at the province has ended', () => {
  it('is over at the counter too, with his words; nobody sends or judges it again', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 3456 EF');
    counter.line.set('pass');
    await withoutOfficer(() => sync(counter));
    const { context } = province().province;
    const deviceId = deviceIdOf(counter);
    const open = await readAside(context.db, deviceId);
    for (const { hash, type } of open) {
      const outcome = type === 'transaction.paid' ? ('REFUSED' as const) : ('SETTLED' as const);
      await settleAside(context, { deviceId, hash, outcome, reason: 'BA 12/XI/2026', by: 'Rina, Bapenda' });
    }
    await reinterpretQuarantined(context);
    await sync(counter);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect(await counter.get('counter.status', {})).toMatchObject({ outbox: { health: 'ok', quarantined: 0 } });
    const { life } = await counter.get('transactions.get', { transactionId });
    expect(life.find(({ kind }) => kind === 'refused-aside')?.text).toBe('BA 12/XI/2026');
    const { rows } = await counter.get('outbox.view', { show: 'all', lane: 'all', limit: 2000 });
    expect(new Set(rows.flatMap(({ aside }) => (aside === null ? [] : [aside.ended])))).toEqual(
      new Set(['refused', 'settled']),
    );
    expect(await sync(counter)).toMatchObject({ pushed: 0, quarantined: 0 });
  });
});

const INCARNATION = '019cd5af-e380-7000-8000-000000000001';
const LATER = '019cd5af-e380-7000-8000-000000000002';

/** A journal of three entries in a whole database, and their hashes. */
async function threeEntries(): Promise<{ readonly db: Db; readonly hashes: readonly string[] }> {
  const folder = temporaryFolder();
  const opened = await openIn(folder, counterMigrations);
  const { journal, newId } = await openTestJournal(folder, { db: opened });
  await journal.openEpoch('enrolment');
  const done = await journal.record(async (_tx, append) => ok([1, 2].map(() => append(signedInDraft(newId())).hash)));
  if (!done.ok) throw new Error(done.error.code);
  const rows = await opened.read((tx) => tx.selectFrom('entry').select('hash').orderBy('seq').execute());
  return { db: opened, hashes: rows.map(({ hash }) => hash) };
}

type Step =
  | { readonly receipt: string; readonly seq: number }
  | ({ readonly incarnation?: string } & Pick<SecondWord, 'word' | 'seq' | 'hash'> & Partial<SecondWord>);

/** What becomes of an entry by these steps, in this order. */
async function after(opened: Db, seq: number, steps: readonly Step[]): Promise<string> {
  for (const [index, step] of steps.entries()) {
    await opened.write(async (tx) => {
      if ('receipt' in step) {
        const state = step.receipt.endsWith('ACCEPTED') ? ('acknowledged' as const) : ('quarantined' as const);
        await settleDeliveries(tx, { seqs: [step.seq], state, verdict: step.receipt, atMs: 1000 + index });
        await applySecondWords(tx);
      } else {
        const { incarnation = INCARNATION, ...word } = step;
        const page = { feed: 'decisions' as const, scope: 'd', from: 0, to: 1, prevHash: null, validFrom: 0 };
        const secondWords = [{ reason: null, note: null, at: 2000, ...word }];
        await takeSecondWords(tx, { ...page, freshUntil: 1, items: [], incarnation, secondWords });
      }
      return ok(undefined);
    });
  }
  const row = await opened.read((tx) =>
    tx.selectFrom('delivery').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow(),
  );
  return [row.state, row.verdict, row.aside_verdict].filter((part) => part !== null).join(' ');
}

describe('a second word', () => {
  it('and the receipt it follows end the same in either order; each reason is kept, and none is skipped', async () => {
    for (const reason of ['UNKNOWN_TYPE', 'BAD_BODY', 'UNKNOWN_OFFICER', 'IMPOSSIBLE_AMOUNT', 'INTERNAL']) {
      const { db: opened, hashes } = await threeEntries();
      const set = `QUARANTINED:${reason}`;
      const [first = '', second = ''] = hashes;
      const word = (seq: number, hash: string): Step => ({ word: 'ACCEPTED', seq, hash });
      const straight = await after(opened, 1, [{ receipt: set, seq: 1 }, word(1, first), word(1, first)]);
      const crossed = await after(opened, 2, [word(2, second), { receipt: set, seq: 2 }, { receipt: set, seq: 2 }]);
      expect([straight, crossed]).toEqual([`acknowledged ACCEPTED ${set}`, `acknowledged ACCEPTED ${set}`]);
      await opened.close();
    }
  });

  it('releases nothing that waits, that a twin sent, or that an older life of the province spoke of', async () => {
    const { db: opened, hashes } = await threeEntries();
    const [first = '', second = '', third = ''] = hashes;
    expect(await after(opened, 1, [{ word: 'ACCEPTED', seq: 1, hash: first }])).toBe('queued');
    const twin = [
      { receipt: 'FORK', seq: 2 },
      { word: 'SETTLED' as const, seq: 2, hash: first, note: 'n' },
    ];
    expect(await after(opened, 2, twin)).toBe('quarantined FORK');
    expect(await after(opened, 2, [{ word: 'SETTLED', seq: 2, hash: second, note: 'n' }])).toBe(
      'acknowledged SETTLED FORK',
    );
    await opened.write(async (tx) => {
      await putSyncState(tx, { incarnation: LATER });
      return ok(undefined);
    });
    const old: Step = { word: 'ACCEPTED', seq: 3, hash: third };
    expect(await after(opened, 3, [old, { receipt: 'CONFLICT', seq: 3 }])).toBe('quarantined CONFLICT');
    expect(await after(opened, 3, [{ ...old, incarnation: LATER }])).toBe('acknowledged ACCEPTED CONFLICT');
    await opened.close();
  });

  it('may name another reason first, and waits for the gap of a rotten row to be declared', async () => {
    const { db: opened, hashes } = await threeEntries();
    const [first = '', second = ''] = hashes;
    const again: Step = { word: 'QUARANTINED', reason: 'BAD_BODY', seq: 1, hash: first };
    const other = await after(opened, 1, [{ receipt: 'QUARANTINED:UNKNOWN_TYPE', seq: 1 }, again]);
    expect(other).toBe('quarantined QUARANTINED:BAD_BODY');
    const word: Step = { word: 'SETTLED', seq: 2, hash: second, note: 'n' };
    const rotten = await after(opened, 2, [{ receipt: 'QUARANTINED:DAMAGED', seq: 2 }, word]);
    expect(rotten).toBe('quarantined QUARANTINED:DAMAGED');
    await opened.write(async (tx) => ok(await noteDeclared(tx, 2, 2, 1)));
    expect(await after(opened, 2, [word])).toBe('acknowledged SETTLED QUARANTINED:DAMAGED');
    await opened.close();
  });

  it('that a program from before it took and left out is found when the program is upgraded', async () => {
    const folder = temporaryFolder();
    const before = await openIn(folder, counterMigrations.slice(0, 20));
    const word = { seq: 1, hash: 'h'.repeat(43), word: 'ACCEPTED', reason: null, note: null, at: 7 };
    const text = JSON.stringify({ feed: 'decisions', items: [], secondWords: [word] });
    await before.write(async (tx) => {
      await sql`INSERT INTO feed_page (feed, scope, incarnation, from_version, to_version, hash, text, sig, key_id, received_at)
        VALUES ('decisions', 'd', ${INCARNATION}, 0, 1, ${'p'.repeat(43)}, ${text}, ${'s'.repeat(86)}, ${'k'.repeat(12)}, 1)`.execute(
        tx,
      );
      return ok(undefined);
    });
    await before.close();
    const upgraded = await openIn(folder, counterMigrations);
    const kept = await upgraded.read((tx) => tx.selectFrom('second_word').selectAll().execute());
    expect(kept).toEqual([{ ...word, incarnation: INCARNATION }]);
    await upgraded.close();
  });
});
