import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFeedItems } from '../../../src/province/feeds/feed-items.ts';
import { layOver } from '../../../src/province/statements/match-credits.ts';
import { placeCredit } from '../../../src/province/statements/place-credit.ts';
import { type StatementMapping, statementMappingSchema } from '../../../src/province/statements/statement-mapping.ts';
import { matchAgain, saveShape, takeStatement } from '../../../src/province/statements/take-statement.ts';
import { useProvince } from '../../support/enrolled-counter.ts';
import { TestDevice } from '../../support/test-device.ts';

const world = useProvince();
const SHAPE: StatementMapping = statementMappingSchema.parse({
  ...{ encoding: 'utf-8', delimiter: ';', headRow: 1, date: 'Tanggal', dateForm: 'dd/mm/yyyy' },
  ...{ money: { kind: 'credit-column', credit: 'Kredit' }, thousands: '.', decimal: ',', texts: ['Keterangan'] },
});
const held: { deviceId: string } = { deviceId: '' };
beforeAll(async () => {
  const device = await TestDevice.enrol(world().server, await world().code());
  held.deviceId = device.deviceId;
});

const context = () => world().province.context;
/** A bank of its own for each test: what one leaves open is nothing to the next. */
async function newBank(): Promise<string> {
  const bank = `Bank ${randomUUID()}`;
  await saveShape(context(), bank, SHAPE, 'Rini');
  return bank;
}

/** A deposit as a counter's entry leaves it at the province. */
async function deposit(bank: string, amount: number, slipNumber: string, depositedOn = '2026-03-05'): Promise<string> {
  const depositId = randomUUID();
  await context()
    .db.insertInto('deposit')
    .values({
      ...{ device_id: held.deviceId, deposit_id: depositId, hash: randomUUID(), amount, bank, received_at: 1 },
      ...{ deposited_on: depositedOn, slip_number: slipNumber, dispatch_id: null },
    })
    .execute();
  return depositId;
}

const file = (...rows: readonly string[]): Uint8Array =>
  new TextEncoder().encode(['Tanggal;Keterangan;Kredit', ...rows].join('\r\n'));
const take = (bank: string, ...rows: readonly string[]) =>
  takeStatement(context(), { bank, bytes: file(...rows), saidBy: 'Rini' });
async function taken(bank: string, ...rows: readonly string[]) {
  const result = await take(bank, ...rows);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const confirmations = (depositId: string) =>
  context()
    .db.selectFrom('deposit_confirmation')
    .select(['amount', 'confirmed_on as on', 'said_by as by'])
    .where('deposit_id', '=', depositId)
    .orderBy('decided_at')
    .execute();
const creditOf = async (bank: string, text: string): Promise<string> => {
  const rows = context().db.selectFrom('bank_credit').select('credit_id').where('bank', '=', bank);
  return (await rows.where('text', '=', text).executeTakeFirstOrThrow()).credit_id;
};

describe('a statement of a bank', () => {
  it('confirms the deposits that it names, and the counter reads it in its decisions', async () => {
    const bank = await newBank();
    const [first, second] = [await deposit(bank, 1_250_000, 'STS-0012'), await deposit(bank, 777_000, 'STS-0014')];
    const result = await taken(bank, '06/03/2026;SETOR TUNAI STS 0012;1.250.000,00', '06/03/2026;BUNGA;9.100,00');
    expect(result).toMatchObject({ credits: 2, known: 0, matched: { slip: 1 }, confirmed: 1_250_000 });
    expect(result.openDeposits).toEqual([second]);
    expect(result.openCredits).toHaveLength(1);
    expect(await confirmations(first)).toEqual([{ amount: 1_250_000, on: '2026-03-06', by: 'Rini' }]);
    expect(await confirmations(second)).toEqual([]);
    const items = await readFeedItems(context().db, 'decisions', held.deviceId);
    expect(items).toContainEqual(
      expect.objectContaining({ depositId: first, deposit: 'confirmed', amount: 1_250_000, confirmedOn: '2026-03-06' }),
    );
  });

  it('is refused when the bank is unknown, and when the file cannot be read whole; nothing is written', async () => {
    expect(await take('Bank Tanpa Bentuk', '06/03/2026;A;1,00')).toEqual({
      ok: false,
      error: { code: 'BANK_UNKNOWN' },
    });
    const bank = await newBank();
    const wrong = await take(bank, '06/03/2026;SETOR;5.000,00', '31/02/2026;SETOR;5.000,00');
    expect(wrong).toMatchObject({ ok: false, error: { code: 'STATEMENT_UNREADABLE', problems: [{ row: 3 }] } });
    const rows = await context().db.selectFrom('bank_credit').select('credit_id').where('bank', '=', bank).execute();
    expect(rows).toEqual([]);
    expect(await taken(bank, '06/03/2026;SETOR;5.000,00')).toMatchObject({ credits: 1, known: 0 });
  });

  it('is refused the second time, and rows that an earlier file had brought count once', async () => {
    const bank = await newBank();
    const of = await deposit(bank, 300_000, 'STS-0021');
    const row = '06/03/2026;SETOR STS-0021;300.000,00';
    await taken(bank, row);
    expect(await take(bank, row)).toMatchObject({ ok: false, error: { code: 'STATEMENT_KNOWN', saidBy: 'Rini' } });
    const overlapping = await taken(bank, row, '07/03/2026;SETOR;44.000,00', '07/03/2026;SETOR;44.000,00');
    expect(overlapping).toMatchObject({ credits: 3, known: 1, confirmed: 0 });
    expect(overlapping.openCredits).toHaveLength(2);
    expect(await confirmations(of)).toHaveLength(1);
  });

  it('knows one sum for several slips, and several sums for one slip', async () => {
    const bank = await newBank();
    const several = [await deposit(bank, 100_000, 'STS-0031'), await deposit(bank, 250_000, 'STS-0032')];
    const parts = await deposit(bank, 900_000, 'STS-0033');
    const result = await taken(
      bank,
      '06/03/2026;SETOR STS-0031 DAN STS-0032;350.000,00',
      '06/03/2026;STS-0033 BAG 1;400.000,00',
      '09/03/2026;STS-0033 BAG 2;500.000,00',
    );
    expect(result).toMatchObject({ matched: { 'slip-of-several': 1, 'slip-in-parts': 1 }, openDeposits: [] });
    expect((await Promise.all(several.map(confirmations))).flat().map(({ amount }) => amount)).toEqual([
      100_000, 250_000,
    ]);
    const both = await confirmations(parts);
    expect(new Set(both.map(({ amount, on }) => `${on} ${amount}`))).toEqual(
      new Set(['2026-03-06 400000', '2026-03-09 500000']),
    );
  });

  it('is matched again when a deposit reaches the province after its statement', async () => {
    const bank = await newBank();
    expect(await taken(bank, '06/03/2026;SETOR STS-0041;650.000,00')).toMatchObject({ confirmed: 0 });
    const late = await deposit(bank, 650_000, 'STS-0041');
    expect(await matchAgain(context(), { bank, saidBy: 'Rini' })).toMatchObject({ confirmed: 650_000 });
    expect(await matchAgain(context(), { bank, saidBy: 'Rini' })).toMatchObject({ confirmed: 0, matched: {} });
    expect(await confirmations(late)).toHaveLength(1);
  });

  it('is counted once when two people read overlapping files at one moment', async () => {
    const bank = await newBank();
    const of = await deposit(bank, 820_000, 'STS-0051');
    const row = '06/03/2026;SETOR STS-0051;820.000,00';
    const both = await Promise.all([take(bank, row), take(bank, row, '07/03/2026;LAIN;1.000,00')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await confirmations(of)).toHaveLength(1);
    const same = '09/03/2026;LAIN;2.000,00';
    const twice = await Promise.all([take(bank, same), take(bank, same)]);
    expect(twice.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  });
});

describe('a credit that a person places', () => {
  it('confirms the deposits in their order, the last in part, with his name and note; another person is told', async () => {
    const bank = await newBank();
    const [first, second] = [await deposit(bank, 300_000, 'A-1'), await deposit(bank, 500_000, 'A-2')];
    await taken(bank, '06/03/2026;TRANSFER TANPA BERITA;450.000,00');
    const asked = {
      ...{ bank, creditId: await creditOf(bank, 'TRANSFER TANPA BERITA'), depositIds: [first, second] },
      ...{ note: 'telepon teller', saidBy: 'Budi' },
    };
    expect(await placeCredit(context(), asked)).toMatchObject({
      ok: true,
      value: [
        { depositId: first, amount: 300_000 },
        { depositId: second, amount: 150_000 },
      ],
    });
    expect(await confirmations(second)).toEqual([{ amount: 150_000, on: '2026-03-06', by: 'Budi' }]);
    expect(await placeCredit(context(), asked)).toEqual({ ok: false, error: 'CREDIT_NOT_OPEN' });
  });

  it('is refused where the deposits are too small, too young, unknown or of another bank', async () => {
    const [bank, other] = [await newBank(), await newBank()];
    const [small, young] = [await deposit(bank, 1_000, 'B-1'), await deposit(bank, 99_000, 'B-2', '2026-03-08')];
    const foreign = await deposit(other, 99_000, 'B-3');
    await taken(bank, '06/03/2026;X;2.000,00');
    const creditId = await creditOf(bank, 'X');
    const place = (depositIds: readonly string[]) =>
      placeCredit(context(), { bank, creditId, depositIds, note: 'n', saidBy: 'Budi' });
    expect(await place([small])).toEqual({ ok: false, error: 'MORE_THAN_DEPOSITED' });
    expect(await place([young])).toEqual({ ok: false, error: 'DATE_IMPOSSIBLE' });
    expect(await place([foreign])).toEqual({ ok: false, error: 'DEPOSIT_NOT_OPEN' });
    expect(await place([small, randomUUID()])).toEqual({ ok: false, error: 'DEPOSIT_NOT_OPEN' });
    expect(await place([])).toEqual({ ok: false, error: 'DEPOSIT_NOT_OPEN' });
    expect(await confirmations(small)).toEqual([]);
  });
});

describe('credits laid over deposits', () => {
  it('use up both to the rupiah where the sums are equal, and never a rupiah twice', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(weights, weights, (left, right) => {
        const named = (prefix: string, amounts: readonly number[]) =>
          amounts.map((amount, at) => ({ id: `${prefix}${at}`, amount }));
        const [credits, deposits] = [named('c', left), named('d', right)];
        const parts = layOver(credits, deposits);
        const sumOf = (key: 'creditId' | 'depositId', id: string) =>
          parts.filter((part) => part[key] === id).reduce((sum, { amount }) => sum + amount, 0);
        const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
        for (const { id, amount } of credits) expect(sumOf('creditId', id)).toBeLessThanOrEqual(amount);
        for (const { id, amount } of deposits) expect(sumOf('depositId', id)).toBeLessThanOrEqual(amount);
        expect(total(parts.map(({ amount }) => amount))).toBe(Math.min(total(left), total(right)));
        expect(parts.every(({ amount }) => amount > 0)).toBe(true);
      }),
    );
  });
});
