import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DayPaperSignature, RegionDayPaper } from '../../../src/contract/day-paper.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { dayPaperPdf } from '../../../src/main/core/region/day-paper-pdf.ts';
import { monthFile } from '../../../src/main/core/region/month-file.ts';
import { reportCsv } from '../../../src/main/core/reports/report-csv.ts';
import { reportXlsx } from '../../../src/main/core/reports/report-xlsx.ts';
import { pinOf, sync } from '../../support/at-the-counter.ts';
import { useProvince } from '../../support/enrolled-counter.ts';
import { textOf } from '../../support/pdf-reader.ts';
import { closedDay, dayOf, HIS, load, ofDay, OUTLET, seen, signing } from '../../support/region-of-a-day.ts';
import { supervisorDevice } from '../../support/supervisor-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { TEST_TODAY } from '../../support/test-province.ts';
import { readXlsx } from '../../support/xlsx-reader.ts';

const all = { offset: 0, limit: 100 } as const;
const MONTH = TEST_TODAY.slice(0, 7);
const PAPER = { ...ofDay(), part: 0 };

const ownFolder = async (device: TestCounter): Promise<string> => {
  const [own] = await device.get('reports.places', {});
  if (own === undefined) throw new Error('a counter has a folder for reports');
  return own.folder;
};

async function loadedPaper(device: TestCounter): Promise<RegionDayPaper> {
  await load(device, { of: 'paper', ...PAPER });
  const { paper } = await device.get('insight.paper', PAPER);
  if (paper === null) throw new Error('a paper that was just loaded is kept');
  return paper;
}

describe('papers and months of a region', () => {
  const province = useProvince();

  it('a day that is not signed leaves as a draft that says so; a month leaves whole, and each leaves an entry', async () => {
    await closedDay(province(), 'AG 2345 KD', 5000);
    const device = await supervisorDevice(province());
    await seen(device);
    const folder = await ownFolder(device);
    const asked = { what: { of: 'paper', ...PAPER, format: 'pdf' }, folder } as const;
    expect((await device.refusal('insight.export', asked)).code).toBe('REGION_PAGES_LACK');
    expect(readdirSync(folder)).toEqual([]);
    const paper = await loadedPaper(device);
    const { match } = await dayOf(device);
    expect(paper.now).toMatchObject({ journal: match.journal, legs: match.legs });
    const written = await device.get('insight.export', asked);
    expect(written.file).toBe(join(folder, `rancangan-berita-acara-${OUTLET}-${TEST_TODAY}.pdf`));
    expect(readFileSync(written.file).subarray(0, 5).toString()).toBe('%PDF-');
    expect(textOf(await dayPaperPdf(paper, false))).toContain('RANCANGAN');

    await load(device, { of: 'month', month: MONTH });
    const { head, rows } = await device.get('insight.month', { month: MONTH, ...all });
    expect(rows).toMatchObject([
      { outletId: OUTLET, unsigned: [{ on: TEST_TODAY, waits: 'close' }], journalSigned: 0 },
    ]);
    expect(head?.total.journal).toBe(match.journal);
    for (const format of ['xlsx', 'csv'] as const) {
      await device.get('insight.export', { what: { of: 'month', month: MONTH, format }, folder });
    }
    const sheets = readXlsx(readFileSync(join(folder, `rekap-bulan-${MONTH}.xlsx`)));
    const total = sheets[0]?.rows.find(([first]) => first?.value === 'Jumlah');
    expect(total?.map(({ value }) => value)).toContain(String(match.journal));
    const exported = device.rows(`SELECT text FROM entry WHERE type = 'report.exported' ORDER BY seq`);
    expect(exported.map(({ text }) => (JSON.parse(String(text)) as { body: unknown }).body)).toMatchObject([
      { kind: 'day-reconciliation', outletId: OUTLET, part: 0, from: TEST_TODAY, sha256: written.sha256 },
      { kind: 'region-month', from: `${MONTH}-01`, to: `${MONTH}-31`, format: 'xlsx' },
      { kind: 'region-month', format: 'csv' },
    ]);
  });

  it('what was loaded stays readable without a line; a place that is taken or foreign is refused in words', async () => {
    const device = await supervisorDevice(province());
    const folder = await ownFolder(device);
    for (const of of ['signals', 'quality'] as const) await load(device, { of });
    await load(device, { of: 'month', month: MONTH });
    device.line.set('down');
    expect((await device.refusal('region.load', { question: { of: 'quality' }, more: false })).code).toBe('NO_LINE');
    const quality = await device.get('insight.quality', all);
    expect(quality.rows.find(({ outletId }) => outletId === OUTLET)?.weeks.at(-1)).toMatchObject({ sales: 1 });
    expect(quality).toMatchObject({ complete: true, loadedAt: expect.any(Number) as number });
    expect((await device.get('insight.signals', all)).head?.sales).toBeGreaterThan(0);
    const month = { of: 'month', month: MONTH, format: 'csv' } as const;
    const outside = await device.refusal('insight.export', { what: month, folder: '/' });
    expect(outside).toMatchObject({ code: 'REPORT_EXPORT_FAILED', details: { reason: 'OUTSIDE' } });
    mkdirSync(join(folder, `rekap-bulan-${MONTH}.csv`, 'isi'), { recursive: true });
    const taken = await device.refusal('insight.export', { what: month, folder });
    expect(taken).toMatchObject({ code: 'REPORT_EXPORT_FAILED', details: { reason: 'NAME_TAKEN' } });
    expect(readdirSync(folder)).toEqual([`rekap-bulan-${MONTH}.csv`]);
  });

  it('a paper with both signatures is the same bytes today and tomorrow, and other figures are another paper', async () => {
    const device = await supervisorDevice(province());
    await device.get('region.sign', { ...(await signing(device)), note: 'selisih sudah dilihat', pin: pinOf(HIS) });
    await sync(device);
    const half = await loadedPaper(device);
    expect(half.close).toMatchObject({ officerId: HIS, note: 'selisih sudah dilihat' });
    const text = textOf(await dayPaperPdf(half, false));
    for (const word of ['RANCANGAN', 'rekonsiliasi belum', 'BELUM DITANDATANGANI', 'selisih sudah dilihat']) {
      expect(text).toContain(word);
    }
    const { close } = half;
    if (close === null) throw new Error('a signed close has a signature');
    const signature: DayPaperSignature = { ...close, at: close.at + 86_400_000 };
    const final: RegionDayPaper = { ...half, reconciliation: signature, now: null };
    const today = await dayPaperPdf(final);
    const tomorrow = await dayPaperPdf({ ...final, asOf: final.asOf + 7 * 86_400_000 });
    expect(Buffer.from(today).equals(Buffer.from(tomorrow))).toBe(true);
    const words = textOf(await dayPaperPdf(final, false));
    expect(words).not.toContain('RANCANGAN');
    for (const head of final.content.heads) expect(words).toContain(head.hash);
    for (const { first } of final.content.documents.numbers) expect(words).toContain(first);
    expect(words).toContain(`Nomor BA/${OUTLET}/${TEST_TODAY}`);
    // Counted less expected: what is missing is below zero, in the session as in the five figures.
    expect(words.match(/-5\.000/g)?.length).toBeGreaterThanOrEqual(5);
    expect(words).not.toMatch(/[^-]5\.000 /);
    const other = { ...final, content: { ...final.content, takings: rupiah(final.content.takings + 1) } };
    expect(Buffer.from(await dayPaperPdf(other)).equals(Buffer.from(today))).toBe(false);
    const supplement = textOf(await dayPaperPdf({ ...final, content: { ...final.content, part: 2 } }, false));
    expect(supplement).toContain('BERITA ACARA TAMBAHAN 2');
  });

  it('nothing in the treasurer’s file is a formula, whatever an outlet is called', async () => {
    const name = '=HYPERLINK("http://x","y")';
    const figures = {
      days: 1,
      daysSigned: 0,
      daysReconciled: 0,
      sales: 1,
      journal: rupiah(1000),
      journalSigned: rupiah(0),
    };
    const accounts = [{ account: 'province', all: rupiah(1000), signed: rupiah(0) }];
    const total = { ...figures, accounts };
    const outlet = { outletId: OUTLET, name, regency: '3506', unsigned: [], ...total };
    const file = monthFile({ month: MONTH, total, regencies: [] }, [outlet], 0);
    expect(Buffer.from(reportCsv(file)).toString('utf8')).toContain(`"'=HYPERLINK`);
    const cells = readXlsx(Buffer.from(await reportXlsx(file))).flatMap(({ rows }) => rows.flat());
    expect(cells.some(({ value }) => value === name)).toBe(true);
    expect(cells.every(({ isFormula }) => !isFormula)).toBe(true);
  });
});
