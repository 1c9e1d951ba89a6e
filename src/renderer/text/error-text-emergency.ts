import {
  dayInBrackets,
  type ErrorSentence,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { EMERGENCY_ERRORS as ENGLISH } from './en/error-text-emergency.ts';
import { inLanguage } from './language.ts';

const STATES: Readonly<Record<string, string>> = {
  open: 'sudah diketik dan menunggu orang kedua',
  confirmed: 'sudah menjadi transaksi',
  spoiled: 'sudah dicatat rusak',
  missing: 'sudah dicatat hilang',
};

const INDONESIAN = {
  EMERGENCY_NUMBER_UNKNOWN: say(
    'Nomor itu tidak ada di buku kuitansi darurat gerai ini.',
    'Uang dan kertasnya tidak berubah.',
    'Cocokkan nomor di kertas, atau catat dulu penerimaan bukunya.',
  ),
  EMERGENCY_NUMBER_USED: (details) => ({
    what: `Nomor itu ${STATES[textFact(details, 'state', '')] ?? 'sudah dicatat'}.`,
    safe: 'Catatan yang pertama tetap berlaku.',
    next: 'Periksa nomor di kertas. Dua kertas bernomor sama diserahkan ke pengawas.',
  }),
  EMERGENCY_PAPER_LATER: (details) => ({
    what: `Tanggal di kertas sesudah hari ini${dayInBrackets(details, 'today', 'hari ini')}.`,
    safe: UNCHANGED,
    next: 'Cocokkan tanggal dan jam di kertas.',
  }),
  EMERGENCY_SHEET_CONFIRMED: say(
    'Lembar ini sudah dikonfirmasi dan menjadi transaksi.',
    'Uangnya sudah tercatat di laci.',
    'Lihat transaksinya di Riwayat.',
  ),
  EMERGENCY_SHEET_OF_OTHER: (details) => ({
    what: `Lembar ini diketik oleh ${textFact(details, 'officer', 'petugas lain')}.`,
    safe: UNCHANGED,
    next: 'Yang mengetik memperbaiki atau membuangnya; orang lain hanya mengonfirmasi.',
  }),
  EMERGENCY_SHEET_UNKNOWN: say(
    'Lembar itu tidak menunggu konfirmasi.',
    UNCHANGED,
    'Lihat daftar nomor: mungkin sudah dikonfirmasi atau dibuang.',
  ),
  EMERGENCY_PHOTO_MISSING: say(
    'Foto kuitansi belum ada.',
    'Yang sudah diketik tersimpan.',
    'Ambil fotonya (F4), atau tulis alasan mengapa tidak bisa difoto.',
  ),
  EMERGENCY_BOOK_KNOWN: (details) => ({
    what: `Sebagian nomor itu sudah tercatat: buku ${numberFact(details, 'from') ?? '?'} sampai ${numberFact(details, 'to') ?? '?'}.`,
    safe: UNCHANGED,
    next: 'Periksa nomor awal dan akhir di sampul buku.',
  }),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** The emergency receipt book. */
export const EMERGENCY_ERRORS = inLanguage(INDONESIAN, ENGLISH);
