import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import type { WriteTx } from '../../../src/main/core/db/open.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, saleDraft, type TestJournal } from '../../support/test-journal.ts';

const SIG = 'A'.repeat(86);
const HASH = 'B'.repeat(43);

/** A journal with one sale, one feed page and one custody receipt. */
async function filled(): Promise<TestJournal> {
  const test = await openTestJournal(join(temporaryFolder()));
  valueOf(await test.journal.openEpoch('enrolment'));
  valueOf(
    await test.journal.record(async (tx, append) => {
      append(saleDraft(test, test.newId()));
      const signed = { hash: HASH, text: '{}', sig: SIG, key_id: 'C'.repeat(12), received_at: 1 };
      await tx
        .insertInto('feed_page')
        .values({ feed: 'keys', scope: 'all', incarnation: 'i', from_version: 0, to_version: 1, ...signed })
        .execute();
      await tx
        .insertInto('custody_receipt')
        .values({ epoch_n: 1, epoch_nonce: 'N'.repeat(11), ack_seq: 2, ...signed })
        .execute();
      return ok(undefined);
    }),
  );
  return test;
}

const everything = (test: TestJournal): Promise<unknown> =>
  test.db.read(async (tx) => [
    await tx.selectFrom('entry').selectAll().execute(),
    await tx.selectFrom('ledger_line').selectAll().execute(),
    await tx.selectFrom('feed_page').selectAll().execute(),
    await tx.selectFrom('custody_receipt').selectAll().execute(),
  ]);

const attempts: readonly (readonly [string, (tx: WriteTx) => Promise<unknown>])[] = [
  ['UPDATE of an entry', (tx) => tx.updateTable('entry').set({ text: '{}' }).execute()],
  ['DELETE of an entry', (tx) => tx.deleteFrom('entry').where('seq', '=', 2).execute()],
  ['UPDATE of a ledger line', (tx) => tx.updateTable('ledger_line').set({ amount: 1 }).execute()],
  ['DELETE of a ledger line', (tx) => tx.deleteFrom('ledger_line').execute()],
  ['UPDATE of a feed page', (tx) => tx.updateTable('feed_page').set({ text: '[]' }).execute()],
  ['DELETE of a feed page', (tx) => tx.deleteFrom('feed_page').execute()],
  ['UPDATE of a custody receipt', (tx) => tx.updateTable('custody_receipt').set({ ack_seq: 9 }).execute()],
  ['DELETE of a custody receipt', (tx) => tx.deleteFrom('custody_receipt').execute()],
  [
    'INSERT OR REPLACE of a ledger line',
    (tx) =>
      tx
        .insertInto('ledger_line')
        .orReplace()
        .values({ entry_seq: 2, line_no: 1, account: 'cash-drawer', amount: 1, cash_session_id: null })
        .execute(),
  ],
  [
    'INSERT OR REPLACE of a feed page',
    (tx) =>
      tx
        .insertInto('feed_page')
        .orReplace()
        .values({
          feed: 'keys',
          scope: 'all',
          incarnation: 'i',
          from_version: 0,
          to_version: 1,
          hash: HASH,
          text: '[]',
          sig: SIG,
          key_id: 'C'.repeat(12),
          received_at: 2,
        })
        .execute(),
  ],
];

const entryRow = (seq: number, prev: string | null) => ({
  seq,
  epoch_n: 1,
  epoch_nonce: 'N'.repeat(11),
  hash: HASH,
  prev,
  type: 'officer.signed-in',
  stream: '0192f000-0000-7000-8000-000000000001',
  officer_id: null,
  cash_session_id: null,
  wall_ms: 1,
  text: '{}',
  sig: SIG,
});

describe('what the counter has written down', () => {
  it.each(attempts)('is not changed by an %s', async (_name, attempt) => {
    const test = await filled();
    const before = await everything(test);
    await expect(test.db.write(async (tx) => ok(await attempt(tx)))).rejects.toThrow('append-only');
    expect(await everything(test)).toEqual(before);
    await test.db.close();
  });

  it.each([
    ['leaves a hole', 4, HASH],
    ['stands where another stands', 2, HASH],
    ['names another entry before it', 3, HASH],
    ['names no entry before it', 3, null],
  ])('takes no entry that %s', async (_name, seq, prev) => {
    const test = await filled();
    const before = await everything(test);
    const forged = test.db.write(async (tx) => ok(await tx.insertInto('entry').values(entryRow(seq, prev)).execute()));
    await expect(forged).rejects.toThrow('does not continue the chain');
    expect(await everything(test)).toEqual(before);
    await test.db.close();
  });

  it('never changes the key of a person in place, neither by UPDATE nor by REPLACE', async () => {
    const test = await filled();
    await test.db.write(async (tx) =>
      ok(await tx.insertInto('subject_key').values({ subject: 's', wrapped_key: 'first' }).execute()),
    );
    const update = test.db.write(async (tx) =>
      ok(await tx.updateTable('subject_key').set({ wrapped_key: 'x' }).execute()),
    );
    await expect(update).rejects.toThrow('never changed');
    const replace = test.db.write(async (tx) =>
      ok(await tx.insertInto('subject_key').orReplace().values({ subject: 's', wrapped_key: 'x' }).execute()),
    );
    await expect(replace).rejects.toThrow('never changed');
    await test.db.close();
  });

  it('holds at most one device', async () => {
    const test = await filled();
    const device = {
      device_id: '0192f000-0000-7000-8000-00000000d001',
      device_no: 1,
      outlet_id: '3506-017',
      outlet: '{}',
      province_url: 'http://127.0.0.1:1',
      root_key: 'K'.repeat(43),
      certificate: '{}',
      incarnation: 'i',
      key_store_kind: 'demo',
      enrolled_at: 1,
    };
    await test.db.write(async (tx) =>
      ok(
        await tx
          .insertInto('device')
          .values({ id: 1, ...device })
          .execute(),
      ),
    );
    const second = test.db.write(async (tx) =>
      ok(
        await tx
          .insertInto('device')
          .values({ id: 2 as 1, ...device })
          .execute(),
      ),
    );
    await expect(second).rejects.toThrow('device_is_one');
    await test.db.close();
  });
});
