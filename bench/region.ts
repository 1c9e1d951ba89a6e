// Supervisors at the server: the page of a region, kept and all worked out anew, the match of one day, the list of a
// day's outlets, what waits for a signature, a page of entries, the queue, the month, signals beside the read of their
// rows; each beside a bare `select 1` of the same run. Then many supervisors at once, each with his own region, and at the
// worst each with every outlet. What was filled is held against `province verify` first. `--grow` measures 60 outlets with
// 100,000 sales and then 500 with 1,000,000, and prints how each figure grows. Run: `npm run bench -- region`.
// `node bench/region.ts [--outlets 60] [--sales 100000] [--days 60] [--at-once 100] [--grow]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { addDays, localDateAt } from '../src/domain/local-date.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import type { ProvinceContext } from '../src/province/province-context.ts';
import { readDayEntries } from '../src/province/region/day-entries.ts';
import { readDayList } from '../src/province/region/day-list.ts';
import { readDay } from '../src/province/region/day-page.ts';
import { readMonth } from '../src/province/region/month.ts';
import { readQueue } from '../src/province/region/queue.ts';
import { readRegion } from '../src/province/region/region-page.ts';
import { readPrincipals } from '../src/province/region/scope.ts';
import { hisDays } from '../src/province/region/signal-shares.ts';
import { readSignals } from '../src/province/region/signals.ts';
import { ProblemList } from '../src/province/verify/problem-list.ts';
import { verifyDays } from '../src/province/verify/verify-days.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { fillRegion, type RegionSize } from '../tests/support/filled-region.ts';

const { values } = parseArgs({
  options: {
    outlets: { type: 'string', default: '60' },
    sales: { type: 'string', default: '100000' },
    days: { type: 'string', default: '60' },
    runs: { type: 'string', default: '20' },
    'at-once': { type: 'string', default: '100' },
    grow: { type: 'boolean', default: false },
  },
});
const [runs, atOnce, days] = [Number(values.runs), Number(values['at-once']), Number(values.days)];
const print = printer('region');
/** Limits at the server, ms: of the region's page and of the match of one day. */
const [PAGE_MS, DAY_MS] = [300, 500];
/** Outlets of one region in East Java, about: 500 of them are 20 regions. */
const PER_REGION = 25;
const QUESTIONS_EACH = 5;
/** Sees every outlet of the province. */
const BOSS = 'bench-boss';

const tenths = (value: number): number => Math.round(value * 10) / 10;

type Median = (what: string, action: () => Promise<unknown>, times?: number) => Promise<void>;

/** One supervisor alone, with every outlet of the province. */
async function alone(context: ProvinceContext, measured: Median): Promise<void> {
  const { db } = context;
  const today = localDateAt(context.now());
  const who = await readPrincipals(db, BOSS, today);
  const day = { outletId: '3506-130', businessOn: addDays(today, -1) };
  const page = { cursor: null, limit: 50 };
  await measured('select 1', () => sql`select 1`.execute(db), 200);
  await measured('region page', () => readRegion(context, who, page));
  // The first look of a day, and what a push costs whoever looks next: all outlets worked out anew.
  await measured('region page, all anew', async () => {
    await sql`update outlet_standing set made_for = ''`.execute(db);
    await readRegion(context, who, page);
  });
  await measured('day match', () => readDay(context, BOSS, day));
  const list = { on: day.businessOn, waiting: 'all', cursor: null, limit: 40 } as const;
  await measured('day list', () => readDayList(context, who, list));
  await measured('waiting list', () => readDayList(context, who, { on: null, waiting: 'close', ...page }));
  await measured('bank list', () => readDayList(context, who, { on: null, waiting: 'reconciliation', ...page }));
  await measured('entries page', () => readDayEntries(db, day, { type: null, ...page }));
  await measured('queue', () => readQueue(context, who, { kind: null, ...page }));
  await measured('month', () => readMonth(context, who, { month: day.businessOn.slice(0, 7), ...page }));
  const window = { principals: who, from: addDays(today, -29), to: today, now: context.now() };
  await measured('rows of signals', () =>
    sql`with ${hisDays(window)} select count(*), max(s.sold_at) from his h join counter_service s
      on s.outlet_id = h.outlet_id and s.business_on = h.business_on`.execute(db),
  );
  await measured('signals', () => readSignals(context, who, page));
}

/** Many at once: from the question of who asks to the answer; each asks again as soon as he has it. */
async function crowd(context: ProvinceContext, what: string, supervisorOf: (at: number) => string): Promise<object> {
  const { db } = context;
  const today = localDateAt(context.now());
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async (_one, at) => {
      for (let asked = 0; asked < QUESTIONS_EACH; asked += 1) {
        const { ms } = await timed(async () =>
          readRegion(context, await readPrincipals(db, supervisorOf(at), today), { cursor: null, limit: 50 }),
        );
        times.push(ms);
      }
    }),
  );
  const bare: number[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let asked = 0; asked < QUESTIONS_EACH; asked += 1)
        bare.push((await timed(() => sql`select 1`.execute(db))).ms);
    }),
  );
  const [figures, ofBare] = [figuresOf(times), figuresOf(bare)];
  return {
    what,
    supervisors: atOnce,
    ...figures,
    bareP99: ofBare.p99,
    ofBareP99: Math.round(figures.p99 / ofBare.p99),
  };
}

async function measure(size: RegionSize): Promise<ReadonlyMap<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-region-'));
  const opened = await openProvince({
    dataFolder: folder,
    keysFolder: join(folder, 'keys'),
    documentsFolder: join(folder, 'documents'),
    databaseUrl: undefined,
  });
  try {
    print({ what: 'machine', ...machine(), ...size });
    const { context } = opened.province;
    const { db } = context;
    const { ms: fillMs, value: regions } = await timed(() => fillRegion(db, size, localDateAt(context.now())));
    await sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
      values (${BOSS}, '3506-101', 'Bench', 'supervisor', true, '-')`.execute(db);
    await sql`insert into supervisor_region select ${BOSS}, region_id from region where region_id like 'bench-%'`.execute(
      db,
    );
    print({ what: 'filled', ms: Math.round(fillMs), regions });
    const problems = new ProblemList();
    const { ms: verifyMs } = await timed(() => verifyDays(db, problems));
    print({ what: 'verified days', ms: Math.round(verifyMs), problems: problems.count });
    if (problems.count > 0)
      throw new Error(`what was filled does not hold: ${JSON.stringify(problems.listed.slice(0, 5))}`);
    const medians = new Map<string, number>();
    await alone(context, async (what, action, times = runs) => {
      const taken: number[] = [];
      for (let run = 0; run < times; run += 1) taken.push((await timed(action)).ms);
      const figures = figuresOf(taken);
      // Finer than the printed tenths: a bare question takes less than one.
      medians.set(what, taken.toSorted((left, right) => left - right)[taken.length >> 1] ?? figures.median);
      print({
        what,
        ...figures,
        ofBareSelect: Math.round((medians.get(what) ?? 0) / (medians.get('select 1') ?? 1)),
      });
    });
    print(await crowd(context, 'own region at once', (at) => `bench-${String(at % regions)}`));
    print(await crowd(context, 'every outlet at once', () => BOSS));
    return medians;
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const SMALL: RegionSize = { outlets: 60, sales: 100_000, days, perRegion: PER_REGION };
const LARGE: RegionSize = { outlets: 500, sales: 1_000_000, days, perRegion: PER_REGION };
const asked = { ...SMALL, outlets: Number(values.outlets), sales: Number(values.sales) };
const before = await measure(values.grow ? SMALL : asked);
const after = values.grow ? await measure(LARGE) : before;
if (values.grow) {
  for (const [what, ms] of after) {
    const small = before.get(what) ?? 0;
    print({ what: 'grows', of: what, from: tenths(small), to: tenths(ms), times: tenths(ms / small) });
  }
}
const kept = (after.get('region page') ?? 0) <= PAGE_MS && (after.get('day match') ?? 0) <= DAY_MS;
print({ what: 'limits', pageMs: PAGE_MS, dayMs: DAY_MS, kept, ...machine() });
process.exitCode = kept ? 0 : 2;
