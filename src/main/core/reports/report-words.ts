import { type LocalDate, formatLocalDate, localDateAt } from '../../../domain/local-date.ts';

const JAKARTA_OFFSET_MS = 25_200_000;
const MS_PER_MINUTE = 60_000;

/** `10.41` in Western Indonesia Time, from ms UTC. */
function clockText(atMs: number): string {
  const minutes = Math.floor((atMs + JAKARTA_OFFSET_MS) / MS_PER_MINUTE) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`;
}

/** `21 Nov 2026 10.41`, from ms UTC. */
export function timeText(atMs: number): string {
  return `${formatLocalDate(localDateAt(atMs))} ${clockText(atMs)}`;
}

/** `21 Nov 2026`. */
export function dayText(date: LocalDate): string {
  return formatLocalDate(date);
}

/** `259.996`, `-1.000`: a figure in a column whose head says what it is. */
export function figureText(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, '.');
  return value < 0 ? `-${digits}` : digits;
}
