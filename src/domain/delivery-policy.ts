import type { SaleCaps } from './policy.ts';
import { err, ok, type Result } from './result.ts';

/** "Full jitter, floor 1 s, ceiling 15 min" (OPOP-Sync/1 11.4). */
export const RETRY_FLOOR_MS = 1_000;
export const RETRY_CEILING_MS = 15 * 60_000;

/**
 * Wait in ms before the next attempt after `failures` line faults in a row, anywhere between the floor and a bound that
 * doubles up to the ceiling, so that counters of a province do not all come back in the same second.
 * `random` is in [0, 1); throws RangeError otherwise.
 */
export function retryDelayMs(failures: number, random: number): number {
  if (!(random >= 0 && random < 1)) throw new RangeError(`not in [0, 1): ${random}`);
  if (!Number.isSafeInteger(failures) || failures < 0) throw new RangeError(`not a number of failures: ${failures}`);
  const bound = Math.min(RETRY_CEILING_MS, RETRY_FLOOR_MS * 2 ** Math.min(failures, 30));
  return Math.floor(RETRY_FLOOR_MS + random * (bound - RETRY_FLOOR_MS));
}

/** What the caps are held against; null when nothing is known, which no cap may be passed with. */
export interface LimitFacts {
  /** Whole rupiah of the sale about to start; zero while its amount is not known. */
  readonly saleAmount: number;
  readonly drawerCash: number;
  readonly unconfirmedDeposits: number;
  readonly oldestUnconfirmedDepositBankDays: number;
  /** Transactions, cash events and documents; audit entries count in no limit (section 14). */
  readonly unsent: number;
  readonly daysSinceContact: number | null;
  readonly rulesAgeDays: number | null;
  readonly registryAgeDays: number | null;
}

/** Name of a cap in the policy. */
export type CapName = keyof SaleCaps;

/** One cap against its figure; `left` is negative when it is passed. */
export interface CapState {
  readonly cap: CapName;
  readonly limit: number;
  /** Null when the figure is not known. */
  readonly used: number | null;
  readonly left: number | null;
}

function figureOf(cap: CapName, facts: LimitFacts): number | null {
  const figures: Readonly<Record<CapName, number | null>> = {
    perSale: facts.saleAmount,
    drawerCash: facts.drawerCash + facts.saleAmount,
    unconfirmedDeposits: facts.unconfirmedDeposits,
    unconfirmedDepositBankDays: facts.oldestUnconfirmedDepositBankDays,
    unsent: facts.unsent + 1,
    daysSinceContact: facts.daysSinceContact,
    rulesAgeDays: facts.rulesAgeDays,
    registryAgeDays: facts.registryAgeDays,
  };
  return figures[cap];
}

/** Every cap, in the order in which they are shown. */
export const CAP_NAMES = [
  'perSale',
  'drawerCash',
  'unconfirmedDeposits',
  'unconfirmedDepositBankDays',
  'unsent',
  'daysSinceContact',
  'rulesAgeDays',
  'registryAgeDays',
] as const satisfies readonly CapName[];

/** Every cap that the policy sets, with what is used and what is left after this sale. */
export function capStates(caps: SaleCaps, facts: LimitFacts): readonly CapState[] {
  return CAP_NAMES.flatMap((cap) => {
    const limit = caps[cap];
    if (limit === null) return [];
    const used = figureOf(cap, facts);
    return [{ cap, limit, used, left: used === null ? null : limit - used }];
  });
}

/**
 * Whether a new sale may start (OPOP-Sync/1 14.1). "Reaching one stops *new sales*; never storage, upload, export, close, deposit or refund."
 * A sale that would end exactly at a cap is allowed; an age that is not known is not. Answers every cap either way.
 */
export function mayStartSale(caps: SaleCaps, facts: LimitFacts): Result<readonly CapState[], readonly CapState[]> {
  const states = capStates(caps, facts);
  const reached = states.filter((state) => state.left === null || state.left < 0);
  return reached.length > 0 ? err(reached) : ok(states);
}
