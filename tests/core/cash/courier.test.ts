import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { enterAs, openForBusiness, pinOf, sellOffline, wrongPinOf } from '../../support/at-the-counter.ts';
import { balance, closeExactly, drawnId, FLOAT, notes, signInAs } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();
const COURIER = 'Pak Slamet Kurir';
const SLIP = { bank: 'Bank Jatim', slipNumber: 'K-1', depositedOn: '2026-03-10' } as const;
const dispatch = (from: 'drawer' | 'safe', amount: number, over = {}) => ({
  dispatchId: drawnId(1),
  from,
  amount,
  courierName: COURIER,
  pin: pinOf('petugas-1'),
  ...over,
});

async function closedDay(): Promise<{ counter: TestCounter; safe: number }> {
  const counter = await openForBusiness(await copiedCounter(folder()));
  const { payable } = await sellOffline(counter, 'AG 2345 KD');
  await closeExactly(counter);
  return { counter, safe: payable };
}

describe('cash that goes with a courier', () => {
  it('leaves against a slip that proves number and sum; who he is stands sealed in the journal and on no paper', async () => {
    const { counter, safe } = await closedDay();
    const given = await counter.get('cash.dispatch', dispatch('safe', safe, { counts: notes(safe) }));
    expect(given).toMatchObject({ dispatchId: drawnId(1), amount: safe });
    await expect
      .poll(() => counter.printers.papers.some(({ text }) => text.includes('TANDA TERIMA SETORAN')))
      .toBe(true);
    const paper = counter.printers.papers.find(({ text }) => text.includes('TANDA TERIMA SETORAN'));
    expect(paper?.text).toContain(given.dispatchNumber);
    expect(paper?.text).toContain('Kurir (nama jelas dan tanda tangan):');
    expect(paper?.text).not.toContain(COURIER);
    const [qr] = paper?.document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])) ?? [];
    expect(decodeSlipProof(qr ?? '')?.statement).toMatchObject({ kind: 'courier', number: given.dispatchNumber });
    const texts = counter.rows('SELECT text FROM entry').map((row) => String(row['text']));
    expect(texts.some((text) => text.includes(COURIER))).toBe(false);
    expect(JSON.stringify(counter.log.lines)).not.toContain(COURIER);
    // It is in the same account, and no second deposit can use it.
    expect(balance(counter, 'safe-or-courier')).toBe(safe);
    expect(await counter.get('cash.standing', {})).toMatchObject({ safe: 0, courier: safe, inTransit: 0 });
    const twice = { ...SLIP, from: 'safe', amount: 1 } as const;
    expect(await counter.refusal('cash.deposit', twice)).toMatchObject({ code: 'CASH_DEPOSIT_TOO_LARGE' });
  });

  it('is copied with its reason: SALINAN n, the same number and proof, and who he is stands on none of them', async () => {
    const { counter, safe } = await closedDay();
    const given = await counter.get('cash.dispatch', dispatch('safe', safe, { counts: notes(safe) }));
    const { events } = await counter.get('cash.standing', {});
    const seq = events.find(({ type }) => type === 'cash.dispatched')?.seq ?? 0;
    const again = { seq, reason: 'basah kena hujan' };
    expect(await counter.get('cash.print-slip', again)).toMatchObject({ kind: 'courier', copyNo: 1 });
    expect(await counter.get('cash.print-slip', again)).toMatchObject({ kind: 'courier', copyNo: 2 });
    const slips = () => counter.printers.papers.filter(({ text }) => text.includes('TANDA TERIMA SETORAN'));
    await expect.poll(slips).toHaveLength(3);
    expect(slips().map(({ document }) => document.head.mark)).toEqual([null, 'SALINAN 1', 'SALINAN 2']);
    const qrs = slips().map(({ document }) => document.blocks.filter(({ kind }) => kind === 'qr'));
    expect(qrs[1]).toEqual(qrs[0]);
    for (const { text } of slips()) {
      expect(text).toContain(given.dispatchNumber);
      expect(text).not.toContain(COURIER);
    }
    expect(slips()[2]?.text).toContain('basah kena hujan');
    // An entry without such a slip, and one that is not there.
    const closed = events.find(({ type }) => type === 'cash-session.closed')?.seq ?? 1;
    expect(await counter.refusal('cash.print-slip', { ...again, seq: closed })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await counter.refusal('cash.print-slip', { ...again, seq: 9_999 })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one leg however often it is asked for, also after the power went', async () => {
    const { counter, safe } = await closedDay();
    const first = await counter.get('cash.dispatch', dispatch('safe', safe));
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    const second = await again.get('cash.dispatch', dispatch('safe', safe));
    expect(second.dispatchNumber).toBe(first.dispatchNumber);
    expect(again.bodies('cash.dispatched')).toHaveLength(1);
  });

  it('takes the officer’s own PIN, notes that make the sum, and no more than there is', async () => {
    const { counter, safe } = await closedDay();
    const refused = async (over: object) => await counter.refusal('cash.dispatch', dispatch('safe', safe, over));
    expect(await refused({ pin: wrongPinOf('petugas-1') })).toMatchObject({ code: 'PIN_WRONG' });
    expect(await refused({ counts: notes(safe + 1000) })).toMatchObject({ code: 'CASH_TOTAL_DIFFERS' });
    expect(await refused({ amount: safe + 100 })).toMatchObject({ code: 'CASH_DEPOSIT_TOO_LARGE' });
    expect(await refused({ from: 'drawer' })).toMatchObject({ code: 'CASH_SESSION_CLOSED' });
    expect(counter.bodies('cash.dispatched')).toEqual([]);
  });

  it('arrives with the bank’s slip: every rupiah is accepted, torn, false or missing', async () => {
    const { counter, safe } = await closedDay();
    await counter.get('cash.dispatch', dispatch('safe', safe));
    const arrival = { dispatchId: drawnId(1), ...SLIP };
    const short = { ...arrival, accepted: safe - 1000, refused: [] };
    expect(await counter.refusal('cash.courier-arrived', short)).toMatchObject({
      code: 'CASH_DOES_NOT_ADD_UP',
      details: { difference: 1000 },
    });
    const told = {
      ...arrival,
      accepted: safe - 75_000,
      refused: [
        { reason: 'torn', amount: 5_000 },
        { reason: 'false', amount: 50_000 },
        { reason: 'missing', amount: 20_000 },
      ],
    } as const;
    const standing = await counter.get('cash.courier-arrived', { ...told, refused: [...told.refused] });
    expect(standing).toMatchObject({
      courier: 0,
      couriers: [],
      inTransit: safe - 75_000,
      safe: 5_000,
      doubtful: 70_000,
    });
    expect(standing.deposits[0]).toMatchObject({ amount: safe - 75_000, byCourier: true, confirmed: 0 });
    expect(standing.doubts.map(({ reason, amount }) => [reason, amount])).toEqual([
      ['false', 50_000],
      ['missing', 20_000],
    ]);
    expect(await counter.refusal('cash.courier-arrived', { ...told, refused: [...told.refused] })).toMatchObject({
      code: 'COURIER_LEG_SETTLED',
    });
    const unknown = { ...told, refused: [...told.refused], dispatchId: drawnId(9) };
    expect(await counter.refusal('cash.courier-arrived', unknown)).toMatchObject({ code: 'NOT_FOUND' });
    // Torn notes are deposited again; false ones are not.
    await counter.get('cash.deposit', { ...SLIP, slipNumber: 'K-2', from: 'safe', amount: 5_000 });
    const more = { ...SLIP, slipNumber: 'K-3', from: 'safe', amount: 100 } as const;
    expect(await counter.refusal('cash.deposit', more)).toMatchObject({ code: 'CASH_DEPOSIT_TOO_LARGE' });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('that never arrives has no slip of a bank, and all of it is in doubt', async () => {
    const { counter, safe } = await closedDay();
    await counter.get('cash.dispatch', dispatch('safe', safe));
    const lost = {
      dispatchId: drawnId(1),
      ...SLIP,
      accepted: 0,
      refused: [{ reason: 'missing' as const, amount: safe }],
    };
    expect(await counter.get('cash.courier-arrived', lost)).toMatchObject({
      deposits: [],
      doubtful: safe,
      inTransit: 0,
    });
    expect(counter.bodies('cash.deposited')).toEqual([]);
  });
});

describe('what a bank would not take', () => {
  it('is lost only by a supervisor’s word, once, and the ledger says how much', async () => {
    const { counter, safe } = await closedDay();
    const refused = [{ reason: 'false' as const, amount: 100_000 }];
    await counter.get('cash.deposit', { ...SLIP, from: 'safe', amount: safe - 100_000, refused });
    const [doubt] = (await counter.get('cash.standing', {})).doubts;
    const asked = { refusalId: doubt?.refusalId ?? '', reason: 'uang palsu menurut teller' };
    const own = { by: 'pin', supervisorId: 'petugas-1', pin: pinOf('petugas-1') } as const;
    expect(await counter.refusal('cash.write-off', { ...asked, approval: own })).toMatchObject({
      code: 'APPROVER_REFUSED',
    });
    expect(balance(counter, 'cash-loss')).toBe(0);
    const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;
    const standing = await counter.get('cash.write-off', { ...asked, approval });
    expect(standing).toMatchObject({ doubtful: 0, doubts: [], safe: 0 });
    expect(balance(counter, 'cash-loss')).toBe(100_000);
    expect(counter.bodies('cash.written-off')).toMatchObject([{ amount: 100_000, approvedBy: 'pengawas' }]);
    expect(await counter.refusal('cash.write-off', { ...asked, approval })).toMatchObject({
      code: 'CASH_REFUSAL_SETTLED',
    });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('comes back into the safe from a drawer of which the rest was deposited', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const refused = [{ reason: 'torn' as const, amount: 20_000 }];
    await counter.get('cash.deposit', { ...SLIP, from: 'drawer', amount: payable - 20_000, refused });
    expect(await counter.get('cash.standing', {})).toMatchObject({ safe: 20_000, inTransit: payable - 20_000 });
    expect(balance(counter, 'cash-drawer')).toBe(FLOAT);
    await closeExactly(counter);
    expect(await counter.get('cash.standing', {})).toMatchObject({ safe: 20_000, lastClosed: { variance: 0 } });
  });
});

describe('the photograph of a bank’s slip', () => {
  it('is kept with its deposit, counts on the screen, and is taken for a deposit only', async () => {
    const { counter, safe } = await closedDay();
    const { depositId } = await counter.get('cash.deposit', { ...SLIP, from: 'safe', amount: safe });
    await keptFile(counter, depositId, await cardPhoto('SLIP'), 'deposit-slip');
    expect((await counter.get('cash.standing', {})).deposits[0]).toMatchObject({ depositId, pages: 1 });
    await expect(keptFile(counter, depositId, await cardPhoto('KTP'), 'owner-ktp')).rejects.toThrow();
    await expect(keptFile(counter, drawnId(8), await cardPhoto('SLIP'), 'deposit-slip')).rejects.toThrow();
  });
});

describe('cash of a drawer that is put into the safe', () => {
  it('leaves it once, is deposited from there, and is no variance', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { payable } = await sellOffline(counter, 'AG 2345 KD');
    const asked = { movementId: drawnId(2), amount: payable };
    await counter.get('cash.store', asked);
    await counter.get('cash.store', asked);
    expect(counter.bodies('cash.stored')).toHaveLength(1);
    expect(await counter.get('cash.standing', {})).toMatchObject({ safe: payable });
    await counter.get('cash.deposit', { ...SLIP, from: 'safe', amount: payable });
    await signInAs(counter, 'petugas-2');
    const foreign = { movementId: drawnId(3), amount: 100 };
    expect(await counter.refusal('cash.store', foreign)).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
    await signInAs(counter, 'petugas-1');
    await closeExactly(counter);
    const { lastClosed } = await counter.get('cash.standing', {});
    expect(lastClosed).toMatchObject({ variance: 0, toSafe: 0 });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });
});
