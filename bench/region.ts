// The supervisor's region at the server: 60 outlets, 100,000 sales on PostgreSQL. The page of the region, the match of one
// day, the list of a day's outlets, a page of entries, the queue, the month; each beside a bare `select 1` of the same run.
// Then many supervisors at once: the 99th percentile of the region page. Long mode: `--outlets 500 --sales 1000000 --at-once 100`.
// Run: `npm run bench -- region`. `node bench/region.ts [--outlets 60] [--sales 100000] [--days 60] [--at-once 10]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { addDays, localDateAt } from '../src/domain/local-date.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import { readDayEntries } from '../src/province/region/day-entries.ts';
import { readDayList } from '../src/province/region/day-list.ts';
import { readDay } from '../src/province/region/day-page.ts';
import { readMonth } from '../src/province/region/month.ts';
import { readQueue } from '../src/province/region/queue.ts';
import { readRegion } from '../src/province/region/region-page.ts';
import type { Principals } from '../src/province/region/scope.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { fillRegion } from './scene/region-days.ts';

const { values } = parseArgs({
  options: {
    outlets: { type: 'string', default: '60' },
    sales: { type: 'string', default: '100000' },
    days: { type: 'string', default: '60' },
    runs: { type: 'string', default: '20' },
    'at-once': { type: 'string', default: '10' },
  },
});
const [outlets, sales, days, runs] = [values.outlets, values.sales, values.days, values.runs].map(Number) as [
  number,
  number,
  number,
  number,
];
const atOnce = Number(values['at-once']);
const print = printer('region');
/** Limits at the server, ms: of the region's page and of the match of one day. */
const [PAGE_MS, DAY_MS] = [300, 500];
const BOSS = 'bench-boss';
const WHO: Principals = { supervisorId: BOSS, delegations: [] };

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-region-'));
const opened = await openProvince({
  dataFolder: folder,
  keysFolder: join(folder, 'keys'),
  documentsFolder: join(folder, 'documents'),
  databaseUrl: undefined,
});
try {
  print({ what: 'machine', ...machine(), outlets, sales, days });
  const { context } = opened.province;
  const { db } = context;
  const today = localDateAt(context.now());
  const { ms: fillMs } = await timed(() => fillRegion(db, { outlets, days, sales }, today));
  await sql`insert into officer (officer_id, outlet_id, name, role, active, pin_verifier)
    values (${BOSS}, '3506-101', 'Bench', 'supervisor', true, '-')`.execute(db);
  await sql`insert into supervisor_region values (${BOSS}, 'bench')`.execute(db);
  print({ what: 'filled', ms: Math.round(fillMs) });
  const day = { outletId: '3506-130', businessOn: addDays(today, -1) };
  const page = { cursor: null, limit: 50 };

  const measured = async (what: string, action: () => Promise<unknown>, times = runs): Promise<number> => {
    const taken: number[] = [];
    for (let run = 0; run < times; run += 1) taken.push((await timed(action)).ms);
    const figures = figuresOf(taken);
    const ofBare = bare.median === 0 ? null : Math.round(figures.median / bare.median);
    print({ what, ...figures, ...(ofBare === null ? {} : { ofBareSelect: ofBare }) });
    return figures.median;
  };
  const bare = { median: 0 };
  bare.median = await measured('select 1', () => sql`select 1`.execute(db), 200);
  const regionMs = await measured('region page', () => readRegion(context, WHO, page));
  const dayMs = await measured('day match', () => readDay(context, BOSS, day));
  const list = await measured('day list', () =>
    readDayList(context, WHO, { on: day.businessOn, waiting: 'all', cursor: null, limit: 40 }),
  );
  await measured('waiting list', () => readDayList(context, WHO, { on: null, waiting: 'close', ...page }));
  await measured('entries page', () => readDayEntries(db, day, { type: null, cursor: null, limit: 50 }));
  await measured('queue', () => readQueue(context, WHO, { kind: null, ...page }));
  await measured('month', () => readMonth(context, WHO, { month: day.businessOn.slice(0, 7), ...page }));
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let run = 0; run < 5; run += 1) times.push((await timed(() => readRegion(context, WHO, page))).ms);
    }),
  );
  print({ what: 'region page at once', supervisors: atOnce, ...figuresOf(times) });
  print({ what: 'limits', pageMs: PAGE_MS, dayMs: DAY_MS, listOf40: Math.round(list), ...machine() });
  process.exitCode = regionMs <= PAGE_MS && dayMs <= DAY_MS ? 0 : 2;
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}
