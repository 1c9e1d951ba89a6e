import { describe, expect, it } from 'vitest';
import { settleReferencePayment } from '../../../src/province/payments/reference-provider.ts';
import { billed, enterAs, openForBusiness, pinOf, prepared, sync } from '../../support/at-the-counter.ts';
import { afterPowerCut, enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createGate } from '../../support/test-line.ts';

const PLATE = 'AG 2345 KD';

const jobs = (counter: TestCounter) => counter.rows('SELECT kind, copy_no, state FROM print_job');
const settled = (counter: TestCounter): Promise<void> =>
  expect.poll(() => jobs(counter).filter(({ state }) => state === 'requested')).toEqual([]);

describe('the paper of a payment that was confirmed while its sheet was closed', () => {
  const province = useProvince();
  /** A counter at which a citizen pays by QRIS, and his provider has the money: no screen knows it yet. */
  const paidAfar = async (): Promise<{ counter: TestCounter; transactionId: string; paymentId: string }> => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await prepared(counter, PLATE);
    const { amount } = await billed(counter, transactionId);
    const wish = { transactionId, means: 'qris' as const, expectedPayable: amount?.exactPayable ?? 0 };
    const { paymentId } = await counter.get('payments.request', wish);
    const { context } = province().province;
    const arrived = await settleReferencePayment(context.db, paymentId, 'confirmed', context.now());
    if (!arrived.ok) throw new Error(arrived.error);
    return { counter, transactionId, paymentId };
  };
  const axes = async (counter: TestCounter, transactionId: string) =>
    (await counter.get('transactions.get', { transactionId })).row.axes;

  it('comes by itself to the officer who stands there, its intent in the journal before the first byte', async () => {
    const { counter, transactionId, paymentId } = await paidAfar();
    const seen: unknown[] = [];
    counter.printers.onPaper(() => seen.push(jobs(counter), counter.bodies('transaction.paid').length));
    await sync(counter);
    await settled(counter);
    expect(seen).toEqual([[{ kind: 'receipt', copy_no: 0, state: 'requested' }], 1]);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'printed', copies: 0 });
    // Neither another contact nor the sheet that is opened again asks for a second one.
    await sync(counter);
    const looked = await counter.get('payments.look', { paymentId });
    expect(looked.paid?.printJobId).toBe(counter.bodies('print.requested')[0]?.jobId);
    expect(counter.printers.papers).toHaveLength(1);
  });

  it('is one paper, though the sign-in and a sheet ask for it in the same moment', async () => {
    const { counter, paymentId } = await paidAfar();
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    await sync(counter);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const looked = await Promise.all([1, 2].map(() => counter.get('payments.look', { paymentId })));
    await settled(counter);
    expect(counter.printers.papers.map(({ document }) => document.head.mark)).toEqual([null]);
    const [asked] = counter.bodies('print.requested');
    expect(looked.map(({ paid }) => paid?.printJobId)).toEqual([asked?.jobId, asked?.jobId]);
  });

  it('waits for an officer: not for a locked screen, not for a supervisor, and through a restart', async () => {
    const { counter, transactionId } = await paidAfar();
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    await sync(counter);
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
    expect(await axes(counter, transactionId)).toMatchObject({ print: 'not-printed' });
    const again = await restarted(counter);
    expect(jobs(again)).toEqual([]);
    await enterAs(again, 'petugas-1');
    await expect.poll(() => jobs(again)).toMatchObject([{ kind: 'receipt', copy_no: 0, state: 'printed' }]);
    expect(again.printers.papers.map(({ document }) => document.head.kind)).toEqual(['receipt']);
    await again.get('sign-in.lock', {});
    await again.get('sign-in.unlock', { pin: pinOf('petugas-1') });
    expect(again.printers.papers).toHaveLength(1);
  });

  it('is a question to the officer after a power cut between intent and result, and never a second original', async () => {
    const { counter, transactionId } = await paidAfar();
    const gate = createGate();
    counter.printers.answer(
      'utama',
      gate.opened.then(() => ({ outcome: 'printed' })),
    );
    await sync(counter);
    expect(jobs(counter)).toMatchObject([{ state: 'requested' }]);
    const again = await afterPowerCut(counter);
    gate.open();
    await enterAs(again, 'petugas-1');
    await sync(again);
    expect(again.printers.papers).toEqual([]);
    expect(await axes(again, transactionId)).toMatchObject({ print: 'print-unknown' });
    expect(await again.get('exceptions.list', {})).toMatchObject([{ kind: 'print-unknown', transactionId }]);
  });

  it('is seen as not printed at once where it could not be asked for', async () => {
    const { counter, transactionId } = await paidAfar();
    counter.printers.answer('utama', { outcome: 'failed', detail: 'ENOENT' });
    await sync(counter);
    await settled(counter);
    const { lastReceipts } = await counter.get('counter.today', {});
    expect(lastReceipts).toMatchObject([{ transactionId, axes: { print: 'not-printed' } }]);
    // A printer that has refused is not tried at every contact.
    await sync(counter);
    expect(counter.printers.papers).toHaveLength(1);
  });
});
