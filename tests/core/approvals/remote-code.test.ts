import { describe, expect, it } from 'vitest';
import { answerApproval, settleApprovals } from '../../../src/province/approvals/settle-approvals.ts';
import { pairKey } from '../../../src/province/approvals/pair-keys.ts';
import { makeCodeList } from '../../../src/province/approvals/supervisors.ts';
import { codeFor } from '../../../src/main/core/approvals/approval-codes.ts';
import { enterAs, openForBusiness, pinOf, sellOffline, sync, unlock } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { byPin, deviceIdOf, otherCode, settled, supervisorDevice } from '../../support/supervisor-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const DAY_MS = 86_400_000;
const PLATE = 'AG 2345 KD';
const OTHER_PLATE = 'AG 1111 HI';

type Sold = { readonly transactionId: string; readonly payable: number };

/** What the screen asks for before a void. */
async function askVoid(counter: TestCounter, { transactionId, payable }: Sold) {
  const { entryHash } = await counter.get('transactions.get', { transactionId });
  return await counter.get('approvals.request', {
    action: 'void',
    subject: transactionId,
    amount: payable,
    content: { entryHash },
  });
}

const voidBy = ({ transactionId }: Sold, requestId: string, code: string) => ({
  transactionId,
  reason: 'kendaraan salah',
  approval: { by: 'code' as const, requestId, code },
});

const refusals = (counter: TestCounter): readonly string[] =>
  counter.bodies('approval.refused').map(({ reason }) => reason);

describe('an approval from afar', () => {
  const province = useProvince();
  const open = async (): Promise<TestCounter> => await openForBusiness(await enrolledCounter(province()));
  /** The code that a supervisor's device would answer; for tests whose subject is the counter alone. */
  const answered = (counter: TestCounter, shortText: string, supervisorId = 'pengawas'): string => {
    const deviceId = deviceIdOf(counter);
    const key = Buffer.from(pairKey(province().province.context.keys.approval, supervisorId, deviceId), 'base64url');
    return codeFor(key, deviceId, shortText.replaceAll(' ', ''));
  };

  it('is seen by the supervisor as it is, answered without a line, stands in one commit with the void, and is signed for', async () => {
    const counter = await open();
    const device = await supervisorDevice(province());
    const sold = await sellOffline(counter, PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    const seen = await device.get('approvals.look', { text: shortText.toLowerCase() });
    expect(seen).toMatchObject({ action: 'void', amount: sold.payable, outletId: '3506-017', answeredAt: null });
    const { code } = await device.get('approvals.give', { text: shortText });
    await counter.get('transactions.void', voidBy(sold, requestId, code));
    const entries = counter.rows("SELECT seq, type FROM entry WHERE type IN ('approval.used', 'transaction.voided')");
    expect(entries.map(({ type }) => type)).toEqual(['approval.used', 'transaction.voided']);
    expect(Number(entries[1]?.['seq']) - Number(entries[0]?.['seq'])).toBe(1);
    expect(counter.bodies('approval.used')).toMatchObject([
      { approvalId: requestId, method: 'code', approvedBy: 'pengawas', requestedBy: 'petugas-1', amount: sold.payable },
    ]);
    expect(device.bodies('approval.given')).toHaveLength(1);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'waiting' }]);
    await settled(province(), device, counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'confirmed' }]);
    counter.clock.pass(10 * DAY_MS);
    await unlock(counter);
    expect((await counter.get('exceptions.list', {})).map(({ kind }) => kind)).not.toContain('approval-unconfirmed');
  });

  /** Lets the worker of approvals do its round; whether it opened a transaction for it. */
  const opensTransaction = async (): Promise<boolean> => {
    const { context } = province().province;
    const tried = { transaction: false };
    const db = new Proxy(context.db, {
      get: (target, name): unknown => {
        if (name === 'transaction') tried.transaction = true;
        const value: unknown = Reflect.get(target, name, target);
        // A method of the class itself, which reads its own private fields.
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
    await settleApprovals({ ...context, db });
    return tried.transaction;
  };

  it('is signed for as well when the counter’s side came first', async () => {
    const counter = await open();
    const device = await supervisorDevice(province());
    const sold = await sellOffline(counter, PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    const { code } = await device.get('approvals.give', { text: shortText });
    expect(await device.get('approvals.give', { text: shortText })).toEqual({ code });
    expect(device.bodies('approval.given')).toHaveLength(1);
    await counter.get('transactions.void', voidBy(sold, requestId, code));
    await settled(province(), counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'waiting' }]);
    expect(await opensTransaction()).toBe(false);
    await sync(device);
    expect(await opensTransaction()).toBe(true);
    await sync(counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'confirmed' }]);
    expect(await opensTransaction()).toBe(false);
  });

  it('takes three tries for a request, then not even the right code, and a new request begins anew', async () => {
    const counter = await open();
    const sold = await sellOffline(counter, PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    const code = answered(counter, shortText);
    for (const triesLeft of [2, 1, 0]) {
      expect(await counter.refusal('transactions.void', voidBy(sold, requestId, otherCode(code)))).toMatchObject({
        code: 'APPROVAL_CODE_WRONG',
        details: { triesLeft },
      });
    }
    expect(await counter.refusal('transactions.void', voidBy(sold, requestId, code))).toEqual({
      code: 'APPROVAL_TRIES_SPENT',
      details: { of: 'request' },
    });
    expect(refusals(counter)).toHaveLength(4);
    const next = await askVoid(counter, sold);
    expect(next.triesLeft).toBe(3);
    await counter.get('transactions.void', voidBy(sold, next.requestId, answered(counter, next.shortText)));
  });

  it('takes ten wrong codes a day, over a restart and over a clock that is set back, and as many again tomorrow', async () => {
    let counter = await open();
    const sold = await sellOffline(counter, PLATE);
    const wrongOnce = async (): Promise<string> => {
      const { requestId, shortText } = await askVoid(counter, sold);
      const code = otherCode(answered(counter, shortText));
      return (await counter.refusal('transactions.void', voidBy(sold, requestId, code))).code;
    };
    for (let wrong = 0; wrong < 6; wrong += 1) expect(await wrongOnce()).toBe('APPROVAL_CODE_WRONG');
    counter = await restarted(counter);
    await enterAs(counter, 'petugas-1');
    for (let wrong = 6; wrong < 10; wrong += 1) expect(await wrongOnce()).toBe('APPROVAL_CODE_WRONG');
    const spent = await askVoid(counter, sold);
    expect(spent.triesLeft).toBe(0);
    const right = voidBy(sold, spent.requestId, answered(counter, spent.shortText));
    expect(await counter.refusal('transactions.void', right)).toMatchObject({ details: { of: 'day' } });
    counter.clock.setWall(counter.clock.wallMs() - DAY_MS);
    expect(await wrongOnce()).toBe('APPROVAL_TRIES_SPENT');
    counter.clock.setWall(counter.clock.wallMs() + DAY_MS);
    counter.clock.pass(DAY_MS);
    await unlock(counter);
    expect(await wrongOnce()).toBe('APPROVAL_CODE_WRONG');
  });

  it('is for one act: another sale, another amount, a second use and another day are refused and recorded', async () => {
    let counter = await open();
    const sold = await sellOffline(counter, PLATE);
    const other = await sellOffline(counter, OTHER_PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    const code = answered(counter, shortText);
    expect((await counter.refusal('transactions.void', voidBy(other, requestId, code))).code).toBe('APPROVAL_OTHER');
    const cheaper = await askVoid(counter, { ...sold, payable: sold.payable - 1000 });
    const ofCheaper = voidBy(sold, cheaper.requestId, answered(counter, cheaper.shortText));
    expect((await counter.refusal('transactions.void', ofCheaper)).code).toBe('APPROVAL_OTHER');
    const late = await askVoid(counter, other);
    await counter.get('transactions.void', voidBy(sold, requestId, code));
    counter = await restarted(counter);
    await enterAs(counter, 'petugas-1');
    // The request and its code are known to this counter; they are worth nothing for the same act or another one.
    expect((await counter.refusal('transactions.void', voidBy(sold, requestId, code))).code).toBe('APPROVAL_USED');
    expect((await counter.refusal('transactions.void', voidBy(other, requestId, code))).code).toBe('APPROVAL_USED');
    counter.clock.pass(DAY_MS);
    await unlock(counter);
    const tooLate = voidBy(other, late.requestId, answered(counter, late.shortText));
    expect((await counter.refusal('transactions.void', tooLate)).code).toBe('APPROVAL_EXPIRED');
    expect(refusals(counter)).toEqual([
      'APPROVAL_OTHER',
      'APPROVAL_OTHER',
      'APPROVAL_USED',
      'APPROVAL_USED',
      'APPROVAL_EXPIRED',
    ]);
    expect(counter.bodies('transaction.voided')).toHaveLength(1);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true, problems: [] });
  });

  it('is nobody’s own: a supervisor does not answer what he asked for himself', async () => {
    const counter = await enrolledCounter(province());
    await enterAs(counter, 'pengawas');
    const asked = { action: 'raise-cap:perSale' as const, subject: 'perSale', amount: 20_000_000 };
    const refused = await counter.refusal('approvals.request', { ...asked, content: { on: '2026-03-10' } });
    expect(refused).toEqual({ code: 'APPROVAL_NOT_REMOTE', details: { reason: 'NO_SUPERVISOR' } });
    const own = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };
    const raise = { cap: 'perSale' as const, limit: 20_000_000, approval: own };
    expect(await counter.refusal('approvals.raise-cap', raise)).toMatchObject({
      code: 'APPROVER_REFUSED',
      details: { reason: 'SAME_PERSON' },
    });
    expect(refusals(counter)).toEqual(['SAME_PERSON']);
  });

  it('is not for a void where the policy wants the supervisor at the place', async () => {
    const counter = await open();
    await changePolicy(province(), 'voidApproval=same-place');
    await sync(counter);
    const sold = await sellOffline(counter, PLATE);
    const { entryHash } = await counter.get('transactions.get', { transactionId: sold.transactionId });
    const asked = {
      action: 'void' as const,
      subject: sold.transactionId,
      amount: sold.payable,
      content: { entryHash },
    };
    expect(await counter.refusal('approvals.request', asked)).toMatchObject({ code: 'APPROVAL_NOT_REMOTE' });
    await changePolicy(province(), 'voidApproval=remote-allowed');
  });

  it('comes from a sealed list too: a line of it is crossed out by its use', async () => {
    const counter = await open();
    const made = await makeCodeList(province().province.context, {
      deviceId: deviceIdOf(counter),
      officerId: 'pengawas',
      count: 3,
    });
    if (!made.ok) throw new Error(made.error);
    const { list, codes } = made.value;
    const lineOf = (place: number, code: string) => ({
      by: 'list' as const,
      supervisorId: 'pengawas',
      list,
      place,
      code,
    });
    const raise = (limit: number, approval: ReturnType<typeof lineOf>) => ({
      cap: 'perSale' as const,
      limit,
      approval,
    });
    const [first, second] = codes.map(({ code }) => code);
    if (first === undefined || second === undefined) throw new Error('no codes');
    await counter.get('approvals.raise-cap', raise(20_000_000, lineOf(1, first)));
    expect((await counter.refusal('approvals.raise-cap', raise(21_000_000, lineOf(1, first)))).code).toBe(
      'APPROVAL_USED',
    );
    // The code of one line is not that of another.
    const swapped = raise(21_000_000, lineOf(3, second));
    expect((await counter.refusal('approvals.raise-cap', swapped)).code).toBe('APPROVAL_CODE_WRONG');
    await counter.get('approvals.raise-cap', raise(21_000_000, lineOf(2, second)));
    expect(counter.bodies('approval.used').map((body) => body.list)).toEqual([
      { list, place: 1 },
      { list, place: 2 },
    ]);
  });

  it('forged by a counter that holds the key is asked about, becomes a case on both sides, and the supervisor disputes it', async () => {
    const counter = await open();
    const device = await supervisorDevice(province());
    const sold = await sellOffline(counter, PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    // Nobody called anybody: the code was made with the key that this counter holds.
    await counter.get('transactions.void', voidBy(sold, requestId, answered(counter, shortText)));
    await settled(province(), counter, device);
    expect((await device.get('approvals.standing', {})).questions).toEqual([]);
    province().clock.now += 4 * DAY_MS;
    counter.clock.pass(4 * DAY_MS);
    device.clock.pass(4 * DAY_MS);
    await unlock(counter);
    await unlock(device, 'pengawas');
    await settled(province(), counter, device);
    const { db } = province().province.context;
    const incidents = await db.selectFrom('incident').select('kind').where('evidence', '=', requestId).execute();
    expect(incidents).toEqual([{ kind: 'APPROVAL_UNCONFIRMED' }]);
    const [one] = (await counter.get('exceptions.list', {})).filter(({ kind }) => kind === 'approval-unconfirmed');
    expect(one?.approval).toMatchObject({ action: 'void', amount: sold.payable, disputed: false });
    const { questions } = await device.get('approvals.standing', {});
    expect(questions).toMatchObject([{ approvalId: requestId, action: 'void', amount: sold.payable, method: 'code' }]);
    await device.get('approvals.answer', { approvalId: requestId, isOwn: false });
    expect(await device.refusal('approvals.answer', { approvalId: requestId, isOwn: true })).toEqual({
      code: 'APPROVAL_UNKNOWN',
    });
    await settled(province(), device, counter);
    const [red] = (await counter.get('exceptions.list', {})).filter(({ kind }) => kind === 'approval-unconfirmed');
    expect(red?.approval?.disputed).toBe(true);
  });

  it('by his PIN at the counter is asked about on his own device at once, and is a case when he says nothing', async () => {
    const counter = await open();
    const device = await supervisorDevice(province());
    const { transactionId } = await sellOffline(counter, PLATE);
    await counter.get('transactions.void', { transactionId, reason: 'kendaraan salah', approval: byPin() });
    await sync(counter);
    expect(await opensTransaction()).toBe(true);
    await sync(device);
    const [asked] = (await device.get('approvals.standing', {})).questions;
    expect(asked).toMatchObject({ action: 'void', method: 'pin' });
    expect(await opensTransaction()).toBe(false);
    province().clock.now += 4 * DAY_MS;
    expect(await opensTransaction()).toBe(true);
    const { db } = province().province.context;
    const incidents = await db
      .selectFrom('incident')
      .select('kind')
      .where('evidence', '=', asked?.approvalId ?? '')
      .execute();
    expect(incidents).toEqual([{ kind: 'APPROVAL_UNCONFIRMED' }]);
  });

  it('is not confirmed by a device that is not the supervisor’s, whatever it signs', async () => {
    const counter = await open();
    const sold = await sellOffline(counter, PLATE);
    const { requestId, shortText } = await askVoid(counter, sold);
    await counter.get('transactions.void', voidBy(sold, requestId, answered(counter, shortText)));
    await settled(province(), counter);
    const { db } = province().province.context;
    const used = await db
      .selectFrom('approval_used')
      .selectAll()
      .where('approval_id', '=', requestId)
      .executeTakeFirstOrThrow();
    const forger = deviceIdOf(await enrolledCounter(province()));
    const { action, amount, head, nonce } = used;
    for (const device_id of [used.device_id, forger]) {
      const given = { device_id, hash: `forged-${device_id}`, supervisor: 'pengawas', counter_id: used.device_id };
      await db
        .insertInto('approval_given')
        .values({ ...given, action, amount, head, nonce, received_at: 1, used_by: null })
        .execute();
    }
    await settled(province(), counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'waiting' }]);
  });

  it('that was disputed stays disputed', async () => {
    const counter = await open();
    const sold = await sellOffline(counter, PLATE);
    const { requestId: approvalId, shortText } = await askVoid(counter, sold);
    await counter.get('transactions.void', voidBy(sold, approvalId, answered(counter, shortText)));
    await sync(counter);
    const { context } = province().province;
    const say = async (answer: 'confirmed' | 'disputed'): Promise<boolean> =>
      await context.db
        .transaction()
        .execute((tx) =>
          answerApproval(tx, context, { deviceId: deviceIdOf(counter), approvalId, answer, saidBy: 'province' }),
        );
    expect([await say('confirmed'), await say('disputed'), await say('confirmed'), await say('disputed')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    await sync(counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'disputed' }]);
  });
});
