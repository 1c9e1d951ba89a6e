import { addDays, type LocalDate } from './local-date.ts';
import { err, ok, type Result } from './result.ts';
import { type CompiledPack, compilePack, heaviestChargeOf, type RulePackProblem } from './rule-pack-compiled.ts';
import type { DateSpan, RulePack } from './rule-pack-document.ts';

export type { RulePackProblem } from './rule-pack-compiled.ts';
export type { RulePack } from './rule-pack-document.ts';

/** A pack with the days on which it is really in force, after the packs that replace it. */
export interface PackInSet {
  readonly compiled: CompiledPack;
  readonly from: LocalDate;
  /** Null is open; before `from` when the pack was corrected wholly. */
  readonly to: LocalDate | null;
}

/** Packs of which at most one is in force on any day. */
export interface RulePackSet {
  readonly packs: readonly PackInSet[];
  /** See `heaviestChargeOf`. */
  readonly heaviestCharge: number;
}

/** A day from which other figures may apply, and what changes. */
export interface TariffChange {
  readonly changesOn: LocalDate;
  readonly what: readonly ('rule-pack' | 'pkb-rate' | 'base-relief' | 'waiver' | 'subscription-parking')[];
}

/** The earlier of the pack's own end and the day before each replacing pack starts. */
function endAfterReplacement(pack: RulePack, packs: readonly RulePack[]): LocalDate | null {
  const ends = packs.filter((other) => other.replaces.includes(pack.id)).map((other) => addDays(other.validFrom, -1));
  const all = pack.validTo === null ? ends : [pack.validTo, ...ends];
  return all.reduce<LocalDate | null>((least, end) => (least === null || end < least ? end : least), null);
}

function isEmpty({ from, to }: DateSpan): boolean {
  return to !== null && to < from;
}

function overlaps(left: DateSpan, right: DateSpan): boolean {
  const startsInTime = (one: DateSpan, other: DateSpan): boolean => other.to === null || one.from <= other.to;
  return !isEmpty(left) && !isEmpty(right) && startsInTime(left, right) && startsInTime(right, left);
}

function problemsOfPairs(inSet: readonly PackInSet[]): RulePackProblem[] {
  return inSet.flatMap((left, index) =>
    inSet.slice(index + 1).flatMap((right): RulePackProblem[] => {
      const [one, other] = [left.compiled.pack, right.compiled.pack];
      const packIds = [one.id, other.id];
      if (one.id === other.id) return [{ code: 'DUPLICATE_PACK_ID', packIds, path: null }];
      if (one.replaces.includes(other.id) && other.replaces.includes(one.id)) {
        return [{ code: 'REPLACES_IN_A_CIRCLE', packIds, path: 'replaces' }];
      }
      return overlaps(left, right) ? [{ code: 'PACKS_OVERLAP', packIds, path: 'validFrom' }] : [];
    }),
  );
}

/**
 * Builds the set in which `replaces` is applied; answers every problem at once.
 * "Two packs in force on one day without `replaces` is an error of the pack set."
 * A pack may name a replaced pack that is not in the set: an old pack need not be carried along.
 */
export function buildRulePackSet(packs: readonly RulePack[]): Result<RulePackSet, readonly RulePackProblem[]> {
  const compiled = packs.map(compilePack);
  const inSet = compiled.map(({ compiled: one }) => ({
    compiled: one,
    from: one.pack.validFrom,
    to: endAfterReplacement(one.pack, packs),
  }));
  const selfReplacing = packs.filter((pack) => pack.replaces.includes(pack.id));
  const problems = [
    ...compiled.flatMap((one) => one.problems),
    ...selfReplacing.map((pack) => ({
      code: 'REPLACES_IN_A_CIRCLE' as const,
      packIds: [pack.id],
      path: 'replaces',
    })),
    ...problemsOfPairs(inSet),
  ];
  if (problems.length > 0) return err(problems);
  return ok({ packs: inSet, heaviestCharge: heaviestChargeOf(inSet.map((one) => one.compiled)) });
}

/** The compiled pack in force on a day, null when there is none. */
export function compiledPackInForce(set: RulePackSet, on: LocalDate): CompiledPack | null {
  for (const { compiled, from, to } of set.packs) {
    if (from <= on && (to === null || on <= to)) return compiled;
  }
  return null;
}

/** The pack in force on a day, null when there is none. */
export function packInForce(set: RulePackSet, on: LocalDate): RulePack | null {
  return compiledPackInForce(set, on)?.pack ?? null;
}

/** The days on which a span begins to hold and ceases to. */
function edges({ from, to }: DateSpan): readonly LocalDate[] {
  return to === null || to >= LAST_DAY ? [from] : [from, addDays(to, 1)];
}

/** An end on the last day of the calendar is an open end in other words. */
const LAST_DAY = '9999-12-31';

/** The next day after `on` from which another pack, rate, relief, waiver or parking tariff may apply; null when none is known. */
export function nextTariffChange(set: RulePackSet, on: LocalDate): TariffChange | null {
  const changes = set.packs
    .filter((pack) => !isEmpty(pack))
    .flatMap((inSet) => {
      const { pack } = inSet.compiled;
      const inside = (what: TariffChange['what'][number], spans: readonly DateSpan[]) =>
        spans
          .flatMap(edges)
          .filter((day) => inSet.from <= day && (inSet.to === null || day <= inSet.to))
          .map((day) => ({ day, what }));
      return [
        ...edges(inSet).map((day) => ({ day, what: 'rule-pack' as const })),
        ...inside('pkb-rate', pack.pkbRates),
        ...inside('base-relief', pack.baseReliefs),
        ...inside('waiver', pack.waivers),
        ...inside('subscription-parking', pack.subscriptionParking),
      ];
    })
    .filter((change) => change.day > on);
  const changesOn = changes.reduce<LocalDate | null>(
    (least, { day }) => (least === null || day < least ? day : least),
    null,
  );
  if (changesOn === null) return null;
  const what = new Set(changes.filter((change) => change.day === changesOn).map((change) => change.what));
  return { changesOn, what: [...what].sort() };
}
