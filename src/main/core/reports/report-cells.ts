import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import { parseLocalDate } from '../../../domain/local-date.ts';
import { dayText, figureText, timeText } from './report-words.ts';

/** Whether plates are readable; masked unless a supervisor said why. */
export type Plates = 'masked' | 'shown';

/** `AG 2*** KD`: area and suffix stay, so that a person who knows the case finds it, and nobody else does. */
function maskPlate(nrkb: string): string {
  return nrkb.replace(/(\d)(\d+)/, (_all, first: string, rest: string) => first + '*'.repeat(rest.length));
}

/** A cell as it may leave: plates are masked unless they are to be shown. */
export function outwardCell({ kind }: ReportColumn, cell: ReportCell, plates: Plates): ReportCell {
  return kind === 'plate' && plates === 'masked' && typeof cell === 'string' ? maskPlate(cell) : cell;
}

/** A cell as a person reads it on paper; nothing is an empty text. */
export function cellText(column: Pick<ReportColumn, 'kind'>, cell: ReportCell): string {
  if (cell === null) return '';
  if (column.kind === 'time' && typeof cell === 'number') return timeText(cell);
  if (column.kind === 'day' && typeof cell === 'string') {
    const day = parseLocalDate(cell);
    return day.ok ? dayText(day.value) : cell;
  }
  return typeof cell === 'number' ? figureText(cell) : cell;
}
