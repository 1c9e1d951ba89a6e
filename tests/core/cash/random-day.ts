import fc from 'fast-check';
import {
  type CashSession,
  closeCashSession,
  depositCash,
  moveFloat,
  openCashSession,
} from '../../../src/domain/cash-session.ts';
import { type RefusedCash, REFUSED_REASONS, isLost, settleLeg } from '../../../src/domain/courier.ts';
import { handOverDrawer } from '../../../src/domain/drawer-hand-over.ts';
import { leavingLedgerLines, lossLedgerLines, storedLedgerLines } from '../../../src/domain/drawer-lines.ts';
import {
  depositLedgerLines,
  type LedgerLine,
  reversedLedgerLines,
  saleLedgerLines,
} from '../../../src/domain/ledger-lines.ts';
import type { LocalDate } from '../../../src/domain/local-date.ts';
import type { Actor } from '../../../src/domain/permission.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../../src/domain/rupiah.ts';

/** One key of somebody at a counter; `n` and `m` are drawn and mean what the press makes of them. */
export type Press = {
  readonly press:
    | 'open'
    | 'sell'
    | 'void'
    | 'change-in'
    | 'change-out'
    | 'store'
    | 'deposit-drawer'
    | 'deposit-safe'
    | 'dispatch'
    | 'arrive'
    | 'write-off'
    | 'hand-over'
    | 'close';
  readonly n: number;
  readonly m: number;
};

/** Any order of presses: what has no place now is refused by the rules and moves nothing. */
export const pressesOfADay = fc.array(
  fc.record<Press>({
    press: fc.constantFrom(
      ...(['open', 'sell', 'sell', 'sell', 'void', 'change-in', 'change-out', 'store', 'deposit-drawer'] as const),
      ...(['deposit-safe', 'dispatch', 'arrive', 'write-off', 'hand-over', 'close'] as const),
    ),
    n: fc.nat(99),
    m: fc.nat(99),
  }),
  { minLength: 5, maxLength: 60 },
);

type Entry = { readonly cashSessionId: string | null; readonly lines: readonly LedgerLine[] };

/** A day as the domain's own rules make it. */
type Day = {
  readonly entries: Entry[];
  session: CashSession | null;
  floatMoved: number;
  opened: number;
  readonly sales: (Entry & { readonly payable: Rupiah })[];
  readonly legs: { from: 'drawer' | 'safe'; amount: Rupiah }[];
  readonly doubts: Rupiah[];
  /** Cash that citizens gave and got back, whole rupiah. */
  given: number;
  /** What hands would find there, added up apart from every ledger line: safe with couriers and doubts, and bank. */
  inSafe: number;
  atBank: number;
};

const TODAY = '2026-03-10' as LocalDate;
const officer = (personId: string): Actor => ({ personId, role: 'officer' });

/** Balance of an account over all entries, or over those of one session. */
function balanceOf(entries: readonly Entry[], account: string, cashSessionId?: string): Rupiah {
  const own = cashSessionId === undefined ? entries : entries.filter((one) => one.cashSessionId === cashSessionId);
  return sumRupiah(
    own.flatMap(({ lines }) => lines.filter((line) => line.account === account).map((line) => line.amount)),
  );
}

const doubtful = (day: Day): number => day.doubts.reduce((sum, amount) => sum + amount, 0);
const withCouriers = (day: Day): number => day.legs.reduce((sum, { amount }) => sum + amount, 0);
const depositable = (day: Day): Rupiah =>
  rupiah(balanceOf(day.entries, 'safe-or-courier') - doubtful(day) - withCouriers(day));
const takings = (day: Day): Rupiah =>
  rupiah(
    balanceOf(day.entries, 'cash-drawer') - (day.session?.float ?? 0) - (day.session === null ? 0 : day.floatMoved),
  );

function write(day: Day, lines: readonly LedgerLine[], cashSessionId = day.session?.cashSessionId ?? null): void {
  day.entries.push({ cashSessionId, lines });
}

function open(day: Day, float: Rupiah): void {
  const cashSessionId = `s${String(day.opened)}`;
  const decided = openCashSession({ cashSessionId, officer: officer('a'), float, today: TODAY, unclosed: day.session });
  if (!decided.ok) return;
  day.opened += 1;
  day.session = decided.value.session;
  day.floatMoved = 0;
  write(day, decided.value.ledgerLines);
}

function sell(day: Day, n: number, m: number): void {
  if (day.session === null) return;
  const charge = rupiah(n * 12_345 + m * 7 + 1);
  const rounding = rupiah(charge % 100);
  const payable = rupiah(charge - rounding);
  const lines = saleLedgerLines({
    charges: [{ component: 'pkb', beneficiary: { kind: 'province' }, amount: charge }],
    agentFee: rupiah(0),
    payable,
    rounding,
  });
  write(day, lines);
  day.sales.push({ cashSessionId: day.session.cashSessionId, lines, payable });
  day.given += payable;
}

/** A sale is taken back in its own open session only, and only where the drawer still has the cash. */
function takeBack(day: Day): void {
  const at = day.sales.findIndex((sale) => sale.cashSessionId === day.session?.cashSessionId);
  const sale = day.sales[at];
  if (sale === undefined || sale.payable > balanceOf(day.entries, 'cash-drawer')) return;
  day.sales.splice(at, 1);
  write(day, reversedLedgerLines(sale.lines));
  day.given -= sale.payable;
}

function moveChange(day: Day, direction: 'in' | 'out', amount: Rupiah): void {
  const float = rupiah((day.session?.float ?? 0) + day.floatMoved);
  const moved = moveFloat({ direction, amount, sessionState: day.session?.state ?? null, float });
  // Change that is not in the drawer cannot be taken out of it, whatever the ledger calls it.
  if (!moved.ok || (direction === 'out' && amount > balanceOf(day.entries, 'cash-drawer'))) return;
  day.floatMoved += direction === 'in' ? amount : -amount;
  write(day, moved.value);
}

/** Whether so much is really there: hands cannot take more than lies in a drawer, whatever a rough refusal would let pass. */
function mayLeave(day: Day, from: 'drawer' | 'safe', amount: Rupiah): boolean {
  const decided = depositCash({
    amount,
    from,
    sessionState: day.session?.state ?? null,
    drawerTakings: takings(day),
    safe: depositable(day),
  });
  return decided.ok && (from === 'safe' || amount <= balanceOf(day.entries, 'cash-drawer'));
}

function deposit(day: Day, from: 'drawer' | 'safe', amount: Rupiah): void {
  if (!mayLeave(day, from, amount)) return;
  write(day, depositLedgerLines(from === 'safe' ? 'safe-or-courier' : 'cash-drawer', amount));
  if (from === 'safe') day.inSafe -= amount;
  day.atBank += amount;
}

function dispatch(day: Day, from: 'drawer' | 'safe', amount: Rupiah): void {
  if (!mayLeave(day, from, amount)) return;
  write(day, leavingLedgerLines(from, amount));
  if (from === 'drawer') day.inSafe += amount;
  day.legs.push({ from, amount });
}

/** What came of the oldest leg: some of it accepted, some refused for each reason. */
function arrive(day: Day, n: number, m: number): void {
  const leg = day.legs[0];
  if (leg === undefined) return;
  const refusedSum = Math.floor((leg.amount * n) / 100);
  const reason = REFUSED_REASONS[m % REFUSED_REASONS.length] ?? 'torn';
  const refused: RefusedCash[] = refusedSum === 0 ? [] : [{ reason, amount: rupiah(refusedSum) }];
  const settled = settleLeg(leg.amount, rupiah(leg.amount - refusedSum), refused);
  if (!settled.ok) throw new Error('a leg that adds up is settled');
  day.legs.shift();
  if (settled.value > 0) write(day, depositLedgerLines('safe-or-courier', settled.value), null);
  day.inSafe -= settled.value;
  day.atBank += settled.value;
  for (const one of refused) if (isLost(one.reason)) day.doubts.push(one.amount);
}

function close(day: Day, counted: Rupiah): void {
  if (day.session === null) return;
  const { cashSessionId, float } = day.session;
  const expected = balanceOf(day.entries, 'cash-drawer', cashSessionId);
  const decided = closeCashSession({
    state: 'counted',
    float: rupiah(float + day.floatMoved),
    counted,
    expected,
  });
  if (!decided.ok) throw new Error('a counted session is closed');
  write(day, decided.value.ledgerLines);
  day.inSafe += Math.max(0, counted - float - day.floatMoved);
  day.session = null;
}

function handOver(day: Day, counted: Rupiah): void {
  if (day.session === null) return;
  const { cashSessionId, float, officerId } = day.session;
  const decided = handOverDrawer({
    leaving: officer(officerId),
    arriving: officer(officerId === 'a' ? 'b' : 'a'),
    float: rupiah(float + day.floatMoved),
    counted,
    expected: balanceOf(day.entries, 'cash-drawer', cashSessionId),
  });
  if (!decided.ok) throw new Error('two officers hand a drawer over');
  write(day, decided.value.close.ledgerLines);
  const next = `s${String(day.opened)}`;
  day.opened += 1;
  const arriving = officerId === 'a' ? 'b' : 'a';
  day.session = {
    cashSessionId: next,
    officerId: arriving,
    openedOn: TODAY,
    state: 'open',
    float: decided.value.float,
  };
  day.floatMoved = 0;
  write(day, decided.value.openLines);
  write(day, decided.value.carriedLines);
}

/** What somebody counts: mostly what is there, sometimes some hundreds more or less. */
function countedBy(day: Day, n: number): Rupiah {
  const there = balanceOf(day.entries, 'cash-drawer');
  const slip = n % 4 === 0 ? (n % 8 === 0 ? -n * 100 : n * 100) : 0;
  return rupiah(Math.max(0, there + slip));
}

/** Presses one key. */
function press(day: Day, { press: key, n, m }: Press): void {
  const amount = rupiah((n + 1) * 10_000 + m * 100);
  const from = m % 2 === 0 ? 'drawer' : 'safe';
  const doubt = day.doubts[0];
  switch (key) {
    case 'open':
      return open(day, rupiah(n * 5_000));
    case 'sell':
      return sell(day, n, m);
    case 'void':
      return takeBack(day);
    case 'change-in':
    case 'change-out':
      return moveChange(day, key === 'change-in' ? 'in' : 'out', amount);
    case 'store':
      if (!mayLeave(day, 'drawer', amount)) return;
      write(day, storedLedgerLines(amount));
      day.inSafe += amount;
      return;
    case 'deposit-drawer':
      return deposit(day, 'drawer', amount);
    case 'deposit-safe':
      return deposit(day, 'safe', amount);
    case 'dispatch':
      return dispatch(day, from, amount);
    case 'arrive':
      return arrive(day, n, m);
    case 'write-off':
      if (doubt !== undefined) {
        day.doubts.shift();
        write(day, lossLedgerLines(doubt), null);
        day.inSafe -= doubt;
      }
      return;
    case 'hand-over':
      return handOver(day, countedBy(day, n));
    case 'close':
      return close(day, countedBy(day, n));
  }
}

/** What does not hold after a press; undefined when all does. */
function broken(day: Day): string | undefined {
  const all = sumRupiah(day.entries.flatMap(({ lines }) => lines.map(({ amount }) => amount)));
  if (all !== 0) return `the accounts sum to ${String(all)}`;
  const drawer = balanceOf(day.entries, 'cash-drawer');
  if (drawer < 0) return `the drawer holds ${String(drawer)}`;
  const session = day.session;
  const expected = session === null ? 0 : balanceOf(day.entries, 'cash-drawer', session.cashSessionId);
  if (drawer !== expected) return `the drawer holds ${String(drawer)}, and its session says ${String(expected)}`;
  const safe = balanceOf(day.entries, 'safe-or-courier');
  if (safe !== day.inSafe) return `the safe holds ${String(day.inSafe)}, and its account says ${String(safe)}`;
  const bank = balanceOf(day.entries, 'bank-in-transit');
  if (bank !== day.atBank) return `the bank got ${String(day.atBank)}, and its account says ${String(bank)}`;
  if (depositable(day) < 0) return `the safe holds ${String(depositable(day))} less than couriers and doubts`;
  const places = ['cash-drawer', 'safe-or-courier', 'bank-in-transit', 'cash-loss', 'variance', 'float'];
  const found = places.reduce((sum, account) => sum + balanceOf(day.entries, account), 0);
  if (found !== day.given) return `citizens gave ${String(day.given)}, and ${String(found)} is in the accounts`;
  const closed = new Set(day.entries.map((one) => one.cashSessionId));
  for (const id of closed) {
    if (id === null || id === session?.cashSessionId) continue;
    const left = balanceOf(day.entries, 'cash-drawer', id);
    if (left !== 0) return `the closed session ${id} still holds ${String(left)}`;
  }
  return undefined;
}

/** Lives through a day and answers the first thing that does not hold, with the press after which it was seen. */
export function brokenDay(presses: readonly Press[]): string | undefined {
  const day: Day = {
    entries: [],
    session: null,
    floatMoved: 0,
    opened: 0,
    sales: [],
    legs: [],
    doubts: [],
    given: 0,
    inSafe: 0,
    atBank: 0,
  };
  for (const [at, one] of presses.entries()) {
    press(day, one);
    const problem = broken(day);
    if (problem !== undefined) return `after press ${String(at + 1)} (${one.press}): ${problem}`;
  }
  return undefined;
}
