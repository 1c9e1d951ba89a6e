import { expect } from 'vitest';
import { readSaleLedger } from '../../src/province/cases/standing.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import type { Life, Pencil } from './life-facts.ts';

type Sums = Readonly<Record<string, number>>;

/** Sums by account, without empty ones. */
function sumsOf(lines: readonly { readonly account: string; readonly amount: number }[]): Sums {
  const sums: Record<string, number> = {};
  for (const { account, amount } of lines) sums[account] = (sums[account] ?? 0) + amount;
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, amount]) => amount !== 0)
      .sort(),
  );
}

const total = (sums: Sums): number => Object.values(sums).reduce((sum, amount) => sum + amount, 0);

/** Every rupiah of a life that came to rest: at the counter, at the province, and by the pencil. */
export async function checkMoneyOfLife({ counter, province }: Life, pencil: Pencil): Promise<void> {
  const { context } = province.province;
  const [device] = counter.rows('SELECT device_id FROM device');
  const deviceId = String(device?.['device_id']);
  const here = sumsOf(
    counter
      .rows('SELECT account, amount FROM ledger_line')
      .map(({ account, amount }) => ({ account: String(account), amount: Number(amount) })),
  );
  const stored = await context.db
    .selectFrom('ledger_line')
    .select(['account', 'amount'])
    .where('device_id', '=', deviceId)
    .execute();
  const there = sumsOf(stored.map(({ account, amount }) => ({ account, amount: Number(amount) })));
  expect(there, 'the ledger lines of both sides').toEqual(here);
  expect(total(here), 'all accounts together').toBe(0);
  expect(here['cash-drawer'] ?? 0, 'drawer').toBe(pencil.drawer);
  expect(here['safe-or-courier'] ?? 0, 'safe').toBe(pencil.safe);
  expect(here['bank-in-transit'] ?? 0, 'bank').toBe(pencil.atBank);
  for (const { transactionId } of pencil.sold) {
    const atProvince = sumsOf(await readSaleLedger(context.db, { deviceId, transactionId }));
    expect(total(atProvince), `sale ${transactionId} at the province`).toBe(0);
    const answer = await counter.ask('cases.page', { caseId: `sale-${transactionId}` });
    if (!answer.ok) throw new Error(`no page of a sale: ${answer.error.code}`);
    const { 'cash-drawer': cash = 0, ...others } = atProvince;
    const held = cash === 0 ? others : { ...others, cash };
    expect(sumsOf(answer.value.money), `sale ${transactionId} at both sides`).toEqual(sumsOf(entries(held)));
  }
  expect((await verifyProvince(context)).problems).toEqual([]);
  expect(await counter.get('device.verify')).toMatchObject({ ok: true });
}

const entries = (sums: Sums): { account: string; amount: number }[] =>
  Object.entries(sums).map(([account, amount]) => ({ account, amount }));
