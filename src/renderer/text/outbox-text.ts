import { count, duration, time } from './format.ts';
import { wordOf } from './word-of.ts';

/** Kotak Kirim. */
export const OUTBOX_TEXT = {
  title: 'Kotak Kirim',
  money: 'Uang',
  everything: 'Uang dan catatan',
  audit: (entries: number): string => (entries === 0 ? '' : `${count(entries)} catatan ikut dikirim`),
  documents: 'Berkas',
  show: 'Tampilkan',
  unsentOnly: 'Yang menunggu',
  all: 'Semua',
  sendNow: 'Kirim sekarang',
  sending: 'Sedang mengirim',
  counts: (unsent: number, money: number): string =>
    unsent === 0 ? 'Semua sudah diterima Bapenda.' : `${count(unsent)} menunggu, ${count(money)} di antaranya uang.`,
  lastContact: (atMs: number | null): string =>
    atMs === null ? 'Belum pernah tersambung ke Bapenda.' : `Terakhir tersambung pukul ${time(atMs)}.`,
  lastCustody: (atMs: number | null): string =>
    atMs === null ? 'Belum ada bukti diterima.' : `Bukti diterima terakhir pukul ${time(atMs)}.`,
  emptyMoney: 'Tidak ada yang menunggu. Semua transaksi sudah diterima Bapenda.',
  emptyDocuments: 'Tidak ada berkas yang menunggu.',
  columns: { what: 'Isi', number: 'Nomor', age: 'Umur', state: 'Keadaan', next: 'Percobaan berikutnya' },
  age: (nowMs: number, atMs: number): string => duration(nowMs - atMs),
  tries: (tries: number): string => (tries === 0 ? 'belum dicoba' : `${count(tries)} kali dicoba`),
  nextTry: (atMs: number): string => `berikutnya ${time(atMs)}`,
  sent: (pushed: number, pulled: number): string =>
    `${count(pushed)} dikirim, ${count(pulled)} keputusan dan data diambil dari Bapenda.`,
  left: (unsent: number): string => (unsent === 0 ? 'Tidak ada yang tersisa.' : `${count(unsent)} masih menunggu.`),
  item: (seq: number): string => `Catatan ${count(seq)}`,
} as const;

const TYPE_TEXT: Readonly<Record<string, string>> = {
  'epoch.opened': 'Buku harian dibuka',
  'officer.signed-in': 'Petugas masuk',
  'officer.sign-in-refused': 'PIN tidak cocok',
  'officer.signed-out': 'Petugas keluar',
  'cash-session.opened': 'Sesi kas dibuka',
  'vehicle.confirm-refused': 'Nomor rangka tidak cocok',
  'personal-data.viewed': 'Data pribadi dilihat',
  'arrival.recorded': 'Berkas dititipkan',
  'transaction.paid': 'Pembayaran',
  'print.requested': 'Permintaan cetak',
  'print.settled': 'Hasil cetak',
  'print.answered': 'Jawaban hasil cetak',
  'final-receipt.handed-over': 'Bukti pelunasan diserahkan',
  'subject-key.erased': 'Data pribadi dihapus',
};

/** What an entry of the journal is, for a person. */
export function entryTypeText(type: string): string {
  return TYPE_TEXT[type] ?? type;
}

const VERDICTS: Readonly<Record<string, string>> = {
  ACCEPTED: 'diterima Bapenda',
  DUPLICATE: 'sudah diterima sebelumnya',
  CONFLICT: 'perlu diperiksa Bapenda: isi berbeda dengan yang sudah ada',
  QUARANTINED: 'perlu diperiksa Bapenda',
  FORK: 'perlu diperiksa Bapenda: urutan bercabang',
};

/** A verdict of the province in words. */
export function verdictText(verdict: string): string {
  const [code, reason] = verdict.split(/[:(]/, 2);
  const known = VERDICTS[(code ?? '').trim()];
  if (known === undefined) return verdict;
  return reason === undefined || reason.trim() === '' ? known : `${known} (${reason.replace(')', '').trim()})`;
}

/** Why the last try did not arrive, or what the province answered. */
export function reasonText(reason: string | null): string {
  if (reason === null || reason === '') return '';
  // The names that the operating system gives to a line that is not there.
  if (/^E[A-Z]+$/.test(reason)) return REASONS['NO_LINE'] ?? '';
  return wordOf(REASONS, reason) ?? verdictText(reason);
}

const REASONS: Readonly<Record<string, string>> = {
  NO_LINE: 'belum ada koneksi',
  PROVINCE_REFUSED: 'Bapenda menolak sambungan',
  PROVINCE_ANSWER_INVALID: 'jawaban Bapenda tidak dapat dipercaya',
  TIMEOUT: 'Bapenda tidak menjawab tepat waktu',
};
