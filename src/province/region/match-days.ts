import { type DayMatch, type LegExplanation, type LegFigure, matchDay } from '../../domain/day-match.ts';
import { addDays, startOfLocalDate } from '../../domain/local-date.ts';
import type { Policy } from '../../domain/policy.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Db, Tx } from '../db/open.ts';
import {
  byDay,
  type Collected,
  type DayBookings,
  type DayCash,
  type DayMoney,
  type DayRow,
  type DaySession,
  type Loss,
  readBookings,
  readCash,
  readCollected,
  readDayRows,
  readFormOutlets,
  readLosses,
  readMoney,
  readSessions,
} from './day-legs.ts';
import type { DayKey } from './write-days.ts';

/** A day with everything that its match was made of. */
export type MatchedDay = {
  readonly row: DayRow;
  readonly sessions: readonly DaySession[];
  readonly cash: DayCash | undefined;
  readonly match: DayMatch;
};

type Facts = {
  readonly row: DayRow;
  readonly sessions: readonly DaySession[];
  readonly money: DayMoney | undefined;
  readonly bookings: DayBookings | undefined;
  readonly losses: readonly Loss[];
  readonly collected: readonly Collected[];
  readonly cash: DayCash | undefined;
  readonly usesForms: boolean;
};

const sum = (amount: number): LegFigure => ({ kind: 'sum', amount: rupiah(amount) });
const WAITING: LegFigure = { kind: 'waiting' };

/** A drawer without its other movements is what was taken, counted by a person: floats, the safe and the courier are left out. */
function countedFigure({ row, sessions, money }: Facts): LegFigure {
  if (row.openSessions > 0) return WAITING;
  const counted = sessions.reduce((total, session) => total + (session.counted ?? 0), 0);
  return sum(counted - (money?.drawerBeside ?? 0) + (money?.provider ?? 0));
}

/** Cash of the day that the bank has confirmed, whichever deposit brought it. */
function bankFigure({ cash, money, row }: Facts): LegFigure {
  const brought = cash?.cash ?? 0;
  const confirmed = cash?.confirmed ?? 0;
  if (row.openSessions > 0 || confirmed < brought) return WAITING;
  return sum(Math.min(brought, 0) + confirmed + (money?.provider ?? 0));
}

const beside = ({ money }: Facts): number => (money?.fee ?? 0) - (money?.rounding ?? 0);

const isBooked = ({ central }: Collected): boolean => central === 'booked' || central === 'over';
const collectedSum = ({ collected }: Facts): number => collected.reduce((total, { amount }) => total + amount, 0);
const isUndecided = ({ bookings, collected }: Facts): boolean =>
  (bookings?.undecided ?? 0) > 0 || !collected.every(isBooked);

function beneficiariesFigure(facts: Facts): LegFigure {
  if (isUndecided(facts)) return WAITING;
  return sum((facts.bookings?.booked ?? 0) + collectedSum(facts) + beside(facts));
}

function formsFigure(facts: Facts): LegFigure {
  const { bookings, usesForms } = facts;
  if (!usesForms) return { kind: 'not-applicable' };
  if (isUndecided(facts) || (bookings?.withoutForm ?? 0) > 0) return WAITING;
  return sum((bookings?.onForms ?? 0) + collectedSum(facts) + beside(facts));
}

/** A variance within the tolerance explains itself; above it somebody has to have explained it. */
function explanationsOf(
  { sessions, losses, bookings }: Facts,
  { varianceTolerance }: Policy,
): readonly LegExplanation[] {
  const variances = sessions.flatMap(({ variance, closedHash, explanation }) =>
    variance === null || variance === 0 || closedHash === null
      ? []
      : Math.abs(variance) <= varianceTolerance || explanation !== null
        ? [{ entryHash: closedHash, reason: 'variance', amount: rupiah(-variance) } as const]
        : [],
  );
  const lost = losses.map(({ hash, amount }) => ({
    entryHash: hash,
    reason: 'refused-by-teller' as const,
    amount: rupiah(-amount),
  }));
  const cases = (bookings?.cases ?? []).map(({ hash, amount }) => ({
    entryHash: hash,
    reason: 'case' as const,
    amount: rupiah(amount),
  }));
  const notDue = (bookings?.formsNotDue ?? []).map(({ hash, amount }) => ({
    entryHash: hash,
    reason: 'case' as const,
    amount: rupiah(amount),
  }));
  return [
    ...variances.map((one) => ({ leg: 'counted' as const, ...one })),
    ...[...variances, ...lost].map((one) => ({ leg: 'bank' as const, ...one })),
    ...cases.map((one) => ({ leg: 'beneficiaries' as const, ...one })),
    ...notDue.map((one) => ({ leg: 'forms' as const, ...one })),
  ];
}

function matchOf(facts: Facts, policy: Policy): DayMatch {
  const figures = {
    counted: countedFigure(facts),
    bank: bankFigure(facts),
    forms: formsFigure(facts),
    beneficiaries: beneficiariesFigure(facts),
  };
  return matchDay(rupiah(facts.row.takings), figures, explanationsOf(facts, policy));
}

/** Holds the five places of many days against each other, by a few questions whatever their number. Days of which nothing is known are left out. */
export async function matchDays(
  db: Db | Tx,
  days: readonly DayKey[],
  policy: Policy,
): Promise<ReadonlyMap<string, MatchedDay>> {
  if (days.length === 0) return new Map();
  const rows = await readDayRows(db, days);
  const sessions = byDay(await readSessions(db, days));
  const money = await readMoney(db, days);
  const bookings = await readBookings(db, days);
  const losses = byDay(await readLosses(db, days));
  const collected = byDay(await readCollected(db, days));
  const cash = await readCash(db, days);
  const forms = await readFormOutlets(db, [...new Set(days.map(({ outletId }) => outletId))]);
  return new Map(
    [...rows].map(([key, row]) => {
      const own = sessions.get(key) ?? [];
      const facts: Facts = {
        row,
        sessions: own,
        money: money.get(key),
        bookings: bookings.get(key),
        losses: losses.get(key) ?? [],
        collected: collected.get(key) ?? [],
        cash: cash.get(key),
        usesForms: (forms.get(row.outletId) ?? Number.POSITIVE_INFINITY) < startOfLocalDate(addDays(row.businessOn, 1)),
      };
      return [key, { row, sessions: own, cash: cash.get(key), match: matchOf(facts, policy) }];
    }),
  );
}

/** What a leg says against the journal, without its entries: what lists show and signatures keep. */
export const legSummaries = ({ legs }: DayMatch) =>
  legs.map(({ leg, figure, difference, unexplained, state }) => ({ leg, figure, difference, unexplained, state }));
