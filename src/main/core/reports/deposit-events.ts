import {
  type AllocatedDeposit,
  type Allocation,
  allocateDeposits,
  type CashEvent,
} from '../../../domain/deposit-allocation.ts';
import { addDays, type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import { bodyOf } from '../journal/entry-text.ts';
import { BANK, CASH_POOL, groupBy } from './figures.ts';
import { type LineSum, sumLines, wholeEntries } from './report-store.ts';
import { dayOf, fromTheBeginning, officerName, type ReportRoom, startOfDay } from './report-room.ts';

/** A deposit as its entry says it. */
export type DepositFacts = {
  readonly seq: number;
  readonly wallMs: number;
  readonly officer: string | null;
  readonly amount: Rupiah;
  readonly depositedOn: LocalDate;
  readonly bank: string;
  readonly slip: string;
  readonly fromDrawer: boolean;
};

/** Every deposit since the beginning, with whose money it carried, and what is not deposited at the end of the period. */
export type Deposited = {
  readonly deposits: readonly (DepositFacts & AllocatedDeposit<LocalDate, string>)[];
  readonly left: Allocation<LocalDate, string>['left'];
};

/** The entry with which cash leaves for a bank. */
const DEPOSIT = 'cash.deposited';

async function readDepositEntries(room: ReportRoom): Promise<readonly DepositFacts[]> {
  const entries = await wholeEntries(room.tx, { ...fromTheBeginning(room), types: [DEPOSIT] });
  return entries.map((entry) => {
    const { depositedOn, bank, slipNumber, ledgerLines } = bodyOf(DEPOSIT, entry);
    const banked = ledgerLines.filter(({ account }) => BANK.includes(account));
    return {
      seq: entry.seq,
      wallMs: entry.wallMs,
      officer: officerName(room, entry.officerId),
      amount: sumRupiah(banked.map(({ amount }) => amount)),
      depositedOn,
      bank,
      slip: slipNumber,
      fromDrawer: ledgerLines.some(({ account }) => account === 'cash-drawer'),
    };
  });
}

/** What entries of one day brought into the cash of the citizens, by account; empty when they moved none. */
function takingsOf(day: LocalDate, lines: readonly LineSum[]): CashEvent<LocalDate, string>[] {
  const shares = new Map<string, Rupiah>();
  for (const { type, account, amount } of lines) {
    if (type === DEPOSIT || CASH_POOL.includes(account)) continue;
    shares.set(account, rupiah((shares.get(account) ?? 0) - amount));
  }
  return shares.size === 0 ? [] : [{ kind: 'taking', taking: { key: day, shares } }];
}

/** A day with deposits, cut where each was made. */
async function cutDay(
  { tx, scope }: ReportRoom,
  day: LocalDate,
  deposits: readonly DepositFacts[],
): Promise<CashEvent<LocalDate, string>[]> {
  const fromMs = startOfDay(day);
  const own = { ...scope, fromMs, untilMs: Math.min(scope.untilMs, startOfDay(addDays(day, 1))) };
  const events: CashEvent<LocalDate, string>[] = [];
  let afterSeq = 0;
  for (const { seq, amount } of deposits) {
    events.push(...takingsOf(day, await sumLines(tx, { ...own, afterSeq, headSeq: seq })));
    events.push({ kind: 'deposit', deposit: { depositId: String(seq), amount } });
    afterSeq = seq;
  }
  events.push(...takingsOf(day, await sumLines(tx, { ...own, afterSeq })));
  return events;
}

/**
 * Follows the citizens' cash from the first entry: takings in the order of the journal, cut where a deposit was made, the
 * oldest cash first. Filters by session or officer do not apply: cash has no name.
 */
export async function followCash(room: ReportRoom): Promise<Deposited> {
  // What a provider took owes its beneficiaries nothing out of a drawer.
  const everything = { ...fromTheBeginning(room), cashSessionId: null, officerId: null, touching: CASH_POOL };
  const whole: ReportRoom = { ...room, scope: everything };
  const facts = await readDepositEntries(whole);
  const depositsOn = groupBy(facts, ({ wallMs }) => localDateAt(wallMs));
  const sums = groupBy(await sumLines(room.tx, whole.scope, ['day']), ({ day }) => dayOf(day));
  const days = [...new Set([...sums.keys(), ...depositsOn.keys()])].toSorted();
  const events: CashEvent<LocalDate, string>[] = [];
  for (const day of days) {
    const own = depositsOn.get(day);
    events.push(...(own === undefined ? takingsOf(day, sums.get(day) ?? []) : await cutDay(whole, day, own)));
  }
  const { deposits, left } = allocateDeposits(events);
  const bySeq = new Map(facts.map((one) => [String(one.seq), one]));
  return {
    deposits: deposits.flatMap((one) => {
      const own = bySeq.get(one.depositId);
      return own === undefined ? [] : [{ ...own, ...one }];
    }),
    left,
  };
}
