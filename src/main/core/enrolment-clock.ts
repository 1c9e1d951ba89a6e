import type { Refusal } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** The program is younger than this, and no certificate lives longer than that. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);
const LATEST_MS = Date.UTC(2056, 0, 1);
/** A clock that is wrong by hours is put right by the province's anchors; one that is wrong by years breaks certificates. */
const MOST_APART_MS = 366 * 86_400_000;

type ClockRefusal = Refusal<'ENROLMENT_CLOCK_WRONG'>;

/** Whether the computer's clock can be meant seriously; `provinceMs` where the province said what time it is. */
export function checkEnrolmentClock(wallMs: number, provinceMs: number | null): Result<void, ClockRefusal> {
  const isPossible = wallMs >= EARLIEST_MS && wallMs <= LATEST_MS;
  const isNear = provinceMs === null || Math.abs(wallMs - provinceMs) <= MOST_APART_MS;
  if (isPossible && isNear) return ok(undefined);
  return err({
    code: 'ENROLMENT_CLOCK_WRONG',
    details: { here: Math.floor(wallMs), ...(provinceMs === null ? {} : { province: provinceMs }) },
  });
}
