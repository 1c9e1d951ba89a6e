import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { openForBusiness, pinOf, sellOffline, wrongPinOf } from '../../support/at-the-counter.ts';
import { balance, closeExactly, currentId, FLOAT, notes, signInAs } from '../../support/drawer.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const folder = useEnrolledFolder();
const TO = { officerId: 'petugas-2', pin: pinOf('petugas-2') };

async function soldOne(): Promise<{ counter: TestCounter; payable: number; cashSessionId: string }> {
  const counter = await openForBusiness(await copiedCounter(folder()));
  const { payable } = await sellOffline(counter, 'AG 2345 KD');
  return { counter, payable, cashSessionId: await currentId(counter) };
}

const asked = (cashSessionId: string, amount: number) => ({
  cashSessionId,
  counts: notes(amount),
  pin: pinOf('petugas-1'),
  to: TO,
});

describe('a drawer that changes hands', () => {
  it('is one commit: count, close, opening and hand-over; the variance is of the officer who leaves', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const before = counter.bodies('cash-session.opened').length;
    const seen: unknown[] = [];
    const watching = { on: true };
    counter.app.subscribe(({ topic }) => {
      if (watching.on && topic === 'sign-in') seen.push(counter.get('sign-in.current', {}));
    });
    const handed = await counter.get('cash-session.hand-over', asked(cashSessionId, FLOAT + payable - 700));
    watching.on = false;
    // No screen falls back to the door between the two.
    expect((await Promise.all(seen)).map((one) => one === null)).toEqual([false]);
    expect(handed).toMatchObject({
      variance: -700,
      closed: { cashSessionId, officerName: 'Siti Aminah', variance: -700, inSafe: 0 },
      session: { state: 'open', floatTotal: FLOAT, carried: payable - 700, officerId: 'petugas-2' },
    });
    // What lies in the drawer is what was counted, and it is his from the first moment.
    expect(balance(counter, 'cash-drawer')).toBe(FLOAT + payable - 700);
    expect(balance(counter, 'safe-or-courier')).toBe(0);
    expect(balance(counter, 'variance')).toBe(700);
    expect(counter.bodies('cash-session.opened')).toHaveLength(before + 1);
    expect(await counter.get('sign-in.current', {})).toMatchObject({ officerId: 'petugas-2', locked: false });
    expect(counter.bodies('cash-session.handed-over')).toMatchObject([
      { fromOfficerId: 'petugas-1', toOfficerId: 'petugas-2', counted: FLOAT + payable - 700, variance: -700 },
    ]);
    await expect.poll(() => counter.printers.papers.some(({ text }) => text.includes('SERAH TERIMA LACI'))).toBe(true);
    const paper = counter.printers.papers.find(({ text }) => text.includes('SERAH TERIMA LACI'));
    for (const name of ['Siti Aminah', handed.session.officerName]) expect(paper?.text).toContain(name);
    const [qr] = paper?.document.blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : [])) ?? [];
    expect(decodeSlipProof(qr ?? '')?.statement).toMatchObject({
      kind: 'drawer-hand-over',
      number: handed.handOverNumber,
      drawer: { counted: FLOAT + payable - 700 },
    });
    // A further slip says the same, names the same two, and bears why it was printed.
    const { events } = await counter.get('cash.standing', {});
    const seq = events.find(({ type }) => type === 'cash-session.handed-over')?.seq ?? 0;
    const again = await counter.get('cash.print-slip', { seq, reason: 'yang pertama sobek' });
    expect(again).toMatchObject({ kind: 'drawer-hand-over', copyNo: 1 });
    const marked = () => counter.printers.papers.find(({ document }) => document.head.mark === 'SALINAN 1');
    await expect.poll(() => marked()?.text).toContain('yang pertama sobek');
    for (const words of ['Siti Aminah', handed.session.officerName, qr ?? '']) expect(marked()?.text).toContain(words);
    // The next officer works on, and his count comes out to the rupiah.
    await sellOffline(counter, 'AG 3456 EF');
    await closeExactly(counter);
    const standing = await counter.get('cash.standing', {});
    expect(standing.lastClosed).toMatchObject({ variance: 0, floatReturned: FLOAT, toSafe: standing.safe });
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('stands whole or not at all where the power goes, before and after', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const unchanged = await afterPowerCut(counter);
    expect(await unchanged.get('cash-session.door-note', {})).toBeNull();
    await counter.get('cash-session.hand-over', asked(cashSessionId, FLOAT + payable));
    const after = await afterPowerCut(counter);
    await signInAs(after, 'petugas-2').catch(() => undefined);
    const types = after.rows("SELECT type FROM entry WHERE type LIKE 'cash-session.%' ORDER BY seq");
    expect(types.map((row) => row['type'])).toEqual([
      'cash-session.opened',
      'cash-session.counted',
      'cash-session.closed',
      'cash-session.opened',
      'cash-session.handed-over',
    ]);
    expect(unchanged.rows("SELECT type FROM entry WHERE type LIKE 'cash-session.%'")).toHaveLength(1);
    expect(balance(after, 'cash-drawer')).toBe(FLOAT + payable);
  });

  it.each([
    ['the leaving officer’s PIN', { pin: wrongPinOf('petugas-1') }, 'PIN_LEAVING'],
    ['the arriving officer’s PIN', { to: { ...TO, pin: wrongPinOf('petugas-2') } }, 'PIN_ARRIVING'],
    ['the same person', { to: { officerId: 'petugas-1', pin: pinOf('petugas-1') } }, 'SAME_PERSON'],
    ['a supervisor', { to: { officerId: 'pengawas', pin: pinOf('pengawas') } }, 'NOT_AN_OFFICER'],
  ])('does not go over for %s, and nothing moves', async (_what, wrong, reason) => {
    const { counter, payable, cashSessionId } = await soldOne();
    const refused = await counter.refusal('cash-session.hand-over', {
      ...asked(cashSessionId, FLOAT + payable),
      ...wrong,
    });
    expect(refused).toMatchObject({ code: 'HAND_OVER_REFUSED', details: { reason } });
    expect(await counter.get('cash-session.current', {})).toMatchObject({ cashSessionId, state: 'open' });
    expect(counter.bodies('cash-session.counted')).toEqual([]);
  });

  it('asks about a sum that is not the notes, tells nothing of what should be there, and is of one’s own open drawer', async () => {
    const { counter, payable, cashSessionId } = await soldOne();
    const total = { ...asked(cashSessionId, FLOAT + payable), typedTotal: FLOAT };
    const refused = await counter.refusal('cash-session.hand-over', total);
    expect(refused).toMatchObject({
      code: 'CASH_TOTAL_DIFFERS',
      details: { typed: FLOAT, counted: FLOAT + payable },
    });
    await counter.get('cash-session.count', { cashSessionId, counts: notes(FLOAT) });
    expect(await counter.refusal('cash-session.hand-over', asked(cashSessionId, FLOAT))).toMatchObject({
      code: 'CASH_SESSION_COUNTED',
    });
    await signInAs(counter, 'petugas-2');
    const stolen = { ...asked(cashSessionId, FLOAT), pin: pinOf('petugas-2') };
    expect(await counter.refusal('cash-session.hand-over', stolen)).toMatchObject({ code: 'CASH_SESSION_OF_OTHER' });
  });
});
