/** Services of one hour of the day. */
export type HourCount = Readonly<{ hour: number; count: number }>;

/** A counter in a pesantren opens about then; an hour outside shows only when something happened in it. */
const FIRST_HOUR = 7;
const LAST_HOUR = 16;

/** The hours that the chart shows: the opening hours, widened by every hour with a service. */
export function openingHours(byHour: readonly HourCount[]): readonly HourCount[] {
  const busy = byHour.filter(({ count }) => count > 0).map(({ hour }) => hour);
  const first = Math.min(FIRST_HOUR, ...busy);
  const last = Math.max(LAST_HOUR, ...busy);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index;
    return { hour, count: byHour.find((one) => one.hour === hour)?.count ?? 0 };
  });
}
