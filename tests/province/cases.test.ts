import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import { anyDecisionSchema, type DecisionItem, type RefundDecision } from '../../src/contract/feeds.ts';
import { shortParts, topUpLedgerLines, waivedShortLedgerLines } from '../../src/domain/case-ledger.ts';
import type { LedgerLine } from '../../src/domain/ledger-lines.ts';
import type { RegencyCode } from '../../src/domain/regency.ts';
import { rupiah, sumRupiah, ZERO_RUPIAH } from '../../src/domain/rupiah.ts';
import { workOnCases } from '../../src/province/cases/case-worker.ts';
import { publishPolicy } from '../../src/province/feeds/published-rules.ts';
import { ok } from '../../src/domain/result.ts';
import { findSale } from '../../src/province/booking/read-sale.ts';
import { decideRefund, readRefunds, type SaidOfRefund } from '../../src/province/cases/refunds.ts';
import { readSaleLedger } from '../../src/province/cases/standing.ts';
import { verifyCases } from '../../src/province/verify/verify-cases.ts';
import { ProblemList } from '../../src/province/verify/problem-list.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, type MadeSale, type SaleOptions } from '../support/test-sale.ts';

const [SHORT, OVER, ELSEWHERE, PLAIN] = ['W 1919 SH', 'P 2929 OV', 'N 4040 DB', 'AG 1111 HI'];
let world: TestProvince;
let device: TestDevice;
beforeEach(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterEach(async () => {
  // Whatever a test did: the money of every sale is in known accounts, and sums to zero.
  const { db } = world.province.context;
  const problems = new ProblemList();
  await verifyCases(db, problems);
  expect(problems.listed).toEqual([]);
  await world.close();
});

const sell = (record: VehicleRecord, over: Partial<SaleOptions> = {}): MadeSale =>
  makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules, ...over });

async function items() {
  const pages = await device.pull('decisions', device.deviceId);
  return pages.flatMap((page) => page.items.map((item) => anyDecisionSchema.parse(item)));
}
async function decided(transactionId: string): Promise<DecisionItem> {
  const found = (await items()).filter((item) => 'central' in item && item.transactionId === transactionId).at(-1);
  if (found === undefined || !('central' in found)) throw new Error('no decision');
  return found;
}
async function sent(): Promise<void> {
  const verdicts = await device.verdicts();
  expect(verdicts.filter(({ verdict }) => verdict !== 'ACCEPTED' && verdict !== 'DUPLICATE')).toEqual([]);
}
async function settle(): Promise<void> {
  await device.push();
  await world.book();
  await world.book();
}
/** The money of one sale by account, without empty ones. */
async function accounts(transactionId: string): Promise<Readonly<Record<string, number>>> {
  const lines = await readSaleLedger(world.province.context.db, { deviceId: device.deviceId, transactionId });
  const sums: Record<string, number> = {};
  for (const { account, amount } of lines) sums[account] = (sums[account] ?? 0) + amount;
  expect(Object.values(sums).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}
const saleBody = (sale: MadeSale) =>
  (JSON.parse(sale.entry.text) as { body: { ledgerLines: LedgerLine[]; payable: number; lines: { amount: number }[] } })
    .body;

function missing(decision: DecisionItem, record: VehicleRecord) {
  return shortParts(decision.outcomes, record.facts['regency'] as RegencyCode);
}

function collect(sale: MadeSale, decision: DecisionItem, record: VehicleRecord, bend: object = {}) {
  const parts = missing(decision, record);
  const total = sumRupiah(parts.map(({ amount }) => amount));
  const money = { payable: total, rounding: ZERO_RUPIAH };
  return device.append({
    type: 'shortfall.collected',
    stream: sale.transactionId,
    body: {
      collectionId: uuidV7(),
      collectionNumber: 'n',
      transactionId: sale.transactionId,
      receiptNumber: 'r',
      decisionId: decision.decisionId,
      collectedOn: TEST_TODAY,
      parts,
      total,
      ...money,
      tendered: total,
      change: 0,
      ledgerLines: topUpLedgerLines({ parts, ...money }),
      ...bend,
    },
  });
}
function cancel(sale: MadeSale): string {
  const requestId = uuidV7();
  const { transactionId, entry } = sale;
  const body = { requestId, transactionId, paidHash: entry.hash, reason: 'salah kendaraan', approvedBy: 'pengawas' };
  device.append({ type: 'cancellation.requested', stream: transactionId, body });
  return requestId;
}
function refundInCash(sale: MadeSale, bend: object = {}): void {
  const { ledgerLines, payable } = saleBody(sale);
  device.append({
    type: 'refund.paid-in-cash',
    stream: sale.transactionId,
    body: {
      refundId: uuidV7(),
      refundNumber: 'n',
      transactionId: sale.transactionId,
      receiptNumber: 'r',
      paidHash: sale.entry.hash,
      amount: payable,
      reason: 'batal bayar',
      approvedBy: 'pengawas',
      ledgerLines: ledgerLines.map(({ account, amount }) => ({ account, amount: -amount })),
      ...bend,
    },
  });
}
function askRefund(sale: MadeSale, parts: readonly object[], amount: number, whole = false, bend: object = {}): string {
  const refundId = uuidV7();
  const person = { accountHolder: 'BUDI', bank: 'Bank Jatim', accountNumber: '001234567', phone: null };
  device.append({
    type: 'refund.requested',
    stream: sale.transactionId,
    body: {
      refundId,
      refundNumber: 'n',
      transactionId: sale.transactionId,
      parts,
      whole,
      amount,
      documentIds: [],
      sealed: device.sealPersonal(person),
      ...bend,
    },
  });
  return refundId;
}
const over = (decision: DecisionItem) =>
  decision.outcomes
    .filter(({ state }) => state === 'over')
    .map(({ component, periodDueOn, taken, expected }) => ({ component, periodDueOn, amount: taken - expected }));
const everything = (decision: DecisionItem) =>
  decision.outcomes.map(({ component, periodDueOn, taken }) => ({ component, periodDueOn, amount: taken }));

async function say(refundId: string, said: Partial<SaidOfRefund> & Pick<SaidOfRefund, 'state'>) {
  const { context } = world.province;
  return context.db.transaction().execute(async (tx) => {
    const refund = (await readRefunds(tx, null, 100)).find((one) => one.refundId === refundId);
    const sale = refund === undefined ? undefined : await findSale(tx, refund.deviceId, refund.transactionId);
    if (refund === undefined || sale === undefined) throw new Error('no refund');
    const word = { saidBy: 'Kabid Pendapatan', reason: null, reference: null, reversal: null, ...said };
    return decideRefund(tx, context, sale, refund, word);
  });
}
const refundWords = async (refundId: string) =>
  (await items())
    .filter((item): item is RefundDecision => 'refund' in item && item.refundId === refundId)
    .map(({ refund }) => refund);
const incidents = async () =>
  (await world.province.context.db.selectFrom('incident').select('kind').execute()).map((row) => row.kind);

describe('a sale that came short', () => {
  it('stands in suspense part by part, and is booked whole once the rest was collected', async () => {
    const record = await world.vehicle(SHORT);
    const sale = sell(record);
    await settle();
    const first = await decided(sale.transactionId);
    expect(first.central).toBe('short');
    const before = await accounts(sale.transactionId);
    expect(Object.keys(before).some((account) => account.startsWith('suspense:'))).toBe(true);
    collect(sale, first, record);
    await sent();
    await world.book();
    const last = await decided(sale.transactionId);
    expect(last).toMatchObject({ central: 'booked', difference: 0 });
    expect(last.finalReceipt?.number).toMatch(/^TBPKP-/);
    const after = await accounts(sale.transactionId);
    expect(Object.keys(after).filter((account) => account.startsWith('suspense:'))).toEqual([]);
    expect(after['province']).toBe(
      -last.outcomes.filter(({ component }) => component === 'pkb').reduce((sum, { expected }) => sum + expected, 0),
    );
  });

  it('is booked whole as well when a supervisor waived the rest, on an account that says so', async () => {
    const record = await world.vehicle(SHORT);
    const sale = sell(record);
    await settle();
    const first = await decided(sale.transactionId);
    const parts = missing(first, record);
    const total = sumRupiah(parts.map(({ amount }) => amount));
    device.append({
      type: 'shortfall.waived',
      stream: sale.transactionId,
      body: {
        waiverId: uuidV7(),
        transactionId: sale.transactionId,
        decisionId: first.decisionId,
        parts,
        total,
        reason: 'selisih kecil',
        approvedBy: 'pengawas',
        ledgerLines: waivedShortLedgerLines(parts),
      },
    });
    await sent();
    await world.book();
    expect(await decided(sale.transactionId)).toMatchObject({ central: 'booked' });
    expect(await accounts(sale.transactionId)).toMatchObject({ 'waived-short': total });
  });

  it('refuses a collection whose sums or lines do not follow from each other', async () => {
    const record = await world.vehicle(SHORT);
    const sale = sell(record);
    await settle();
    const first = await decided(sale.transactionId);
    collect(sale, first, record, { total: 1_000_000 });
    const [verdict] = await device.verdicts(device.chain.slice(-1));
    expect(verdict).toMatchObject({ verdict: 'QUARANTINED', reason: 'IMPOSSIBLE_AMOUNT' });
  });

  it('that was collected twice is booked once, and the second sum is the citizen’s again', async () => {
    const record = await world.vehicle(SHORT);
    const sale = sell(record);
    await settle();
    const first = await decided(sale.transactionId);
    collect(sale, first, record);
    collect(sale, first, record);
    await device.push();
    await world.book();
    // Paid twice: the first fills the gap, and the second is the citizen's again.
    const last = await decided(sale.transactionId);
    expect(last.central).toBe('over');
    expect((await accounts(sale.transactionId))['refund-payable']).toBe(-last.difference);
  });
});

describe('a same-day request', () => {
  it('takes back what is not settled: never booked, its paper void, the money the citizen’s', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    const requestId = cancel(sale);
    await sent();
    await world.book();
    const all = await items();
    expect(all.find((item) => 'cancellation' in item)).toMatchObject({ requestId, cancellation: 'voided' });
    expect(await decided(sale.transactionId)).toMatchObject({ central: 'refund-due', finalReceipt: null });
    expect(await accounts(sale.transactionId)).toMatchObject({ 'refund-payable': -sale.total });
    const voids = await device.pull('receipts-void', 'all');
    expect(JSON.stringify(voids)).toContain(sale.transactionId);
  });

  it('is answered “settled” after the booking, which stands', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    await settle();
    const booked = await decided(sale.transactionId);
    expect(booked.central).toBe('booked');
    cancel(sale);
    await sent();
    await world.book();
    const all = await items();
    expect(all.find((item) => 'cancellation' in item)).toMatchObject({ cancellation: 'settled' });
    expect((await decided(sale.transactionId)).decisionId).toBe(booked.decisionId);
  });
});

describe('a refund in cash', () => {
  it('keeps the sale out of the books and leaves nothing of it in any account', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    refundInCash(sale);
    await sent();
    await world.book();
    expect(await decided(sale.transactionId)).toMatchObject({ central: 'refunded' });
    expect(await accounts(sale.transactionId)).toEqual({});
  });

  it('that comes after the booking is an incident, and the booked money is a claim in suspense', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    await settle();
    refundInCash(sale);
    await sent();
    await world.book();
    expect(await incidents()).toContain('REFUNDED_AFTER_BOOKING');
    expect(await decided(sale.transactionId)).toMatchObject({ central: 'booked' });
    const left = await accounts(sale.transactionId);
    expect(left['suspense:pkb']).toBe(-(left['province'] ?? 0));
  });

  it('of another sum than its own lines say is quarantined', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    refundInCash(sale, { amount: 1 });
    const verdicts = await device.verdicts();
    expect(verdicts.at(-1)).toMatchObject({ verdict: 'QUARANTINED', reason: 'IMPOSSIBLE_AMOUNT' });
  });
});

describe('an application for a refund', () => {
  it('goes from asked to approved to paid by other hands, and refund-payable rises and falls with it', async () => {
    const sale = sell(await world.vehicle(OVER));
    await settle();
    const decision = await decided(sale.transactionId);
    const refundId = askRefund(sale, over(decision), decision.difference);
    await sent();
    await world.book();
    expect(await refundWords(refundId)).toEqual(['requested']);
    expect(await say(refundId, { state: 'approved', saidBy: 'petugas-1' })).toEqual({ ok: false, error: 'REFUND_OWN' });
    expect(await say(refundId, { state: 'paid', reference: 'X' })).toEqual({ ok: false, error: 'REFUND_NOT_NOW' });
    expect((await say(refundId, { state: 'approved' })).ok).toBe(true);
    expect((await accounts(sale.transactionId))['refund-payable']).toBe(-decision.difference);
    expect(await say(refundId, { state: 'paid' })).toEqual({ ok: false, error: 'REFERENCE_MISSING' });
    expect((await say(refundId, { state: 'unclaimed' })).ok).toBe(true);
    expect((await say(refundId, { state: 'paid', reference: 'SP2D 17/2026' })).ok).toBe(true);
    const paid = await accounts(sale.transactionId);
    expect(paid).toMatchObject({ 'bank-confirmed': -decision.difference });
    expect(paid['refund-payable']).toBeUndefined();
    expect(await refundWords(refundId)).toEqual(['requested', 'approved', 'unclaimed', 'paid']);
    expect(await say(refundId, { state: 'paid', reference: 'Y' })).toEqual({ ok: false, error: 'REFUND_NOT_NOW' });
  });

  it('that nobody could be paid is unclaimed by itself after the days of the policy, once, and stays owed', async () => {
    const { province, clock } = world;
    await publishPolicy(province.context, (policy) => ok({ ...policy, cases: { ...policy.cases, unclaimedDays: 90 } }));
    const sale = sell(await world.vehicle(PLAIN));
    await settle();
    const decision = await decided(sale.transactionId);
    const amount = saleBody(sale).payable;
    const refundId = askRefund(sale, everything(decision), amount, true);
    await sent();
    await world.book();
    expect((await say(refundId, { state: 'approved', reversal: 'BA-12/2026' })).ok).toBe(true);
    clock.now += 90 * 86_400_000 - 60_000;
    await world.book();
    await device.sayHello();
    expect(await refundWords(refundId)).toEqual(['requested', 'approved']);
    clock.now += 60_000;
    await Promise.all([workOnCases(province), workOnCases(province)]);
    await workOnCases(province);
    expect(await refundWords(refundId)).toEqual(['requested', 'approved', 'unclaimed']);
    expect((await items()).at(-1)).toMatchObject({
      refund: 'unclaimed',
      amount,
      reference: 'BA-12/2026',
      reason: 'Disetujui 90 hari yang lalu dan belum dapat dibayarkan. Uangnya tetap hak warga.',
    });
    expect((await accounts(sale.transactionId))['refund-payable']).toBe(-amount);
    expect((await say(refundId, { state: 'paid', reference: 'SP2D 18/2026' })).ok).toBe(true);
    expect((await accounts(sale.transactionId))['refund-payable']).toBeUndefined();
  });

  it('is approved by a supervisor’s entry too, unless he asked for it himself', async () => {
    const sale = sell(await world.vehicle(ELSEWHERE));
    await settle();
    const decision = await decided(sale.transactionId);
    const refundId = askRefund(sale, everything(decision), saleBody(sale).payable, true);
    const approve = (approvedBy: string) =>
      device.append({
        type: 'refund.approved',
        stream: sale.transactionId,
        body: { refundId, transactionId: sale.transactionId, approvedBy },
      });
    approve('petugas-1');
    await sent();
    await world.book();
    expect(await refundWords(refundId)).toEqual(['requested']);
    expect(await incidents()).toContain('REFUND_NOT_APPROVED');
    approve('pengawas');
    await sent();
    await world.book();
    expect(await refundWords(refundId)).toEqual(['requested', 'approved']);
  });

  it('is rejected when it asks for another sum, or for parts that another application has', async () => {
    const sale = sell(await world.vehicle(OVER));
    await settle();
    const decision = await decided(sale.transactionId);
    const more = over(decision).map((part) => ({ ...part, amount: part.amount + 1000 }));
    const tooMuch = askRefund(
      sale,
      more,
      more.reduce((sum, { amount }) => sum + amount, 0),
    );
    const first = askRefund(sale, over(decision), decision.difference);
    const second = askRefund(sale, over(decision), decision.difference);
    await sent();
    await world.book();
    expect(await refundWords(tooMuch)).toEqual(['rejected']);
    expect(await refundWords(first)).toEqual(['requested']);
    expect(await refundWords(second)).toEqual(['rejected']);
  });

  it('of what is booked needs the number under which the office took it out of its books', async () => {
    const sale = sell(await world.vehicle(PLAIN));
    await settle();
    const decision = await decided(sale.transactionId);
    const refundId = askRefund(sale, everything(decision), saleBody(sale).payable, true);
    await sent();
    await world.book();
    expect(await say(refundId, { state: 'approved' })).toEqual({ ok: false, error: 'REVERSAL_MISSING' });
    expect((await say(refundId, { state: 'approved', reversal: 'BA-12/2026' })).ok).toBe(true);
    expect(await accounts(sale.transactionId)).toMatchObject({ 'refund-payable': -saleBody(sale).payable });
  });
});

describe('the commands of refunds', () => {
  const fail = (): never => {
    throw new Error('nothing was to be said');
  };
  async function command(...args: readonly string[]) {
    const lines: Record<string, unknown>[] = [];
    const place = ['--database-url', world.databaseUrl, '--keys', world.keysFolder];
    const code = await runProvince([...args, ...place], (line) => lines.push(line as Record<string, unknown>), fail);
    return { code, lines };
  }

  it('list, open the account with a trace of who looked, approve, pay, and refuse what has no place', async () => {
    const sale = sell(await world.vehicle(OVER));
    await settle();
    const decision = await decided(sale.transactionId);
    const refundId = askRefund(sale, over(decision), decision.difference);
    await sent();
    await world.book();
    expect((await command('refunds', '--state', 'requested')).lines).toMatchObject([
      { refundId, amount: decision.difference, state: 'requested' },
    ]);
    const shown = await command('refund-account', '--refund', refundId, '--by', 'Bendahara');
    expect(shown.lines).toMatchObject([{ accountHolder: 'BUDI', accountNumber: '001234567' }]);
    const { db } = world.province.context;
    const looks = await db.selectFrom('refund_step').selectAll().where('reason', '=', 'ACCOUNT_SHOWN').execute();
    expect(looks).toMatchObject([{ said_by: 'Bendahara' }]);
    for (const [args, code] of [
      [['--pay', refundId, '--reference', 'X'], 'REFUND_NOT_NOW'],
      [['--reject', refundId], 'REASON_MISSING'],
      [['--approve', uuidV7()], 'REFUND_UNKNOWN'],
      [['--approve', refundId, '--reject', refundId], 'BAD_ARGUMENTS'],
    ] as const) {
      expect(await command('refund', ...args, '--by', 'B')).toMatchObject({ code: 2, lines: [{ error: { code } }] });
    }
    expect((await command('refund', '--approve', refundId, '--by', 'Kabid')).code).toBe(0);
    const paid = await command('refund', '--pay', refundId, '--reference', 'SP2D 17', '--by', 'Bendahara');
    expect(paid.lines).toMatchObject([{ refund: 'paid', reference: 'SP2D 17' }]);
    expect((await command('refunds', '--state', 'unclaimed')).lines).toEqual([]);
  });
});

describe('the check of what is stored', () => {
  it('names a sale whose money stands elsewhere than its history says, and none once it is mended', async () => {
    const sale = sell(await world.vehicle(OVER));
    await settle();
    const { db } = world.province.context;
    const found = async () => {
      const problems = new ProblemList();
      await verifyCases(db, problems);
      return problems.listed.map(({ problem }) => problem);
    };
    expect(await found()).toEqual([]);
    const bend = (cause: string, amount: number) =>
      db
        .insertInto('case_line')
        .values({
          device_id: device.deviceId,
          transaction_id: sale.transactionId,
          cause,
          line_no: 1,
          account: 'refund-payable',
          amount,
          at: 1,
        })
        .execute();
    await bend('a hand in the database', 1_000_000);
    expect(await found()).toEqual(['SALE_LEDGER_UNBALANCED', 'SALE_LEDGER_ELSEWHERE', 'REFUND_PAID_TWICE']);
    await bend('a hand that mends', -1_000_000);
    expect(await found()).toEqual([]);
  });
});

describe('a rejected sale', () => {
  it('is booked for the vehicle that it was, once a supervisor has said so', async () => {
    const record = await world.vehicle(PLAIN);
    const sale = sell(record, { chassisNumber: 'MHXXXXXXXXXX99999' });
    await settle();
    const first = await decided(sale.transactionId);
    expect(first.central).toBe('rejected');
    expect(rupiah(saleBody(sale).payable)).toBe(
      -Object.entries(await accounts(sale.transactionId))
        .filter(([account]) => account.startsWith('suspense:') || account === 'rounding')
        .reduce((sum, [, amount]) => sum + amount, 0),
    );
    device.append({
      type: 'case.matched',
      stream: sale.transactionId,
      officerId: 'pengawas',
      body: {
        matchId: uuidV7(),
        transactionId: sale.transactionId,
        decisionId: first.decisionId,
        sealed: device.sealPersonal({ nrkb: record.nrkb, chassisNumber: record.chassisNumber }),
      },
    });
    await sent();
    await world.book();
    expect(await decided(sale.transactionId)).toMatchObject({ central: 'booked' });
  });
});
