import type { ApprovalAction } from '../../domain/approval.ts';
import { assertNever } from '../../domain/result.ts';
import { money } from './format.ts';

/** The second person, at the counter and from afar. */
export const APPROVAL_TEXT = {
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
  provisional: 'Persetujuan dengan PIN atau kode bersifat sementara sampai ditandatangani di perangkat pengawas.',
} as const;

type CapAction = Extract<ApprovalAction, `raise-cap:${string}`>;

const CAP_WORDS: Readonly<Record<CapAction, (amount: number) => string>> = {
  'raise-cap:perSale': (amount) => `Naikkan batas per transaksi menjadi ${money(amount)}, hari ini saja`,
  'raise-cap:drawerCash': (amount) => `Naikkan batas kas di laci menjadi ${money(amount)}, hari ini saja`,
  'raise-cap:unconfirmedDeposits': (amount) =>
    `Naikkan batas setoran belum dikonfirmasi menjadi ${money(amount)}, hari ini saja`,
  'raise-cap:unconfirmedDepositBankDays': (amount) =>
    `Naikkan batas umur setoran menjadi ${String(amount)} hari kerja bank, hari ini saja`,
  'raise-cap:unsent': (amount) => `Naikkan batas belum terkirim menjadi ${String(amount)}, hari ini saja`,
  'raise-cap:daysSinceContact': (amount) => `Naikkan batas tanpa koneksi menjadi ${String(amount)} hari, hari ini saja`,
  'raise-cap:rulesAgeDays': (amount) => `Naikkan batas umur tarif menjadi ${String(amount)} hari, hari ini saja`,
  'raise-cap:registryAgeDays': (amount) =>
    `Naikkan batas umur data kendaraan menjadi ${String(amount)} hari, hari ini saja`,
};

const isCapAction = (action: ApprovalAction): action is CapAction => action.startsWith('raise-cap:');

/** What is approved, in words and with its amount. */
export function approvalWords(action: ApprovalAction, amount: number): string {
  if (isCapAction(action)) return CAP_WORDS[action](amount);
  switch (action) {
    case 'void':
      return `Batalkan transaksi ${money(amount)}`;
    case 'waiver':
      return 'Loloskan syarat yang tidak dibawa';
    case 'refund-cash':
      return `Kembalikan tunai ${money(amount)}`;
    case 'refund-application':
      return `Setujui permohonan pengembalian ${money(amount)}`;
    case 'variance':
      return `Tutup kas dengan selisih ${money(amount)}`;
    case 'reprint':
      return 'Cetak salinan lagi';
    case 'unlock-pin':
      return 'Buka kunci PIN petugas';
    case 'reset-pin':
      return 'Ganti PIN petugas';
    case 'substitute':
      return 'Petugas pengganti untuk hari ini';
    case 'cash-loss':
      return `Catat kehilangan kas ${money(amount)}`;
    case 'waive-shortfall':
      return `Hapuskan kekurangan ${money(amount)}`;
    case 'cancellation':
      return `Minta pembatalan hari yang sama ${money(amount)}`;
    default:
      return assertNever(action);
  }
}
