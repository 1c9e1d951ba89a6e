import { type CashSessionState, needsExplanation } from './cash-session.ts';
import { type Actor, mayDo } from './permission.ts';
import { err, ok, type Result } from './result.ts';
import { addRupiah, type Rupiah, subtractRupiah, ZERO_RUPIAH } from './rupiah.ts';

/** What lay somewhere against what the ledger says of it; whole rupiah. */
export interface CountedPlace {
  readonly counted: Rupiah;
  readonly expected: Rupiah;
}

/** Why a drawer is not inspected. */
export type InspectionRefusal = 'NOT_PERMITTED' | 'OWN_DRAWER' | 'NOT_OPEN';

/** What a surprise inspection came to. No money moves: a variance is found, not settled. */
export interface InspectionDecision {
  /** Counted less expected: negative is missing. */
  readonly drawerVariance: Rupiah;
  /** Null where the safe was not counted. */
  readonly safeVariance: Rupiah | null;
  /** Both together; two that cancel out are still two. */
  readonly variance: Rupiah;
  readonly state: 'none' | 'tolerated' | 'open';
}

/**
 * Decides what a surprise inspection of an open drawer found. The inspector is never the one whose drawer it is;
 * `tolerance` is the policy's, whole rupiah, and each place is held against it by itself.
 */
export function inspectCash(request: {
  readonly inspector: Actor;
  readonly session: { readonly officerId: string; readonly state: CashSessionState };
  readonly drawer: CountedPlace;
  readonly safe: CountedPlace | null;
  readonly tolerance: Rupiah;
}): Result<InspectionDecision, InspectionRefusal> {
  const { inspector, session, drawer, safe, tolerance } = request;
  if (!mayDo(inspector.role, 'inspect-cash')) return err('NOT_PERMITTED');
  if (inspector.personId === session.officerId) return err('OWN_DRAWER');
  // Between count and close the sum is known to the officer: what is counted then surprises nobody.
  if (session.state !== 'open') return err('NOT_OPEN');
  const varianceOf = ({ counted, expected }: CountedPlace): Rupiah => subtractRupiah(counted, expected);
  const drawerVariance = varianceOf(drawer);
  const safeVariance = safe === null ? null : varianceOf(safe);
  const variances = safeVariance === null ? [drawerVariance] : [drawerVariance, safeVariance];
  const isOpen = variances.some((variance) => needsExplanation(variance, tolerance));
  const isExact = variances.every((variance) => variance === 0);
  return ok({
    drawerVariance,
    safeVariance,
    variance: addRupiah(drawerVariance, safeVariance ?? ZERO_RUPIAH),
    state: isExact ? 'none' : isOpen ? 'open' : 'tolerated',
  });
}
