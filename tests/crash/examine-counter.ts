import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { sync } from '../support/at-the-counter.ts';
import type { TestCounter } from '../support/test-counter.ts';
import { prepareSale } from './crash-counter.ts';
import { type CounterScene, PLATES, problemsAtProvince, salesAtProvince } from './counter-scene.ts';

const NUMBER = /3506-017-\d\d-\d[0-9A-Z]{2}-\d{6}-[0-9A-Z]{2}/g;

/** Receipt numbers that stand whole on a roll, in the order in which they were printed. */
export function numbersOnRoll(roll: string): readonly string[] {
  return existsSync(roll) ? (readFileSync(roll, 'latin1').match(NUMBER) ?? []) : [];
}

/** What was told to people before a crash: answered sales with their amounts, and numbers on paper. */
export type Told = { readonly sold: readonly (readonly [string, number])[]; readonly papers: readonly string[] };

/** Number and amount of every sale in the database. */
export function storedSales(counter: TestCounter): ReadonlyMap<string, number> {
  const rows = counter.rows('SELECT receipt_number, payable FROM sale');
  const stored = new Map(rows.map((row) => [String(row['receipt_number']), Number(row['payable'])]));
  if (stored.size !== rows.length) throw new Error('a number was given out twice');
  return stored;
}

/** Numbers that somebody holds and the database does not; an amount that differs counts as lost. */
export function lostOf(stored: ReadonlyMap<string, number>, told: Told): readonly string[] {
  return [
    ...told.sold.filter(([number, payable]) => stored.get(number) !== payable).map(([number]) => number),
    ...told.papers.filter((number) => !stored.has(number)),
  ];
}

/** Everything that a counter must hold after a crash: what it told, its money, its chain, no half state. */
export async function expectWhole(counter: TestCounter, told: Told, context: string): Promise<void> {
  const stored = storedSales(counter);
  expect(lostOf(stored, told), `${context}: lost`).toEqual([]);
  const [drawer] = counter.rows("SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'");
  const [all] = counter.rows('SELECT sum(amount) AS sum FROM ledger_line');
  const taken = [...stored.values()].reduce((sum, payable) => sum + payable, 0);
  const floats = counter.bodies('cash-session.opened').reduce((sum, body) => sum + body.total, 0);
  expect(Number(drawer?.['sum'] ?? 0), `${context}: cash`).toBe(taken + floats);
  expect(Number(all?.['sum'] ?? 0), `${context}: ledger`).toBe(0);
  expect(counter.bodies('transaction.paid').length, `${context}: entries of sales`).toBe(stored.size);
  // A paper that was asked for and never settled is uncertain; it never prints by itself, and never counts as printed.
  expect(counter.rows("SELECT job_id FROM print_job WHERE state = 'requested'"), context).toEqual([]);
  expect(counter.printers.papers, `${context}: printed by itself`).toEqual([]);
  expect(await counter.get('device.verify', {}), context).toMatchObject({ ok: true, problems: [] });
}

/** The officer looks into the tray: every uncertain paper either came out or did not. */
export async function answerPapers(counter: TestCounter, papers: readonly string[]): Promise<number> {
  const jobs = await counter.get('printing.jobs', {});
  const uncertain = jobs.filter(({ state }) => state === 'unknown');
  for (const { jobId, receiptNumber } of uncertain) {
    await counter.get('printing.answer', { jobId, cameOut: papers.includes(receiptNumber ?? '') });
  }
  return uncertain.length;
}

/** Finishes the service that stood open, or serves the next vehicle that has not paid; false when all have. */
export async function sellNext(counter: TestCounter): Promise<boolean> {
  const unfinished = await counter.get('transactions.unfinished', {});
  const first = PLATES.filter(([nrkb]) => nrkb === unfinished?.vehicle.nrkb);
  for (const [nrkb, chassisTail] of [...first, ...PLATES]) {
    const prepared = await prepareSale(counter.get, nrkb, chassisTail);
    if (prepared === null) continue;
    const { transactionId, payable } = prepared;
    const before = storedSales(counter).size;
    await counter.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
    expect(storedSales(counter).size).toBe(before + 1);
    return true;
  }
  return false;
}

/** Sends everything and holds the two sides against each other: each sale there exactly once, with its amount. */
export async function expectAtProvince(counter: TestCounter, scene: CounterScene, context: string): Promise<number> {
  scene.tick();
  const sent = async () => {
    await sync(counter);
    return await counter.get('outbox.figures', {});
  };
  await expect.poll(sent, { message: context }).toMatchObject({ unsent: 0, quarantined: 0 });
  const here = counter.bodies('transaction.paid').map((body): [string, number] => [body.transactionId, body.total]);
  expect(await salesAtProvince(scene.province), `${context}: at the province`).toEqual(new Map(here));
  expect(await problemsAtProvince(scene.province), `${context}: province verify`).toEqual([]);
  return here.length;
}
