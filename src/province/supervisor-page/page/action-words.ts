import type { ApprovalAction } from '../../../domain/approval.ts';
import { formatRupiah, rupiah } from '../../../domain/rupiah.ts';

const money = (amount: number): string => formatRupiah(rupiah(amount));
const today = (what: string, value: string): string => `Naikkan batas ${what} menjadi ${value}, hari ini saja`;

const WORDS: Readonly<Record<ApprovalAction, (amount: number) => string>> = {
  void: (amount) => `Batalkan transaksi ${money(amount)}`,
  waiver: () => 'Loloskan syarat yang tidak dibawa',
  'refund-cash': (amount) => `Kembalikan tunai ${money(amount)}`,
  'refund-application': (amount) => `Setujui permohonan pengembalian ${money(amount)}`,
  variance: (amount) => `Tutup kas dengan selisih ${money(amount)}`,
  reprint: (amount) => `Cetak SALINAN ${String(amount)}`,
  'unlock-pin': () => 'Buka kunci PIN petugas',
  'reset-pin': () => 'Ganti PIN petugas',
  substitute: () => 'Petugas pengganti untuk hari ini',
  'cash-loss': (amount) => `Catat kehilangan kas ${money(amount)}`,
  'raise-cap:perSale': (amount) => today('per transaksi', money(amount)),
  'raise-cap:drawerCash': (amount) => today('kas di laci', money(amount)),
  'raise-cap:unconfirmedDeposits': (amount) => today('setoran belum dikonfirmasi', money(amount)),
  'raise-cap:unconfirmedDepositBankDays': (amount) => today('umur setoran', `${String(amount)} hari kerja bank`),
  'raise-cap:unsent': (amount) => today('belum terkirim', String(amount)),
  'raise-cap:daysSinceContact': (amount) => today('tanpa koneksi', `${String(amount)} hari`),
  'raise-cap:rulesAgeDays': (amount) => today('umur tarif', `${String(amount)} hari`),
  'raise-cap:registryAgeDays': (amount) => today('umur data kendaraan', `${String(amount)} hari`),
  cancellation: (amount) => `Minta pembatalan hari yang sama ${money(amount)}`,
  'waive-shortfall': (amount) => `Hapuskan kekurangan ${money(amount)}`,
};

/** What a request asks, in the very words of the counter's *Kode jauh*. */
export function actionWords(action: ApprovalAction, amount: number): string {
  return WORDS[action](amount);
}

/** Age of a request. */
export function ageWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours === 0 ? `${String(rest)} menit yang lalu` : `${String(hours)} jam ${String(rest)} menit yang lalu`;
}
