import type { Refusal } from '../../../contract/errors.ts';
import type { DepositView } from '../../../contract/views-cash.ts';
import type { DepositSource } from '../../../domain/cash-session.ts';
import type { RefusedCash } from '../../../domain/courier.ts';
import { depositLedgerLines } from '../../../domain/ledger-lines.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah, sumRupiah, ZERO_RUPIAH } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession } from './cash-store.ts';
import { type Counts, totalOf } from './close-session.ts';
import { type BankSlip, mayLeave, slipProblem, writeDeposit, writeRefusals } from './write-deposit.ts';

export type DepositInput = BankSlip & {
  readonly from: DepositSource;
  /** As the slip says. */
  readonly amount: Rupiah;
  /** Notes of which the sum is made; empty where only the sum was typed. */
  readonly counts: Counts;
  /** What the teller would not take, beside the amount. */
  readonly refused: readonly RefusedCash[];
};

export type DepositCode =
  | 'CASH_SESSION_CLOSED'
  | 'CASH_SESSION_OF_OTHER'
  | 'CASH_DEPOSIT_TOO_LARGE'
  | 'CASH_COUNT_INVALID'
  | 'CASH_TOTAL_DIFFERS'
  | 'DEPOSIT_SLIP_USED'
  | 'DEPOSIT_DATE_INVALID';

export type DepositService = {
  /** Records cash that was handed to a bank, with its slip; allowed without a line, in mid-day and above any cap. */
  readonly deposit: (
    signIn: SignIn,
    input: DepositInput,
  ) => Promise<Result<DepositView, Refusal<DepositCode> | StorageRefusal>>;
};

/** Whether notes that were counted make the sum that was typed; no notes ask nothing. */
export function notesProblem(
  counts: Counts,
  amount: Rupiah,
): Refusal<'CASH_COUNT_INVALID' | 'CASH_TOTAL_DIFFERS'> | null {
  if (counts.length === 0) return null;
  const counted = totalOf(counts);
  if (counted === undefined) return { code: 'CASH_COUNT_INVALID', path: ['counts'] };
  return counted === amount ? null : { code: 'CASH_TOTAL_DIFFERS', details: { typed: amount, counted } };
}

export function createDepositService(deps: {
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
}): DepositService {
  const { journal, timekeeper, events, newId } = deps;
  return {
    deposit: async (signIn, input) => {
      const { from, amount, counts, refused } = input;
      const notes = notesProblem(counts, amount);
      if (notes !== null) return err(notes);
      const depositId = newId();
      const recorded = await journal.record(async (tx, append) => {
        const session = await findOpenSession(tx);
        if (from === 'drawer' && session !== undefined && session.officerId !== signIn.officerId) {
          return err({ code: 'CASH_SESSION_OF_OTHER' as const, details: { officer: session.officerName } });
        }
        const slip = await slipProblem(tx, timekeeper.today(), input);
        if (slip !== null) return err(slip);
        const leaves = rupiah(amount + sumRupiah(refused.map((one) => one.amount)));
        const may = await mayLeave(tx, { from, amount: leaves, session });
        if (!may.ok) return may;
        const hand = { signIn, from, session };
        const ledgerLines = depositLedgerLines(from === 'safe' ? 'safe-or-courier' : 'cash-drawer', amount);
        const { depositedOn, bank, slipNumber } = input;
        const of = { depositId, dispatchId: null };
        const stored = await writeDeposit(tx, append, hand, {
          ...of,
          amount,
          depositedOn,
          bank,
          slipNumber,
          ledgerLines,
        });
        await writeRefusals(tx, append, hand, refused, { ...of, newId });
        const { seq: _seq, dispatchId: _none, ...view } = stored;
        return ok({ ...view, byCourier: false, confirmed: ZERO_RUPIAH, pages: 0 });
      });
      if (recorded.ok) events.publish('cash-session');
      return recorded;
    },
  };
}
