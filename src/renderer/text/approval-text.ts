import type { ApprovalAction } from '../../domain/approval.ts';
import { assertNever } from '../../domain/result.ts';
import { money } from './format.ts';
import * as ENGLISH from './en/approval-text.ts';
import { inLanguage } from './language.ts';

/** The second person, at the counter and from afar. */
export const APPROVAL_TEXT = inLanguage(
  {
    supervisor: 'Pengawas',
    pin: 'PIN pengawas',
    noSupervisor: 'Tidak ada pengawas yang terdaftar di loket ini.',
    way: 'Cara menyetujui',
    ways: { pin: 'PIN pengawas di sini', code: 'Kode jauh', list: 'Daftar kode tersegel' },
    fillFirst: 'Lengkapi isian di atas dahulu; permintaan dibuat dari isian itu.',
    makeRequest: 'Buat permintaan',
    makeAgain: 'Buat permintaan baru',
    requestTitle: 'Bacakan permintaan ini kepada pengawas',
    requestHow:
      'Kelompok demi kelompok, huruf dieja. Tanpa internet: lewat telepon atau radio. Minta pengawas menyebut kembali tindakan dan jumlahnya.',
    call: (names: readonly string[]): string => `Yang dapat menjawab: ${names.join(', ')}.`,
    untilEnd: 'Berlaku sampai akhir hari ini, satu kali pakai, tiga kali coba.',
    code: 'Kode jawaban, 8 angka',
    listSupervisor: 'Pengawas pemilik daftar',
    list: 'Nomor daftar',
    place: 'Nomor urut kode',
    listHow: 'Buka amplop di depan pengawas atau atas perintahnya; coret kode yang dipakai.',
    changed: 'Isian berubah sesudah permintaan dibuat. Buat permintaan baru.',
    close: 'Kembali',
    raiseOpen: 'Naikkan batas hari ini',
    raiseTitle: 'Naikkan satu batas untuk hari ini',
    cap: 'Batas',
    raiseTo: 'Menjadi',
    raiseNow: (now: string, raised: boolean): string =>
      raised ? `Sekarang ${now}, sudah dinaikkan untuk hari ini.` : `Sekarang ${now}.`,
    raise: 'Naikkan',
    raisedToday: (names: readonly string[]): string => `Dinaikkan pengawas untuk hari ini: ${names.join(', ')}.`,
    provisional: 'Persetujuan dengan PIN atau kode bersifat sementara sampai ditandatangani di perangkat pengawas.',
  },
  ENGLISH.APPROVAL_TEXT,
);

/** Names of the limits, as somebody who raises one reads them. */
export const CAP_NAME_TEXT = inLanguage(
  {
    'per-sale': 'Per transaksi (rupiah)',
    'cash-in-drawer': 'Kas di laci (rupiah)',
    'unconfirmed-deposits': 'Setoran belum dikonfirmasi (rupiah)',
    'unconfirmed-deposit-days': 'Umur setoran (hari kerja bank)',
    unsent: 'Belum terkirim (jumlah)',
    'days-without-contact': 'Tanpa koneksi (hari)',
    'rules-age': 'Umur tarif (hari)',
    'registry-age': 'Umur data kendaraan (hari)',
  },
  ENGLISH.CAP_NAME_TEXT,
);

/** A case of an approval. */
export const APPROVAL_CASE_TEXT = inLanguage(
  {
    unconfirmed: 'Pengawas belum menandatangani persetujuan ini di perangkatnya sendiri.',
    disputed: 'Pengawas menyatakan persetujuan ini bukan dari dia. Bapenda memeriksanya.',
    act: 'Yang disetujui',
    by: 'Atas nama',
    how: 'Cara',
    at: 'Dipakai',
    methods: { pin: 'PIN di loket', code: 'Kode jauh', list: 'Daftar kode tersegel' },
  },
  ENGLISH.APPROVAL_CASE_TEXT,
);

/** At the door, with a supervisor's word. */
export const DOOR_TEXT = inLanguage(
  {
    open: 'PIN terkunci, lupa PIN, atau petugas pengganti',
    title: 'Masuk dengan persetujuan pengawas',
    unlock: 'Buka kunci PIN',
    reset: 'PIN baru',
    substitute: 'Petugas pengganti',
    how: {
      'unlock-pin': (name: string): string => `${name} dapat mencoba PIN-nya lagi sesudah pengawas menyetujui.`,
      'reset-pin': (name: string): string =>
        `${name} memilih PIN baru, paling sedikit enam angka. Pengawas menyetujui, tetapi tidak melihat PIN-nya.`,
      substitute: () =>
        'Petugas gerai lain bekerja di sini sampai akhir hari ini, dengan PIN yang ia pilih sekarang. Nomor petugasnya harus yang terdaftar di Bapenda.',
    },
    officerId: 'Nomor petugas',
    name: 'Nama petugas',
    pin: 'PIN baru',
    again: 'PIN baru, sekali lagi',
    submit: { 'unlock-pin': 'Buka kunci', 'reset-pin': 'Ganti PIN', substitute: 'Izinkan hari ini' },
    done: {
      'unlock-pin': 'Kunci PIN dibuka. Silakan masuk.',
      'reset-pin': 'PIN diganti. Masuk dengan PIN baru.',
      substitute: 'Petugas pengganti diizinkan hari ini. Pilih namanya, lalu masuk.',
    },
  },
  ENGLISH.DOOR_TEXT,
);

type CapAction = Extract<ApprovalAction, `raise-cap:${string}`>;

const CAP_WORDS: Readonly<Record<CapAction, (amount: number) => string>> = inLanguage(
  {
    'raise-cap:perSale': (amount) => `Naikkan batas per transaksi menjadi ${money(amount)}, hari ini saja`,
    'raise-cap:drawerCash': (amount) => `Naikkan batas kas di laci menjadi ${money(amount)}, hari ini saja`,
    'raise-cap:unconfirmedDeposits': (amount) =>
      `Naikkan batas setoran belum dikonfirmasi menjadi ${money(amount)}, hari ini saja`,
    'raise-cap:unconfirmedDepositBankDays': (amount) =>
      `Naikkan batas umur setoran menjadi ${String(amount)} hari kerja bank, hari ini saja`,
    'raise-cap:unsent': (amount) => `Naikkan batas belum terkirim menjadi ${String(amount)}, hari ini saja`,
    'raise-cap:daysSinceContact': (amount) =>
      `Naikkan batas tanpa koneksi menjadi ${String(amount)} hari, hari ini saja`,
    'raise-cap:rulesAgeDays': (amount) => `Naikkan batas umur tarif menjadi ${String(amount)} hari, hari ini saja`,
    'raise-cap:registryAgeDays': (amount) =>
      `Naikkan batas umur data kendaraan menjadi ${String(amount)} hari, hari ini saja`,
  },
  ENGLISH.CAP_WORDS,
);

const isCapAction = (action: ApprovalAction): action is CapAction => action.startsWith('raise-cap:');

/** What is approved, in words and with its amount. */
export function approvalWords(action: ApprovalAction, amount: number): string {
  if (isCapAction(action)) return CAP_WORDS[action](amount);
  switch (action) {
    case 'void':
      return inLanguage(`Batalkan transaksi ${money(amount)}`, `Void a transaction of ${money(amount)}`);
    case 'waiver':
      return inLanguage('Loloskan syarat yang tidak dibawa', 'Let a paper pass that was not brought');
    case 'refund-cash':
      return inLanguage(`Kembalikan tunai ${money(amount)}`, `Return ${money(amount)} in cash`);
    case 'refund-application':
      return inLanguage(
        `Setujui permohonan pengembalian ${money(amount)}`,
        `Approve an application for a refund of ${money(amount)}`,
      );
    case 'variance':
      return inLanguage(
        `Tutup kas dengan selisih ${money(amount)}`,
        `Close the cash with a variance of ${money(amount)}`,
      );
    case 'reprint':
      return inLanguage(`Cetak SALINAN ${String(amount)}`, `Print SALINAN ${String(amount)}`);
    case 'unlock-pin':
      return inLanguage('Buka kunci PIN petugas', 'Unlock an officer’s PIN');
    case 'reset-pin':
      return inLanguage('Ganti PIN petugas', 'Change an officer’s PIN');
    case 'substitute':
      return inLanguage('Petugas pengganti untuk hari ini', 'A substitute officer for today');
    case 'cash-loss':
      return inLanguage(`Catat kehilangan kas ${money(amount)}`, `Record a loss of cash of ${money(amount)}`);
    case 'waive-shortfall':
      return inLanguage(`Hapuskan kekurangan ${money(amount)}`, `Waive a shortfall of ${money(amount)}`);
    case 'cancellation':
      return inLanguage(
        `Minta pembatalan hari yang sama ${money(amount)}`,
        `Ask for a same-day cancellation of ${money(amount)}`,
      );
    default:
      return assertNever(action);
  }
}
