import { describe, expect, it } from 'vitest';
import { localDate } from '../../../src/domain/local-date.ts';
import { sharedSlips } from '../../../src/province/signals/shared-slips.ts';
import { byPin } from '../../support/supervisor-device.ts';
import {
  billed,
  confirmed,
  openForBusiness,
  payShown,
  pinOf,
  prepared,
  sellOffline,
  sellOnline,
  sync,
} from '../../support/at-the-counter.ts';
import { signInAs } from '../../support/drawer.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const folder = useEnrolledFolder();
const province = useProvince();
const DAY_MS = 86_400_000;
const MINUTE = 60_000;
const PERIOD = { from: '2026-03-01', to: '2026-03-31' };

async function rowsOf(counter: TestCounter, kind: 'signals' | 'service-quality') {
  const sheet = await counter.get('reports.make', { kind, ...PERIOD });
  const [section] = sheet.sections;
  const keys = section?.columns.map(({ key }) => key) ?? [];
  const rows = (section?.rows ?? []).map(({ cells, look, choice }) => ({
    ...Object.fromEntries(keys.map((key, at) => [key, cells[at]])),
    look,
    seqs: choice?.seqs,
  }));
  return { sheet, rows };
}

const entryOf = (counter: TestCounter, type: string): number[] =>
  counter.rows('SELECT seq FROM entry WHERE type = ? ORDER BY seq', type).map(({ seq }) => Number(seq));

describe('what is worth a look, out of the journal of a counter', () => {
  it('shows the move of Berau the same day: sold, taken back after the citizen left, sold again lower', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    // The register knows more of this vehicle than the counter: its bill is higher than what a counter reckons alone.
    const { transactionId } = await prepared(counter, 'W 1919 SH');
    const bill = await billed(counter, transactionId);
    counter.line.set('down');
    const { payable } = await payShown(counter, bill);
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(1);
    counter.clock.pass(30 * MINUTE);
    await counter.get('sign-in.unlock', { pin: pinOf('petugas-1') });
    await counter.get('transactions.void', { transactionId, reason: 'salah kendaraan', approval: byPin() });
    const again = await sellOffline(counter, 'W 1919 SH');
    expect(again.payable).toBeLessThan(payable);
    expect(await counter.refusal('reports.make', { kind: 'signals', ...PERIOD })).toMatchObject({ code: 'FORBIDDEN' });
    await signInAs(counter, 'pengawas');
    const { sheet, rows } = await rowsOf(counter, 'signals');
    const [first, second] = entryOf(counter, 'transaction.paid');
    const [voided] = entryOf(counter, 'transaction.voided');
    expect(rows).toMatchObject([
      {
        what: 'Dibatalkan, lalu dijual lebih rendah',
        officer: 'Siti Aminah',
        look: 'attention',
        seqs: [first, voided, second],
      },
      { what: 'Batal setelah wajib pajak pergi', look: 'attention', seqs: [first, voided] },
    ]);
    expect(String(rows[0]?.['explanation' as never])).toContain('Bisa ');
    const { reportId } = sheet;
    const choice = { seqs: [first ?? 0, voided ?? 0, second ?? 0], from: PERIOD.from };
    const behind = await counter.get('reports.entries', { reportId, choice, offset: 0, limit: 10 });
    expect(behind.entries.map(({ seq }) => seq)).toEqual([first, voided, second]);
    // The move of Kelapa Dua: what the province books is another sum than what was paid, and its word shows it by name.
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
    const after = (await rowsOf(counter, 'signals')).rows.map((row) => [row['what' as never], row.seqs]);
    expect(after).toContainEqual(['Dibukukan lain dari yang dibayar', [second]]);
  });

  it('shows the move of Sumbawa: papers are out, the cash is not at the bank, and whose it is', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    await signInAs(counter, 'pengawas');
    expect((await rowsOf(counter, 'signals')).rows).toEqual([]);
    counter.clock.pass(7 * DAY_MS);
    await counter.get('sign-in.unlock', { pin: pinOf('pengawas') });
    const [row] = (await rowsOf(counter, 'signals')).rows;
    expect(row).toMatchObject({ what: 'Uang belum disetor', officer: 'Siti Aminah' });
    const words = JSON.stringify(row);
    for (const part of ['1 wajib pajak', `Rp${payable.toLocaleString('id-ID')}`]) expect(words).toContain(part);
  });

  it('leaves price questions out of lookups, because a printed price is an entry', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const asked = async (nrkb: string, isPriced: boolean): Promise<void> => {
      const { transactionId, amount } = await confirmed(counter, nrkb);
      if (isPriced) {
        await counter.get('transactions.print-quote', { transactionId });
        expect(counter.bodies('price.quoted').at(-1)).toEqual({ transactionId, payable: amount?.payable });
      }
      await counter.get('transactions.abandon', { transactionId });
    };
    for (const nrkb of ['AG 2345 KD', 'AG 3456 EF']) await asked(nrkb, true);
    await signInAs(counter, 'pengawas');
    expect((await rowsOf(counter, 'signals')).rows).toEqual([]);
    await signInAs(counter, 'petugas-1');
    for (const nrkb of ['AG 2345 KD', 'AG 3456 EF']) await asked(nrkb, false);
    await signInAs(counter, 'pengawas');
    // Two of two who did not ask for a price; so few say nothing, and the report says that.
    const [row, ...more] = (await rowsOf(counter, 'signals')).rows;
    expect(more).toEqual([]);
    expect(row).toMatchObject({ what: 'Data dibuka tanpa layanan', look: null });
    expect(JSON.stringify(row)).toContain('terlalu sedikit');
  });
});

describe('what only the province can see', () => {
  it('one slip of a bank under the deposits of two counters, for whoever has one of their outlets', async () => {
    const deposited = async (slipNumber: string): Promise<void> => {
      const counter = await openForBusiness(await enrolledCounter(province()));
      await sellOffline(counter, 'AG 3456 EF');
      const slip = { bank: 'Bank Jatim', slipNumber, depositedOn: '2026-03-10' };
      await counter.get('cash.deposit', { ...slip, from: 'drawer', amount: 100_000 });
      await sync(counter);
    };
    await deposited('0042-118');
    const found = (outlets: readonly string[] | null) =>
      sharedSlips(province().province.context.db, localDate({ year: 2026, month: 3, day: 1 }), outlets);
    expect(await found(null)).toEqual([]);
    await deposited('0042 118');
    const [shared, ...more] = await found(null);
    expect(more).toEqual([]);
    expect(shared?.deposits.map(({ slipNumber }) => slipNumber).toSorted()).toEqual(['0042 118', '0042-118']);
    expect(shared?.sentence).toContain('minta slip aslinya');
    expect(await found(['3506-017'])).toHaveLength(1);
    expect(await found(['3518-004'])).toEqual([]);
  });
});

describe('the quality of service, out of the journal of a counter', () => {
  it('tells a week: sales with and without a line, how long they took, what was taken back', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sellOnline(counter, 'AG 3456 EF');
    counter.line.set('down');
    counter.clock.pass(3 * MINUTE);
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    await counter.get('transactions.void', { transactionId, reason: 'salah kendaraan', approval: byPin() });
    // The officer's own open drawer is counted blind and left out of what he reads.
    expect((await rowsOf(counter, 'service-quality')).rows[2]).toMatchObject({ sales: 0 });
    await signInAs(counter, 'pengawas');
    const { sheet, rows } = await rowsOf(counter, 'service-quality');
    expect(rows.map((row) => row['week' as never])).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
    ]);
    expect(rows[2]).toMatchObject({ sales: 2, voided: 1, changed: 0, refused: 0 });
    expect(sheet.chart).toMatchObject({ kind: 'hours', series: [{ key: 'online' }, { key: 'offline' }] });
    expect(sheet.sections.map(({ title }) => title)).toEqual([
      'Mutu Layanan per Minggu',
      'Mengapa Bapenda mengubah atau menolak',
    ]);
  });
});
