import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAYMENT_CONTEXT, type PaymentStatement, paymentStatementSchema } from '../../../src/contract/payments.ts';
import { signedTextSchema } from '../../../src/contract/primitives.ts';
import { signedBy } from '../../../src/province/keys/key-ring.ts';
import { returnPayment } from '../../../src/province/payments/returned-payment.ts';
import { settleReferencePayment } from '../../../src/province/payments/reference-provider.ts';
import {
  billed,
  enterAs,
  openForBusiness,
  payableOf,
  pinOf,
  prepared,
  sync,
  unlock,
} from '../../support/at-the-counter.ts';
import { afterPowerCut, enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import type { Fate } from '../../support/test-line.ts';
import type { TestProvince } from '../../support/test-province.ts';

const PLATE = 'AG 2345 KD';
const PAYMENTS = '/v1/payments';
const MINUTE = 60_000;
/** Longer than a key of the province lives. */
const KEY_LIFE_MS = 6 * 365 * 86_400_000;

/** The province's answer with other facts, signed by its own key: as if the provider itself had said so. */
const saying = ({ province }: TestProvince, change: Partial<PaymentStatement>): Fate => ({
  bend: (answer) => {
    const signed = signedTextSchema.parse(JSON.parse(String(answer.body)));
    const statement = paymentStatementSchema.parse(JSON.parse(signed.text));
    const other = signedBy(province.context.keys.signing, PAYMENT_CONTEXT, { ...statement, ...change });
    return { ...answer, body: JSON.stringify(other) };
  },
});

const accounts = (counter: TestCounter) =>
  Object.fromEntries(
    counter
      .rows('SELECT account, sum(amount) AS sum FROM ledger_line GROUP BY account')
      .map(({ account, sum }) => [String(account), Number(sum)]),
  );

describe('a payment by QRIS or transfer', () => {
  const province = useProvince();
  const open = async (): Promise<TestCounter> => openForBusiness(await enrolledCounter(province()));
  const asked = async (counter: TestCounter, means: 'qris' | 'transfer' = 'qris', plate = PLATE) => {
    const draft = await prepared(counter, plate);
    const { transactionId } = draft;
    const ready = await billed(counter, transactionId);
    const expectedPayable = ready.amount?.exactPayable ?? 0;
    return { transactionId, means, expectedPayable };
  };
  const arrives = async (paymentId: string, outcome: 'confirmed' | 'failed' = 'confirmed'): Promise<void> => {
    const { context } = province().province;
    const settled = await settleReferencePayment(context.db, paymentId, outcome, context.now());
    if (!settled.ok) throw new Error(settled.error);
  };

  it('shows a QR with the exact sum, and becomes a sale by the provider’s word alone; the drawer is not touched', async () => {
    const counter = await open();
    const wish = await asked(counter);
    const pending = await counter.get('payments.request', wish);
    expect(pending).toMatchObject({ state: 'pending', amount: wish.expectedPayable, paid: null });
    expect(pending.qr?.modules).toBeGreaterThan(20);
    expect(pending.provider).toContain('acuan');
    expect((await counter.get('payments.look', { paymentId: pending.paymentId })).state).toBe('pending');
    expect(counter.bodies('transaction.paid')).toEqual([]);
    const before = accounts(counter)['cash-drawer'];
    await arrives(pending.paymentId);
    const sold = await counter.get('payments.look', { paymentId: pending.paymentId });
    expect(sold).toMatchObject({ state: 'sold', paid: { means: 'qris', payable: wish.expectedPayable, change: 0 } });
    const [body] = counter.bodies('transaction.paid');
    expect(body).toMatchObject({ rounding: 0, change: 0, paidBy: { means: 'qris', paymentId: pending.paymentId } });
    expect(accounts(counter)).toMatchObject({ 'cash-drawer': before, 'provider-clearing': wish.expectedPayable });
    expect(counter.printers.papers.map(({ text }) => text).join()).toContain('QRIS');
    // A second look is the same sale and no second paper.
    await counter.get('payments.look', { paymentId: pending.paymentId });
    expect(counter.printers.papers).toHaveLength(1);
    expect(await counter.get('payments.open', {})).toEqual([]);
    const view = await counter.get('transactions.get', { transactionId: wish.transactionId });
    expect(view.mayVoid).toBe('not-cash');
    const voiding = {
      transactionId: wish.transactionId,
      reason: 'salah',
      approval: { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') },
    };
    expect(await counter.refusal('transactions.void', voiding)).toMatchObject({ code: 'VOID_NOT_CASH' });
  });

  it('is booked by the province, which believes nothing but its own signature', async () => {
    const counter = await open();
    const { paymentId, transactionId } = await counter.get(
      'payments.request',
      await asked(counter, 'transfer', 'AG 1111 HI'),
    );
    await arrives(paymentId);
    await counter.get('payments.look', { paymentId });
    await sync(counter);
    await province().book();
    await sync(counter);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes.central).toBe('booked');
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('needs a line, and says so before anything is written', async () => {
    const counter = await open();
    const wish = await asked(counter);
    counter.line.set('down');
    await sync(counter).catch(() => undefined);
    expect(await counter.refusal('payments.request', wish)).toMatchObject({ code: 'NO_LINE' });
    expect(counter.bodies('payment.requested')).toEqual([]);
  });

  it('is unknown when the answer is lost: no cash, no second QR, until the provider or a supervisor has spoken', async () => {
    const counter = await open();
    const wish = await asked(counter);
    counter.line.next(PAYMENTS, 'lose-answer');
    const unknown = await counter.get('payments.request', wish);
    expect(unknown).toMatchObject({ state: 'unknown', qr: null });
    const { transactionId, expectedPayable } = wish;
    const draft = await counter.get('transactions.draft', { transactionId });
    expect(draft.refusals.map(({ code }) => code)).toEqual(['PAYMENT_UNRESOLVED']);
    const cash = { transactionId, tendered: payableOf(draft), expectedPayable: payableOf(draft) };
    expect(await counter.refusal('transactions.pay', cash)).toMatchObject({ code: 'PAYMENT_UNRESOLVED' });
    const other = { ...wish, means: 'transfer' as const };
    expect(await counter.refusal('payments.request', other)).toMatchObject({ code: 'PAYMENT_UNRESOLVED' });
    // The same wish again is the same payment.
    expect((await counter.get('payments.request', wish)).paymentId).toBe(unknown.paymentId);
    // Another service of the same vehicle is stopped as well.
    const second = await prepared(counter, PLATE);
    expect(second.refusals.map(({ code }) => code)).toContain('PAYMENT_UNRESOLVED');
    expect((await counter.get('payments.look', { paymentId: unknown.paymentId })).state).toBe('pending');
    expect((await counter.get('payments.cancel', { paymentId: unknown.paymentId })).outcome).toBe('cancelled');
    await counter.get('transactions.pay', cash);
    expect(expectedPayable).toBeGreaterThanOrEqual(cash.tendered);
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
  });

  it('is let go by a supervisor alone, with a reason; money that comes then is a case and never a second sale', async () => {
    const counter = await open();
    const wish = await asked(counter);
    counter.line.next(PAYMENTS, 'lose-answer');
    const { paymentId } = await counter.get('payments.request', wish);
    const release = { paymentId, reason: 'penyedia tidak menjawab' };
    expect(await counter.refusal('payments.release', release)).toMatchObject({ code: 'FORBIDDEN' });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    expect((await counter.get('payments.release', release)).state).toBe('released');
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const { transactionId } = wish;
    const draft = await counter.get('transactions.draft', { transactionId });
    const cash = { transactionId, tendered: payableOf(draft), expectedPayable: payableOf(draft) };
    await counter.get('transactions.pay', cash);
    await arrives(paymentId);
    expect((await counter.get('payments.look', { paymentId })).state).toBe('paid-twice');
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
    expect(counter.bodies('payment.paid-twice')).toMatchObject([
      {
        paymentId,
        amount: wish.expectedPayable,
        ledgerLines: [
          { account: 'provider-clearing', amount: wish.expectedPayable },
          { account: 'refund-payable', amount: -wish.expectedPayable },
        ],
      },
    ]);
    const [twice, ...others] = await counter.get('exceptions.list', {});
    expect(others).toEqual([]);
    expect(twice).toMatchObject({
      caseId: `payment-${paymentId}`,
      kind: 'paid-twice',
      nrkb: PLATE,
      counterTotal: wish.expectedPayable,
      moneyPlace: 'refund-payable',
      owner: 'officer',
    });
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 1 });
    // Nothing on its page could pay the sale back in place of the money that came twice.
    const caseId = twice?.caseId ?? '';
    const page = await counter.get('cases.open', { caseId });
    expect(page).toMatchObject({ transactionId: null, owner: 'officer', refundToAsk: null, cashRefund: null });
    expect(page.steps).toEqual([
      { step: 'call-payer', by: 'officer', state: 'done' },
      { step: 'return-by-provider', by: 'province', state: 'next' },
    ]);
    await counter.get('cases.assign', { caseId, owner: 'province', reason: 'pembayar sudah ditelepon' });
    expect(await counter.get('exceptions.list', {})).toMatchObject([{ caseId, owner: 'province' }]);
    await sync(counter);
    const { db } = province().province.context;
    const incidents = await db.selectFrom('incident').selectAll().where('evidence', '=', paymentId).execute();
    expect(incidents).toMatchObject([{ kind: 'PAID_TWICE' }]);
    // However long it takes: it ends when the province says that the payer has it back.
    const back = { reference: 'RF-2026/17', saidBy: 'Bendahara' };
    expect(await returnPayment(province().province.context, paymentId, back)).toMatchObject({ ok: true });
    expect(await counter.get('exceptions.list', {})).toHaveLength(1);
    await sync(counter);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 0 });
    expect(await counter.get('payments.open', {})).toEqual([]);
  });

  it('is found again after a power cut between the provider’s word and the commit', async () => {
    const counter = await open();
    const { paymentId } = await counter.get('payments.request', await asked(counter));
    await arrives(paymentId);
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('payments.open', {})).toMatchObject([{ paymentId, state: 'pending' }]);
    // The next contact asks by itself.
    await sync(again);
    expect(await again.get('payments.open', {})).toEqual([]);
    expect(again.bodies('transaction.paid')).toHaveLength(1);
    expect((await again.get('payments.look', { paymentId })).paid).toMatchObject({ means: 'qris' });
  });

  it('is sold to the screen that shows it, and by itself only once no screen asks any more', async () => {
    const counter = await open();
    const { paymentId } = await counter.get('payments.request', await asked(counter));
    await counter.get('payments.look', { paymentId });
    await arrives(paymentId);
    await sync(counter);
    expect(counter.bodies('transaction.paid')).toEqual([]);
    counter.clock.pass(11_000);
    await sync(counter);
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
  });

  it('ends when its time is over, and nobody can pay it then', async () => {
    const counter = await open();
    const wish = await asked(counter);
    const { paymentId } = await counter.get('payments.request', wish);
    province().clock.now += 16 * MINUTE;
    counter.clock.pass(16 * MINUTE);
    await unlock(counter);
    await expect(arrives(paymentId)).rejects.toThrow('NOT_PENDING');
    expect(await counter.get('payments.look', { paymentId })).toMatchObject({ state: 'failed', outcome: 'expired' });
    expect(counter.bodies('payment.ended')).toMatchObject([{ paymentId, outcome: 'expired' }]);
  });

  it('believes no word that is not signed for this very question', async () => {
    const counter = await open();
    const { paymentId } = await counter.get('payments.request', await asked(counter));
    const lies: readonly Partial<PaymentStatement>[] = [
      { state: 'confirmed', paidAt: 1, reference: 'R', nonce: 'AAAAAAAAAAA' },
      { state: 'confirmed', paidAt: 1, reference: 'R', paymentId: '0192f000-0000-7000-8000-00000000e001' },
      { state: 'confirmed', paidAt: 1, reference: 'R', transactionId: '0192f000-0000-7000-8000-00000000e001' },
      { state: 'confirmed', paidAt: 1, reference: 'R', deviceId: '0192f000-0000-7000-8000-00000000e001' },
      { state: 'confirmed', paidAt: 1, reference: 'R', means: 'transfer' },
      { state: 'confirmed', paidAt: null },
      // The key that signs has ended by then.
      { state: 'confirmed', paidAt: 1, reference: 'R', issuedAt: province().clock.now + KEY_LIFE_MS },
    ];
    for (const lie of lies) {
      counter.line.next(PAYMENTS, saying(province(), lie));
      expect((await counter.get('payments.look', { paymentId })).state, JSON.stringify(lie)).toBe('unknown');
    }
    counter.line.next(PAYMENTS, {
      bend: (answer) => ({ ...answer, body: String(answer.body).replace('pending', 'confirmed') }),
    });
    expect((await counter.get('payments.look', { paymentId })).state).toBe('unknown');
    expect(counter.bodies('transaction.paid')).toEqual([]);
    expect((await counter.get('payments.look', { paymentId })).state).toBe('pending');
    await counter.get('payments.cancel', { paymentId });
  });

  it('answers no text of a provider with anything but a state, whatever the text is', async () => {
    const counter = await open();
    const { paymentId } = await counter.get('payments.request', await asked(counter));
    const bodies = fc.oneof(fc.string(), fc.json(), fc.constant('{"text":"{}","keyId":"x","sig":"y"}'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 599 }), bodies, async (status, body) => {
        counter.line.next(PAYMENTS, { answer: { status, body, headers: {} } });
        expect(['unknown', 'pending']).toContain((await counter.get('payments.look', { paymentId })).state);
      }),
      { numRuns: 25 },
    );
    expect(counter.bodies('transaction.paid')).toEqual([]);
  });

  it('never makes two sales and never loses a confirmed one, in whatever order things happen', async () => {
    const steps = fc.array(
      fc.constantFrom('look', 'lost', 'down', 'cancel', 'pays', 'refuses', 'power-cut', 'sync', 'cash'),
      { minLength: 1, maxLength: 8 },
    );
    const plates = ['AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA', 'AG 3456 EF', 'L 1001 EV'];
    const held = { run: 0 };
    await fc.assert(
      fc.asyncProperty(steps, async (order) => {
        const first = await open();
        const plate = plates[held.run % plates.length] ?? PLATE;
        held.run += 1;
        const wish = await asked(first, 'qris', plate);
        const { paymentId } = await first.get('payments.request', wish);
        const now = { counter: first, paid: false };
        for (const step of order) {
          const { counter } = now;
          if (step === 'lost') counter.line.next(PAYMENTS, 'lose-answer');
          if (step === 'down') counter.line.next(PAYMENTS, 'down');
          if (step === 'look' || step === 'lost' || step === 'down') await counter.ask('payments.look', { paymentId });
          if (step === 'cancel') await counter.ask('payments.cancel', { paymentId });
          if (step === 'pays' || step === 'refuses') {
            const { context } = province().province;
            const outcome = step === 'pays' ? 'confirmed' : 'failed';
            const settled = await settleReferencePayment(context.db, paymentId, outcome, context.now());
            if (settled.ok && step === 'pays') now.paid = true;
          }
          if (step === 'sync') await sync(counter);
          if (step === 'power-cut') {
            now.counter = await afterPowerCut(counter);
            await counter.stop();
            await enterAs(now.counter, 'petugas-1');
            await sync(now.counter);
          }
          if (step === 'cash') {
            const { transactionId } = wish;
            const draft = await counter.ask('transactions.draft', { transactionId });
            const payable = draft.ok ? (draft.value.amount?.payable ?? 0) : 0;
            await counter.ask('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
          }
        }
        const { counter } = now;
        const last = await counter.get('payments.look', { paymentId });
        const sales = counter.bodies('transaction.paid');
        expect(sales.length).toBeLessThanOrEqual(1);
        const byProvider = sales.filter(({ paidBy }) => paidBy !== undefined).length;
        expect(byProvider + counter.bodies('payment.paid-twice').length).toBe(now.paid ? 1 : 0);
        expect(['sold', 'paid-twice'].includes(last.state)).toBe(now.paid);
        await counter.stop();
      }),
      { numRuns: 8 },
    );
  });
});
