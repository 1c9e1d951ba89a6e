import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { floatLedgerLines } from '../../src/domain/ledger-lines.ts';
import { addDays, startOfLocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { ProvinceContext } from '../../src/province/province-context.ts';
import { readDayEntries } from '../../src/province/region/day-entries.ts';
import { readDayList } from '../../src/province/region/day-list.ts';
import { readDay } from '../../src/province/region/day-page.ts';
import { readDaySales } from '../../src/province/region/day-sales.ts';
import { readQueue } from '../../src/province/region/queue.ts';
import { giveRegion, moveOutlet, putRegion } from '../../src/province/region/regions.ts';
import { readRegion } from '../../src/province/region/region-page.ts';
import { readPrincipals } from '../../src/province/region/scope.ts';
import { ProblemList } from '../../src/province/verify/problem-list.ts';
import { verifyDays } from '../../src/province/verify/verify-days.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { fillRegion } from '../support/filled-region.ts';
import { CounterDay, counterOf } from '../support/outlet-days.ts';
import { TEST_TODAY } from '../support/test-province.ts';

const world = useProvince();
const SIZE = { outlets: 20, days: 15, sales: 20 * 15 * 8, perRegion: 20 };
/** A day here: opened, eight sales, closed, and the deposit of the day before. */
const ITEMS_A_DAY = 11;
const SHOWN = 4;
/** Of a page each statement asks for one row more, to know whether there is another page. */
const ONE_MORE = SHOWN + 1;
const WEIGHED_DAYS = 15;
const page = { cursor: null, limit: SHOWN };
const day = { outletId: '3506-110', businessOn: addDays(TEST_TODAY, -1) };

const counted: { most: number } = { most: 0 };
/** The province as it is, with every row counted that a statement answers. */
function counting(): ProvinceContext {
  const { context } = world().province;
  const db = context.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      counted.most = Math.max(counted.most, result.rows.length);
      return result;
    },
  });
  return { ...context, db };
}

/** The most rows that one statement of a question answers. */
async function mostRows(question: (context: ProvinceContext) => Promise<unknown>): Promise<number> {
  counted.most = 0;
  await question(counting());
  return counted.most;
}

describe('a page of a region with many outlets and days', () => {
  beforeAll(async () => {
    const { db } = world().province.context;
    await fillRegion(db, SIZE, TEST_TODAY);
    // Every counter is new, so each waits for a word.
    await sql`update device set enrolled_at = ${world().clock.now} where certificate = '{}'`.execute(db);
  });

  it('was filled as counters would have filled it', async () => {
    const problems = new ProblemList();
    await verifyDays(world().province.context.db, problems);
    expect(problems.listed).toEqual([]);
  });

  it('never loads more than it shows, and of days that are signed their items', async () => {
    const who = await readPrincipals(world().province.context.db, 'bench-0', TEST_TODAY);
    const waiting = { on: null, waiting: 'close', ...page } as const;
    const rows = {
      days: await mostRows((context) => readDayList(context, who, waiting)),
      sales: await mostRows(({ db }) => readDaySales(db, day, page)),
      entries: await mostRows(({ db }) => readDayEntries(db, day, { type: null, ...page })),
      day: await mostRows((context) => readDay(context, 'bench-0', day)),
      queue: await mostRows((context) => readQueue(context, who, { kind: null, ...page })),
      region: await mostRows((context) => readRegion(context, who, page)),
    };
    expect(rows.sales).toBe(ONE_MORE);
    expect(rows.queue).toBe(ONE_MORE);
    // What a signature names is a hash over the items of the day.
    expect(rows.days).toBeLessThanOrEqual(SHOWN * ITEMS_A_DAY);
    expect(rows.entries).toBeLessThanOrEqual(ITEMS_A_DAY);
    expect(rows.day).toBeLessThanOrEqual(ITEMS_A_DAY);
    // Who is worst is found among all: a fortnight of each outlet, whatever its age and its sales.
    expect(rows.region).toBeLessThanOrEqual(SIZE.outlets * WEIGHED_DAYS);
    const { outlets } = await readRegion(world().province.context, who, page);
    expect(outlets).toHaveLength(SHOWN);
  });
});

describe('an outlet that moves tomorrow', () => {
  it('waits today in the region that it still is of, and its move in the one that takes it over', async () => {
    const { context } = world().province;
    await putRegion(context, 'next', 'UPT Berikut');
    const [outletId, fromOn] = ['3506-105', addDays(TEST_TODAY, 1)];
    const moved = await moveOutlet(context, { outletId, regionId: 'next', fromOn, saidBy: 'test' });
    expect(moved).toMatchObject({ ok: true });
    expect(await giveRegion(context, 'pengawas-3526-009', 'next')).toMatchObject({ ok: true });
    const waiting = async (supervisorId: string, kind: 'device' | 'move') => {
      const who = await readPrincipals(context.db, supervisorId, TEST_TODAY);
      const { items } = await readQueue(context, who, { kind, cursor: null, limit: 100 });
      return items.filter((item) => item.outletId === outletId).length;
    };
    expect([await waiting('bench-0', 'device'), await waiting('pengawas-3526-009', 'device')]).toEqual([1, 0]);
    expect([await waiting('bench-0', 'move'), await waiting('pengawas-3526-009', 'move')]).toEqual([0, 1]);
  });
});

describe('a cash session over midnight', () => {
  it.each([
    ['in one push', false],
    ['in two pushes', true],
  ])('is of the day on which it was opened, and so is everything in it: %s', async (_name, isHalved) => {
    const device = await counterOf(world(), '3507-012');
    const on = addDays(TEST_TODAY, isHalved ? -5 : -4);
    const session = new CounterDay(world(), device, on, 'petugas-1-3507-012').open(50_000);
    if (isHalved) await device.push();
    const wallMs = startOfLocalDate(addDays(on, 1)) + 60_000;
    const { sessionId: cashSessionId, officerId } = session;
    const body = { movementId: uuidV7(), direction: 'in', amount: 5000, reason: 'receh' };
    const ledgerLines = floatLedgerLines('in', rupiah(5000));
    device.append({ type: 'cash.moved', body: { ...body, ledgerLines }, officerId, cashSessionId, wallMs });
    await device.push();
    const { rows } = await sql<{ on: string; type: string }>`select business_on as on, type from day_item
      where device_id = ${device.deviceId} order by place`.execute(world().province.context.db);
    expect(rows).toEqual([
      { on, type: 'cash-session.opened' },
      { on, type: 'cash.moved' },
    ]);
  });
});
