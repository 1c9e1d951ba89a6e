import type { Reading } from '../../contract/views-documents.ts';
import type { Tone } from './axes-text.ts';
import * as ENGLISH from './en/reading-text.ts';
import { inLanguage } from './language.ts';

/** What was read from a page: proposals, never taken by themselves. */
export const READING_TEXT = inLanguage(
  {
    read: 'Baca tulisannya',
    reading: 'Membaca tulisan di halaman ini',
    title: 'Terbaca di halaman ini',
    why: 'Usulan saja: cocokkan dengan kertasnya. Tidak ada isian yang berubah sendiri.',
    nothing: 'Tidak ada nomor yang terbaca. Ketik dari kertasnya.',
    registered: (value: string): string => `data: ${value}`,
    take: 'Pakai',
    takeOf: (name: string, value: string): string => `Pakai ${name} ${value}`,
    taken: 'dipakai',
    seen: 'Sudah dicocokkan',
    fields: {
      nrkb: 'Nomor polisi',
      nik: 'NIK',
      chassis: 'Nomor rangka',
      engine: 'Nomor mesin',
    } satisfies Record<Reading['field'], string>,
  },
  ENGLISH.READING_TEXT,
);

const AGREEMENT: Readonly<Record<Reading['agreement'], readonly [Tone, string]>> = {
  agrees: ['settled', 'cocok dengan data'],
  differs: ['person', 'berbeda dari data'],
  unknown: ['none', 'belum dapat dibandingkan'],
};

/** Whether what was read is what the registry says. */
export function agreementMark(agreement: Reading['agreement']): Readonly<{ tone: Tone; word: string }> {
  const [tone, word] = AGREEMENT[agreement];
  return { tone, word };
}

/** How sure the reading is, in words: a share of a hundred says nothing to a person. */
export function confidenceText({ confidence, from }: Pick<Reading, 'confidence' | 'from'>): string {
  if (from === 'barcode') return 'dari kode';
  if (confidence >= 0.9) return 'terbaca jelas';
  return confidence >= 0.7 ? 'terbaca cukup jelas' : 'terbaca ragu';
}
