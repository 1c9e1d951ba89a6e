import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportKind } from '../../../src/contract/views-reports.ts';
import { addDays, type LocalDate } from '../../../src/domain/local-date.ts';
import { REGENCY_CODES } from '../../../src/domain/regency.ts';
import type { Report } from '../../../src/main/core/reports/make-report.ts';
import { monthActs } from '../../../bench/scene/report-month.ts';
import { REPORT_TEXT } from '../../../src/main/core/reports/report-text.ts';
import { type Act, openReportLedger, type ReportLedger } from '../../support/report-ledger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Entries = Awaited<ReturnType<ReportLedger['entries']>>;
type Chosen = (entry: Entries[number]) => boolean;

const POOL = ['cash-drawer', 'safe-or-courier', 'float'];
const isBeneficiary = (account: string): boolean =>
  account === 'province' ||
  account === 'jasa-raharja' ||
  account === 'agent-fee' ||
  /^(?:regency|parking):/.test(account);

/** The sum of lines, straight from the texts of the journal. */
function fold(entries: Entries, isCounted: (account: string) => boolean, isChosen: Chosen = () => true): number {
  let sum = 0;
  for (const entry of entries.filter(isChosen)) {
    for (const { account, amount } of entry.lines) if (isCounted(account)) sum += amount;
  }
  return sum;
}

const owedBy = (entries: Entries, isChosen?: Chosen): number => 0 - fold(entries, isBeneficiary, isChosen);

/** A total by the key of its column; throws where the table has no such column. */
function total(report: Report, key: string, at = 0): number {
  const section = report.sections[at];
  const column = section?.columns.findIndex((one) => one.key === key) ?? -1;
  const value = section?.totals?.[column];
  if (typeof value !== 'number') throw new Error(`${report.kind} has no total of ${key}`);
  return value;
}

function cells(report: Report, key: string, at = 0): readonly unknown[] {
  const section = report.sections[at];
  const column = section?.columns.findIndex((one) => one.key === key) ?? -1;
  return section?.rows.map((row) => row.cells[column]) ?? [];
}

const rupiahUpTo = (max: number) => fc.integer({ min: 1, max });
const sell = fc.record({
  do: fc.constant('sell' as const),
  province: rupiahUpTo(1_250_000_000),
  regency: fc.constantFrom(...REGENCY_CODES),
  opsen: rupiahUpTo(800_000_001),
  swdkllj: rupiahUpTo(143_000),
  parking: fc.constantFrom(0, 30_000, 59_999),
  fee: fc.constantFrom(0, 0, 2_500),
  means: fc.constantFrom('cash', 'cash', 'cash', 'qris'),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: sell },
  { weight: 2, arbitrary: fc.constant({ do: 'open' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'void' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deposit' as const), share: fc.integer({ min: 1, max: 100 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close' as const), variance: fc.constantFrom(0, -500, 700, -90_000) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'next-day' as const }) },
);
const days = fc.array(act, { minLength: 8, maxLength: 60 }).map((acts): Act[] => [{ do: 'open' }, ...acts]);

/** Plays random days and hands the journal over. Each run has a database of its own. */
async function forAllLedgers(runs: number, hold: (ledger: ReportLedger, entries: Entries) => Promise<void>) {
  await fc.assert(
    fc.asyncProperty(days, async (acts) => {
      const ledger = await openReportLedger(temporaryFolder());
      try {
        await ledger.play(acts);
        await hold(ledger, await ledger.entries());
      } finally {
        await ledger.test.db.close();
      }
    }),
    { numRuns: runs },
  );
}

const FIRST = '2026-11-18' as LocalDate; // the morning on which the test's clock starts

describe('the figures of reports over any days of work', () => {
  it('are those of the ledger lines in the journal, account by account, to the rupiah', async () => {
    await forAllLedgers(20, async ({ report }, entries) => {
      const beneficiaries = await report({ kind: 'beneficiary' });
      const names = cells(beneficiaries, 'beneficiary');
      expect(names).toHaveLength(new Set(names).size);
      expect(names.filter((name) => String(name).startsWith('Kab') || String(name).startsWith('Kota'))).toHaveLength(
        38,
      );
      for (const [at, code] of cells(beneficiaries, 'code').entries()) {
        const row = beneficiaries.sections[0]?.rows[at];
        const [account = ''] = row?.choice?.accounts ?? [];
        expect(cells(beneficiaries, 'amount')[at], String(code)).toBe(0 - fold(entries, (one) => one === account));
      }
      expect(total(beneficiaries, 'amount')).toBe(owedBy(entries));
      for (const kind of ['day', 'officer', 'cash-session'] as const) {
        const made = await report({ kind });
        const received = owedBy(entries) - fold(entries, (account) => account === 'rounding');
        expect(total(made, 'received'), kind).toBe(received);
      }
      const day = await report({ kind: 'day' });
      expect(total(day, 'province')).toBe(0 - fold(entries, (account) => account === 'province'));
      expect(total(day, 'regencies')).toBe(0 - fold(entries, (account) => account.startsWith('regency:')));
      expect(total(day, 'sales')).toBe(entries.filter(({ type }) => type === 'transaction.paid').length);
      expect(total(day, 'voided')).toBe(entries.filter(({ type }) => type === 'transaction.voided').length);
      expect(total(await report({ kind: 'component' }), 'amount')).toBe(
        owedBy(entries) + fold(entries, (account) => account === 'agent-fee'),
      );
      expect(total(await report({ kind: 'rounding' }), 'rounding')).toBe(
        0 - fold(entries, (account) => account === 'rounding'),
      );
      expect(total(await report({ kind: 'variances' }), 'variance')).toBe(
        0 - fold(entries, (account) => account === 'variance'),
      );
      expect(total(await report({ kind: 'means' }), 'amount')).toBe(total(day, 'received'));
    });
  });

  it('of the books follow the cash: what came less what left is what lies there, and its age accounts for all of it', async () => {
    await forAllLedgers(20, async ({ report }, entries) => {
      const inPool = (account: string): boolean => POOL.includes(account);
      const book = await report({ kind: 'bku' });
      expect(total(book, 'inflow') - total(book, 'outflow')).toBe(fold(entries, inPool));
      expect(total(book, 'balance')).toBe(fold(entries, inPool));
      const aged = await report({ kind: 'cash-age' });
      const surplus = aged.sections[0]?.facts.find(({ label }) => label === REPORT_TEXT.surplus)?.value ?? 0;
      expect(total(aged, 'left') - Number(surplus)).toBe(fold(entries, inPool));
      const banked = fold(entries, (account) => account === 'bank-in-transit');
      expect(total(await report({ kind: 'deposits' }), 'amount')).toBe(banked);
      const register = await report({ kind: 'sts-register' });
      expect([total(register, 'amount'), total(register, 'cumulative')]).toEqual([banked, banked]);
      const slips = await report({ kind: 'sts' });
      const sums = slips.sections.map((_, at) => total(slips, 'amount', at));
      const deposited = entries.filter(({ type }) => type === 'cash.deposited').map(({ body }) => body['amount']);
      expect(sums).toEqual(deposited);
    });
  });

  it('of single days, sessions and officers add up to those of the whole, and a part is never in two of them', async () => {
    await forAllLedgers(10, async ({ report, test }, entries) => {
      const whole = await report({ kind: 'day' });
      const keys = ['sales', 'province', 'regencies', 'jasaRaharja', 'rounding', 'received'];
      const all = keys.map((key) => total(whole, key));
      const sum = (parts: readonly Report[]): number[] =>
        keys.map((key) => parts.reduce((before, part) => before + total(part, key), 0));
      const last = new Date(test.clock.wallMs() + 25_200_000).toISOString().slice(0, 10);
      const each: Report[] = [];
      for (let day = FIRST; day <= last; day = addDays(day, 1)) {
        each.push(await report({ kind: 'day', from: day, to: day }));
      }
      expect(sum(each)).toEqual(all);
      for (const part of each) {
        const own = (entry: Entries[number]): boolean => entry.day === part.request.from;
        expect(total(part, 'received')).toBe(
          owedBy(entries, own) - fold(entries, (account) => account === 'rounding', own),
        );
      }
      // Nothing is sold or taken back without a session.
      const sessions = new Set(entries.flatMap(({ cashSessionId }) => cashSessionId ?? []));
      const bySession: Report[] = [];
      for (const cashSessionId of sessions) bySession.push(await report({ kind: 'day', cashSessionId }));
      expect(sum(bySession)).toEqual(all);
      const byOfficer: Report[] = [];
      for (const officerId of ['siti-aminah', 'umi-salamah']) byOfficer.push(await report({ kind: 'day', officerId }));
      expect(sum(byOfficer)).toEqual(all);
    });
  });

  it('equal what the papers said: beneficiaries and agent fee are what was paid and what was rounded off', async () => {
    await forAllLedgers(10, async ({ report }, entries) => {
      const voided = new Set(
        entries.filter(({ type }) => type === 'transaction.voided').map(({ body }) => body['transactionId']),
      );
      const standing = entries.filter(
        ({ type, body }) => type === 'transaction.paid' && !voided.has(body['transactionId']),
      );
      const paid = standing.reduce((sum, { body }) => sum + Number(body['payable']) + Number(body['rounding']), 0);
      expect(total(await report({ kind: 'beneficiary' }), 'amount')).toBe(paid);
      const closing = await report({ kind: 'closing' });
      expect(total(closing, 'received')).toBe(standing.reduce((sum, { body }) => sum + Number(body['payable']), 0));
    });
  });

  it('of a slip are the beneficiaries of the cash that it carried, and nothing of what a provider took', async () => {
    const ledger = await openReportLedger(temporaryFolder());
    const sale = { do: 'sell', opsen: 60_000, swdkllj: 35_000, parking: 30_000, fee: 0 } as const;
    await ledger.play([
      { do: 'open' },
      { ...sale, province: 100_000, regency: '3506', means: 'cash' },
      { ...sale, province: 700_000, regency: '3578', means: 'qris' },
      { do: 'deposit', share: 100 },
      { do: 'close', variance: 0 },
    ]);
    const slips = await ledger.report({ kind: 'sts' });
    expect(slips.sections.map(({ rows }) => rows.map(({ cells: [code, , amount] }) => [code, amount]))).toEqual([
      [
        ['35', 100_000],
        ['3506', 60_000],
        ['JR', 35_000],
        ['P-3506', 30_000],
      ],
    ]);
    const means = await ledger.report({ kind: 'means' });
    expect(cells(means, 'amount')).toEqual([225_000, 825_000]);
    await ledger.test.db.close();
  });

  it('of a slip give a part of each beneficiary where only a part of the cash went, and the rest with the next slip', async () => {
    const ledger = await openReportLedger(temporaryFolder());
    const sale: Act = {
      do: 'sell',
      province: 100_001,
      regency: '3506',
      opsen: 66_000,
      swdkllj: 35_000,
      parking: 0,
      fee: 0,
      means: 'cash',
    };
    await ledger.play([{ do: 'open' }, sale, { do: 'deposit', share: 33 }, { do: 'deposit', share: 100 }]);
    const slips = await ledger.report({ kind: 'sts' });
    const sums = new Map<unknown, number>();
    for (const { cells: row } of slips.sections.flatMap(({ rows }) => rows)) {
      sums.set(row[0], (sums.get(row[0]) ?? 0) + Number(row[2]));
    }
    expect(slips.sections).toHaveLength(2);
    expect(Object.fromEntries(sums)).toEqual({ 35: 100_001, 3506: 66_000, JR: 35_000, PB: -1 });
    await ledger.test.db.close();
  });

  it('miss no number in a journal that is whole', async () => {
    const ledger = await openReportLedger(temporaryFolder());
    await ledger.play(monthActs(3, 3, 20));
    const gaps = await ledger.report({ kind: 'gaps' });
    expect(gaps.sections.map(({ rows }) => rows)).toEqual([[], []]);
    expect(gaps.sections[0]?.facts.map(({ value }) => value)).toEqual([gaps.source.headSeq, 60]);
    await ledger.test.db.close();
  });

  it('say from which entries they come, and leave out what is appended afterwards', async () => {
    const ledger = await openReportLedger(temporaryFolder());
    const sale: Act = {
      do: 'sell',
      province: 181_800,
      regency: '3506',
      opsen: 119_988,
      swdkllj: 35_000,
      parking: 0,
      fee: 0,
      means: 'cash',
    };
    await ledger.play([{ do: 'open' }, sale]);
    const before = await ledger.report({ kind: 'day' });
    expect(before.source).toMatchObject({ fromSeq: 1, toSeq: 3, headSeq: 3, timeTrust: 'rtc' });
    await ledger.play([{ do: 'next-day' }, sale]);
    const [, , third, fourth] = await ledger.test.db.read((tx) => ledger.test.journal.readAfter(tx, 0, 10));
    expect(before.source.head).toBe(third?.hash);
    const next = await ledger.report({ kind: 'day', from: addDays(FIRST, 1), to: addDays(FIRST, 1) });
    expect(next.source).toMatchObject({ fromSeq: 4, toSeq: 4, headSeq: 4, head: fourth?.hash });
    const nothing = await ledger.report({
      kind: 'day',
      from: '2026-01-01' as LocalDate,
      to: '2026-01-02' as LocalDate,
    }); // before all
    expect(nothing.source).toMatchObject({ fromSeq: null, toSeq: null, headSeq: 4 });
    await ledger.test.db.close();
  });

  it('are there for every report, also where nothing ever happened', async () => {
    const ledger = await openReportLedger(temporaryFolder());
    const kinds: readonly ReportKind[] = [
      'closing',
      'cash-session',
      'means',
      'gaps',
      'voids',
      'cash-age',
      'bku',
      'sts',
    ];
    for (const kind of kinds) {
      const { sections, source } = await ledger.report({ kind });
      expect(source, kind).toMatchObject({ headSeq: 0, head: null });
      for (const { totals } of sections) {
        for (const value of totals ?? []) if (typeof value === 'number') expect(value, kind).toBe(0);
      }
    }
    await ledger.test.db.close();
  });
});
