import type { DepositDueView } from '../../../contract/views-cash.ts';
import { depositDue } from '../../../domain/deposit-due.ts';
import { addDays, type LocalDate, localDateAt, startOfLocalDate } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { ReadTx } from '../db/open.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { findHandedFrom, findOpenSession, readSessionsInSafe, type StoredCashSession } from './cash-store.ts';
import { drawerTakings } from './drawer-balance-store.ts';

/** A drawer that goes from hand to hand for longer than this has a case of its own. */
const LONGEST_CHAIN = 100;

/** Cash of the citizens that no bank has: since when, and whose session it came from. */
type OldestCash = { readonly sinceOn: LocalDate; readonly officerName: string; readonly cashSessionId: string };

const oldestOf = ({ openedAt, officerName, cashSessionId }: StoredCashSession): OldestCash => ({
  sinceOn: localDateAt(openedAt),
  officerName,
  cashSessionId,
});

/** A hand-over makes no cash younger: what was carried was taken by the first of the chain. */
async function firstOfChain(tx: ReadTx, session: StoredCashSession): Promise<StoredCashSession> {
  let first = session;
  for (let step = 0; step < LONGEST_CHAIN && first.carried > 0; step += 1) {
    const before = await findHandedFrom(tx, first.cashSessionId);
    if (before === undefined) break;
    first = before;
  }
  return first;
}

/** The oldest cash that is in the safe, with a courier or in the open drawer; null where there is none. */
async function findOldestCash(tx: ReadTx): Promise<OldestCash | null> {
  const open = await findOpenSession(tx);
  const found = [...(await readSessionsInSafe(tx))];
  if (open !== undefined && (await drawerTakings(tx)) > 0) found.push(open);
  const firsts: StoredCashSession[] = [];
  for (const session of found) firsts.push(await firstOfChain(tx, session));
  const [oldest] = firsts.toSorted((left, right) => left.openedAt - right.openedAt);
  return oldest === undefined ? null : oldestOf(oldest);
}

/** The same as a screen sees it. */
export async function readDepositDue(
  tx: ReadTx,
  policy: Pick<Policy, 'depositDeadlineDays' | 'bankHolidays'>,
  nowMs: number,
): Promise<DepositDueView | null> {
  const found = await findDepositDue(tx, policy, nowMs);
  if (found === null) return null;
  const { cashSessionId: _id, ...view } = found;
  return view;
}

/** By when the oldest cash is to be at the bank, by policy; null where there is none. */
async function findDepositDue(
  tx: ReadTx,
  policy: Pick<Policy, 'depositDeadlineDays' | 'bankHolidays'>,
  nowMs: number,
): Promise<(DepositDueView & { readonly cashSessionId: string }) | null> {
  const oldest = await findOldestCash(tx);
  if (oldest === null) return null;
  const { depositDeadlineDays: deadlineDays, bankHolidays: holidays } = policy;
  return { ...depositDue(oldest.sinceOn, { deadlineDays, holidays }, nowMs), ...oldest };
}

/** Cash that should be at a bank by now, since when (ms UTC), and whose it is to bring; null where there is none. */
export async function findOverdue(
  tx: ReadTx,
  nowMs: number,
): Promise<(OldestCash & { readonly overdueSince: number }) | null> {
  const due = await findDepositDue(tx, await readPolicy(tx), nowMs);
  if (due === null || !due.overdue) return null;
  const { sinceOn, officerName, cashSessionId, dueOn } = due;
  return { sinceOn, officerName, cashSessionId, overdueSince: startOfLocalDate(addDays(dueOn, 1)) };
}
