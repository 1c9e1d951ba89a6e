import { PEOPLE_ERRORS as ENGLISH } from './en/error-text-people.ts';
import { type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { inLanguage } from './language.ts';

const PIN_STAYS = 'PIN lama masih berlaku.';

/** Why a new PIN is not taken. */
const PIN_REASONS: Readonly<Record<string, string>> = {
  SHORT: 'PIN baru terlalu pendek.',
  SIMPLE: 'PIN baru terlalu mudah ditebak: angka berurutan, berulang, atau hampir sama semua.',
  OWN_NUMBER: 'PIN baru adalah bagian dari nomor petugas Anda, yang diketahui orang lain.',
  SAME: 'PIN baru sama dengan yang lama.',
};

/** Why nothing was done about somebody, and what to do. */
const ACT_REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  OFFICER_KNOWN: ['Nomor petugas ini sudah dipakai.', 'Cari petugas itu di daftar, atau pakai nomor lain.'],
  OFFICER_UNKNOWN: ['Bapenda tidak mengenal petugas ini.', 'Muat lagi daftarnya, lalu pilih petugasnya.'],
  SELF: ['Tidak ada yang mengubah dirinya sendiri.', 'Minta pengawas lain atau Bapenda.'],
  NOT_AN_OFFICER: ['Hanya petugas loket yang diubah dari sini.', 'Pengawas, pemasang, dan pemeriksa diatur Bapenda.'],
  ALREADY_SO: ['Ini sudah dilakukan, mungkin oleh orang lain.', 'Muat lagi untuk melihat keadaan sekarang.'],
  SAME_OUTLET: ['Petugas ini sudah bekerja di gerai itu.', 'Pilih gerai lain.'],
  DATE_PAST: ['Tanggal itu sudah lewat.', 'Pilih hari ini atau sesudahnya.'],
  CODE_UNKNOWN: ['Bapenda tidak mengenal kode ini.', 'Muat lagi daftar kode.'],
  CODE_OVER: ['Kode ini sudah dipakai, dicabut, atau kedaluwarsa.', 'Muat lagi untuk melihat keadaannya.'],
  ANNOUNCEMENT_UNKNOWN: ['Bapenda tidak mengenal pengumuman ini.', 'Muat lagi daftar pengumuman.'],
  REQUEST_OTHER: [
    'Bapenda menerima permintaan lain dengan nomor yang sama.',
    'Ulangi; permintaan berikutnya bernomor baru.',
  ],
};

const INDONESIAN = {
  PIN_TO_CHOOSE: say(
    'Ini kode awal, bukan PIN.',
    'Kode ini benar dan belum dipakai.',
    'Pilih PIN Anda sendiri; sesudah itu masuk dengan PIN itu.',
  ),
  START_CODE_EXPIRED: say(
    'Kode awal ini sudah kedaluwarsa.',
    UNCHANGED,
    'Minta kode baru kepada pengawas: Petugas, Atur ulang PIN.',
  ),
  PIN_TOO_SIMPLE: (details) => ({
    what: PIN_REASONS[textFact(details, 'reason', '')] ?? 'PIN baru tidak dapat dipakai.',
    safe: PIN_STAYS,
    next: 'Pilih 6 sampai 12 angka yang tidak berurutan dan tidak berpola; pengawas paling sedikit 8 angka.',
  }),
  PIN_NOT_CHANGED_HERE: (details) => ({
    what:
      textFact(details, 'reason', '') === 'SUPERVISOR'
        ? 'PIN pengawas hanya diganti di perangkat yang ditetapkan untuknya.'
        : 'PIN petugas pengganti dan pemeriksa tidak diganti di loket ini.',
    safe: PIN_STAYS,
    next:
      textFact(details, 'reason', '') === 'SUPERVISOR'
        ? 'Ganti di perangkat pengawas, layar Perangkat.'
        : 'Petugas pengganti memakai PIN di gerainya sendiri; pemeriksa menghubungi Bapenda.',
  }),
  PEOPLE_REFUSED: (details) => {
    const [what, next] = ACT_REASONS[textFact(details, 'reason', '')] ?? [
      'Bapenda tidak melakukannya.',
      'Muat lagi, lihat keadaannya, lalu ulangi.',
    ];
    return { what, safe: UNCHANGED, next };
  },
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Own PINs, and what a supervisor does about people. */
export const PEOPLE_ERRORS = inLanguage(INDONESIAN, ENGLISH);
