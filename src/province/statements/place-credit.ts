import { addDays, localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type CreditPart, layOver, lockBank, openCredits, openDeposits, writeMatches } from './match-credits.ts';
import type { ProvinceContext } from '../province-context.ts';

const LOOK_BACK_DAYS = 400;

/** Why a person's placing changes nothing. */
export type PlaceProblem =
  /** No such credit of this bank is open: another person may have placed it. */
  | 'CREDIT_NOT_OPEN'
  /** A deposit of the list is unknown, of another bank, or confirmed whole. */
  | 'DEPOSIT_NOT_OPEN'
  /** The bank booked it before it was handed in. */
  | 'DATE_IMPOSSIBLE'
  /** The credit is more than what is open of the deposits. */
  | 'MORE_THAN_DEPOSITED';

/** A person says which deposits a credit is: the first is confirmed first, the last may be confirmed in part. */
export async function placeCredit(
  context: ProvinceContext,
  asked: {
    readonly bank: string;
    readonly creditId: string;
    readonly depositIds: readonly string[];
    readonly note: string;
    readonly saidBy: string;
  },
): Promise<Result<readonly CreditPart[], PlaceProblem>> {
  const { bank, creditId, depositIds, note, saidBy } = asked;
  return await context.db.transaction().execute(async (tx) => {
    await lockBank(tx, bank);
    const from = addDays(localDateAt(context.now()), -LOOK_BACK_DAYS);
    const credit = (await openCredits(tx, bank, from)).find((one) => one.creditId === creditId);
    if (credit === undefined) return err('CREDIT_NOT_OPEN');
    const open = new Map((await openDeposits(tx, bank, from)).map((deposit) => [deposit.depositId, deposit]));
    const deposits = [...new Set(depositIds)].map((id) => open.get(id));
    if (deposits.length === 0 || deposits.includes(undefined)) return err('DEPOSIT_NOT_OPEN');
    const known = deposits.filter((deposit) => deposit !== undefined);
    if (known.some(({ depositedOn }) => depositedOn > credit.bookedOn)) return err('DATE_IMPOSSIBLE');
    const parts = layOver(
      [{ id: creditId, amount: credit.amount }],
      known.map(({ depositId, amount }) => ({ id: depositId, amount })),
    );
    if (parts.reduce((sum, { amount }) => sum + amount, 0) < credit.amount) return err('MORE_THAN_DEPOSITED');
    const word = { reason: 'by-hand', note, saidBy } as const;
    await writeMatches(tx, context, [{ parts, word }], () => credit.bookedOn);
    return ok(parts);
  });
}
