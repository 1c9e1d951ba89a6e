import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SignedText, signedTextSchema } from '../../../src/contract/primitives.ts';
import { type Bill, billSchema, SIGNATURE_CONTEXT } from '../../../src/contract/sync-protocol.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { signedBy } from '../../../src/province/keys/key-ring.ts';
import {
  billed,
  confirmed,
  openForBusiness,
  payableOf,
  payShown,
  prepared,
  sellOnline,
  sync,
  unlock,
} from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { CAPTIVE_PORTAL, createGate, provinceError } from '../../support/test-line.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';
/** The province knows a higher value than the counter. */
const DEARER = 'W 1919 SH';
const INQUIRY = '/v1/inquiry';

/** Longer than a key of the province lives. */
const KEY_LIFE_MS = 6 * 365 * 86_400_000;

const isAsked = (counter: TestCounter): number => counter.line.requests.filter((one) => one.endsWith(INQUIRY)).length;

describe('the province’s figure', () => {
  const province = useProvince();
  const open = async (): Promise<TestCounter> => openForBusiness(await enrolledCounter(province()));
  afterEach(() => changePolicy(province(), 'offlineCash=allowed'));

  it('replaces the local one on the screen, with the difference shown, and its number goes into the sale', async () => {
    const counter = await open();
    const local = await prepared(counter, DEARER);
    const draft = await billed(counter, local.transactionId);
    const { amount } = draft;
    expect(amount?.figure).toBe('penetapan');
    expect(amount?.bill?.localTotal).toBeLessThan(amount?.total ?? 0);
    expect(amount?.bill?.difference).toBe((amount?.total ?? 0) - (amount?.bill?.localTotal ?? 0));
    await payShown(counter, draft);
    expect(counter.bodies('transaction.paid')).toMatchObject([
      { figure: 'penetapan', inquiryId: amount?.bill?.inquiryId, total: amount?.total },
    ]);
    expect(counter.printers.papers[0]?.text).toContain('menurut penetapan Bapenda');
  });

  it('is asked for before the cash is taken even when the screen was quicker; another amount is then refused', async () => {
    const counter = await open();
    counter.line.next(INQUIRY, { answer: provinceError(500, 'INTERNAL') });
    const draft = await prepared(counter, DEARER);
    expect(draft.amount?.figure).toBe('perkiraan');
    const shown = payableOf(draft);
    const payment = { transactionId: draft.transactionId, tendered: 90_000_000, expectedPayable: shown };
    const refused = await counter.refusal('transactions.pay', payment);
    expect(refused).toMatchObject({ code: 'AMOUNT_CHANGED', details: { shown } });
    expect(counter.bodies('transaction.paid')).toEqual([]);
    const now = await counter.get('transactions.draft', { transactionId: draft.transactionId });
    expect(payableOf(now)).toBe(refused.details?.['payable']);
    expect(await payShown(counter, now)).toMatchObject({ payable: payableOf(now) });
  });

  it('stops a sale of what another channel has taken, of what is held, and of what the register lost', async () => {
    const counter = await open();
    const paidElsewhere = await confirmed(counter, 'N 4040 DB');
    const settled = (transactionId: string) =>
      vi.waitFor(
        async () => {
          const draft = await counter.get('transactions.draft', { transactionId });
          if (draft.refusals.length === 0) throw new Error('no answer yet');
          return draft;
        },
        { timeout: 20_000, interval: 5 },
      );
    const first = await settled(paidElsewhere.transactionId);
    expect(first).toMatchObject({ refusals: [{ code: 'ALREADY_PAID_ELSEWHERE', details: { channel: 'SIGNAL' } }] });
    expect(first.offer).toBe('none');
    for (const nrkb of ['AE 3333 HD', 'S 4444 RJ']) {
      const draft = await settled((await confirmed(counter, nrkb)).transactionId);
      expect(draft.refusals, nrkb).toMatchObject([{ code: 'BILL_REFUSED' }]);
      expect(draft.offer, nrkb).toBe('intake');
      const payment = { transactionId: draft.transactionId, tendered: 1_000_000, expectedPayable: 284_000 };
      expect(await counter.refusal('transactions.pay', payment), nrkb).toMatchObject({ code: 'BILL_REFUSED' });
    }
  });

  it('that comes after two seconds is too late: the local figure counts, and the late answer changes nothing', async () => {
    const counter = await open();
    const late = createGate();
    counter.line.next(INQUIRY, { late: late.opened });
    const draft = await prepared(counter, DEARER);
    expect(draft.amount?.figure).toBe('perkiraan');
    const paid = await payShown(counter, draft);
    late.open();
    await sync(counter);
    expect(counter.bodies('transaction.paid')).toMatchObject([
      { figure: 'perkiraan', inquiryId: null, total: paid.total },
    ]);
    expect(await counter.get('transactions.get', { transactionId: paid.transactionId })).toMatchObject({
      figure: 'perkiraan',
    });
  });

  it('that was answered stays the figure when the line is cut before the payment', async () => {
    const counter = await open();
    const draft = await billed(counter, (await prepared(counter, DEARER)).transactionId);
    counter.line.set('down');
    const paid = await payShown(counter, draft);
    expect(paid.total).toBe(draft.amount?.total);
    expect(counter.bodies('transaction.paid')).toMatchObject([{ figure: 'penetapan' }]);
  });

  it('that has ended is asked for anew, and without a line the local figure counts again', async () => {
    const counter = await open();
    const draft = await billed(counter, (await prepared(counter, DEARER)).transactionId);
    const { transactionId } = draft;
    counter.clock.pass(11 * 60_000);
    province().clock.now += 11 * 60_000;
    await unlock(counter);
    const before = draft.amount?.bill?.inquiryId;
    const again = await billed(counter, transactionId);
    expect(again.amount?.bill?.inquiryId).not.toBe(before);
    counter.clock.pass(11 * 60_000);
    province().clock.now += 11 * 60_000;
    await unlock(counter);
    counter.line.set('down');
    const local = await counter.get('transactions.draft', { transactionId });
    expect(local).toMatchObject({ amount: { figure: 'perkiraan' }, refusals: [], offer: 'sell' });
  });

  it('is asked for again with the groups that were chosen while the first question was on its way', async () => {
    const counter = await open();
    const late = createGate();
    counter.line.next(INQUIRY, { late: late.opened });
    const { transactionId } = await confirmed(counter, PLATE);
    await expect.poll(() => isAsked(counter)).toBe(1);
    await counter.get('transactions.set-groups', { transactionId, groups: ['dtsen'] });
    await billed(counter, transactionId);
    expect(isAsked(counter)).toBe(2);
    late.open();
    // Each answer that was read, kept or not, tells the screens to ask again.
    await expect.poll(() => counter.events.filter((topic) => topic === 'transactions')).toHaveLength(2);
    const kept = await billed(counter, transactionId);
    const rows = await province()
      .province.context.db.selectFrom('inquiry')
      .select('groups')
      .where('inquiry_id', '=', kept.amount?.bill?.inquiryId ?? '')
      .execute();
    expect(rows).toEqual([{ groups: ['dtsen'] }]);
  });

  it('is not believed when it is forged, answers another question, or does not add up', async () => {
    const counter = await open();
    const { signing } = province().province.context.keys;
    const bent = (bill: Bill, over: Partial<Bill>) => signedBy(signing, SIGNATURE_CONTEXT.bill, { ...bill, ...over });
    const lies: readonly ((signed: SignedText, bill: Bill) => SignedText)[] = [
      (signed, bill) => ({ ...signed, text: JSON.stringify({ ...bill, total: 1000, lines: [] }) }),
      (signed) => ({ ...signed, keyId: 'AAAAAAAAAAAA' }),
      (_signed, bill) => bent(bill, { inquiryId: '019cd5af-0000-7000-8000-000000000000' }),
      (_signed, bill) => bent(bill, { nrkb: 'AG 1111 HI' }),
      (_signed, bill) => bent(bill, { total: rupiah(bill.total - 1000) }),
      (_signed, bill) => ({ ...bent(bill, {}), text: 'no JSON' }),
      // The key has ended by then.
      (_signed, bill) =>
        bent(bill, { issuedAt: bill.issuedAt + KEY_LIFE_MS, validUntil: bill.validUntil + KEY_LIFE_MS }),
    ];
    for (const [index, lie] of lies.entries()) {
      counter.line.next(INQUIRY, {
        bend: (answer) => {
          const signed = signedTextSchema.parse(JSON.parse(answer.body));
          return { ...answer, body: JSON.stringify(lie(signed, billSchema.parse(JSON.parse(signed.text)))) };
        },
      });
      const asked = isAsked(counter);
      const { transactionId } = await confirmed(counter, PLATE);
      await expect.poll(() => isAsked(counter)).toBe(asked + 1);
      await counter.get('transactions.set-documents', { transactionId, documents: [] });
      const draft = await counter.get('transactions.draft', { transactionId });
      expect(draft.amount, `lie ${index}`).toMatchObject({ figure: 'perkiraan', total: 284_000, bill: null });
    }
    expect(counter.log.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('does not come through a captive portal: the counter knows that it has no line', async () => {
    const counter = await open();
    counter.line.set({ answer: CAPTIVE_PORTAL });
    const draft = await prepared(counter, PLATE);
    expect(draft.amount?.figure).toBe('perkiraan');
    await expect.poll(async () => (await counter.get('counter.status', {})).line.online).toBe(false);
    expect(await payShown(counter, draft)).toMatchObject({ payable: 284_000 });
  });

  it('is all that counts under intake-only: with it a sale, without it papers only', async () => {
    await changePolicy(province(), 'offlineCash=intake-only');
    const counter = await open();
    await sellOnline(counter, 'AG 1111 HI');
    counter.line.set('down');
    const draft = await prepared(counter, PLATE);
    expect(draft).toMatchObject({ refusals: [{ code: 'INTAKE_ONLY' }], offer: 'intake' });
    const payment = { transactionId: draft.transactionId, tendered: 284_000, expectedPayable: 284_000 };
    expect(await counter.refusal('transactions.pay', payment)).toMatchObject({ code: 'INTAKE_ONLY' });
    expect(counter.bodies('transaction.paid')).toHaveLength(1);
    // The line comes back while the citizen still stands there.
    counter.line.set('pass');
    counter.clock.pass(6_000);
    province().clock.now += 6_000;
    await sync(counter);
    expect(await billed(counter, draft.transactionId)).toMatchObject({ refusals: [], offer: 'sell' });
  });
});
