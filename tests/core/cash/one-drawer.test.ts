import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { balance, closeExactly, currentId, FLOAT, signInAs } from '../../support/drawer.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';

const FLOAT_OF_FIFTY = [{ denomination: 50_000, count: 1 }];

describe('one drawer, one session, one device', () => {
  const province = useProvince();

  it('is so at two counters of one outlet: each has its own session, and neither touches the other’s cash', async () => {
    const [left, right] = [await enrolledCounter(province()), await enrolledCounter(province())];
    await openForBusiness(left, 'petugas-1');
    await openForBusiness(right, 'petugas-2');
    const ids = [await currentId(left), await currentId(right)];
    expect(new Set(ids).size).toBe(2);
    const { payable } = await sellOffline(left, 'AG 2345 KD');
    expect([balance(left, 'cash-drawer'), balance(right, 'cash-drawer')]).toEqual([FLOAT + payable, FLOAT]);
    // Neither can count or close what lies in the other's drawer: here that session does not exist.
    const [, ofRight = ''] = ids;
    expect(await left.ask('cash-session.close', { cashSessionId: ofRight })).toMatchObject({ ok: false });
    expect(await currentId(right)).toBe(ofRight);
    await closeExactly(left);
    expect(await left.get('cash-session.current', {})).toBeNull();
    expect(await currentId(right)).toBe(ofRight);
  });

  it('is so for a second officer at the same device, who reads whose drawer it is, also after a restart', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()), 'petugas-1');
    const first = await currentId(counter);
    const { officerName } = (await counter.get('cash-session.current', {})) ?? { officerName: '' };
    const asked = { float: FLOAT_OF_FIFTY };
    const own = { code: 'CASH_SESSION_OPEN', details: { officer: officerName, own: true } };
    expect(await counter.refusal('cash-session.open', asked)).toMatchObject(own);
    await signInAs(counter, 'petugas-2');
    const others = { code: 'CASH_SESSION_OPEN', details: { officer: officerName, own: false } };
    expect(await counter.refusal('cash-session.open', asked)).toMatchObject(others);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-2');
    expect(await again.refusal('cash-session.open', asked)).toMatchObject(others);
    expect(await currentId(again)).toBe(first);
    expect(again.bodies('cash-session.opened')).toHaveLength(1);
  });
});
