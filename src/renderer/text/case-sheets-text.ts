import type { CasePage } from '../../contract/views-cases.ts';
import type { ExceptionCaseView } from '../../contract/views-counter.ts';
import { asideReason } from './aside-text.ts';
import { CASE_TEXT } from './case-text.ts';
import * as ENGLISH from './en/case-sheets-text.ts';
import { inLanguage } from './language.ts';

/** Small sheets on the page of a case: a sealed note, numbers that nobody can show. */
export const CASE_SHEETS_TEXT = inLanguage(
  {
    openNote: 'Buka catatan',
    openNoteWhy: 'Catatan ini bisa menyebut orang. Siapa yang membukanya, kapan, dan alasannya ikut dicatat.',
    declareMissing: 'Catat hilang',
    declareMissingFacts: ({ form, series, from, to }: NonNullable<CasePage['gap']>): string => {
      const what = form === null ? 'Kuitansi darurat' : `Blangko ${form.toUpperCase()}`;
      const numbers = from === to ? `nomor ${String(from)}` : `nomor ${String(from)} sampai ${String(to)}`;
      return `${[what, series, numbers].filter((word) => word !== '').join(' ')} dicatat hilang untuk seterusnya. Bila ditemukan kemudian, laporkan ke pengawas.`;
    },
  },
  ENGLISH.CASE_SHEETS_TEXT,
);

type OwnReasons = { readonly [K in ExceptionCaseView['kind']]?: (reason: string) => string };

const OWN_REASONS: OwnReasons = inLanguage<OwnReasons>(
  {
    'line-fault': (entries) => `${entries} catatan uang menunggu dikirim.`,
    'server-rollback': (entries) =>
      entries === '0'
        ? 'Tidak ada catatan loket ini yang hilang.'
        : `${entries} catatan loket ini sedang dikirim ulang.`,
    'emergency-gap': (numbers) => `Lembar nomor ${numbers}.`,
    'form-gap': (numbers) => `Blangko ${numbers}.`,
    'clock-suspect': (minutes) => `Jam melompat ${minutes} menit.`,
  },
  ENGLISH.OWN_REASONS,
);

/** What is said of the reason of a case; null where nobody gave one. */
export function caseReason({ kind, reason }: Pick<ExceptionCaseView, 'kind' | 'reason'>): string | null {
  if (reason === null) return null;
  if (kind === 'quarantined' || kind === 'forked' || kind === 'damaged-entry') return asideReason(reason);
  return OWN_REASONS[kind]?.(reason) ?? `${CASE_TEXT.reason}: ${reason}`;
}
