import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemList } from '../../src/province/verify/problem-list.ts';
import { verifyBookings } from '../../src/province/verify/verify-bookings.ts';
import { type VerifyReport, verifyProvince } from '../../src/province/verify/verify-province.ts';
import { epochOpened, openEpoch, SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

/** How many questions the look at sales and decisions asks of the database. */
async function questions(batch: number): Promise<number> {
  const { db, keys } = world.province.context;
  let asked = 0;
  const counting = db.withPlugin({
    transformQuery: ({ node }) => {
      asked += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const problems = new ProblemList();
  await verifyBookings(counting, keys, problems, batch);
  expect(problems.listed).toEqual([]);
  return asked;
}

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
  const device = await TestDevice.enrol(world.server, await world.code());
  device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
  for (const nrkb of ['AG 2345 KD', 'N 4040 DB', 'W 1919 SH']) {
    makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules });
  }
  device.append({ type: 'from.the-future', body: { x: 1 } });
  device.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
  await device.push();
  await world.book();
});
afterAll(() => world.close());

class Undo extends Error {}

/** What verify says after somebody with the database’s password changed the data, triggers off; then it is undone. */
async function reportAfter(...statements: readonly string[]): Promise<VerifyReport> {
  const found: { report?: VerifyReport } = {};
  const { context } = world.province;
  await context.db
    .transaction()
    .execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      for (const statement of statements) await sql.raw(statement).execute(tx);
      found.report = await verifyProvince({ ...context, db: tx });
      // Nothing falls between two batches, and nothing is found twice.
      expect(await verifyProvince({ ...context, db: tx }, 2)).toEqual(found.report);
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  if (found.report === undefined) throw new Error('no report');
  return found.report;
}

describe('verify', () => {
  it('finds nothing in a province that was left alone, and counts what it saw', async () => {
    expect(await verifyProvince(world.province.context, 2)).toMatchObject({ ok: true, sales: 3, decisions: 3 });
    expect(await verifyProvince(world.province.context)).toMatchObject({
      ok: true,
      devices: 1,
      entries: 6,
      sales: 3,
      decisions: 3,
      problemCount: 0,
      problems: [],
    });
  });

  const damages: readonly (readonly [string, string, string])[] = [
    [
      'an amount inside an entry',
      'ENTRY_SIGNATURE',
      `update entry set text = replace(text, '"total":284000', '"total":184000') where type = 'transaction.paid'`,
    ],
    ['a type beside an entry', 'ENTRY_ENVELOPE', `update entry set type = 'transaction.paid' where seq = 1`],
    [
      'a signature',
      'ENTRY_SIGNATURE',
      `update entry set sig = translate(sig, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'BCDEFGHIJKLMNOPQRSTUVWXYZA') where seq = 2`,
    ],
    ['an entry that is gone', 'ENTRY_CHAIN', `delete from entry where seq = 5`],
    [
      'an entry that waits although the one before it is here',
      'ENTRY_WAITS',
      `insert into pending_entry select device_id, hash, epoch_n, epoch_nonce, seq, prev, text, sig, received_at
         from entry where seq = 3`,
    ],
    [
      'a waiting entry that nobody signed',
      'ENTRY_SIGNATURE',
      `insert into pending_entry select device_id, hash, epoch_n, epoch_nonce, seq, null, text,
         translate(sig, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'BCDEFGHIJKLMNOPQRSTUVWXYZA'), received_at from entry where seq = 3`,
    ],
    ['a ledger line', 'LEDGER_SUM', `update ledger_line set amount = amount + 1 where line_no = 1 and seq = 2`],
    [
      'two ledger lines that still sum to zero',
      'LEDGER_LINES',
      `update ledger_line set amount = amount + case line_no when 1 then 100 else -100 end where line_no in (1, 2) and seq = 2`,
    ],
    ['a sale that is gone', 'SALE_MISSING', `delete from sale where seq = 2`],
    [
      'booking work that is gone',
      'WORK_MISSING',
      `delete from booking_work where transaction_id = (select transaction_id from sale where seq = 3)`,
    ],
    [
      'a decision that is gone',
      'DECISION_MISSING',
      `delete from decision where transaction_id = (select transaction_id from sale where seq = 3)`,
    ],
    [
      'a decision that the counter never got',
      'PAGE_CHAIN',
      `delete from feed_page where feed = 'decisions' and to_version = 2`,
    ],
    [
      'a booking that is gone',
      'BOOKING_MISSING',
      `delete from core_booking where reference like '%-%' and component = 'pkb'`,
    ],
    [
      'a booking of another amount',
      'BOOKING_MISSING',
      `update core_booking set amount = amount - 1 where reference like '%-%' and component = 'pkb'`,
    ],
    [
      'a policy that nobody signed',
      'PAGE_SIGNATURE',
      `update feed_page set text = replace(text, '"offlineCash":"allowed"', '"offlineCash":"intake-only"') where feed = 'policy'`,
    ],
    [
      'a certificate of another key',
      'CERTIFICATE',
      `update device set certificate = jsonb_set(certificate, '{certificate,outletId}', '"3506-018"')`,
    ],
  ];

  it.each(damages)('finds %s', async (_what, problem, statement) => {
    const report = await reportAfter(statement);
    expect(report.ok).toBe(false);
    expect(report.problems.map((found) => found.problem)).toContain(problem);
  });

  it('names every entry and page of which one byte was flipped, however unreadable it became', async () => {
    const { db } = world.province.context;
    const flip = (text: string, seed: number): string => {
      const at = (seed * 37) % text.length;
      return `overlay(text placing '${text.charAt(at) === 'x' ? 'y' : 'x'}' from ${String(at + 1)} for 1)`;
    };
    const entries = await db.selectFrom('entry').select(['seq', 'text']).orderBy('seq').execute();
    const pages = await db.selectFrom('feed_page').select(['hash', 'text']).execute();
    const { problems } = await reportAfter(
      ...entries.map(({ seq, text }) => `update entry set text = ${flip(text, seq)} where seq = ${String(seq)}`),
      ...pages.map(
        ({ hash, text }, index) => `update feed_page set text = ${flip(text, index + 3)} where hash = '${hash}'`,
      ),
    );
    expect(problems.filter(({ problem }) => problem === 'ENTRY_SIGNATURE')).toHaveLength(entries.length);
    expect(problems.filter(({ problem }) => problem === 'PAGE_HASH')).toHaveLength(pages.length);
    expect((await verifyProvince(world.province.context)).ok).toBe(true);
  });
});

describe('a chain with declared gaps and damaged rows', () => {
  let broken: TestDevice;
  beforeAll(async () => {
    broken = await TestDevice.enrol(world.server, await world.code());
    broken.append(epochOpened('enrolment'));
    for (let count = 0; count < 6; count += 1) broken.append(SIGNED_IN);
    const { epoch, chain } = broken;
    openEpoch(broken, 'salvage', { epoch, fromSeq: 5, toSeq: 5 });
    await broken.request('POST', '/v1/push', {
      entries: [...chain.slice(0, 2), ...chain.slice(3, 4), ...chain.slice(5)],
      subjectKeys: [],
      damaged: [{ epoch, seq: 3, raw: 'AAAA' }],
    });
  });

  it('is in order, because the device said so', async () => {
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it.each([
    ['a declaration', 'delete from epoch where gap_n is not null'],
    ['a declaration that was not believed', `update epoch set gap_refused = 'TOO_WIDE' where gap_n is not null`],
    ['the damaged bytes', 'delete from damaged_entry'],
    ['the word of the device itself', 'update damaged_entry set vouched = false'],
  ])('is broken without %s', async (_what, statement) => {
    const { problems } = await reportAfter(statement);
    expect(problems.map(({ problem }) => problem)).toEqual(['ENTRY_CHAIN']);
  });
});

describe('a province that sells much', () => {
  it('is looked at by so many questions as there are batches, whatever lies in one', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    const sell = async (...plates: readonly string[]): Promise<void> => {
      for (const nrkb of plates) {
        makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules });
      }
      await device.push();
      await world.book();
    };
    await sell('AG 1111 HI');
    const before = await questions(100);
    await sell('AG 3456 EF', 'L 1001 EV', 'M 2828 BK');
    expect(await questions(100)).toBe(before);
    expect(await questions(2)).toBeGreaterThan(before);
  });
});
