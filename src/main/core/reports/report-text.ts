import type { ColumnKind, ReportColumn, ReportKind } from '../../../contract/views-reports.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';

/** Titles as they stand on paper and above the table on the screen: one text for both. */
export const REPORT_TITLES: Readonly<Record<ReportKind, string>> = {
  closing: 'Laporan Penutupan Hari',
  day: 'Laporan Harian',
  'cash-session': 'Laporan Sesi Kas',
  officer: 'Laporan per Petugas',
  component: 'Laporan per Komponen',
  beneficiary: 'Laporan Hak Penerima',
  means: 'Laporan Cara Bayar',
  rounding: 'Laporan Pembulatan Tunai',
  variances: 'Laporan Selisih Kas',
  'cash-age': 'Umur Kas Belum Disetor',
  deposits: 'Laporan Setoran',
  bku: 'Buku Kas Umum Penerimaan',
  sts: 'Surat Tanda Setoran',
  'sts-register': 'Register STS',
  voids: 'Register Batal dan Cetak Ulang',
  gaps: 'Laporan Nomor yang Hilang',
  signals: 'Tanda yang Perlu Dilihat',
  'service-quality': 'Mutu Layanan per Minggu',
};

const COLUMNS = {
  day: ['Tanggal', 'day'],
  time: ['Waktu', 'time'],
  sales: ['Transaksi', 'count'],
  voided: ['Batal', 'count'],
  province: ['Provinsi', 'money'],
  regencies: ['Kab/Kota', 'money'],
  jasaRaharja: ['Jasa Raharja', 'money'],
  parking: ['Parkir', 'money'],
  agentFee: ['Jasa layanan', 'money'],
  owed: ['Hak penerima', 'money'],
  rounding: ['Pembulatan', 'money'],
  other: ['Titipan dan utang', 'money'],
  cash: ['Tunai', 'money'],
  otherMeans: ['Nontunai', 'money'],
  received: ['Uang diterima', 'money'],
  opened: ['Dibuka', 'time'],
  closed: ['Ditutup', 'time'],
  officer: ['Petugas', 'text'],
  state: ['Keadaan', 'text'],
  float: ['Modal', 'money'],
  deposited: ['Disetor', 'money'],
  expected: ['Seharusnya', 'money'],
  counted: ['Dihitung', 'money'],
  variance: ['Selisih', 'money'],
  explanation: ['Penjelasan', 'text'],
  explainedBy: ['Dijelaskan oleh', 'text'],
  component: ['Komponen', 'text'],
  period: ['Masa pajak', 'day'],
  amount: ['Jumlah', 'money'],
  waived: ['Dibebaskan', 'money'],
  takenBack: ['Batal dan koreksi', 'money'],
  brought: ['Penerimaan', 'money'],
  code: ['Kode', 'text'],
  beneficiary: ['Penerima', 'text'],
  means: ['Cara bayar', 'text'],
  entries: ['Entri', 'count'],
  inflow: ['Masuk', 'money'],
  outflow: ['Keluar', 'money'],
  balance: ['Saldo', 'money'],
  account: ['Akun', 'text'],
  age: ['Umur (hari)', 'count'],
  taken: ['Diterima hari itu', 'money'],
  left: ['Belum disetor', 'money'],
  bank: ['Bank', 'text'],
  slip: ['Nomor bukti setor', 'text'],
  source: ['Asal kas', 'text'],
  depositedOn: ['Tanggal setor', 'day'],
  coversDays: ['Penerimaan tanggal', 'text'],
  number: ['Nomor bukti', 'text'],
  no: ['No.', 'count'],
  description: ['Uraian', 'text'],
  what: ['Jenis', 'text'],
  plate: ['Nomor polisi', 'plate'],
  receipt: ['Nomor TTS', 'text'],
  voidNumber: ['Nomor batal', 'text'],
  reason: ['Alasan', 'text'],
  approvedBy: ['Disetujui oleh', 'text'],
  cumulative: ['Jumlah sampai dengan', 'money'],
  fromNo: ['Dari', 'text'],
  toNo: ['Sampai', 'text'],
  missing: ['Banyaknya', 'count'],
  note: ['Keterangan', 'text'],
  week: ['Minggu mulai', 'day'],
  seconds: ['Detik per layanan', 'count'],
  slow: ['9 dari 10 (detik)', 'count'],
  wait: ['Menunggu (menit)', 'count'],
  changed: ['Diubah Bapenda', 'count'],
  refused: ['Ditolak Bapenda', 'count'],
  varianceSize: ['Besar selisih', 'money'],
  missingPapers: ['Berkas kurang', 'count'],
  offlineHours: ['Jam tanpa koneksi', 'count'],
  offlineSales: ['Dilayani di dalamnya', 'count'],
} as const satisfies Readonly<Record<string, readonly [string, ColumnKind]>>;

/** Name of a column. */
export type ColumnKey = keyof typeof COLUMNS;

/** The head of a column as people read it, and how its cells are read. */
export function column(key: ColumnKey): ReportColumn {
  const [label, kind] = COLUMNS[key];
  return { key, label, kind };
}

const COMPONENTS: Readonly<Record<string, string>> = {
  pkb: 'PKB',
  pkbFine: 'Sanksi administratif PKB',
  opsenPkb: 'Opsen PKB',
  opsenPkbFine: 'Sanksi administratif opsen PKB',
  swdkllj: 'SWDKLLJ',
  swdklljFine: 'Denda SWDKLLJ',
  subscriptionParking: 'Parkir berlangganan',
};

/** A charge component as the papers print it. */
export function componentName(component: string): string {
  return COMPONENTS[component] ?? component;
}

const ACCOUNTS: Readonly<Record<string, string>> = {
  'cash-drawer': 'Laci kas',
  float: 'Modal awal',
  'safe-or-courier': 'Brankas atau kurir',
  'bank-in-transit': 'Setoran belum dikonfirmasi bank',
  'bank-confirmed': 'Bank',
  'provider-clearing': 'Penyedia pembayaran (QRIS, transfer)',
  province: 'Provinsi Jawa Timur',
  'jasa-raharja': 'Jasa Raharja',
  'agent-fee': 'Jasa layanan koperasi',
  'refund-payable': 'Utang pengembalian',
  rounding: 'Pembulatan tunai',
  variance: 'Selisih hitungan kas',
  'cash-loss': 'Kehilangan kas',
  'waived-short': 'Kekurangan yang dibebaskan',
};

/** A ledger account in words. */
export function accountName(account: string): string {
  const [head = '', part] = account.split(':', 2);
  if (head === 'regency' && isRegencyCode(part)) return regencyName(part);
  if (head === 'parking' && isRegencyCode(part)) return `Parkir berlangganan ${regencyName(part)}`;
  if (head === 'suspense' && part !== undefined) return `Titipan ${componentName(part)}`;
  return ACCOUNTS[account] ?? account;
}

const ACCOUNT_CODES: Readonly<Record<string, string>> = {
  province: '35',
  'jasa-raharja': 'JR',
  'agent-fee': 'KOP',
  rounding: 'PB',
  variance: 'SLS',
  'cash-loss': 'HLG',
};

/** The short code of a beneficiary on a slip: `35`, `3506`, `JR`, `P-3506`. */
export function accountCode(account: string): string {
  const [head = '', part] = account.split(':', 2);
  if (head === 'regency' && part !== undefined) return part;
  if (head === 'parking' && part !== undefined) return `P-${part}`;
  return ACCOUNT_CODES[account] ?? account;
}

const TYPES: Readonly<Record<string, string>> = {
  'transaction.paid': 'Penerimaan pajak',
  'transaction.voided': 'Pembatalan transaksi',
  'shortfall.collected': 'Pembayaran kekurangan',
  'shortfall.waived': 'Kekurangan dibebaskan',
  'refund.paid-in-cash': 'Pengembalian tunai',
  'payment.ended': 'Pembayaran nontunai selesai',
  'cash.deposited': 'Setoran ke bank',
  'cash.stored': 'Kas ke brankas',
  'cash.dispatched': 'Kas dibawa kurir',
  'cash.refused-by-bank': 'Uang ditolak bank',
  'cash.written-off': 'Kas dihapus sebagai kehilangan',
  'cash-session.handed-over': 'Serah terima laci',
  'cash.moved': 'Uang kembalian masuk atau keluar',
  'cash-session.opened': 'Sesi kas dibuka',
  'cash-session.closed': 'Penutupan sesi kas',
  'cash-session.counted': 'Kas dihitung',
  'print.requested': 'Cetak ulang',
  'epoch.opened': 'Jurnal dilanjutkan',
};

/** What happened, in the words of a book. */
export function typeName(type: string): string {
  return TYPES[type] ?? type;
}

const FORMS: Readonly<Record<string, string>> = { tbpkp: 'Blangko TBPKP', pengesahan: 'Stiker pengesahan' };

/** A pre-printed form as people call it. */
export function formName(form: string): string {
  return FORMS[form] ?? form;
}

const CENTRALS: Readonly<Record<string, string>> = {
  short: 'Kurang bayar',
  over: 'Lebih bayar',
  rejected: 'Ditolak',
  'paid-elsewhere': 'Sudah lunas di tempat lain',
  'refund-due': 'Harus dikembalikan',
  refunded: 'Dikembalikan',
};

/** What the province said of a sale, in words. */
export function centralName(central: string): string {
  return CENTRALS[central] ?? central;
}

/** Everything else that stands on the reports. */
export const REPORT_TEXT = {
  outlet: (name: string, device: number): string => `${name} · Perangkat ${String(device).padStart(2, '0')}`,
  period: (from: string, to: string): string => (from === to ? `Tanggal ${from}` : `Masa ${from} s.d. ${to}`),
  ofSession: (opened: string, officer: string): string => `Hanya sesi kas ${opened}, ${officer}`,
  ofOfficer: (officer: string): string => `Hanya petugas ${officer}`,
  leavesOut: 'Sesi kas yang masih terbuka dan belum dihitung tidak termasuk.',
  training: 'LATIHAN, bukan uang sungguhan',
  total: 'Jumlah',
  noSession: 'Tanpa sesi kas',
  noOfficer: 'Tanpa petugas',
  otherParts: 'Koreksi tanpa rincian komponen',
  sessionStates: {
    open: 'Terbuka',
    counted: 'Sudah dihitung',
    closed: 'Ditutup',
  },
  cashMeans: 'Tunai',
  providerMeans: 'QRIS atau transfer',
  carried: 'Saldo awal',
  carriedDeposits: 'Jumlah sebelum masa ini',
  surplus: 'Disetor lebih dari yang diterima',
  drawer: 'Laci',
  safe: 'Brankas atau kurir',
  void: 'Batal',
  cashRefund: 'Kembali tunai',
  sameDay: (answer: 'voided' | 'settled' | null): string =>
    answer === null
      ? 'Minta batal hari ini: menunggu'
      : answer === 'voided'
        ? 'Minta batal hari ini: dibatalkan'
        : 'Minta batal hari ini: sudah dibukukan',
  copy: (n: number): string => `Salinan ${n}`,
  receiptNumbers: 'Nomor di jurnal dan di kertas',
  formSerials: 'Nomor seri blangko',
  declared: (reason: string): string => `Dinyatakan hilang: ${reason}`,
  unexplained: 'Belum dijelaskan',
  brokenPlace: 'Nomor urut jurnal tidak ada',
  wrongNumber: 'Nomor TTS tidak sesuai dengan tempatnya di jurnal',
  doubleNumber: 'Nomor TTS dipakai lebih dari sekali',
  deviceLost: 'Hilang sebelum jurnal dilanjutkan',
  checkedNumbers: 'Nomor TTS yang diperiksa',
  checkedPlaces: 'Nomor urut jurnal yang diperiksa',
  identity: 'Hak penerima dikurangi pembulatan dan selisih',
  cashNow: 'Kas di laci dan brankas pada akhir masa',
  undeposited: 'Kas belum disetor',
  inTransit: 'Setoran belum dikonfirmasi bank',
  stsTitle: (no: number, slip: string): string => `STS ${no} · ${slip}`,
  stsBank: (bank: string, on: string): string => `Disetor ke ${bank} tanggal ${on}`,
  nothing: 'Tidak ada.',
  sign: ['Dibuat oleh,', 'Diperiksa oleh,', 'Mengetahui,'],
  signSts: ['Penyetor,', 'Penerima (bank),', 'Mengetahui,'],
  signName: 'nama, tanggal, tanda tangan',
  page: (page: number, pages: number): string => `Halaman ${String(page)} dari ${String(pages)}`,
  footSource: (headSeq: number, madeAt: string): string => `Ujung jurnal ${String(headSeq)}, dibuat ${madeAt} WIB`,
  footHash: (hash: string): string => `Sidik jurnal ${hash}`,
  deposit: 'Setoran',
  ofDays: 'Penerimaan tanggal',
  depositor: 'Penyetor',
  copies: 'Cetak ulang',
  voids: 'Batal',
  cashRefunds: 'Pengembalian tunai',
  sameDays: 'Permintaan batal hari yang sama',
  signalSales: 'Layanan yang dilihat',
  signalMeaning: 'Cara membaca',
  noAccusation: 'Tiap baris adalah pertanyaan, bukan tuduhan. Enter membuka entri yang menunjukkannya.',
  qualityMeaning: 'Cara membaca',
  qualityHelps: 'Dari jurnal saja. Untuk membantu gerai, bukan untuk membandingkan orang.',
  provinceReasons: 'Mengapa Bapenda mengubah atau menolak',
  withLine: 'Dengan koneksi',
  withoutLine: 'Di jam tanpa koneksi',
} as const;
