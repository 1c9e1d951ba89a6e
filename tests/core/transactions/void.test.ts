import { describe, expect, it, vi } from 'vitest';
import { writeVoids } from '../../../src/province/ingest/void-writes.ts';
import {
  enterAs,
  openForBusiness,
  pinOf,
  sellOffline,
  sellOnline,
  sync,
  wrongPinOf,
} from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import type { TestProvince } from '../../support/test-province.ts';

const PLATE = 'AG 2345 KD';
const asked = (transactionId: string, change: Partial<{ officerId: string; pin: string; reason: string }> = {}) => ({
  transactionId,
  reason: change.reason ?? 'kendaraan salah, warga membatalkan',
  approval: {
    by: 'pin' as const,
    supervisorId: change.officerId ?? 'pengawas',
    pin: change.pin ?? pinOf('pengawas'),
  },
});
const sums = (counter: TestCounter) =>
  counter.rows('SELECT account, sum(amount) AS sum FROM ledger_line GROUP BY account HAVING sum(amount) <> 0');
const decisionsOf = async ({ province }: TestProvince, transactionId: string): Promise<number> => {
  const { db } = province.context;
  return (await db.selectFrom('decision').selectAll().where('transaction_id', '=', transactionId).execute()).length;
};
const voids = (counter: TestCounter) => counter.bodies('transaction.voided');

describe('a sale that is taken back at the counter', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => await openForBusiness(await copiedCounter(folder()));

  it('reverses every line in one entry with both numbers, gives the cash back, and the vehicle can be sold again', async () => {
    const counter = await open();
    const before = sums(counter);
    const sold = await sellOffline(counter, PLATE);
    const voided = await counter.get('transactions.void', asked(sold.transactionId));
    expect(voided).toMatchObject({ receiptNumber: sold.receiptNumber, returned: sold.payable });
    expect(voided.voidNumber).not.toBe(sold.receiptNumber);
    expect(sums(counter)).toEqual(before);
    expect(voids(counter)).toMatchObject([
      { approvedBy: 'pengawas', receiptNumber: sold.receiptNumber, voidNumber: voided.voidNumber },
    ]);
    const view = await counter.get('transactions.get', { transactionId: sold.transactionId });
    expect(view.row.axes.business).toBe('voided');
    expect(view).toMatchObject({
      mayVoid: 'voided',
      voided: { voidNumber: voided.voidNumber, approvedBy: 'pengawas' },
    });
    expect(view.life.map(({ kind }) => kind)).toContain('voided');
    const again = await sellOffline(counter, PLATE);
    expect(again.receiptNumber).not.toBe(sold.receiptNumber);
    const report = await counter.get('reports.period', { from: '2026-03-10', to: '2026-03-10' });
    expect(report).toMatchObject({ transactions: 1, payable: again.payable });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('leaves nothing of itself in the count of the drawer', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    await counter.get('transactions.void', asked(transactionId));
    const session = await counter.get('cash-session.current', {});
    const cashSessionId = session?.cashSessionId ?? '';
    expect(session?.sales).toBe(0);
    const counts = [{ denomination: 50_000, count: 4 }];
    const counted = await counter.get('cash-session.count', { cashSessionId, counts });
    expect(counted.counted).toMatchObject({ expected: 200_000, variance: 0, salesTotal: 0, depositedTotal: 0 });
    expect(await counter.get('cash-session.close', { cashSessionId })).toMatchObject({ sales: 0, toSafe: 0 });
  });

  it('prints a slip with both numbers and the sum, and never again a receipt', async () => {
    const counter = await open();
    const { transactionId, receiptNumber } = await sellOffline(counter, PLATE);
    const { voidNumber, printJobId } = await counter.get('transactions.void', asked(transactionId));
    const jobs = await counter.get('printing.jobs', {});
    expect(jobs.find(({ jobId }) => jobId === printJobId)).toMatchObject({ kind: 'void' });
    const paper = await vi.waitFor(() => {
      const last = counter.printers.papers.at(-1);
      if (last?.document.head.kind !== 'void') throw new Error('the slip is not out yet');
      return last.text;
    });
    for (const text of ['BUKTI PEMBATALAN', voidNumber, receiptNumber, 'UANG KEMBALI']) expect(paper).toContain(text);
    const reprint = { transactionId, reason: 'Kertas hilang' };
    expect(await counter.refusal('transactions.reprint', reprint)).toEqual({ code: 'ALREADY_VOIDED' });
  });

  it('leaves who waited since an arrival waiting, with the same day', async () => {
    const counter = await open();
    const { arrival } = await counter.get('arrivals.record', {
      nrkb: PLATE,
      name: 'Umi',
      phone: null,
      blankReason: null,
    });
    const waiting = async () => (await counter.get('arrivals.call-list', {})).map(({ arrivalId }) => arrivalId);
    const { transactionId } = await sellOffline(counter, PLATE);
    expect(await waiting()).toEqual([]);
    await counter.get('transactions.void', asked(transactionId));
    expect(await waiting()).toEqual([arrival.arrivalId]);
  });

  it('has its second copy before the cash goes back', async () => {
    const counter = await open();
    await counter.get('mirror.set-folder', { folder: temporaryFolder(), medium: 'folder' });
    const { transactionId } = await sellOffline(counter, PLATE);
    const { secondCopy } = await counter.get('transactions.void', asked(transactionId));
    expect(secondCopy).toBe('ok');
  });

  it('takes two people: no own approval, no other officer, no wrong PIN', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    for (const change of [
      { officerId: 'petugas-1', pin: pinOf('petugas-1') },
      { officerId: 'petugas-2', pin: pinOf('petugas-2') },
      { pin: wrongPinOf('pengawas') },
      { officerId: 'nobody' },
    ]) {
      expect(await counter.refusal('transactions.void', asked(transactionId, change))).toMatchObject({
        code: 'APPROVER_REFUSED',
      });
    }
    expect(voids(counter)).toEqual([]);
  });

  it('happens once', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    await counter.get('transactions.void', asked(transactionId));
    expect(await counter.refusal('transactions.void', asked(transactionId))).toEqual({ code: 'ALREADY_VOIDED' });
    expect(voids(counter)).toHaveLength(1);
    expect(await counter.refusal('transactions.void', asked('0192f000-0000-7000-8000-000000000001'))).toEqual({
      code: 'TRANSACTION_UNKNOWN',
    });
  });

  it('belongs to its own cash session and its own officer', async () => {
    const counter = await open();
    const { transactionId } = await sellOffline(counter, PLATE);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.refusal('transactions.void', asked(transactionId))).toMatchObject({
      code: 'CASH_SESSION_OF_OTHER',
    });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const cashSessionId = (await counter.get('cash-session.current', {}))?.cashSessionId ?? '';
    await counter.get('cash-session.count', { cashSessionId, counts: [] });
    expect(await counter.refusal('transactions.void', asked(transactionId))).toEqual({ code: 'CASH_SESSION_CLOSED' });
    await counter.get('cash-session.close', { cashSessionId });
    await counter.get('cash-session.open', { float: [] });
    expect(await counter.refusal('transactions.void', asked(transactionId))).toEqual({ code: 'VOID_OTHER_SESSION' });
  });
});

describe('a void and the province', () => {
  const province = useProvince();

  it('is no longer the counter’s to give once a byte may have left, by line or by stick', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const sent = await sellOnline(counter, 'AG 3456 EF');
    await sync(counter);
    expect(await counter.refusal('transactions.void', asked(sent.transactionId))).toEqual({
      code: 'VOID_ALREADY_SENT',
    });
    counter.line.set('down');
    const carried = await sellOffline(counter, 'AG 1111 HI');
    await counter.get('bundle.export', { to: temporaryFolder() });
    expect(await counter.refusal('transactions.void', asked(carried.transactionId))).toEqual({
      code: 'VOID_ALREADY_SENT',
    });
    expect(voids(counter)).toEqual([]);
  });

  it('is never booked, and its paper is known as voided by everybody', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 6001 TA');
    await counter.get('transactions.void', asked(transactionId));
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes).toMatchObject({ business: 'voided', delivery: 'acknowledged', central: 'not-booked' });
    expect(view.voidedAt).not.toBeNull();
    expect(counter.rows('SELECT transaction_id FROM voided_receipt')).toContainEqual({ transaction_id: transactionId });
    expect(await decisionsOf(province(), transactionId)).toBe(0);
  });
});

describe('a void that comes in a later request than its sale', () => {
  const province = useProvince({ settings: { pushMaxEntries: 3 } });
  const atProvince = async (transactionId: string) => {
    const { db } = province().province.context;
    const rows = await db.selectFrom('entry').select('type').where('stream', '=', transactionId).execute();
    return rows.map(({ type }) => type);
  };

  it('is waited for: the sale is not booked in between', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 6002 TA');
    await counter.get('transactions.void', asked(transactionId));
    counter.line.set('pass');
    // The line goes for good in the moment in which the request with the sale has left.
    for (let tries = 0; tries < 9 && !(await atProvince(transactionId)).includes('transaction.paid'); tries += 1) {
      counter.line.set('pass');
      counter.line.next('/v1/push', { before: () => counter.line.set('down') });
      await sync(counter);
    }
    expect(await atProvince(transactionId)).toContain('transaction.paid');
    expect(await atProvince(transactionId)).not.toContain('transaction.voided');
    await province().book();
    expect(await decisionsOf(province(), transactionId)).toBe(0);
    counter.line.set('pass');
    await sync(counter);
    expect(await atProvince(transactionId)).toContain('transaction.voided');
    await province().book();
    expect(await decisionsOf(province(), transactionId)).toBe(0);
    const { row } = await counter.get('transactions.get', { transactionId });
    expect(row.axes).toMatchObject({ business: 'voided', central: 'not-booked' });
  });
});

describe('a void that the province hears of after it booked', () => {
  const province = useProvince();

  it('is an incident for a person, once, and the booking stands', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOnline(counter, 'AG 6001 TA');
    await sync(counter);
    await province().book();
    expect(await decisionsOf(province(), transactionId)).toBe(1);
    const { db } = province().province.context;
    const [sale] = await db.selectFrom('sale').selectAll().where('transaction_id', '=', transactionId).execute();
    if (sale === undefined) throw new Error('the sale is in custody');
    const voided = [{ transactionId, paidHash: sale.hash, voidHash: 'v'.repeat(43) }];
    const late = await db.transaction().execute((tx) => writeVoids(tx, sale.device_id, voided, province().clock.now));
    expect(late).toEqual([{ kind: 'VOIDED_AFTER_BOOKING', evidence: 'v'.repeat(43), facts: { transactionId } }]);
    expect(await db.selectFrom('suspense').selectAll().where('hash', '=', sale.hash).execute()).toEqual([]);
    await province().book();
    expect(await decisionsOf(province(), transactionId)).toBe(1);
  });
});
