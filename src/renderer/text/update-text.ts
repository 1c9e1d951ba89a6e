import { ALL_SAVED, type ErrorSentence, numberFact, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { UPDATE_ERRORS as ENGLISH_ERRORS, UPDATE_TEXT as ENGLISH } from './en/update-text.ts';
import { count } from './format.ts';
import { inLanguage } from './language.ts';

const INDONESIAN = {
  title: 'Versi program',
  running: 'Versi ini',
  newest: 'Program ini yang terbaru yang diketahui.',
  offered: (version: string): string => `Bapenda meminta versi ${version}.`,
  onMedium: (version: string): string => `Versi ${version} ada di flashdisk`,
  install: (version: string): string => `Siapkan versi ${version}`,
  fetch: (version: string): string => `Ambil versi ${version} lewat koneksi`,
  installing: 'Memeriksa tanda tangan, membongkar, mencadangkan data, mencoba di salinan …',
  ready: (version: string): string => `Versi baru siap: ${version}`,
  readyHow: 'Dipakai saat Loket dibuka lagi. Bila tidak jalan, versi ini kembali sendiri.',
  restart: 'Mulai ulang sekarang',
  returned: (version: string): string =>
    `Versi ${version} tidak dapat berjalan di komputer ini; versi ini dipakai lagi. Data utuh. Hubungi pemasang.`,
  notNow: {
    CASH_SESSION_OPEN: 'Belum sekarang: sesi kas masih terbuka. Tutup sesi kas dulu (Ctrl+6).',
  },
  byInstaller: 'Program ini diperbarui dengan pemasangnya, bukan dari layar ini.',
};

/** Perangkat: the program's own next version. */
export const UPDATE_TEXT = inLanguage(INDONESIAN, ENGLISH);

const WHY: Readonly<Record<string, string>> = {
  NOT_INSTALLED: 'program ini diperbarui dengan pemasangnya',
  WORKING: 'pembaruan lain masih dikerjakan',
  NOT_OFFERED: 'Bapenda tidak meminta versi lain',
  NOT_READY: 'belum ada versi baru yang siap',
  NOT_THERE: 'berkasnya atau keterangannya tidak ada',
  MANIFEST: 'keterangannya tidak dapat dibaca',
  SIGNATURE: 'tanda tangannya bukan dari Bapenda',
  PLATFORM: 'berkas itu untuk sistem operasi lain',
  OLDER: 'versinya tidak lebih baru daripada yang terpasang',
  OLDER_SCHEMA: 'versi itu tidak mengenal data komputer ini',
  SIZE: 'berkasnya tidak utuh',
  CONTENT: 'isinya berubah atau rusak',
  MEDIUM: 'flashdisk tidak dapat dibaca sampai selesai',
  UNPACK: 'isinya tidak dapat dibongkar',
  TRIAL: 'program baru tidak berhasil membuka salinan data',
  DISK: 'disk tidak cukup',
};

const NEXT: Readonly<Record<string, string>> = {
  SIGNATURE: 'Jangan pakai berkas itu. Minta berkas dari Bapenda, dan laporkan dari mana asalnya.',
  PLATFORM: 'Minta berkas untuk sistem operasi komputer ini.',
  OLDER: 'Tidak perlu apa-apa; program tidak pernah mundur.',
  OLDER_SCHEMA: 'Minta versi yang lebih baru; program tidak pernah mundur.',
  SIZE: 'Salin berkasnya ke flashdisk lagi sampai selesai, lalu ulangi.',
  CONTENT: 'Salin berkasnya dari Bapenda lagi, lalu ulangi.',
  MEDIUM: 'Pasang flashdisk lagi atau pakai yang lain, lalu ulangi.',
  TRIAL: 'Terus bekerja dengan versi ini dan hubungi pemasang.',
  WORKING: 'Tunggu sampai selesai.',
};

const INDONESIAN_ERRORS = {
  UPDATE_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    const missing = numberFact(details, 'missingMb');
    return {
      what: `Versi baru tidak dipasang: ${WHY[reason] ?? 'berkasnya ditolak'}.`,
      safe: `${UNCHANGED} Loket tetap berjalan dengan versi ini.`,
      next:
        reason === 'DISK' && missing !== undefined
          ? `Kosongkan ${count(missing)} MB pada disk, lalu ulangi.`
          : (NEXT[reason] ?? 'Periksa flashdisk atau koneksi, lalu ulangi.'),
    };
  },
  UPDATE_NOT_NOW: () => ({
    what: 'Versi baru tidak dipasang sekarang: sesi kas masih terbuka.',
    safe: ALL_SAVED,
    next: 'Hitung dan tutup sesi kas (Ctrl+6), lalu ulangi.',
  }),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** The program's own next version, refused. */
export const UPDATE_ERRORS = inLanguage(INDONESIAN_ERRORS, ENGLISH_ERRORS);
