import { addDays, dateParts, type LocalDate, localDate } from '../../../domain/local-date.ts';

/** Periods that an officer asks for. */
export type Preset = 'today' | 'week' | 'month';

/** Both days belong to it. */
export type Period = Readonly<{ from: LocalDate; to: LocalDate }>;

/** The days of a preset, counted back from today. */
export function periodOf(preset: Preset, today: LocalDate): Period {
  if (preset === 'today') return { from: today, to: today };
  if (preset === 'week') return { from: addDays(today, -6), to: today };
  return { from: localDate({ ...dateParts(today), day: 1 }), to: today };
}
