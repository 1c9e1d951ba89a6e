import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyDecisionSchema, decisionItemSchema } from '../../src/contract/feeds.ts';
import { PAYMENT_CONTEXT, type PaymentStatement, paymentStatementSchema } from '../../src/contract/payments.ts';
import { type SignedText, signedTextSchema } from '../../src/contract/primitives.ts';
import { readEmvQr } from '../../src/domain/emv-qr.ts';
import { paidTwiceLedgerLines } from '../../src/domain/ledger-lines.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { signedBy } from '../../src/province/keys/key-ring.ts';
import { settleReferencePayment } from '../../src/province/payments/reference-provider.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
let device: TestDevice;
beforeAll(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
  await device.sayHello();
});
afterAll(() => world.close());

const NONCE = 'AAAAAAAAAAA';
type Asked = { paymentId: string; transactionId: string; means: 'qris' | 'transfer'; amount: number };
const fresh = (over: Partial<Asked> = {}): Asked => ({
  paymentId: uuidV7(),
  transactionId: uuidV7(),
  means: 'qris',
  amount: 359_788,
  ...over,
});
const put = (ask: 'create' | 'look' | 'cancel', asked: Asked, from = device) =>
  from.request('POST', '/v1/payments', { ask, nonce: NONCE, ...asked });
const said = async (
  ask: 'create' | 'look' | 'cancel',
  asked: Asked,
): Promise<PaymentStatement & { word: SignedText }> => {
  const answer = await put(ask, asked);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
  const word = signedTextSchema.parse(answer.json);
  return { ...paymentStatementSchema.parse(JSON.parse(word.text)), word };
};
const settle = (paymentId: string, outcome: 'confirmed' | 'failed' = 'confirmed') =>
  settleReferencePayment(world.province.context.db, paymentId, outcome, world.clock.now);

describe('the reference provider', () => {
  it('offers a QR that says the very sum, the same one however often it is asked', async () => {
    const asked = fresh();
    const first = await said('create', asked);
    expect(first).toMatchObject({ ...asked, deviceId: device.deviceId, nonce: NONCE, state: 'pending', paidAt: null });
    if (first.offer?.kind !== 'qris') throw new Error('no QR');
    expect(readEmvQr(first.offer.text)).toMatchObject({ ok: true, value: { amount: asked.amount } });
    expect((await said('create', asked)).offer).toEqual(first.offer);
    expect((await said('look', asked)).offer).toEqual(first.offer);
    const other = await said('create', fresh());
    expect(other.offer).not.toEqual(first.offer);
  });

  it('offers an account for a transfer, each its own', async () => {
    const [one, two] = [
      await said('create', fresh({ means: 'transfer' })),
      await said('create', fresh({ means: 'transfer' })),
    ];
    expect(one.offer).toMatchObject({ kind: 'transfer', account: expect.stringMatching(/^99880\d{12}$/u) });
    expect(two.offer).not.toEqual(one.offer);
  });

  it('refuses the same id with another sum, means or sale', async () => {
    const asked = fresh();
    await said('create', asked);
    for (const change of [{ amount: 1 }, { means: 'transfer' as const }, { transactionId: uuidV7() }]) {
      expect((await put('look', { ...asked, ...change })).status).toBe(400);
    }
    expect((await put('create', fresh({ amount: 0 }))).status).toBe(400);
  });

  it('never takes money for a payment that a counter was told it does not know', async () => {
    const asked = fresh();
    expect((await said('look', asked)).state).toBe('not-known');
    // The first request arrives late, behind the question after it.
    expect((await said('create', asked)).state).toBe('not-known');
    expect(await settle(asked.paymentId)).toEqual({ ok: false, error: 'NOT_PENDING' });
  });

  it('settles once: what was paid is not cancelled, what was cancelled or is over is not paid', async () => {
    const paid = fresh();
    await said('create', paid);
    expect((await settle(paid.paymentId)).ok).toBe(true);
    const state = await said('cancel', paid);
    expect(state).toMatchObject({ state: 'confirmed', offer: null, paidAt: world.clock.now });
    expect(state.reference).toMatch(/^ACUAN/u);
    const cancelled = fresh();
    await said('create', cancelled);
    expect((await said('cancel', cancelled)).state).toBe('cancelled');
    expect(await settle(cancelled.paymentId)).toEqual({ ok: false, error: 'NOT_PENDING' });
    const slow = fresh();
    await said('create', slow);
    world.clock.now += 16 * 60_000;
    expect(await settle(slow.paymentId)).toEqual({ ok: false, error: 'NOT_PENDING' });
    await device.sayHello();
    expect((await said('look', slow)).state).toBe('expired');
    const { db } = world.province.context;
    const undone = db.updateTable('payment').set({ state: 'failed' }).where('payment_id', '=', paid.paymentId);
    await expect(undone.execute()).rejects.toThrow('stays so');
    await expect(db.deleteFrom('payment').execute()).rejects.toThrow('stays so');
    expect(await settle(uuidV7())).toEqual({ ok: false, error: 'NOT_FOUND' });
  });

  it('is asked by enrolled devices only', async () => {
    const answer = await world.server.inject({ method: 'POST', url: '/v1/payments', payload: { ask: 'look' } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  });
});

describe('a sale that was paid by QRIS', () => {
  /** A sale as a counter makes it out of a provider's word. */
  const sold = async (
    plate: string,
    statementOf: (asked: Asked) => Promise<SignedText>,
    bend: (amount: number) => Record<string, unknown> = () => ({}),
  ) => {
    const record = await world.vehicle(plate);
    const transactionId = uuidV7();
    const probe = makeSale(await TestDevice.enrol(world.server, await world.code()), record, {
      paidOn: TEST_TODAY,
      rules: world.rules,
    });
    const asked = fresh({ transactionId, amount: probe.total });
    const confirmation = await statementOf(asked);
    makeSale(device, record, {
      paidOn: TEST_TODAY,
      rules: world.rules,
      transactionId,
      bend: (body) => {
        const lines = body['ledgerLines'] as readonly { account: string; amount: number }[]; // made by `makeSale` just now
        return {
          ...body,
          rounding: 0,
          payable: asked.amount,
          tendered: asked.amount,
          change: 0,
          ledgerLines: [
            { account: 'provider-clearing', amount: asked.amount },
            ...lines.filter(({ account }) => account !== 'cash-drawer' && account !== 'rounding'),
          ],
          paidBy: { means: asked.means, paymentId: asked.paymentId, confirmation },
          ...bend(asked.amount),
        };
      },
    });
    const verdicts = await device.verdicts();
    await world.book();
    const pages = await device.pull('decisions', device.deviceId);
    const decision = pages
      .flatMap((page) => page.items.map((item) => decisionItemSchema.parse(item)))
      .find((item) => 'transactionId' in item && item.transactionId === transactionId);
    return {
      verdict: verdicts.at(-1),
      central: decision !== undefined && 'central' in decision ? decision.central : null,
    };
  };
  const confirmedWord = async (asked: Asked): Promise<SignedText> => {
    await said('create', asked);
    await settle(asked.paymentId);
    return (await said('look', asked)).word;
  };
  const changed = (change: Partial<PaymentStatement>) => async (asked: Asked) => {
    const { word } = await said('create', asked);
    const statement = { ...paymentStatementSchema.parse(JSON.parse(word.text)), state: 'confirmed', ...change };
    return signedBy(world.province.context.keys.signing, PAYMENT_CONTEXT, statement);
  };

  it('is booked when the confirmation is ours, for this device, sale and sum', async () => {
    expect(await sold('AG 1111 HI', confirmedWord)).toMatchObject({
      verdict: { verdict: 'ACCEPTED' },
      central: 'booked',
    });
  });

  it('is taken into custody and held when it is not: a payment that is pending, another sum, another sale, no signature', async () => {
    const words = [
      async (asked: Asked) => (await said('create', asked)).word,
      changed({ amount: rupiah(1) }),
      changed({ transactionId: uuidV7() }),
      changed({ deviceId: uuidV7() }),
      async (asked: Asked) => ({ ...(await confirmedWord(asked)), sig: 'A'.repeat(86) }),
      async (asked: Asked) => ({ ...(await confirmedWord(asked)), text: '{}' }),
    ];
    const plates = ['AG 6001 TA', 'AG 6002 TA', 'AG 1003 TA', 'AG 2345 KD', 'L 1001 EV', 'W 1818 QT'];
    for (const [index, word] of words.entries()) {
      const held = await sold(plates[index] ?? '', word);
      expect(held, plates[index]).toMatchObject({ verdict: { verdict: 'ACCEPTED' }, central: 'on-hold' });
    }
  });

  it('is no possible sale where the drawer is touched, or where something was rounded or given back', async () => {
    const bends = [
      (amount: number) => ({ tendered: amount + 100, change: 100 }),
      () => ({ rounding: 1 }),
      () => ({ paidBy: undefined }),
    ];
    for (const bend of bends) {
      const { verdict } = await sold('AG 3456 EF', confirmedWord, bend);
      expect(verdict, String(bend)).toEqual({ verdict: 'QUARANTINED', reason: 'IMPOSSIBLE_AMOUNT' });
    }
  });
});

describe('money that came twice', () => {
  const fail = (): never => {
    throw new Error('nothing was to be said');
  };
  async function command(...args: readonly string[]) {
    const lines: Record<string, unknown>[] = [];
    const place = ['--database-url', world.databaseUrl, '--keys', world.keysFolder];
    const code = await runProvince([...args, ...place], (line) => lines.push(line as Record<string, unknown>), fail);
    return { code, lines };
  }
  const returns = async (paymentId: string) => {
    const pages = await device.pull('decisions', device.deviceId);
    const items = pages.flatMap((page) => page.items.map((item) => anyDecisionSchema.parse(item)));
    return items.filter((item) => 'payment' in item && item.paymentId === paymentId);
  };

  it('is owed until somebody says with the provider’s number that it went back, once; the counter is told', async () => {
    const asked = fresh();
    await said('create', asked);
    await settle(asked.paymentId);
    const { word } = await said('look', asked);
    const { paymentId, transactionId, means, amount } = asked;
    device.append({
      type: 'payment.paid-twice',
      stream: transactionId,
      body: {
        paymentId,
        transactionId,
        means,
        amount,
        confirmation: word,
        ledgerLines: [...paidTwiceLedgerLines(rupiah(amount))],
      },
    });
    expect((await device.verdicts(device.chain.slice(-1))).at(-1)).toMatchObject({ verdict: 'ACCEPTED' });
    const open = { paymentId, amount, deviceId: device.deviceId, returnedAt: null, reference: null };
    expect((await command('payments-twice')).lines).toMatchObject([open]);
    const back = (...more: readonly string[]) => command('return-payment', '--by', 'Bendahara', ...more);
    for (const [args, code] of [
      [['--payment', uuidV7(), '--reference', 'RF-1'], 'PAYMENT_UNKNOWN'],
      [['--payment', paymentId, '--reference', ' '], 'REFERENCE_MISSING'],
    ] as const) {
      expect(await back(...args)).toMatchObject({ code: 2, lines: [{ error: { code } }] });
    }
    expect(await returns(paymentId)).toEqual([]);
    const both = await Promise.all([
      back('--payment', paymentId, '--reference', 'RF-2026/17'),
      back('--payment', paymentId, '--reference', 'RF-2026/18'),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2]);
    const [told, ...more] = await returns(paymentId);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ payment: 'returned', amount, reference: expect.stringMatching(/^RF-2026\/1[78]$/u) });
    expect((await command('payments-twice')).lines).toEqual([]);
    expect((await command('payments-twice', '--all')).lines).toMatchObject([
      { paymentId, returnedAt: expect.any(Number) },
    ]);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
    const { db } = world.province.context;
    await expect(db.deleteFrom('payment_return').execute()).rejects.toThrow();
  });
});
