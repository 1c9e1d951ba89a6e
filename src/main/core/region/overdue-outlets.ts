import type { RegionOutlet } from '../../../contract/region.ts';
import type { OverdueOutlet } from '../../../contract/views-sticks.ts';

const DAY_MS = 86_400_000;

const latest = (moments: readonly (number | null)[]): number | null => {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** How long an outlet was silent; `limitDays` of the policy, null where it names none. Undefined without any counter. */
export function silenceOf(outlet: RegionOutlet, limitDays: number | null, now: number): OverdueOutlet | undefined {
  const { devices, lastContactAt, outletId, name } = outlet;
  if (devices.length === 0) return undefined;
  const lastBundleAt = latest(devices.map((device) => device.lastBundleAt));
  const lastHeardAt = latest([lastContactAt, lastBundleAt]);
  const days = lastHeardAt === null ? null : Math.max(0, Math.floor((now - lastHeardAt) / DAY_MS));
  return {
    outletId,
    name,
    lastHeardAt,
    lastBundleAt,
    byFlashdisk: lastBundleAt !== null && lastBundleAt >= (lastContactAt ?? 0),
    days,
    overdue: days === null || (limitDays !== null && days > limitDays),
  };
}

/** Those of which a bundle is awaited first, then the longest silent; an outlet in good standing with a line is none. */
export function overdueOutlets(outlets: readonly (OverdueOutlet | undefined)[]): readonly OverdueOutlet[] {
  const weight = ({ overdue, byFlashdisk }: OverdueOutlet): number => (overdue ? 2 : 0) + (byFlashdisk ? 1 : 0);
  return outlets
    .filter((one) => one !== undefined)
    .filter(({ overdue, byFlashdisk }) => overdue || byFlashdisk)
    .toSorted(
      (left, right) =>
        weight(right) - weight(left) ||
        (left.lastHeardAt ?? 0) - (right.lastHeardAt ?? 0) ||
        (left.outletId < right.outletId ? -1 : 1),
    );
}
