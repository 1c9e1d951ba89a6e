import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestProvince } from '../../support/test-province.ts';

const DAY = { from: '2026-03-10', to: '2026-03-10' } as const;
const approval = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };

/** The register as its texts: what each row is, and the whole of it. */
async function register(counter: TestCounter) {
  const { sections } = await counter.get('reports.make', { kind: 'voids', ...DAY });
  const [section] = sections;
  if (section === undefined) throw new Error('the register has no table');
  const column = section.columns.findIndex(({ key }) => key === 'what');
  return { section, whats: section.rows.map(({ cells }) => cells[column]) };
}

describe('Register Batal dan Cetak Ulang', () => {
  it('lists a same-day request with its outcome and the refund in cash with both people, number and sum', async () => {
    const province = await openTestProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    counter.line.set('down');
    const { transactionId, receiptNumber, payable } = await sellOffline(counter, 'AG 2345 KD');
    counter.line.set('pass');
    await sync(counter);
    const asked = { transactionId, reason: 'salah kendaraan', approval };
    await counter.get('cancellations.request', asked);
    expect((await register(counter)).whats).toEqual(['Minta batal hari ini: menunggu']);
    await sync(counter);
    await province.book();
    await province.book();
    await sync(counter);
    const { refundNumber } = await counter.get('refunds.pay-in-cash', {
      ...asked,
      reason: 'batal bayar',
      paper: receiptNumber,
      isPayer: true,
    });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    const { section, whats } = await register(counter);
    expect(whats).toEqual(['Minta batal hari ini: dibatalkan', 'Kembali tunai']);
    const text = JSON.stringify(section.rows);
    for (const words of [refundNumber, receiptNumber, 'salah kendaraan', 'batal bayar']) expect(text).toContain(words);
    expect(section.totals).toContain(payable);
    expect(JSON.stringify(section.facts)).toContain('Pengembalian tunai');
    await province.close();
  });
});
