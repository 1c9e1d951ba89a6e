import { time } from './format.ts';
import * as ENGLISH from './en/sign-in-text.ts';
import { inLanguage } from './language.ts';

/** Masuk, Kunci layar and Pendaftaran perangkat. */
export const SIGN_IN_TEXT = inLanguage(
  {
    title: 'Siapa yang bertugas?',
    officers: 'Petugas di gerai ini',
    chooseHint: 'Panah memilih nama, lalu ketik PIN',
    trainingHint:
      'PIN semua orang di latihan ini 123456. Plat untuk mulai: AG\u00a01001\u00a0LT, rangka 20001; terlambat: AG\u00a01002\u00a0LT, rangka 20002.',
    pinOf: (name: string): string => `PIN ${name}`,
    pin: 'PIN',
    digit: (digit: number): string => `Angka ${digit}`,
    erase: 'Hapus satu angka',
    enter: 'Masuk',
    typed: (count: number): string => `${count} angka sudah diketik`,
    lockedUntil: (atMs: number): string => `terkunci sampai ${time(atMs)}`,
    noOfficers: 'Belum ada petugas di gerai ini.',
    noOfficersNext: 'Daftar petugas datang dari Bapenda; sambungkan komputer ini sekali.',
    knows: 'Keadaan loket hari ini',
    unsent: 'Menunggu dikirim',
    needsPerson: 'Perlu tindakan',
    cash: 'Kas belum disetor',
    registry: 'Data kendaraan per',
    line: 'Koneksi',
    tariff: 'Tarif per',
    none: 'belum ada',
  },
  ENGLISH.SIGN_IN_TEXT,
);

/** Kunci layar. */
export const LOCK_TEXT = inLanguage(
  {
    title: 'Layar terkunci',
    safe: 'Pekerjaan di layar tetap seperti semula.',
    unlock: 'Buka kunci',
    other: 'Bukan Anda? Keluar',
  },
  ENGLISH.LOCK_TEXT,
);

/** Pendaftaran perangkat. */
export const ENROLMENT_TEXT = inLanguage(
  {
    title: 'Daftarkan komputer ini',
    intro: 'Komputer ini belum terdaftar di Bapenda. Isi alamat server dan kode pendaftaran dari lembar gerai.',
    url: 'Alamat server Bapenda',
    urlHint: 'Misalnya https://opop.jatimprov.go.id',
    code: 'Kode pendaftaran',
    codeHint: '35 huruf dan angka, berlaku 24 jam, sekali pakai. Spasi dan tanda hubung tidak berpengaruh.',
    enrol: 'Daftarkan',
    working: 'Mendaftar ke Bapenda',
    next: 'Setelah terdaftar, data kendaraan dan daftar petugas diambil sendiri.',
  },
  ENGLISH.ENROLMENT_TEXT,
);
