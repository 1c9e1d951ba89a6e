import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { readXlsx } from '../../support/xlsx-reader.ts';

const DAY = { from: '2026-03-10', to: '2026-03-10' } as const;
const HOSTILE = '=HYPERLINK("http://x.example","klik")';
const HOSTILE_COPY = '@SUM(1+1)*cmd|" /C calc"!A0';

const ownFolder = ({ config }: TestCounter): string => join(config.dataDir, 'laporan');
const csvOf = (file: string): readonly (readonly string[])[] =>
  parse(readFileSync(file), { delimiter: ';', bom: true, relaxColumnCount: true });

describe('a report that leaves the counter', () => {
  const folder = useEnrolledFolder();

  /** Two sales, one of them taken back for a reason that a spreadsheet would calculate, and a paper printed again. */
  const workedDay = async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const stays = await sellOffline(counter, 'AG 2345 KD');
    const goes = await sellOffline(counter, 'AG 3456 EF');
    const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;
    await counter.get('transactions.void', { transactionId: goes.transactionId, reason: HOSTILE, approval });
    await counter.get('transactions.reprint', { transactionId: stays.transactionId, reason: HOSTILE_COPY });
    return { counter, stays, goes };
  };
  const asSupervisor = async (counter: TestCounter): Promise<void> => {
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
  };

  /** An officer sees sums of his drawer once it is counted. */
  const count = async (counter: TestCounter): Promise<void> => {
    const session = await counter.get('cash-session.current', {});
    const cashSessionId = session?.cashSessionId ?? '';
    await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 50_000, count: 4 }] });
  };

  it('has the same total on the screen, in CSV, XLSX and PDF, and each file is an entry with its hash', async () => {
    const { counter, stays } = await workedDay();
    await asSupervisor(counter);
    const sheet = await counter.get('reports.make', { kind: 'day', ...DAY });
    const [section] = sheet.sections;
    const at = section?.columns.findIndex(({ key }) => key === 'received') ?? -1;
    expect(section?.totals?.[at]).toBe(stays.payable);
    expect(sheet.chart).toMatchObject({ kind: 'hours', points: [{ label: '10.00', values: [2] }] });

    const files = new Map<string, string>();
    for (const format of ['csv', 'xlsx', 'pdf'] as const) {
      const made = await counter.get('reports.export', {
        reportId: sheet.reportId,
        format,
        folder: ownFolder(counter),
      });
      const bytes = readFileSync(made.file);
      expect(made).toMatchObject({ format, bytes: bytes.length, rows: 1 });
      expect(createHash('sha256').update(bytes).digest('base64url')).toBe(made.sha256);
      files.set(format, made.file);
    }
    expect(counter.bodies('report.exported')).toMatchObject(
      ['csv', 'xlsx', 'pdf'].map((format) => ({ kind: 'day', ...DAY, format, plates: 'none', reason: null })),
    );
    expect(counter.bodies('report.exported')[0]).toMatchObject({
      headSeq: sheet.source.headSeq,
      head: sheet.source.head,
    });
    const csv = csvOf(files.get('csv') ?? '');
    expect(csv.find(([first]) => first === 'Jumlah')?.[at]).toBe(String(stays.payable));
    expect(csv[0]?.[at]).toBe('Uang diterima');
    const [book] = readXlsx(readFileSync(files.get('xlsx') ?? ''));
    const totals = book?.rows.find(([first]) => first?.value === 'Jumlah');
    expect(totals?.[at]).toEqual({ type: 'n', value: String(stays.payable), isFormula: false });
    expect(
      readFileSync(files.get('pdf') ?? '')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(readdirSync(ownFolder(counter)).toSorted()).toEqual([
      'laporan-day-3506-017-2026-03-10.csv',
      'laporan-day-3506-017-2026-03-10.pdf',
      'laporan-day-3506-017-2026-03-10.xlsx',
    ]);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('calculates nothing in a spreadsheet, whatever a person typed as a reason', async () => {
    const { counter, goes } = await workedDay();
    await count(counter);
    const sheet = await counter.get('reports.make', { kind: 'voids', ...DAY });
    const place = { reportId: sheet.reportId, folder: ownFolder(counter) };
    const csv = csvOf((await counter.get('reports.export', { ...place, format: 'csv' })).file);
    const raw = csv.flat();
    expect(raw).toContain(`'${HOSTILE}`);
    expect(raw).toContain(`'${HOSTILE_COPY}`);
    const signed = raw.filter((cell) => /^[-+]?\d+$/.test(cell));
    expect(signed).toContain(String(goes.payable));
    for (const cell of raw) if (!/^-?\d+$/.test(cell)) expect(cell).not.toMatch(/^[\s]*[=+\-@]/);

    const sheets = readXlsx(readFileSync((await counter.get('reports.export', { ...place, format: 'xlsx' })).file));
    const cells = sheets.flatMap(({ rows }) => rows.flat());
    expect(cells.filter(({ isFormula }) => isFormula)).toEqual([]);
    expect(cells).toContainEqual({ type: 'text', value: HOSTILE, isFormula: false });
    expect(cells).toContainEqual({ type: 'text', value: HOSTILE_COPY, isFormula: false });
    expect(cells).toContainEqual({ type: 'n', value: String(goes.payable), isFormula: false });
  });

  it('masks plates on the screen and in the file; a supervisor with a reason has them in a file of its own name', async () => {
    const { counter } = await workedDay();
    await count(counter);
    const asked = { format: 'csv', folder: ownFolder(counter) } as const;
    const masked = await counter.get('reports.make', { kind: 'voids', ...DAY });
    expect(JSON.stringify(masked)).toContain('AG 3*** EF');
    expect(JSON.stringify(masked)).not.toContain('3456');
    const first = await counter.get('reports.export', { ...asked, reportId: masked.reportId });
    expect(readFileSync(first.file, 'utf8')).toContain('AG 3*** EF');
    const platesReason = 'permintaan pemeriksa internal';
    expect(
      await counter.refusal('reports.export', { ...asked, reportId: masked.reportId, platesReason }),
    ).toMatchObject({ code: 'FORBIDDEN' });

    await asSupervisor(counter);
    const second = await counter.get('reports.export', { ...asked, reportId: masked.reportId, platesReason });
    expect(readFileSync(second.file, 'utf8')).toContain('AG 3456 EF');
    expect(second.file).not.toBe(first.file);
    expect(counter.bodies('report.exported')).toMatchObject([
      { plates: 'masked', reason: null },
      { plates: 'shown', reason: platesReason },
    ]);
  });

  it('shows its officer no sum of a drawer that he must still count blind; after the count it is there', async () => {
    const { counter, stays } = await workedDay();
    const received = async (): Promise<unknown> => {
      const { sections, leavesOutOpenSession } = await counter.get('reports.make', { kind: 'day', ...DAY });
      const [section] = sections;
      const at = section?.columns.findIndex(({ key }) => key === 'received') ?? -1;
      return [leavesOutOpenSession, section?.totals?.[at]];
    };
    expect(await received()).toEqual([true, 0]);
    for (const kind of ['closing', 'bku', 'beneficiary', 'means', 'cash-age', 'cash-session'] as const) {
      const made = await counter.get('reports.make', { kind, ...DAY });
      expect(JSON.stringify(made), kind).not.toContain(String(stays.payable));
    }
    await count(counter);
    expect(await received()).toEqual([false, stays.payable]);
  });

  it('opens the entries behind a figure, and pages through its rows', async () => {
    const { counter, stays, goes } = await workedDay();
    await asSupervisor(counter);
    const { reportId, sections } = await counter.get('reports.make', { kind: 'bku', ...DAY });
    const page = { reportId, offset: 0, limit: 50 };
    const choice = sections[0]?.rows.at(-1)?.choice ?? {};
    const behind = await counter.get('reports.entries', { ...page, choice });
    expect(behind.entries).toMatchObject([{ type: 'transaction.voided', transactionId: goes.transactionId }]);
    expect(behind.sum).toBe(-goes.payable);
    const day = await counter.get('reports.make', { kind: 'day', ...DAY });
    const received = await counter.get('reports.entries', {
      ...page,
      reportId: day.reportId,
      choice: day.sections[0]?.rows[0]?.choice ?? {},
    });
    expect([received.count, received.sum]).toEqual([3, stays.payable]);
    const all = await counter.get('reports.entries', { ...page, choice: { accounts: ['province'] } });
    expect(all.count).toBe(3);
    expect(all.entries.map(({ number }) => number)).toContain(stays.receiptNumber);
    const { rows } = await counter.get('reports.rows', { ...page, section: 0, offset: 2, limit: 1 });
    expect(rows).toEqual(sections[0]?.rows.slice(2, 3));
    const gone = { ...page, reportId: 'yang-lama', section: 0 };
    expect(await counter.refusal('reports.rows', gone)).toMatchObject({ code: 'NOT_FOUND' });
    const turned = { kind: 'day', from: '2026-03-10', to: '2026-03-09' } as const;
    expect(await counter.refusal('reports.make', turned)).toMatchObject({ code: 'REPORT_PERIOD_INVALID' });
    expect(await counter.refusal('reports.make', { ...turned, to: '2027-03-12' })).toMatchObject({
      code: 'REPORT_PERIOD_INVALID',
    });
  });

  it('leaves the counter whole or not at all: a place outside, a folder in the way, a place that cannot be', async () => {
    const { counter } = await workedDay();
    const { reportId } = await counter.get('reports.make', { kind: 'gaps', ...DAY });
    const own = ownFolder(counter);
    const refused = async (to: string): Promise<unknown> =>
      (await counter.refusal('reports.export', { reportId, format: 'csv', folder: to })).details?.['reason'];
    expect(await refused(join(own, '..'))).toBe('OUTSIDE');
    expect(await refused(`${own}/../../..`)).toBe('OUTSIDE');
    const target = join(own, 'laporan-gaps-3506-017-2026-03-10.csv');
    mkdirSync(join(target, 'isi'), { recursive: true });
    expect(await refused(own)).toBe('NAME_TAKEN');
    expect(readdirSync(own)).toEqual(['laporan-gaps-3506-017-2026-03-10.csv']);
    rmSync(own, { recursive: true });
    writeFileSync(own, 'bukan folder');
    expect(await refused(own)).toBe('NAME_TAKEN');
    rmSync(own);
    const { file } = await counter.get('reports.export', { reportId, format: 'csv', folder: own });
    const before = readFileSync(file, 'utf8');
    await counter.get('reports.export', { reportId, format: 'csv', folder: own });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(existsSync(`${file}.unfinished`)).toBe(false);
  });

  it('is written to the places that the counter names, its own folder first', async () => {
    const { counter } = await workedDay();
    const [own] = await counter.get('reports.places', {});
    expect(own).toMatchObject({ folder: ownFolder(counter), name: 'laporan' });
    expect(own?.freeBytes).toBeGreaterThan(0);
  });
});
