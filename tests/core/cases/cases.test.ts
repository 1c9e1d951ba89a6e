import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideRefundById } from '../../../src/province/cases/decide-by-id.ts';
import {
  enterAs,
  openForBusiness,
  pinOf,
  sellOffline,
  sellOnline,
  sync,
  unlock,
} from '../../support/at-the-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';

const [SHORT, OVER, ELSEWHERE, PLAIN] = ['W 1919 SH', 'P 2929 OV', 'N 4040 DB', 'AG 2345 KD'];
const approval = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };
const caseOf = (transactionId: string) => ({ caseId: `sale-${transactionId}` });
const person = {
  accountHolder: 'Budi Pembayar',
  bank: 'Bank Jatim',
  accountNumber: '0012 3456',
  phone: null,
  withoutPapers: 'kamera rusak',
};

/** Bookings change the register: each test has a province of its own. */
function useOwnProvince(): () => TestProvince {
  const held: { province?: TestProvince } = {};
  beforeEach(async () => {
    held.province = await openTestProvince();
  });
  afterEach(() => held.province?.close());
  return () => {
    if (held.province === undefined) throw new Error('the province is not open yet');
    return held.province;
  };
}

/** The line is out while the cash is taken, so the local figure counts. */
async function sellCutOff(counter: TestCounter, nrkb: string) {
  counter.line.set('down');
  const sold = await sellOffline(counter, nrkb);
  counter.line.set('pass');
  return sold;
}

/** Whatever is next: to the province, its decision, and back. */
async function decided(counter: TestCounter, province: TestProvince): Promise<void> {
  await sync(counter);
  await province.book();
  await province.book();
  await sync(counter);
}
const page = (counter: TestCounter, transactionId: string) => counter.get('cases.page', caseOf(transactionId));
const sum = (money: readonly { readonly amount: number }[]) => money.reduce((total, { amount }) => total + amount, 0);
const next = ({ steps }: { steps: readonly { step: string; state: string }[] }) =>
  steps.find(({ state }) => state === 'next')?.step ?? null;

describe('a case of a sale', () => {
  const world = useOwnProvince();

  it('has a number, an owner, a promised day, both sides, and the place of every rupiah', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, SHORT);
    await decided(counter, world());
    const [row] = await counter.get('exceptions.list', {});
    expect(row).toMatchObject({ caseId: `sale-${transactionId}`, kind: 'short', number: null, owner: 'officer' });
    const before = await page(counter, transactionId);
    expect(before).toMatchObject({ isOpen: true, number: null, ageDays: 0 });
    expect(next(before)).toBe('compare-figures');
    expect(sum(before.money)).toBe(0);
    expect(before.money.some(({ account }) => account.startsWith('suspense:'))).toBe(true);
    const opened = await counter.get('cases.open', caseOf(transactionId));
    expect(opened.number).toMatch(/^KS-3506-017-01-\d{6}$/);
    expect(opened.promisedOn).toBe('2026-03-15');
    expect(next(opened)).toBe('collect-shortfall');
    expect((await counter.get('cases.open', caseOf(transactionId))).number).toBe(opened.number);
    expect(counter.bodies('case.opened')).toHaveLength(1);
    const noted = await counter.get('cases.note', {
      ...caseOf(transactionId),
      note: 'Pembayar datang besok, Pak Budi',
    });
    expect(noted.life.at(-1)).toMatchObject({ type: 'case.noted', text: '' });
    expect(JSON.stringify([counter.bodies('case.noted'), await page(counter, transactionId)])).not.toContain('Budi');
    const looks = counter.bodies('personal-data.viewed').length;
    const seq = noted.life.at(-1)?.sealedNote ?? 0;
    const asked = { ...caseOf(transactionId), reason: 'pembayar menelepon' };
    expect(await counter.get('cases.open-note', { ...asked, seq })).toEqual({
      note: 'Pembayar datang besok, Pak Budi',
    });
    expect(counter.bodies('personal-data.viewed').slice(looks)).toEqual([
      { what: 'case-note', count: 1, reason: 'pembayar menelepon' },
    ]);
    expect(await counter.refusal('cases.open-note', { ...asked, seq: seq - 1 })).toEqual({ code: 'CASE_UNKNOWN' });
    expect(counter.bodies('personal-data.viewed')).toHaveLength(looks + 1);
    const escalated = { ...caseOf(transactionId), owner: 'province' as const, reason: 'perlu Samsat Induk' };
    expect(await counter.get('cases.assign', escalated)).toMatchObject({ owner: 'province' });
    expect(counter.bodies('case.escalated')).toHaveLength(1);
    expect((await counter.get('exceptions.list', {}))[0]).toMatchObject({ number: opened.number, owner: 'province' });
    const letter = await counter.get('cases.print-letter', caseOf(transactionId));
    expect(letter.kind).toBe('case-letter');
    const text = counter.printers.papers.at(-1)?.text ?? '';
    for (const words of ['SURAT KETERANGAN', opened.number ?? '', 'Diteruskan']) expect(text).toContain(words);
    expect(await counter.refusal('cases.page', { caseId: 'sale-nothing' })).toEqual({ code: 'CASE_UNKNOWN' });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true });
  });

  it('that came short is topped up once, with a paper of its own, and is booked', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, SHORT);
    await decided(counter, world());
    const { shortfall } = await page(counter, transactionId);
    if (shortfall === null) throw new Error('nothing is missing');
    const { decisionId, payable, total, rounding } = shortfall;
    expect(total).toBe(payable + rounding);
    const asked = { transactionId, decisionId, expectedPayable: payable, tendered: payable };
    expect(await counter.refusal('shortfalls.collect', { ...asked, tendered: payable - 100 })).toMatchObject({
      code: 'TENDERED_TOO_LITTLE',
    });
    expect(await counter.refusal('shortfalls.collect', { ...asked, tendered: payable * 10 })).toMatchObject({
      code: 'TENDERED_IMPLAUSIBLE',
    });
    expect(await counter.refusal('shortfalls.collect', { ...asked, expectedPayable: payable + 100 })).toMatchObject({
      code: 'AMOUNT_CHANGED',
    });
    const collected = await counter.get('shortfalls.collect', asked);
    expect(collected).toMatchObject({ payable, change: 0 });
    const paper = counter.printers.papers.at(-1)?.text ?? '';
    for (const words of ['TANDA TERIMA TAMBAHAN', collected.collectionNumber]) expect(paper).toContain(words);
    // Two officers, one case: the second is told.
    expect(await counter.refusal('shortfalls.collect', asked)).toEqual({ code: 'CASE_SETTLED' });
    expect(
      await counter.refusal('shortfalls.waive', { transactionId, decisionId, reason: 'selisih', approval }),
    ).toEqual({
      code: 'CASE_SETTLED',
    });
    expect(sum((await page(counter, transactionId)).money)).toBe(0);
    await decided(counter, world());
    const closed = await page(counter, transactionId);
    expect(closed).toMatchObject({ isOpen: false, shortfall: null });
    expect((await counter.get('exceptions.list', {})).map(({ caseId }) => caseId)).toEqual([]);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes.central).toBe('booked');
    expect(view.finalReceipt).not.toBeNull();
    // The drawer knows it: the count finds both.
    const session = await counter.get('cash-session.current', {});
    expect(session).not.toBeNull();
    expect(await counter.get('device.verify')).toMatchObject({ ok: true });
  });

  it('that came short by more than the policy allows is not waived', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, SHORT);
    await decided(counter, world());
    const { shortfall } = await page(counter, transactionId);
    const decisionId = shortfall?.decisionId ?? '';
    const refused = await counter.refusal('shortfalls.waive', {
      transactionId,
      decisionId,
      reason: 'selisih',
      approval,
    });
    if (shortfall?.mayWaive === true) throw new Error('the show plate is short by a small sum');
    expect(refused).toMatchObject({ code: 'SHORTFALL_TOO_LARGE' });
    expect(counter.bodies('shortfall.waived')).toEqual([]);
  });
});

describe('a sent sale that is asked back on its own day', () => {
  const world = useOwnProvince();

  it('shows outcome and deadline, takes two people, is voided, and its cash goes back against the paper', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const sold = await sellCutOff(counter, PLAIN);
    const { transactionId, receiptNumber, payable } = sold;
    const preview = () => counter.get('cancellations.preview', { transactionId });
    expect(await preview()).toMatchObject({ may: 'void-instead' });
    const asked = { transactionId, reason: 'salah kendaraan', approval };
    expect(await counter.refusal('cancellations.request', asked)).toMatchObject({ code: 'CANCELLATION_NOT_NOW' });
    await sync(counter);
    expect(await preview()).toMatchObject({ may: 'yes', likely: 'open', payable, until: Date.UTC(2026, 2, 10, 8) });
    const own = { ...approval, supervisorId: 'petugas-1', pin: pinOf('petugas-1') };
    expect(await counter.refusal('cancellations.request', { ...asked, approval: own })).toMatchObject({
      code: 'APPROVER_REFUSED',
    });
    expect(await counter.get('cancellations.request', asked)).toMatchObject({ may: 'asked', asked: { answer: null } });
    expect(await counter.refusal('cancellations.request', asked)).toMatchObject({
      code: 'CANCELLATION_NOT_NOW',
      details: { reason: 'asked' },
    });
    const pay = { transactionId, paper: receiptNumber, isPayer: true as const, reason: 'batal bayar', approval };
    // Nobody gives cash back while the province may be booking.
    expect(await counter.refusal('refunds.pay-in-cash', pay)).toMatchObject({
      code: 'REFUND_NOT_IN_CASH',
      details: { reason: 'not-decided' },
    });
    await decided(counter, world());
    expect((await preview()).asked).toMatchObject({ answer: 'voided' });
    const due = await page(counter, transactionId);
    expect(due).toMatchObject({ kind: 'refund-due', cashRefund: { may: 'yes', amount: payable } });
    expect(await counter.refusal('refunds.pay-in-cash', { ...pay, paper: '3506-017-01-XXX' })).toMatchObject({
      code: 'PAPER_NOT_OF_SALE',
    });
    const before = counter.rows("SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'")[0]?.['sum'];
    const paid = await counter.get('refunds.pay-in-cash', { ...pay, paper: receiptNumber.toLowerCase() });
    expect(paid.amount).toBe(payable);
    const after = counter.rows("SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'")[0]?.['sum'];
    expect(Number(before) - Number(after)).toBe(payable);
    expect(counter.printers.papers.at(-1)?.text).toContain('BUKTI PENGEMBALIAN TUNAI');
    expect(await counter.refusal('refunds.pay-in-cash', pay)).toMatchObject({ details: { reason: 'returned' } });
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    // The vehicle can be sold again, and the province agrees.
    await decided(counter, world());
    expect((await counter.get('transactions.get', { transactionId })).row.axes.central).toBe('refunded');
    await sellCutOff(counter, PLAIN);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true });
  });

  it('after it was booked is answered “settled”, and only an application is left', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId, receiptNumber, payable } = await sellOnline(counter, PLAIN);
    await decided(counter, world());
    expect(await counter.get('cancellations.preview', { transactionId })).toMatchObject({ likely: 'settled' });
    await counter.get('cancellations.request', { transactionId, reason: 'warga berubah pikiran', approval });
    await decided(counter, world());
    expect(await counter.get('exceptions.list', {})).toMatchObject([
      { kind: 'refund-due', caseId: `sale-${transactionId}` },
    ]);
    const due = await page(counter, transactionId);
    expect(due).toMatchObject({ cashRefund: { may: 'booked' }, refundToAsk: { amount: payable, whole: true } });
    const pay = { transactionId, paper: receiptNumber, isPayer: true as const, reason: 'batal', approval };
    expect(await counter.refusal('refunds.pay-in-cash', pay)).toMatchObject({ details: { reason: 'booked' } });
  });

  it('is refused after the hour of the policy and on another day', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, PLAIN);
    await sync(counter);
    counter.clock.pass(6 * 3_600_000);
    await unlock(counter);
    expect(await counter.get('cancellations.preview', { transactionId })).toMatchObject({ may: 'too-late' });
    counter.clock.pass(24 * 3_600_000);
    await unlock(counter);
    expect(await counter.get('cancellations.preview', { transactionId })).toMatchObject({ may: 'other-day' });
  });
});

describe('cash that is about to go back', () => {
  const world = useOwnProvince();

  it('does not, when the decision that it is booked came while the second person was being asked', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId, receiptNumber } = await sellCutOff(counter, SHORT);
    await decided(counter, world());
    expect(await page(counter, transactionId)).toMatchObject({ cashRefund: { may: 'yes' } });
    const { shortfall } = await page(counter, transactionId);
    const { decisionId = '', payable = 0 } = shortfall ?? {};
    await counter.get('shortfalls.collect', { transactionId, decisionId, expectedPayable: payable, tendered: payable });
    // The officer still looks at the offer of before; meanwhile the page with the booking comes.
    await decided(counter, world());
    const pay = { transactionId, paper: receiptNumber, isPayer: true as const, reason: 'batal', approval };
    expect(await counter.refusal('refunds.pay-in-cash', pay)).toMatchObject({
      code: 'REFUND_NOT_IN_CASH',
      details: { reason: 'booked' },
    });
    expect(counter.bodies('refund.paid-in-cash')).toEqual([]);
    expect(counter.bodies('approval.used')).toEqual([]);
  });
});

describe('an application for a refund', () => {
  const world = useOwnProvince();

  it('is asked by one, approved by another, paid by the province, and closes its case', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, OVER);
    await decided(counter, world());
    const before = await page(counter, transactionId);
    expect(before.refundToAsk).toMatchObject({ whole: false });
    const asked = await counter.get('refunds.request', { transactionId, ...person });
    expect(asked.amount).toBe(before.refundToAsk?.amount);
    expect(counter.printers.papers.at(-1)?.text).toContain('PERMOHONAN PENGEMBALIAN');
    expect(JSON.stringify(counter.bodies('refund.requested'))).not.toContain('Budi');
    expect(counter.printers.papers.map(({ text }) => text).join('')).not.toContain('0012 3456');
    expect(await counter.refusal('refunds.request', { transactionId, ...person })).toMatchObject({
      code: 'REFUND_NOT_NOW',
      details: { reason: 'application-open' },
    });
    const { refundId } = asked;
    const approved = await counter.get('refunds.approve', { refundId, approval });
    expect(approved).toMatchObject({ state: 'requested', approvedHere: true });
    expect(await counter.refusal('refunds.approve', { refundId, approval })).toMatchObject({ code: 'REFUND_NOT_NOW' });
    await decided(counter, world());
    const [refund] = (await page(counter, transactionId)).refunds;
    expect(refund).toMatchObject({ state: 'approved', amount: asked.amount });
    expect(sum((await page(counter, transactionId)).money)).toBe(0);
    const word = { saidBy: 'Bendahara', reason: null, reversal: null, reference: 'SP2D 17' } as const;
    const paid = await decideRefundById(world().province.context, refundId, { ...word, state: 'paid' });
    expect(paid.ok).toBe(true);
    await sync(counter);
    expect((await page(counter, transactionId)).refunds).toMatchObject([{ state: 'paid', reference: 'SP2D 17' }]);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect((await counter.get('transactions.get', { transactionId })).row.axes.central).toBe('booked');
  });

  it('that nobody fetched is in a list of its own, the officer’s to find his man, and ends when it is paid', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, OVER);
    await decided(counter, world());
    const { refundId, amount } = await counter.get('refunds.request', { transactionId, ...person });
    await counter.get('refunds.approve', { refundId, approval });
    await decided(counter, world());
    const own = async () => (await counter.get('exceptions.list', {})).find(({ caseId }) => caseId.startsWith('sale-'));
    expect(await own()).toMatchObject({ unclaimed: null });
    await counter.get('cases.open', caseOf(transactionId));
    expect(next(await page(counter, transactionId))).toBe('transfer-refund');
    await changePolicy(world(), 'cases.unclaimedDays=1');
    counter.clock.pass(86_400_000);
    world().clock.now += 86_400_000;
    await unlock(counter);
    await decided(counter, world());
    expect(await own()).toMatchObject({ kind: 'over', unclaimed: { amount, since: expect.any(Number) } });
    const waits = await page(counter, transactionId);
    expect(waits.refunds).toMatchObject([{ state: 'unclaimed', reason: expect.stringContaining('tetap hak warga') }]);
    expect(next(waits)).toBe('find-claimant');
    expect(waits.money).toContainEqual({ account: 'refund-payable', amount: -amount });
    expect(sum(waits.money)).toBe(0);
    const word = { saidBy: 'Bendahara', reason: null, reversal: null, reference: 'SP2D 17' } as const;
    expect((await decideRefundById(world().province.context, refundId, { ...word, state: 'paid' })).ok).toBe(true);
    await sync(counter);
    expect(await own()).toBeUndefined();
  });

  it('that was rejected says why and may be written again', async () => {
    const counter = await openForBusiness(await enrolledCounter(world()));
    const { transactionId } = await sellCutOff(counter, ELSEWHERE);
    await decided(counter, world());
    const { refundId } = await counter.get('refunds.request', { transactionId, ...person });
    await decided(counter, world());
    const word = { saidBy: 'Kabid', reason: 'Nama rekening lain', reversal: null, reference: null } as const;
    await decideRefundById(world().province.context, refundId, { ...word, state: 'rejected' });
    await sync(counter);
    expect((await page(counter, transactionId)).refunds).toMatchObject([
      { state: 'rejected', reason: 'Nama rekening lain' },
    ]);
    expect((await counter.get('refunds.request', { transactionId, ...person })).refundId).not.toBe(refundId);
  });
});

describe('a case at a counter alone', () => {
  const folder = useEnrolledFolder();

  it('of a sale whose person was erased takes no note and no account, and its money is still told', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await sellOffline(counter, PLAIN);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    await counter.get('transactions.erase-person', { transactionId, reason: 'permintaan pemilik' });
    await counter.get('cases.open', caseOf(transactionId));
    expect(await counter.refusal('cases.note', { ...caseOf(transactionId), note: 'catatan' })).toEqual({
      code: 'PERSON_ERASED',
    });
    expect(sum((await page(counter, transactionId)).money)).toBe(0);
  });
});
