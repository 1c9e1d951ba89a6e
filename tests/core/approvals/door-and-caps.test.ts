import { describe, expect, it } from 'vitest';
import { codeFor } from '../../../src/main/core/approvals/approval-codes.ts';
import { pairKey } from '../../../src/province/approvals/pair-keys.ts';
import {
  enterAs,
  openForBusiness,
  pinOf,
  prepared,
  sellOffline,
  sync,
  wrongPinOf,
} from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { byPin, deviceIdOf } from '../../support/supervisor-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY_MS = 86_400_000;
const SUBSTITUTE = { officerId: 'petugas-1-3518-004', name: 'Nur Hidayah' };

describe('the door, with a supervisor’s word', () => {
  const province = useProvince();
  const codeOf = (counter: TestCounter, shortText: string): string => {
    const deviceId = deviceIdOf(counter);
    const key = pairKey(province().province.context.keys.approval, 'pengawas', deviceId);
    return codeFor(Buffer.from(key, 'base64url'), deviceId, shortText.replaceAll(' ', ''));
  };
  const lockedOut = async (counter: TestCounter): Promise<void> => {
    const wrong = { officerId: 'petugas-1', pin: wrongPinOf('petugas-1') };
    for (let tries = 0; tries < 5; tries += 1) await counter.refusal('sign-in.begin', wrong);
    const right = { officerId: 'petugas-1', pin: pinOf('petugas-1') };
    expect((await counter.refusal('sign-in.begin', right)).code).toBe('OFFICER_LOCKED_OUT');
  };

  it('lets an officer in again who locked himself out: by a code from afar, once', async () => {
    const counter = await enrolledCounter(province());
    await lockedOut(counter);
    const officerId = 'petugas-1';
    const { requestId, shortText, amount } = await counter.get('approvals.request-at-door', {
      action: 'unlock-pin',
      officerId,
    });
    expect(amount).toBe(0);
    const approval = { by: 'code' as const, requestId, code: codeOf(counter, shortText) };
    const ofOther = await counter.refusal('approvals.unlock-pin', { officerId: 'petugas-2', approval });
    expect(ofOther.code).toBe('APPROVAL_OTHER');
    await counter.get('approvals.unlock-pin', { officerId, approval });
    await enterAs(counter, officerId);
    await counter.get('sign-in.end', {});
    await lockedOut(counter);
    expect((await counter.refusal('approvals.unlock-pin', { officerId, approval })).code).toBe('APPROVAL_USED');
    expect(counter.bodies('officer.unlocked')).toEqual([{ officerId, approvalId: requestId }]);
  });

  it('gives an officer a new PIN; the old one is over, and neither stands in the journal', async () => {
    const counter = await enrolledCounter(province());
    await counter.get('approvals.reset-pin', { officerId: 'petugas-1', pin: '918273', approval: byPin() });
    const old = await counter.refusal('sign-in.begin', { officerId: 'petugas-1', pin: pinOf('petugas-1') });
    expect(old.code).toBe('PIN_WRONG');
    await counter.get('sign-in.begin', { officerId: 'petugas-1', pin: '918273' });
    expect(JSON.stringify(counter.rows('SELECT text FROM entry'))).not.toContain('918273');
  });

  it('does nothing about a supervisor: his PIN is the province’s', async () => {
    const counter = await enrolledCounter(province());
    const own = await counter.refusal('approvals.unlock-pin', { officerId: 'pengawas', approval: byPin() });
    expect(own).toMatchObject({ code: 'APPROVER_REFUSED', details: { reason: 'SAME_PERSON' } });
    expect(counter.bodies('officer.unlocked')).toEqual([]);
  });

  it('admits an officer of another outlet for one day; the province takes his sales', async () => {
    const counter = await enrolledCounter(province());
    await counter.get('approvals.substitute', { ...SUBSTITUTE, pin: '445566', approval: byPin() });
    await counter.get('sign-in.begin', { officerId: SUBSTITUTE.officerId, pin: '445566' });
    await counter.get('cash-session.open', { float: [] });
    const { items } = await sync(counter);
    expect(items.length).toBeGreaterThan(3);
    expect(new Set(items.map(({ verdict }) => verdict))).toEqual(new Set(['ACCEPTED']));
    await counter.get('sign-in.end', {});
    const again = { ...SUBSTITUTE, pin: '445566', approval: byPin() };
    expect((await counter.refusal('approvals.substitute', again)).code).toBe('OFFICER_KNOWN_HERE');
    counter.clock.pass(DAY_MS);
    const tomorrow = { officerId: SUBSTITUTE.officerId, pin: '445566' };
    expect((await counter.refusal('sign-in.begin', tomorrow)).code).toBe('OFFICER_SUSPENDED');
    expect((await counter.get('sign-in.officers', {})).map(({ officerId }) => officerId)).not.toContain(
      SUBSTITUTE.officerId,
    );
    await counter.get('approvals.substitute', again);
    expect(counter.bodies('officer.substituted').map(({ on }) => on)).toEqual(['2026-03-10', '2026-03-11']);
  });

  it('takes a supervisor’s wrong PIN for what it is: recorded, counted, and locked out', async () => {
    const counter = await enrolledCounter(province());
    const wrong = { by: 'pin' as const, supervisorId: 'pengawas', pin: wrongPinOf('pengawas') };
    for (const reason of ['PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'OFFICER_LOCKED_OUT']) {
      const refused = await counter.refusal('approvals.unlock-pin', { officerId: 'petugas-1', approval: wrong });
      expect(refused).toMatchObject({ code: 'APPROVER_REFUSED', details: { reason } });
    }
    const right = await counter.refusal('approvals.unlock-pin', { officerId: 'petugas-1', approval: byPin() });
    expect(right.code).toBe('APPROVER_REFUSED');
    expect(counter.bodies('approval.refused')).toHaveLength(6);
  });
});

describe('a cap that is raised', () => {
  const province = useProvince();

  it('lets a sale through today, says so, and is as before tomorrow', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(province(), 'caps.perSale=100000');
    await sync(counter);
    const { transactionId, amount } = await prepared(counter, 'AG 2345 KD');
    const payable = amount?.payable ?? 0;
    const pay = { transactionId, tendered: payable, expectedPayable: payable };
    expect(await counter.refusal('transactions.pay', pay)).toMatchObject({ code: 'CAP_PER_SALE' });
    const raise = (limit: number) => ({ cap: 'perSale' as const, limit, approval: byPin() });
    for (const limit of [100_000, 50_000]) {
      expect(await counter.refusal('approvals.raise-cap', raise(limit))).toMatchObject({ code: 'CAP_NOT_RAISED' });
    }
    await counter.get('approvals.raise-cap', raise(9_000_000));
    const perSale = async () => (await counter.get('counter.status', {})).limits.find(({ cap }) => cap === 'per-sale');
    expect(await perSale()).toMatchObject({ limit: 9_000_000, raised: true });
    await counter.get('transactions.pay', pay);
    expect(counter.bodies('cap.raised')).toMatchObject([{ cap: 'perSale', before: 100_000, limit: 9_000_000 }]);
    counter.clock.pass(DAY_MS);
    expect(await perSale()).toMatchObject({ limit: 100_000, raised: false });
  });
});

describe('a copy of a receipt', () => {
  const province = useProvince();

  it('takes a supervisor above the policy’s number: bound to the sale, the copy and the reason, in the commit of the paper', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    const copy = (approval: ReturnType<typeof byPin> | null) => ({ transactionId, reason: 'Kertas hilang', approval });
    for (const copyNo of [1, 2]) {
      expect(await counter.get('transactions.reprint', copy(null))).toMatchObject({ copyNo });
    }
    expect(await counter.refusal('transactions.reprint', copy(null))).toEqual({
      code: 'APPROVAL_NEEDED',
      details: { copyNo: 3 },
    });
    expect(await counter.get('transactions.reprint', copy(byPin()))).toMatchObject({ copyNo: 3 });
    const entries = counter.rows(
      "SELECT seq, type FROM entry WHERE type IN ('approval.used', 'print.requested') ORDER BY seq DESC LIMIT 2",
    );
    expect(entries.map(({ type }) => type)).toEqual(['print.requested', 'approval.used']);
    expect(Number(entries[0]?.['seq']) - Number(entries[1]?.['seq'])).toBe(1);
    expect(counter.bodies('approval.used')).toMatchObject([{ action: 'reprint', subject: transactionId, amount: 3 }]);
  });
});
