import { DENOMINATIONS } from '../../src/domain/cash-session.ts';
import { enterAs } from './at-the-counter.ts';
import type { TestCounter } from './test-counter.ts';

/** With how much change `openForBusiness` opens. */
export const FLOAT = 200_000;

/** An amount as notes and coins, the largest first. */
export function notes(amount: number): { denomination: number; count: number }[] {
  let left = amount;
  return DENOMINATIONS.flatMap((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return count === 0 ? [] : [{ denomination, count }];
  });
}

/** Ids that a screen draws, one for each number. */
export const drawnId = (n: number): string => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export async function currentId(counter: TestCounter): Promise<string> {
  const session = await counter.get('cash-session.current', {});
  if (session === null) throw new Error('no session is open');
  return session.cashSessionId;
}

export async function signInAs(counter: TestCounter, officerId: string): Promise<void> {
  await counter.get('sign-in.end', {});
  await enterAs(counter, officerId);
}

/** Balance of an account by the ledger lines, whole rupiah. */
export function balance(counter: TestCounter, account: string): number {
  const [row] = counter.rows('SELECT coalesce(sum(amount), 0) AS sum FROM ledger_line WHERE account = ?', account);
  return Number(row?.['sum']);
}

/** Counts what the ledger says, and closes. */
export async function closeExactly(counter: TestCounter): Promise<string> {
  const cashSessionId = await currentId(counter);
  await counter.get('cash-session.count', {
    cashSessionId,
    counts: notes(balance(counter, 'cash-drawer')),
    sure: true,
  });
  await counter.get('cash-session.close', { cashSessionId });
  return cashSessionId;
}
