import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';
import { decideRefundById } from '../../../src/province/cases/decide-by-id.ts';

const [SHORT, ELSEWHERE] = ['W 1919 SH', 'N 4040 DB'];
const approval = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };
const person = { accountHolder: 'Budi', bank: 'Bank Jatim', accountNumber: '0012 3456', phone: null };

describe('the papers of a case', () => {
  const held: { province?: TestProvince } = {};
  beforeEach(async () => {
    held.province = await openTestProvince();
  });
  afterEach(() => held.province?.close());
  const world = (): TestProvince => {
    if (held.province === undefined) throw new Error('the province is not open yet');
    return held.province;
  };
  async function decided(counter: TestCounter): Promise<void> {
    await sync(counter);
    await world().book();
    await world().book();
    await sync(counter);
  }
  async function decidedSale(nrkb: string) {
    const counter = await openForBusiness(await enrolledCounter(world()));
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, nrkb);
    counter.line.set('pass');
    await decided(counter);
    return { counter, transactionId };
  }
  const papersOf = async (counter: TestCounter, transactionId: string) =>
    (await counter.get('cases.page', { caseId: `sale-${transactionId}` })).papers;
  const lastText = (counter: TestCounter): string => counter.printers.papers.at(-1)?.text ?? '';

  it('are printed again with the same number, SALINAN n and a reason; above the policy’s number by two people', async () => {
    const { counter, transactionId } = await decidedSale(SHORT);
    const reprint = { transactionId, paper: 'top-up' as const, reason: 'kertas sobek' };
    expect(await counter.refusal('cases.reprint', reprint)).toEqual({ code: 'NOTHING_TO_PRINT' });
    const { shortfall } = await counter.get('cases.page', { caseId: `sale-${transactionId}` });
    if (shortfall === null) throw new Error('nothing is missing');
    const { decisionId, payable } = shortfall;
    const asked = { transactionId, decisionId, expectedPayable: payable, tendered: payable };
    const { collectionNumber } = await counter.get('shortfalls.collect', asked);
    expect(lastText(counter)).not.toContain('SALINAN');
    expect(await papersOf(counter, transactionId)).toEqual([
      { paper: 'top-up', number: collectionNumber, unknownJobId: null },
    ]);
    expect(await counter.get('cases.reprint', reprint)).toMatchObject({ kind: 'top-up', copyNo: 1 });
    expect(lastText(counter)).toContain('SALINAN');
    expect(lastText(counter)).toContain(collectionNumber);
    expect(counter.bodies('print.requested').at(-1)).toMatchObject({ copyNo: 1, reason: 'kertas sobek' });
    const more = async (n: number): Promise<string> =>
      n > 5 ? 'never' : (await counter.ask('cases.reprint', reprint)).ok ? await more(n + 1) : 'stopped';
    expect(await more(0)).toBe('stopped');
    expect(await counter.refusal('cases.reprint', reprint)).toMatchObject({ code: 'APPROVAL_NEEDED' });
    const before = counter.bodies('print.requested').at(-1)?.copyNo ?? 0;
    expect(await counter.get('cases.reprint', { ...reprint, approval })).toMatchObject({ copyNo: before + 1 });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('of a second application are its own original, and its copies count from there', async () => {
    const { counter, transactionId } = await decidedSale(ELSEWHERE);
    const asked = { transactionId, ...person, withoutPapers: 'kamera rusak' };
    counter.printers.answer('utama', { outcome: 'unknown', detail: 'TIME_OUT' });
    const { refundId, printJobId } = await counter.get('refunds.request', asked);
    await expect.poll(() => counter.bodies('print.settled').at(-1)).toMatchObject({ result: 'unknown' });
    // A printer that went silent leaves its question on the page, and its answer settles it.
    expect((await papersOf(counter, transactionId))[0]).toMatchObject({ unknownJobId: printJobId });
    counter.printers.answer('utama', { outcome: 'printed' });
    await counter.get('printing.answer', { jobId: printJobId ?? '', cameOut: false });
    expect((await papersOf(counter, transactionId))[0]).toMatchObject({ unknownJobId: null });
    const reprint = { transactionId, paper: 'refund-form' as const, reason: 'hilang' };
    expect(await counter.get('cases.reprint', reprint)).toMatchObject({ kind: 'refund', copyNo: 1 });
    await decided(counter);
    const word = { saidBy: 'Kabid', reason: 'Nama rekening lain', reversal: null, reference: null } as const;
    await decideRefundById(world().province.context, refundId, { ...word, state: 'rejected' });
    await sync(counter);
    const second = await counter.get('refunds.request', asked);
    expect(counter.bodies('print.requested').at(-1)).toMatchObject({ kind: 'refund', copyNo: 0 });
    expect(lastText(counter)).not.toContain('SALINAN');
    expect((await papersOf(counter, transactionId))[0]).toMatchObject({ number: second.refundNumber });
    expect(await counter.get('cases.reprint', reprint)).toMatchObject({ copyNo: 1 });
    expect(await counter.refusal('cases.reprint', { ...reprint, paper: 'refund-slip' })).toEqual({
      code: 'NOTHING_TO_PRINT',
    });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    expect(await counter.refusal('cases.reprint', reprint)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
