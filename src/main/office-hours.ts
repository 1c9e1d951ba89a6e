/** Minutes after midnight, Asia/Jakarta; on every day, because which days are off is the outlet's own. */
export type OfficeHours = { readonly fromMinute: number; readonly toMinute: number };

/** Hours of a counter that nobody told any: its people come early and close their cash late. */
export const USUAL_HOURS: OfficeHours = { fromMinute: 6 * 60, toMinute: 18 * 60 };

const JAKARTA_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Reads `07:00-16:30`; undefined for anything else, and for hours that end before they begin. */
export function parseOfficeHours(text: string): OfficeHours | undefined {
  const found = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/u.exec(text);
  if (found === null) return undefined;
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = found.slice(1).map(Number);
  const hours = { fromMinute: fromHour * 60 + fromPart, toMinute: toHour * 60 + toPart };
  return hours.fromMinute < hours.toMinute ? hours : undefined;
}

/** Whether an instant (ms UTC) lies in the hours; their last minute is not one of them. */
export function isWithinHours({ fromMinute, toMinute }: OfficeHours, at: number): boolean {
  const minute = Math.floor(((at + JAKARTA_MS) % DAY_MS) / 60_000);
  return minute >= fromMinute && minute < toMinute;
}
