import type { EndedAside } from '../../contract/views-custody.ts';
import { dateTime } from './format.ts';
import * as ENGLISH from './en/aside-text.ts';
import { inLanguage } from './language.ts';

/** Why the province keeps an entry apart, and what comes next; by the last word of its verdict. */
const REASONS = inLanguage<Readonly<Record<string, string>>>(
  {
    UNKNOWN_TYPE:
      'Program Bapenda lebih lama daripada program loket dan belum mengenal catatan ini. Tunggu: sesudah diperbarui, Bapenda membacanya lagi.',
    BAD_BODY:
      'Program Bapenda tidak dapat membaca isi catatan ini. Pengawas mengabari Bapenda; sesudah programnya diperbaiki, catatan ini dibaca lagi.',
    UNKNOWN_OFFICER:
      'Petugas pada catatan ini belum terdaftar di Bapenda. Pengawas meminta ia didaftarkan; sesudah itu catatan ini dibaca lagi.',
    IMPOSSIBLE_AMOUNT:
      'Jumlah pada catatan ini tidak cocok dengan rinciannya. Pengawas mencocokkannya dengan struk; Bapenda yang memutuskan.',
    BAD_SIGNATURE:
      'Tanda tangan pada catatan ini tidak cocok. Jangan hapus apa pun; pengawas mengabari Bapenda, Bapenda yang memutuskan.',
    DAMAGED:
      'Isinya tidak terbaca lagi di komputer ini. Cocokkan dengan TTS aslinya; Bapenda memutuskan dari yang tercetak.',
    INTERNAL: 'Server Bapenda gagal mengolah catatan ini. Tunggu: sesudah diperbaiki, Bapenda membacanya lagi.',
    CONFLICT:
      'Bapenda sudah punya catatan lain dengan nomor transaksi yang sama. Pengawas membandingkan keduanya; Bapenda yang memutuskan.',
    FORK: 'Dua komputer memakai nama loket yang sama, dan urutannya bercabang. Matikan yang satunya; Bapenda yang memutuskan.',
    QUARANTINED: 'Bapenda menyimpan catatan ini tetapi belum dapat membukukannya. Pengawas menanyakan alasannya.',
  },
  ENGLISH.REASONS,
);

/** `QUARANTINED:UNKNOWN_TYPE` in words: what happened and what comes next. */
export function asideReason(verdict: string): string {
  return REASONS[verdict.split(':').at(-1) ?? ''] ?? REASONS['QUARANTINED'] ?? '';
}

const ENDED = inLanguage<Readonly<Record<EndedAside['ended'], (from: string, until: string) => string>>>(
  {
    accepted: (from, until) => `ditahan Bapenda ${from}, diterima ${until}`,
    settled: (from, until) => `ditahan Bapenda ${from}, diselesaikan di luar program ${until}`,
    refused: (from, until) => `ditahan Bapenda ${from}, tidak dapat diterima ${until}`,
  },
  ENGLISH.ENDED,
);

/** `ditahan Bapenda 21 Nov 2026 10.34, diterima 22 Nov 2026 09.10`, with what the person said who ended it. */
export function endedAsideText({ ended, from, until, note }: EndedAside): string {
  const facts = ENDED[ended](dateTime(from), dateTime(until));
  return note === null ? facts : `${facts}: ${note}`;
}
