import type { LocalDate } from '../../../domain/local-date.ts';
import { type RefusedReason, REFUSED_REASONS } from '../../../domain/courier.ts';
import { parseCashAmount } from '../../ui/cash-amount.ts';

/** What a bank's slip says, as it is typed; without a day while what is typed is none. */
export type BankSlip = Readonly<{ bank: string; slipNumber: string; depositedOn: LocalDate | undefined }>;

/** Sums that were not taken, as they are typed by their reason. */
export type TypedRefusals = Readonly<Record<RefusedReason, string>>;

/** Nothing was refused. */
export const NO_REFUSALS: TypedRefusals = { torn: '', false: '', missing: '' };

/** Whether a slip is told in full. */
export function isSlipReady(slip: BankSlip): slip is BankSlip & Readonly<{ depositedOn: LocalDate }> {
  return slip.bank.trim().length >= 2 && slip.slipNumber.trim() !== '' && slip.depositedOn !== undefined;
}

/** The refused sums; undefined while one of them is no amount. */
export function refusedOf(typed: TypedRefusals): { reason: RefusedReason; amount: number }[] | undefined {
  const refused: { reason: RefusedReason; amount: number }[] = [];
  for (const reason of REFUSED_REASONS) {
    if (typed[reason] === '') continue;
    const amount = parseCashAmount(typed[reason]);
    if (amount === undefined) return undefined;
    if (amount > 0) refused.push({ reason, amount });
  }
  return refused;
}
