import { addDays, dateParts, type LocalDate, localDate } from '../../../domain/local-date.ts';
import { assertNever } from '../../../domain/result.ts';

/** Periods that an officer asks for; `free` is the days that he types. */
export const PRESETS = ['today', 'yesterday', 'week', 'month', 'free'] as const;
export type Preset = (typeof PRESETS)[number];

/** Both days belong to it. */
export type Period = Readonly<{ from: LocalDate; to: LocalDate }>;

/** A period as it is typed: what is no day yet is undefined. */
export type TypedPeriod = Readonly<Record<keyof Period, LocalDate | undefined>>;

/** The period that was typed; undefined while a day is missing or the last one comes before the first. */
export function wholePeriod({ from, to }: TypedPeriod): Period | undefined {
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

/** The days of a preset, counted back from today; `free` begins with the period before it. */
export function periodOf(preset: Preset, today: LocalDate, before: TypedPeriod): TypedPeriod {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: localDate({ ...dateParts(today), day: 1 }), to: today };
    case 'free':
      return before;
    default:
      return assertNever(preset);
  }
}
