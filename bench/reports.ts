// Every report over a month of 20,000 transactions, each made in the thread that makes them at the counter (limit: 2 s of
// processor time), and what a sale beside them pays: the same sale is saved while reports run one after the other and
// while none runs, in turns, so that what else the machine does falls on both (limit: the 99th percentile at most doubles).
// Processor time is of the whole process.
// `node bench/reports.ts [--days 30] [--a-day 667] [--sales 400] [--seed 5]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { REPORT_KINDS, type ReportKind } from '../src/contract/views-reports.ts';
import { localDateAt } from '../src/domain/local-date.ts';
import { createColumnCipher } from '../src/main/core/device/column-cipher.ts';
import { createReportDesk, type ReportDesk } from '../src/main/core/reports/report-desk.ts';
import { openReportLedger, type ReportLedger, REPORT_OUTLET } from '../tests/support/report-ledger.ts';
import { valueOf } from '../tests/support/opened-database.ts';
import { saleDraft } from '../tests/support/test-journal.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { monthActs } from './scene/report-month.ts';
import { CASH_SESSION, saveSale } from './scene/saved-sale.ts';

const LIMIT_MS = 2_000;
const LIMIT_RATIO = 2;
/** Sales of one turn; long enough that several reports begin and end beside it. */
const TURN = 50;

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    'a-day': { type: 'string', default: '667' },
    sales: { type: 'string', default: '400' },
    seed: { type: 'string', default: '5' },
  },
});
const print = printer('reports');

type Bench = {
  readonly ledger: ReportLedger;
  readonly make: (
    kind: ReportKind,
  ) => Promise<{ readonly wallMs: number; readonly cpuMs: number; readonly rows: number }>;
};

function maker({ test }: ReportLedger, desk: ReportDesk): Bench['make'] {
  const made = { count: 0 };
  const today = localDateAt(test.clock.wallMs());
  return async (kind) => {
    made.count += 1;
    const request = { kind, from: localDateAt(test.clock.wallMs() - 366 * 86_400_000), to: today, cashSessionId: null };
    const order = {
      request: { ...request, officerId: null },
      madeAt: test.clock.wallMs(),
      timeTrust: 'rtc' as const,
      today,
      hiddenSessionId: null,
    };
    const before = process.cpuUsage();
    const { value, ms } = await timed(() => desk.ask<'make'>({ do: 'make', reportId: String(made.count), order }));
    const { user, system } = process.cpuUsage(before);
    const rows = valueOf(value).sections.reduce((sum, { rowCount }) => sum + rowCount, 0);
    return { wallMs: Math.round(ms), cpuMs: Math.round((user + system) / 1000), rows };
  };
}

/** Every report alone; answers those that took too long. */
async function reportsAlone({ make }: Bench): Promise<readonly ReportKind[]> {
  // The thread starts, and its code is compiled, once a day.
  await make('closing');
  const late: ReportKind[] = [];
  for (const kind of REPORT_KINDS) {
    const taken = await make(kind);
    print({ report: kind, ...taken, limitMs: LIMIT_MS });
    if (taken.cpuMs > LIMIT_MS) late.push(kind);
  }
  return late;
}

/** The 99th percentiles of the same sale with and without reports beside it, in turns. */
async function salesBeside({ ledger, make }: Bench): Promise<number> {
  const { test } = ledger;
  const cipher = createColumnCipher(test.secrets, test.random);
  const sales = Number(values.sales);
  const drafts = Array.from({ length: sales * 2 }, () => saleDraft(test, CASH_SESSION));
  const times = { alone: new Array<number>(), beside: new Array<number>() };
  const turn = async (into: number[]): Promise<void> => {
    for (let sale = 0; sale < TURN; sale += 1) into.push((await timed(() => saveSale(test, cipher, drafts))).ms);
  };
  let reports = 0;
  while (times.beside.length < sales) {
    await turn(times.alone);
    const running = { on: true };
    const others = (async () => {
      while (running.on) {
        for (const kind of ['day', 'bku', 'beneficiary', 'voids'] as const) if (running.on) await make(kind);
        reports += 1;
      }
    })();
    await turn(times.beside);
    running.on = false;
    await others;
  }
  const [alone, beside] = [figuresOf(times.alone), figuresOf(times.beside)];
  print({ what: 'save a sale, no report beside it', ...alone });
  print({ what: 'save a sale, reports beside it', ...beside, rounds: reports });
  return beside.p99 / alone.p99;
}

async function main(): Promise<void> {
  print({ what: 'machine', ...machine() });
  const folder = mkdtempSync(join(tmpdir(), 'loket-reports-'));
  const ledger = await openReportLedger(folder);
  const { test } = ledger;
  const { dataKey, indexKey } = test.secrets;
  const desk = createReportDesk({ file: test.db.file, outlet: REPORT_OUTLET, dataKey, indexKey });
  try {
    const acts = monthActs(Number(values.seed), Number(values.days), Number(values['a-day']));
    const { ms } = await timed(() => ledger.play(acts));
    const sales = acts.filter((act) => act.do === 'sell').length;
    print({ what: 'made', sales, seed: Number(values.seed), seconds: Math.round(ms / 1000) });
    const bench: Bench = { ledger, make: maker(ledger, desk) };
    const late = await reportsAlone(bench);
    const ratio = Math.round((await salesBeside(bench)) * 100) / 100;
    const kept = late.length === 0 && ratio <= LIMIT_RATIO;
    print({ late, p99Ratio: ratio, limit: LIMIT_RATIO, kept, ...machine() });
    process.exitCode = kept ? 0 : 2;
  } finally {
    await desk.stop();
    await test.db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
