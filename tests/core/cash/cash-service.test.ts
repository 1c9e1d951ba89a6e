import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

describe('a cash session', () => {
  const folder = useEnrolledFolder();
  const signedIn = async (): Promise<TestCounter> => {
    const counter = await copiedCounter(folder());
    await enterAs(counter, 'petugas-1');
    return counter;
  };

  it('opens with a counted float, which is the cooperative’s and not the citizens’', async () => {
    const counter = await signedIn();
    expect(await counter.get('cash-session.current', {})).toBeNull();
    const float = [
      { denomination: 50_000, count: 3 },
      { denomination: 500, count: 10 },
    ];
    const session = await counter.get('cash-session.open', { float });
    expect(session).toMatchObject({
      state: 'open',
      officerName: 'Siti Aminah',
      float,
      floatTotal: 155_000,
      sales: 0,
      counted: null,
    });
    expect(counter.rows('SELECT account, amount FROM ledger_line ORDER BY line_no')).toEqual([
      { account: 'cash-drawer', amount: 155_000 },
      { account: 'float', amount: -155_000 },
    ]);
    expect(await counter.get('counter.status', {})).toMatchObject({ cash: { undeposited: 0 } });
  });

  it('may open without a float', async () => {
    const counter = await signedIn();
    expect(await counter.get('cash-session.open', { float: [] })).toMatchObject({ floatTotal: 0 });
    expect(counter.rows('SELECT * FROM ledger_line')).toEqual([]);
  });

  it('counts notes and coins that exist, each at most once', async () => {
    const counter = await signedIn();
    const invented = { float: [{ denomination: 30_000, count: 1 }] };
    expect(await counter.refusal('cash-session.open', invented)).toEqual({
      code: 'CASH_COUNT_INVALID',
      path: ['float'],
    });
    const twice = {
      float: [
        { denomination: 1000, count: 1 },
        { denomination: 1000, count: 2 },
      ],
    };
    expect(await counter.refusal('cash-session.open', twice)).toMatchObject({ code: 'CASH_COUNT_INVALID' });
    const negative = { float: [{ denomination: 1000, count: -1 }] };
    expect(await counter.refusal('cash-session.open', negative)).toMatchObject({ code: 'BAD_INPUT' });
    expect(counter.bodies('cash-session.opened')).toEqual([]);
  });

  it('is one at a time, also for two who press in the same moment', async () => {
    const counter = await signedIn();
    const answers = await Promise.all([1, 2, 3].map(() => counter.ask('cash-session.open', { float: [] })));
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.error.code === 'CASH_SESSION_OPEN')).toHaveLength(2);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-2');
    expect(await counter.refusal('cash-session.open', { float: [] })).toMatchObject({ code: 'CASH_SESSION_OPEN' });
  });

  it('is the same session after a restart', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const before = await counter.get('cash-session.current', {});
    await sellOffline(counter, 'AG 2345 KD');
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('cash-session.current', {})).toEqual({ ...before, sales: 1 });
  });

  it('is found out when the drawer’s balance is not what the ledger says', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    await sellOffline(counter, 'AG 2345 KD');
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
    const file = join(counter.config.dataDir, DATABASE_FILE);
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec(`UPDATE drawer_balance SET amount = amount - 100 WHERE account = 'cash-drawer'`);
    handle.close();
    expect(await counter.get('device.verify')).toMatchObject({
      ok: false,
      problems: [{ seq: null, problem: 'DRAWER_DIFFERS' }],
    });
  });
});
