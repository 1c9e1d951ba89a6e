import { isRegencyCode, regencyName } from '../../domain/regency.ts';
import { count } from './format.ts';

/** Laporan. */
export const REPORTS_TEXT = {
  title: 'Laporan',
  period: 'Masa',
  today: 'Hari ini',
  week: '7 hari',
  month: 'Bulan ini',
  from: 'Dari',
  to: 'Sampai',
  transactions: 'Transaksi',
  total: 'Ketetapan',
  rounding: 'Pembulatan tunai',
  payable: 'Uang diterima',
  byBeneficiary: 'Hak penerima',
  byComponent: 'Per komponen',
  byDay: 'Per hari',
  ledger: 'Buku besar',
  ledgerSum: 'Jumlah',
  empty: 'Tidak ada transaksi di masa ini.',
  dayValue: 'Uang diterima',
  dayCount: (services: number): string => `${count(services)} transaksi`,
  wrongPeriod: 'Tanggal awal lebih akhir daripada tanggal akhir.',
} as const;

const ACCOUNTS: Readonly<Record<string, string>> = {
  'cash-drawer': 'Laci kas',
  'cash-drawer-without-float': 'Laci kas tanpa modal awal',
  float: 'Modal awal',
  'safe-or-courier': 'Brankas atau kurir',
  'bank-in-transit': 'Setoran belum dikonfirmasi bank',
  'bank-confirmed': 'Bank',
  variance: 'Selisih hitungan',
  'cash-loss': 'Kehilangan kas',
  province: 'Provinsi',
  'jasa-raharja': 'Jasa Raharja',
  rounding: 'Pembulatan tunai',
  'agent-fee': 'Biaya layanan',
  suspense: 'Tunda',
  'refund-payable': 'Utang pengembalian',
};

/** The name of a ledger account. */
export function accountText(account: string): string {
  const [owner, code] = account.split(':', 2);
  if (owner === 'regency' && isRegencyCode(code)) return regencyName(code);
  const known = ACCOUNTS[account];
  if (known !== undefined) return known;
  const head = ACCOUNTS[owner ?? ''];
  return head === undefined || code === undefined ? account : `${head} ${code}`;
}
