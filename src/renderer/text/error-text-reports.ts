import { ALL_SAVED, type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { REPORT_ERRORS as ENGLISH } from './en/error-text-reports.ts';
import { inLanguage } from './language.ts';

const REASONS: Readonly<Record<string, string>> = {
  FULL: ': tempatnya penuh',
  NOT_THERE: ': folder atau flashdisknya tidak ada',
  NOT_WRITABLE: ': tempatnya tidak dapat ditulisi',
  OPEN_ELSEWHERE: ': berkas dengan nama itu sedang dibuka program lain',
  NAME_TAKEN: ': nama itu sudah dipakai sebuah folder',
  OUTSIDE: ': folder itu bukan folder laporan dan bukan flashdisk',
  TOO_LARGE: ': laporannya terlalu besar untuk bentuk ini',
  NO_VERIFIER: ': program pemeriksa mandiri tidak ikut terpasang',
};

const NEXT: Readonly<Record<string, string>> = {
  FULL: 'Kosongkan tempatnya atau pilih tempat lain, lalu ulangi.',
  NOT_THERE: 'Pasang flashdisk atau pilih tempat lain, lalu ulangi.',
  NOT_WRITABLE: 'Buka kunci tulisnya atau pilih tempat lain, lalu ulangi.',
  OPEN_ELSEWHERE: 'Tutup berkas itu di program lain, lalu ulangi. Isi yang lama tidak berubah.',
  NAME_TAKEN: 'Pindahkan folder itu atau pilih tempat lain, lalu ulangi.',
  OUTSIDE: 'Pilih salah satu tempat dari daftar.',
  NO_VERIFIER: 'Minta pemasang memasang ulang program ini, lalu ulangi.',
  TOO_LARGE: 'Pilih masa yang lebih pendek, atau XLSX atau CSV.',
};

const INDONESIAN = {
  REPORT_EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `Laporan belum disimpan sebagai berkas${REASONS[reason] ?? ''}.`,
      safe: `${ALL_SAVED} Tidak ada berkas setengah jadi.`,
      next: NEXT[reason] ?? 'Pilih tempat lain, lalu ulangi.',
    };
  },
  EVIDENCE_EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `Bukti belum disalin${REASONS[reason] ?? ''}.`,
      safe: `${ALL_SAVED} Tidak ada folder setengah jadi.`,
      next: NEXT[reason] ?? 'Pilih tempat lain, lalu ulangi.',
    };
  },
  REPORT_PERIOD_INVALID: say(
    'Masa laporan tidak dapat dipakai: tanggal awal lebih akhir, atau lebih dari satu tahun.',
    UNCHANGED,
    'Betulkan tanggalnya.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Reports and their files. */
export const REPORT_ERRORS = inLanguage(INDONESIAN, ENGLISH);
