import { assertNever } from '../../../domain/result.ts';
import type { Report } from './make-report.ts';
import { REPORT_TEXT } from './report-text.ts';
import { timeText } from './report-words.ts';

function trustText(trust: Report['source']['timeTrust']): string {
  switch (trust) {
    case 'anchored':
      return 'jam dicocokkan dengan Bapenda';
    case 'rtc':
      return 'jam komputer';
    case 'clamped':
      return 'jam perkiraan';
    case 'suspect':
      return 'jam diragukan';
    default:
      return assertNever(trust);
  }
}

/** What is written as a file: tables under a title, and in words where they come from. */
export type Written = Pick<Report, 'title' | 'lines' | 'sections'> & { readonly sources: readonly string[] };

/** From which entries the figures come: on every export, so that anybody can prove them against the journal. */
export function sourceLines({ source, training }: Pick<Report, 'source' | 'training'>): readonly string[] {
  const { fromSeq, toSeq, headSeq, head, madeAt, timeTrust } = source;
  const range =
    fromSeq === null || toSeq === null ? 'tidak ada entri' : `entri ${String(fromSeq)} s.d. ${String(toSeq)}`;
  return [
    ...(training ? [REPORT_TEXT.training] : []),
    `Sumber: jurnal loket, ${range}, ujung jurnal ${String(headSeq)}`,
    `Sidik jurnal: ${head ?? '-'}`,
    `Dibuat ${timeText(madeAt)} WIB, ${trustText(timeTrust)}`,
  ];
}
