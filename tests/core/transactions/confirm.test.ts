import { describe, expect, it } from 'vitest';
import { begun, enterAs, openForBusiness, pinOf, tailOf } from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';
const WRONG = '99999';

const tries = (counter: TestCounter, transactionId: string, tail: string) =>
  counter.refusal('transactions.confirm', { transactionId, chassisTail: tail });

describe('the last five of the chassis number', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));

  it('show the owner and the amount when they are right, and the look is an entry', async () => {
    const counter = await open();
    const before = await begun(counter, PLATE);
    expect(before).toMatchObject({ identity: null, amount: null, quickAmounts: [], triesLeft: 5, offer: 'none' });
    const { transactionId } = before;
    const draft = await counter.get('transactions.confirm', { transactionId, chassisTail: tailOf(PLATE) });
    expect(draft.identity).toMatchObject({ ownerName: 'SITI NUR AISYAH' });
    expect(draft.amount?.total).toBe(284_000);
    expect(draft.offer).toBe('sell');
    const looks = counter.rows(`SELECT stream, officer_id FROM entry WHERE type = 'personal-data.viewed'`);
    expect(looks).toEqual([{ stream: transactionId, officer_id: 'petugas-1' }]);
  });

  it('are read from the whole number too, with blanks and in small letters', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    const typed = ` mh1jbc1 ${tailOf(PLATE)} `;
    const draft = await counter.get('transactions.confirm', { transactionId, chassisTail: typed });
    expect(draft.identity).not.toBeNull();
  });

  it('are told to nobody who guesses wrong: no owner, no NIK, no chassis, no engine on any screen', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    expect(await tries(counter, transactionId, WRONG)).toEqual({
      code: 'CHASSIS_TAIL_WRONG',
      path: ['chassisTail'],
      details: { triesLeft: 4 },
    });
    await counter.get('transactions.draft', { transactionId });
    await counter.get('transactions.unfinished', {});
    const shown = counter.shown.join('\n');
    const right = await counter.get('transactions.confirm', { transactionId, chassisTail: tailOf(PLATE) });
    const { ownerName, chassisNumber, engineNumber } = right.identity ?? {};
    // What the right answer shows must not stand in any frame before it.
    for (const secret of [ownerName, chassisNumber, engineNumber]) {
      expect(secret).toMatch(/.{5}/);
      expect(shown).not.toContain(secret);
    }
    expect(shown).not.toMatch(/\d{16}/);
    expect(shown).not.toContain(tailOf(PLATE));
  });

  it('can be guessed five times, then the draft is closed to guesses and to the right answer', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    for (const left of [4, 3, 2, 1]) {
      expect(await tries(counter, transactionId, WRONG)).toMatchObject({ details: { triesLeft: left } });
    }
    expect(await tries(counter, transactionId, WRONG)).toMatchObject({ code: 'CHASSIS_TAIL_BLOCKED' });
    expect(await tries(counter, transactionId, tailOf(PLATE))).toMatchObject({ code: 'CHASSIS_TAIL_BLOCKED' });
    expect(counter.bodies('vehicle.confirm-refused').map(({ failures }) => failures)).toEqual([1, 2, 3, 4, 5]);
  });

  it('are counted one by one even when twenty guesses come in the same moment', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    const guesses = Array.from({ length: 20 }, (_, index) => String(20_000 + index));
    await Promise.all(guesses.map((guess) => tries(counter, transactionId, guess)));
    expect(counter.bodies('vehicle.confirm-refused')).toHaveLength(5);
    expect(await tries(counter, transactionId, tailOf(PLATE))).toMatchObject({ code: 'CHASSIS_TAIL_BLOCKED' });
  });

  it('stay counted after a restart', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    for (let guess = 0; guess < 5; guess += 1) await tries(counter, transactionId, WRONG);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await tries(again, transactionId, tailOf(PLATE))).toMatchObject({ code: 'CHASSIS_TAIL_BLOCKED' });
  });

  it('cannot be guessed by beginning the service again and again', async () => {
    const counter = await open();
    for (let draft = 0; draft < 3; draft += 1) {
      const { transactionId } = await begun(counter, PLATE);
      for (let guess = 0; guess < 2; guess += 1) await tries(counter, transactionId, WRONG);
    }
    const { transactionId, triesLeft } = await begun(counter, PLATE);
    expect(triesLeft).toBe(0);
    expect(await tries(counter, transactionId, tailOf(PLATE))).toMatchObject({ code: 'CHASSIS_TAIL_BLOCKED' });
  });

  it('that were wrong today do not close the vehicle for ever', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    for (let guess = 0; guess < 5; guess += 1) await tries(counter, transactionId, WRONG);
    counter.clock.pass(24 * 3_600_000);
    await counter.get('sign-in.unlock', { pin: pinOf('petugas-1') });
    expect(await begun(counter, PLATE)).toMatchObject({ triesLeft: 5 });
  });

  it('of an unfinished service are not asked again after the power came back', async () => {
    const counter = await open();
    const { transactionId } = await begun(counter, PLATE);
    await counter.get('transactions.confirm', { transactionId, chassisTail: tailOf(PLATE) });
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('transactions.unfinished', {})).toMatchObject({ transactionId, amount: { total: 284_000 } });
  });

  it('belong to one officer’s unfinished service, which another officer is not offered', async () => {
    const counter = await open();
    await begun(counter, PLATE);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.get('transactions.unfinished', {})).toBeNull();
  });
});
