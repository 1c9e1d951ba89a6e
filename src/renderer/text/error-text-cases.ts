import {
  ALL_SAVED,
  type ErrorSentence,
  moneyFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { CASE_ERRORS as ENGLISH } from './en/error-text-cases.ts';
import { inLanguage } from './language.ts';

const NOT_IN_CASH: Readonly<Record<string, string>> = {
  returned: 'uangnya sudah kembali',
  'void-instead': 'transaksinya belum terkirim, batalkan saja',
  'not-cash': 'pembayarannya tidak tunai',
  'not-decided': 'Bapenda belum memutuskan',
  booked: 'pembayarannya sudah dibukukan',
  'application-open': 'sudah ada permohonan pengembalian',
  'no-session': 'kas belum dibuka',
  'other-session': 'uangnya diterima di sesi kas lain',
  deposited: 'uangnya mungkin sudah keluar dari laci',
};
const NOT_ASKED: Readonly<Record<string, string>> = {
  'void-instead': 'transaksinya belum terkirim, batalkan saja',
  returned: 'uangnya sudah kembali',
  asked: 'sudah pernah diminta',
  'other-day': 'bukan transaksi hari ini',
  'too-late': 'batas jamnya sudah lewat',
};
const NOT_REFUNDABLE: Readonly<Record<string, string>> = {
  'void-instead': 'transaksinya belum terkirim, batalkan saja',
  'application-open': 'sudah ada permohonan untuk transaksi ini',
  'nothing-owed': 'tidak ada uang yang dapat diminta kembali',
};

const INDONESIAN = {
  CASE_UNKNOWN: say('Kasus ini tidak ada lagi.', ALL_SAVED, 'Buka kembali daftar Perlu Tindakan.'),
  CASE_CHANGED: say(
    'Keputusan Bapenda berubah sejak layar ini dibuka.',
    UNCHANGED,
    'Baca lagi kasusnya; jumlahnya mungkin lain.',
  ),
  CASE_SETTLED: say('Orang lain sudah menyelesaikan langkah ini.', ALL_SAVED, 'Lihat riwayat kasusnya.'),
  SHORTFALL_TOO_LARGE: (details) => ({
    what: `Kekurangan ${moneyFact(details, 'total', 'ini')} melebihi batas pembebasan ${moneyFact(details, 'most', 'aturan')}.`,
    safe: UNCHANGED,
    next: 'Terima kekurangannya, atau ajukan pengembalian.',
  }),
  CANCELLATION_NOT_NOW: (details) => ({
    what: `Pembatalan hari yang sama tidak dapat diminta: ${NOT_ASKED[textFact(details, 'reason', '')] ?? 'keadaannya berubah'}.`,
    safe: UNCHANGED,
    next: 'Bila warga tetap ingin uangnya kembali, ajukan pengembalian.',
  }),
  REFUND_NOT_IN_CASH: (details) => ({
    what: `Tidak dapat dikembalikan tunai: ${NOT_IN_CASH[textFact(details, 'reason', '')] ?? 'keadaannya berubah'}.`,
    safe: UNCHANGED,
    next: 'Jalannya permohonan pengembalian; Bapenda membayar ke rekening.',
  }),
  REFUND_NOT_NOW: (details) => ({
    what: `Permohonan tidak dapat dicatat: ${NOT_REFUNDABLE[textFact(details, 'reason', '')] ?? 'keadaannya berubah'}.`,
    safe: UNCHANGED,
    next: 'Lihat keadaannya di halaman kasus.',
  }),
  REFUND_PAPERS_MISSING: say(
    'Foto identitas pemohon atau TTS asli belum ada.',
    UNCHANGED,
    'Foto dulu di halaman kasus, atau tulis alasannya.',
  ),
  REFUND_UNKNOWN: say('Permohonan ini tidak ada di loket ini.', UNCHANGED, 'Buka kembali halaman kasusnya.'),
  PAPER_NOT_OF_SALE: say(
    'Kertas itu bukan tanda terima asli transaksi ini.',
    UNCHANGED,
    'Periksa nomornya atau pindai QR pada TTS asli.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Cases, same-day requests and refunds. */
export const CASE_ERRORS = inLanguage(INDONESIAN, ENGLISH);
