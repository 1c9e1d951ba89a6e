import type { IssuedCodeRow, PeopleAct, RegionOfficer } from '../../contract/people.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import * as ENGLISH from './en/people-text.ts';
import { count, dateTime, day } from './format.ts';
import { inLanguage } from './language.ts';

/** How an officer stands; one word beside his name. */
export type OfficerState = 'active' | 'suspended' | 'starting' | 'locked' | 'substitute';

/** The one thing that matters most about somebody now. */
export function officerState(officer: RegionOfficer): OfficerState {
  if (!officer.active) return 'suspended';
  if (officer.lockedUntil !== null) return 'locked';
  if (officer.startsUntil !== null) return 'starting';
  return officer.substituteAt === null ? 'active' : 'substitute';
}

/** Words of those states. */
export const OFFICER_STATE_WORDS: Readonly<Record<OfficerState, string>> = inLanguage(
  {
    active: 'aktif',
    suspended: 'dinonaktifkan',
    starting: 'belum memilih PIN',
    locked: 'PIN terkunci',
    substitute: 'mengganti di gerai lain',
  },
  ENGLISH.OFFICER_STATE_WORDS,
);

/** States of an enrolment code. */
export const CODE_STATE_WORDS: Readonly<Record<IssuedCodeRow['state'], string>> = inLanguage(
  { open: 'belum dipakai', used: 'sudah dipakai', expired: 'kedaluwarsa', revoked: 'dicabut' },
  ENGLISH.CODE_STATE_WORDS,
);

/** What may be done about an officer. */
export type OfficerAct = Extract<PeopleAct['act'], 'suspend' | 'reinstate' | 'move' | 'reset-pin'>;
export const OFFICER_ACT_WORDS: Readonly<Record<OfficerAct, string>> = inLanguage(
  { suspend: 'Nonaktifkan', reinstate: 'Aktifkan lagi', move: 'Pindahkan', 'reset-pin': 'Atur ulang PIN' },
  ENGLISH.OFFICER_ACT_WORDS,
);

/** Petugas: people, enrolment codes and announcements of a region. */
export const PEOPLE_TEXT = inLanguage(
  {
    title: 'Petugas',
    parts: 'Bagian layar ini',
    tabs: { officers: 'Petugas', codes: 'Kode pendaftaran', announcements: 'Pengumuman' },
    list: 'Petugas di wilayah Anda',
    search: 'Cari petugas',
    searchHint: 'Nama, nomor, atau gerai',
    heads: ['Nama', 'Gerai', 'Keadaan', 'Masuk terakhir'],
    never: 'belum pernah',
    more: (shown: number): string => `${count(shown)} petugas dimuat, masih ada lagi`,
    empty: 'Tidak ada petugas di wilayah Anda.',
    emptyNext: 'Tambahkan petugas baru; ia memilih PIN-nya sendiri di loket.',
    notFound: (search: string): string => `Tidak ada petugas dengan "${search}" di data yang sudah dimuat.`,
    notFoundNext: 'Hapus pencarian, atau muat lagi.',
    choose: 'Pilih seorang petugas di daftar.',
    number: 'Nomor petugas',
    outlet: 'Gerai',
    role: 'Peran',
    state: 'Keadaan',
    reason: 'Alasan',
    lastSignIn: 'Masuk terakhir',
    locked: (until: number): string => `PIN terkunci sampai ${dateTime(until)}`,
    starts: (until: number): string => `belum memilih PIN; kode awal berlaku sampai ${dateTime(until)}`,
    substitute: (outlet: string): string => `hari ini mengganti di ${outlet}`,
    move: 'Pindah',
    movesTo: (outlet: string, on: LocalDate): string => `ke ${outlet} mulai ${day(on)}`,
    session: 'Sesi kas terbuka',
    sessionAt: (outlet: string, on: LocalDate): string => `${outlet}, sejak ${day(on)}`,
    mayNot: {
      SELF: 'Ini Anda sendiri; perubahan dilakukan pengawas lain atau Bapenda.',
      NOT_AN_OFFICER: 'Pengawas, pemasang, dan pemeriksa diatur Bapenda.',
    },
    change: 'Ubah petugas ini',
    create: 'Petugas baru',
    createHow: 'Ia memilih PIN-nya sendiri di loket dengan kode awal. Anda tidak memilihkan PIN.',
    name: 'Nama lengkap',
    id: 'Nomor petugas',
    idHow: 'Huruf kecil, angka, dan tanda hubung; misalnya NIP: nip-198706112010.',
    save: 'Simpan petugas',
    act: 'Perubahan',
    how: {
      suspend: (name: string): string =>
        `${name} tidak dapat masuk lagi: layarnya terkunci pada kontak loket berikutnya. Tidak ada data yang hilang.`,
      reinstate: (name: string): string => `${name} dapat masuk lagi dengan PIN-nya.`,
      move: (name: string): string =>
        `${name} bekerja di gerai lain mulai tanggal ini; gerai lama tidak mengenal PIN-nya lagi.`,
      'reset-pin': (name: string): string =>
        `PIN ${name} berakhir. Anda mendapat kode sekali pakai; ia memilih PIN baru dengan kode itu di loket.`,
    },
    openSession: (outlet: string, on: LocalDate): string =>
      `Sesi kasnya di ${outlet} masih terbuka sejak ${day(on)}. Pengawas menutupnya di loket itu.`,
    why: 'Alasan',
    to: 'Ke gerai',
    fromOn: 'Mulai tanggal',
    done: 'Sudah tersimpan di Bapenda.',
    startCode: 'Kode awal',
    startHow: (name: string): string =>
      `Bacakan atau tuliskan untuk ${name}. Di loket: pilih nama, ketik kode ini sebagai PIN, lalu pilih PIN sendiri.`,
    goodUntil: (until: number): string => `Berlaku sampai ${dateTime(until)}, sekali pakai, tidak ditampilkan lagi.`,
    repeated: 'Permintaan ini sudah dilakukan sebelumnya; kodenya tidak dapat ditampilkan lagi. Buat kode baru.',
    close: 'Tutup',
  },
  ENGLISH.PEOPLE_TEXT,
);

/** Kode pendaftaran. */
export const CODES_TEXT = inLanguage(
  {
    list: 'Kode pendaftaran komputer loket, terbaru di atas',
    heads: ['Gerai', 'Keadaan', 'Dibuat'],
    empty: 'Belum ada kode pendaftaran.',
    emptyNext: 'Buat kode untuk memasang komputer loket di gerai.',
    make: 'Kode baru',
    makeHow: 'Satu kode untuk satu komputer di satu gerai, berlaku 24 jam.',
    outlet: 'Untuk gerai',
    issue: 'Buat kode',
    code: 'Kode pendaftaran',
    how: 'Ketik kode ini di Pendaftaran perangkat, atau bawa berkasnya di flashdisk.',
    stick: 'Flashdisk',
    noStick: 'Tidak ada flashdisk. Pasang, lalu pilih.',
    save: 'Simpan ke flashdisk',
    saved: (file: string): string => `Tersimpan: ${file}. Pendaftaran perangkat membacanya sendiri.`,
    by: (name: string | null): string => (name === null ? 'oleh Bapenda' : `oleh ${name}`),
    number: 'Nomor kode',
    issuedAt: 'Dibuat',
    expiresAt: 'Berlaku sampai',
    usedAt: 'Dipakai',
    revoke: 'Cabut kode ini',
    revokeHow: 'Kode ini tidak dapat dipakai lagi mulai sekarang.',
    choose: 'Pilih kode di daftar.',
  },
  ENGLISH.CODES_TEXT,
);

/** Pengumuman, on the supervisor's side. */
export const ANNOUNCE_TEXT = inLanguage(
  {
    list: 'Pengumuman Anda, terbaru di atas',
    empty: 'Belum ada pengumuman.',
    emptyNext: 'Tulis pengumuman; loket menampilkannya sampai setiap petugas menekan Dibaca.',
    make: 'Pengumuman baru',
    heading: 'Judul',
    text: 'Isi',
    textHow: (left: number): string => `Teks biasa, ${count(left)} huruf lagi.`,
    until: 'Ditampilkan sampai',
    to: 'Untuk',
    all: 'Semua gerai di wilayah saya',
    some: 'Gerai pilihan',
    outlets: 'Pilih gerai',
    send: 'Kirim pengumuman',
    read: (read: number, people: number): string => `${count(read)} dari ${count(people)} petugas membaca`,
    sentTo: (outlets: number, until: LocalDate): string => `${count(outlets)} gerai, sampai ${day(until)}`,
    withdrawn: 'ditarik kembali',
    withdraw: 'Tarik kembali',
    withdrawHow: 'Loket berhenti menampilkannya pada kontak berikutnya. Tanda Dibaca tetap tersimpan.',
    readers: 'Siapa yang sudah membaca',
    readAt: (at: number): string => `dibaca ${dateTime(at)}`,
    unread: 'belum',
    nobody: 'Tidak ada petugas di gerai ini.',
    choose: 'Pilih pengumuman di daftar.',
  },
  ENGLISH.ANNOUNCE_TEXT,
);

/** PIN sendiri, and what is announced, at the counter. */
export const OWN_PIN_TEXT = inLanguage(
  {
    open: 'Ganti PIN',
    title: 'Ganti PIN saya',
    chooseTitle: (name: string): string => `${name}, pilih PIN Anda`,
    chooseHow: 'Kode awal Anda benar. Pilih PIN yang hanya Anda ketahui; kode itu lalu berakhir.',
    how: 'Berlaku segera di loket ini, juga tanpa koneksi. Loket lain di gerai mengetahuinya sesudah kontak berikutnya.',
    old: 'PIN lama',
    new: 'PIN baru',
    newHow: (digits: number): string => `${count(digits)} sampai 12 angka, tidak berurutan, tidak berpola`,
    again: 'PIN baru sekali lagi',
    differs: 'Kedua PIN baru belum sama.',
    problem: {
      SHORT: 'Terlalu pendek.',
      SIMPLE: 'Terlalu mudah ditebak.',
      OWN_NUMBER: 'Ini bagian dari nomor petugas Anda.',
      SAME: 'Sama dengan yang lama.',
    },
    save: 'Simpan PIN baru',
    done: 'PIN Anda sudah diganti.',
  },
  ENGLISH.OWN_PIN_TEXT,
);

/** Pengumuman, at the counter. */
export const ANNOUNCED_TEXT = inLanguage(
  {
    title: 'Pengumuman',
    from: (name: string, at: number): string => `${name}, ${dateTime(at)}`,
    more: (left: number): string => `${count(left)} pengumuman lagi sesudah ini`,
    read: 'Dibaca',
    afterSignIn: 'Tekan Dibaca di Beranda sesudah masuk.',
  },
  ENGLISH.ANNOUNCED_TEXT,
);
