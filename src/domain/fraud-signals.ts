import { daysBetween, type LocalDate, localDateAt } from './local-date.ts';
import type { Rupiah } from './rupiah.ts';
import type { FraudSignal, SignalFigure } from './signal.ts';
import type { SignalPolicy } from './signal-policy.ts';
import {
  type BelowCap,
  belowCapSignals,
  capBand,
  type OfficerShare,
  shareSignals,
  type SignalShares,
} from './signal-shares.ts';

/** Where an entry stands, and whose it is; `at` in ms UTC. */
interface Placed {
  readonly seq: number;
  readonly at: number;
  readonly officerId: string | null;
}

/** A sale as the journal knows it. */
export interface SaleFact extends Placed {
  /** Opaque mark of vehicle and period: equal for the same debt, and no plate. */
  readonly subject: string;
  readonly amount: Rupiah;
  /** Entries that asked for a further paper of it. */
  readonly copies: readonly number[];
}

/** What the journal and the province's word say of a period. */
export interface SignalFacts {
  readonly sales: readonly SaleFact[];
  /** `saleSeq` names the sale; `printedAt` is when its paper was asked for, null while none was. */
  readonly voids: readonly (Placed & { readonly saleSeq: number; readonly printedAt: number | null })[];
  /** An owner was shown; `ended` is what came of it. */
  readonly lookups: readonly (Placed & { readonly ended: 'sale' | 'price' | 'arrival' | 'nothing' })[];
  /** The clock was not believed, and somebody said that he saw it. */
  readonly clocks: readonly Placed[];
  readonly deposits: readonly (Placed & {
    readonly bank: string;
    readonly slipNumber: string;
    readonly depositedOn: LocalDate;
    readonly amount: Rupiah;
  })[];
  /** Cash of a session that should be at the bank; `papers` is how many receipts its citizens hold. */
  readonly overdue: readonly (Placed & {
    readonly amount: Rupiah;
    readonly dueOn: LocalDate;
    readonly papers: number;
  })[];
  /** Sales that the province booked with another sum than the counter took. */
  readonly bookings: readonly (Placed & { readonly taken: Rupiah; readonly booked: Rupiah })[];
  /** The cap on one sale; null is none. */
  readonly perSaleCap: Rupiah | null;
  readonly today: LocalDate;
}

/** What is said entry by entry; of sales only those that a void, or a later sale of the same debt, is about. */
export type SignalCases = Omit<SignalFacts, 'lookups' | 'perSaleCap'>;

const MOST_SEQS = 20;
const MS_PER_MINUTE = 60_000;

const seqsOf = (placed: readonly { readonly seq: number }[]): number[] =>
  placed
    .map(({ seq }) => seq)
    .toSorted((left, right) => left - right)
    .slice(0, MOST_SEQS);

function byOfficer<T extends Placed>(rows: readonly T[]): ReadonlyMap<string | null, readonly T[]> {
  const groups = new Map<string | null, T[]>();
  for (const row of rows) {
    const own = groups.get(row.officerId);
    // Copied anew for each row, the months of a busy counter would take minutes.
    if (own === undefined) groups.set(row.officerId, [row]);
    else own.push(row);
  }
  return groups;
}

/** Counts shares per officer. */
function sharesOf<T extends Placed>(
  all: readonly T[],
  isCase: (row: T) => boolean,
  seqs: (row: T) => readonly number[] = ({ seq }) => [seq],
): readonly OfficerShare[] {
  return [...byOfficer(all)].map(([officerId, rows]) => {
    const cases = rows.filter(isCase);
    const shown = seqsOf(cases.flatMap((row) => seqs(row).map((seq) => ({ seq }))));
    return { officerId, cases: cases.length, of: rows.length, seqs: shown };
  });
}

/** A sale that was taken back and sold again lower: the move of Berau (facts, F21). */
function soldAgainLower({ sales, voids }: SignalCases): FraudSignal[] {
  return voids.flatMap((taken): FraudSignal[] => {
    const first = sales.find(({ seq }) => seq === taken.saleSeq);
    if (first === undefined) return [];
    const again = sales.find(
      ({ seq, subject, amount }) => seq > taken.seq && subject === first.subject && amount < first.amount,
    );
    if (again === undefined) return [];
    return [
      {
        kind: 'sold-again-lower',
        level: 'look',
        officerId: taken.officerId,
        figures: [
          { name: 'before', value: first.amount },
          { name: 'after', value: again.amount },
          { name: 'difference', value: first.amount - again.amount },
        ],
        seqs: seqsOf([first, taken, again]),
      },
    ];
  });
}

/** The province booked another sum than the counter took: the move of Kelapa Dua (facts, F20). */
function bookedOtherwise({ bookings }: SignalCases): FraudSignal[] {
  return bookings
    .filter(({ taken, booked }) => taken !== booked)
    .map(({ seq, officerId, taken, booked }) => ({
      kind: 'booked-otherwise',
      level: 'look',
      officerId,
      figures: [
        { name: 'taken', value: taken },
        { name: 'booked', value: booked },
        { name: 'difference', value: booked - taken },
      ],
      seqs: [seq],
    }));
}

/** Papers in the hands of citizens, and the cash not at the bank: the move of Sumbawa (facts, F22). */
function cashAge({ overdue, today }: SignalCases): FraudSignal[] {
  return overdue.map(({ seq, officerId, amount, dueOn, papers }) => ({
    kind: 'cash-age',
    level: 'look',
    officerId,
    figures: [
      { name: 'amount', value: amount },
      { name: 'days', value: Math.max(1, daysBetween(dueOn, today)) },
      { name: 'papers', value: papers },
    ],
    seqs: [seq],
  }));
}

/** A bank's slip is one paper: spaces, hyphens and capitals make no second one of it. */
const slipKey = ({ bank, slipNumber }: { readonly bank: string; readonly slipNumber: string }): string =>
  `${bank} ${slipNumber}`.toUpperCase().replace(/[^A-Z0-9]/g, '');

function depositTwice({ deposits }: SignalCases): FraudSignal[] {
  const slips = new Map<string, SignalFacts['deposits'][number][]>();
  for (const deposit of deposits) slips.set(slipKey(deposit), [...(slips.get(slipKey(deposit)) ?? []), deposit]);
  return [...slips.values()].flatMap((same): FraudSignal[] => {
    const [first] = same;
    if (first === undefined || same.length < 2) return [];
    const amount = same.reduce((sum, one) => sum + one.amount, 0);
    const figures: SignalFigure[] = [
      { name: 'times', value: same.length },
      { name: 'amount', value: amount },
    ];
    return [{ kind: 'deposit-twice', level: 'look', officerId: first.officerId, figures, seqs: seqsOf(same) }];
  });
}

function voidAfterLeaving({ voids }: SignalCases, { leavingMinutes }: SignalPolicy): FraudSignal[] {
  return voids.flatMap(({ seq, at, officerId, saleSeq, printedAt }): FraudSignal[] => {
    if (printedAt === null || at - printedAt < leavingMinutes * MS_PER_MINUTE) return [];
    const minutes = Math.floor((at - printedAt) / MS_PER_MINUTE);
    const seqs = seqsOf([{ seq: saleSeq }, { seq }]);
    return [
      { kind: 'void-after-leaving', level: 'look', officerId, figures: [{ name: 'minutes', value: minutes }], seqs },
    ];
  });
}

function countBelowCap({ sales, perSaleCap: cap }: SignalFacts, policy: SignalPolicy): readonly BelowCap[] {
  if (cap === null || cap === 0) return [];
  const band = capBand(cap, policy);
  return [...byOfficer(sales)].map(([officerId, own]) => {
    const near = own.filter(({ amount }) => amount <= cap && amount > cap - band);
    const under = own.filter(({ amount }) => amount <= cap - band && amount > cap - 3 * band);
    return { officerId, near: near.length, under: under.length, seqs: seqsOf(near) };
  });
}

/** The clock was not believed on more than one day: once is a battery. */
function clockChanged({ clocks }: SignalCases): FraudSignal[] {
  return [...byOfficer(clocks)].flatMap(([officerId, own]): FraudSignal[] => {
    const days = new Set(own.map(({ at }) => localDateAt(at))).size;
    if (days < 2) return [];
    const figures: SignalFigure[] = [
      { name: 'times', value: own.length },
      { name: 'days', value: days },
    ];
    return [{ kind: 'clock-changed', level: 'look', officerId, figures, seqs: seqsOf(own) }];
  });
}

/**
 * What is worth a look, in the order of `SIGNAL_KINDS`, from cases and from shares that were counted elsewhere. Shares are
 * held against their limits by what can be said of so few cases; nothing here is said of a person, only of entries that
 * stand under his name.
 */
export function signalsFrom(
  cases: SignalCases,
  shares: SignalShares,
  policy: SignalPolicy,
  perSaleCap: Rupiah | null,
): readonly FraudSignal[] {
  const { fewCases } = policy;
  return [
    ...soldAgainLower(cases),
    ...bookedOtherwise(cases),
    ...cashAge(cases),
    ...depositTwice(cases),
    ...voidAfterLeaving(cases, policy),
    ...shareSignals('void-rate', shares.voids, { limit: policy.voidsPermille, fewCases }),
    ...shareSignals('reprints', shares.reprints, { limit: policy.reprintsPermille, fewCases }),
    ...belowCapSignals(shares.belowCap, perSaleCap, policy),
    ...shareSignals('lookups-without-sale', shares.lookups, { limit: policy.lookupsPermille, fewCases }),
    ...clockChanged(cases),
  ];
}

/** The same from everything that a journal says of a period. */
export function fraudSignals(facts: SignalFacts, policy: SignalPolicy): readonly FraudSignal[] {
  const { sales, voids, lookups } = facts;
  const voided = new Map(voids.map(({ saleSeq, seq }) => [saleSeq, seq]));
  const shares: SignalShares = {
    voids: sharesOf(
      sales,
      ({ seq }) => voided.has(seq),
      (sale) => [voided.get(sale.seq) ?? sale.seq],
    ),
    reprints: sharesOf(
      sales,
      ({ copies }) => copies.length > 0,
      ({ copies }) => copies,
    ),
    belowCap: countBelowCap(facts, policy),
    lookups: sharesOf(
      lookups.filter(({ ended }) => ended !== 'price'),
      ({ ended }) => ended === 'nothing',
    ),
  };
  return signalsFrom(facts, shares, policy, facts.perSaleCap);
}
