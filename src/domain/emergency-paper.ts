import { type FormRun, type SerialRange, stockOf } from './form-stock.ts';
import { type LedgerLine, saleLedgerLines } from './ledger-lines.ts';
import type { LocalDate } from './local-date.ts';
import { err, ok, type Result } from './result.ts';
import { addRupiah, type CashRounding, type Rupiah, roundCash, rupiah, subtractRupiah, ZERO_RUPIAH } from './rupiah.ts';
import type { SoldCharge } from './transaction.ts';

/** How the amount on the paper stands to what the rules of the paper's day ask; `unassessed` where they gave no figure. */
export type EmergencyFigure = 'agrees' | 'short' | 'over' | 'unassessed';

/** What was taken by hand, as the journal will say it, in whole rupiah: `total + agentFee = payable + rounding`. */
export interface TakenByHand {
  readonly figure: EmergencyFigure;
  /** What the rules of the paper's day ask, before cash is rounded; null where they gave no figure. */
  readonly asked: Rupiah | null;
  /** Never empty; they sum to `total`. */
  readonly lines: readonly SoldCharge[];
  readonly total: Rupiah;
  readonly agentFee: Rupiah;
  /** The amount on the paper, to the rupiah. */
  readonly payable: Rupiah;
  readonly rounding: Rupiah;
  readonly ledgerLines: readonly LedgerLine[];
}

/** Rule of the one line under which cash stands that no rule of its day explains. */
export const UNASSESSED_RULE = 'emergency-paper/unassessed';

/** Pays the lines in their order until the cash is used up; what is left over stands on the first line. */
function allotted(charges: readonly SoldCharge[], amount: Rupiah): readonly SoldCharge[] {
  let left: Rupiah = amount;
  const paid = charges.map((charge) => {
    const part = rupiah(Math.min(charge.amount, left));
    left = subtractRupiah(left, part);
    return { ...charge, amount: part };
  });
  return paid
    .map((charge, index) => (index === 0 ? { ...charge, amount: addRupiah(charge.amount, left) } : charge))
    .filter((charge) => charge.amount !== 0);
}

function taken(
  { figure, asked }: Pick<TakenByHand, 'figure' | 'asked'>,
  lines: readonly SoldCharge[],
  cash: { readonly agentFee: Rupiah; readonly payable: Rupiah; readonly rounding: Rupiah },
): TakenByHand {
  const { agentFee, payable, rounding } = cash;
  const total = subtractRupiah(addRupiah(payable, rounding), agentFee);
  const ledgerLines = saleLedgerLines({ charges: lines, agentFee, payable, rounding });
  return { figure, asked, lines, total, ...cash, ledgerLines };
}

/**
 * The amount on an emergency receipt as a sale. Cash that was taken is booked as taken: where the rules of the paper's day
 * ask for another sum, the lines carry what was taken and the province finds them short or over; nothing is corrected
 * silently ("Collected cash is never refused for a technical reason", OPOP-Sync/1). `charges` is null where those rules
 * gave no figure: then all of it stands on one line of the province, due on `unassessedDueOn`. The agent's fee counts only
 * where the amount holds it. `amount` is positive.
 */
export function takenByHand(request: {
  readonly amount: Rupiah;
  readonly charges: readonly SoldCharge[] | null;
  readonly unassessedDueOn: LocalDate;
  readonly agentFee: Rupiah;
  readonly cashRounding: CashRounding;
}): TakenByHand {
  const { amount, charges, unassessedDueOn, agentFee, cashRounding } = request;
  if (amount <= 0) throw new RangeError(`not an amount that was taken: ${amount}`);
  const owed = charges?.filter((charge) => charge.amount !== 0) ?? [];
  const bare = { agentFee: ZERO_RUPIAH, payable: amount, rounding: ZERO_RUPIAH };
  if (owed.length === 0) {
    const line: SoldCharge = {
      component: 'pkb',
      periodDueOn: unassessedDueOn,
      beneficiary: { kind: 'province' },
      amount,
      waived: ZERO_RUPIAH,
      rule: UNASSESSED_RULE,
      basis: '',
    };
    return taken({ figure: 'unassessed', asked: null }, [line], bare);
  }
  const asked = owed.reduce((sum, charge) => addRupiah(sum, charge.amount), agentFee);
  const rounded = roundCash(asked, cashRounding);
  if (amount === rounded.payable) return taken({ figure: 'agrees', asked }, owed, { agentFee, ...rounded });
  if (amount === asked) {
    return taken({ figure: 'agrees', asked }, owed, { agentFee, payable: amount, rounding: ZERO_RUPIAH });
  }
  return taken({ figure: amount < asked ? 'short' : 'over', asked }, allotted(owed, amount), bare);
}

/** A numbered sheet as the counter knows it: typed and waiting for a second person, sold, spoiled, or declared missing. */
export type SheetState = 'open' | 'confirmed' | 'spoiled' | 'missing';

/** Why a sheet is not taken in. */
export type SheetRefusal =
  | { readonly code: 'NUMBER_UNKNOWN' }
  | { readonly code: 'NUMBER_TOLD'; readonly state: SheetState }
  | { readonly code: 'NOT_WRITTEN_YET'; readonly today: LocalDate }
  | { readonly code: 'NOTHING_TAKEN' };

/**
 * Decides whether a sheet may be typed. No cap, no stale rule, no intake-only policy and no stopped selling is asked: the
 * cash lies in the drawer already. A paper of a later day than today is a slip of the keys, except where the clock itself
 * is not believed: then the province brackets the day.
 */
export function mayEnterSheet(request: {
  readonly amount: Rupiah;
  readonly paperOn: LocalDate;
  readonly today: LocalDate;
  readonly isClockBelieved: boolean;
  readonly isInBook: boolean;
  /** What is known of this number from anybody else; null when nothing is. */
  readonly told: SheetState | null;
}): Result<null, SheetRefusal> {
  const { amount, paperOn, today, isClockBelieved, isInBook, told } = request;
  if (!isInBook) return err({ code: 'NUMBER_UNKNOWN' });
  if (told !== null) return err({ code: 'NUMBER_TOLD', state: told });
  if (amount <= 0) return err({ code: 'NOTHING_TAKEN' });
  return paperOn > today && isClockBelieved ? err({ code: 'NOT_WRITTEN_YET', today }) : ok(null);
}

/** Who may stand beside the officer; an auditor and an installer only look. */
const CONFIRMERS: readonly string[] = ['officer', 'supervisor'];

/** Whether a person may confirm what another one typed: an officer or a supervisor, never the same person. */
export function mayConfirmSheet(
  confirmer: { readonly personId: string; readonly role: string },
  enteredBy: string,
): boolean {
  return confirmer.personId !== enteredBy && CONFIRMERS.includes(confirmer.role);
}

/** A number of a book with what was said of it. */
export interface ToldSheet {
  readonly number: number;
  readonly state: SheetState;
}

/** Numbers of a book below a told one of which nobody has said anything: each range is a case. Sheets lie in order. */
export function bookGaps(book: SerialRange, sheets: readonly ToldSheet[]): readonly SerialRange[] {
  return stockOf(book, runsOf(sheets)).gaps;
}

/** The number that should lie on top of a book; null when none is left. */
export function nextSheet(book: SerialRange, sheets: readonly ToldSheet[]): number | null {
  return stockOf(book, runsOf(sheets)).next;
}

function runsOf(sheets: readonly ToldSheet[]): readonly FormRun[] {
  return sheets.map(({ number, state }) => ({
    from: number,
    to: number,
    // A spoiled sheet was on top of the book like a used one; only one that nobody can show says nothing of those below.
    state: state === 'missing' ? 'missing' : 'used',
  }));
}
