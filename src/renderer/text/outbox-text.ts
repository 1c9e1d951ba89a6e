import type { OutboxRow } from '../../contract/views-counter.ts';
import type { StuckBecause } from '../../contract/views-roads.ts';
import { count, duration, time } from './format.ts';
import { wordOf } from './word-of.ts';

/** Kotak Kirim. */
export const OUTBOX_TEXT = {
  title: 'Kotak Kirim',
  money: 'Uang',
  everything: 'Uang dan catatan',
  audit: (entries: number): string => (entries === 0 ? '' : `${count(entries)} catatan ikut dikirim`),
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
  columns: { what: 'Isi', number: 'Nomor', age: 'Umur', state: 'Keadaan', next: 'Percobaan berikutnya' },
  age: (nowMs: number, atMs: number): string => duration(nowMs - atMs),
  tries: (tries: number): string => (tries === 0 ? 'belum dicoba' : `${count(tries)} kali dicoba`),
  nextTry: (atMs: number): string => `berikutnya ${time(atMs)}`,
  sent: (pushed: number, pulled: number): string =>
    `${count(pushed)} dikirim, ${count(pulled)} keputusan dan data diambil dari Bapenda.`,
  left: (unsent: number): string => (unsent === 0 ? 'Tidak ada yang tersisa.' : `${count(unsent)} masih menunggu.`),
  item: (seq: number): string => `Catatan ${count(seq)}`,
  laneOf: (title: string, rows: number): string => `${title} (${count(rows)})`,
  more: (rows: number): string => `dan ${count(rows)} lagi di bawahnya`,
  exportedWaits: 'menunggu berkas jawaban, atau koneksi',
  waitsForTurn: 'segera dikirim',
  quarantined: (rows: number): string => `Perlu diperiksa Bapenda (${count(rows)})`,
  quarantinedWhy:
    'Bapenda sudah menyimpan kiriman ini tetapi belum dapat membukukannya. Uangnya tidak hilang dan tidak dikirim dua kali.',
  quarantinedNext:
    'Jangan layani ulang kendaraan ini. Pengawas wilayah memeriksanya; keputusannya tampil di Perlu Tindakan.',
  stuck: (waited: string, because: string): string => `Sudah ${waited} ada koneksi tetapi belum terkirim: ${because}.`,
  progress: (left: number): string => (left === 0 ? 'Semua terkirim' : `${count(left)} lagi`),

  sentTitle: 'Hasil Kirim sekarang',
  sentNothing: 'Tidak ada yang perlu dikirim.',
  stillRunning: 'Masih mengirim; sisanya menyusul dan terlihat di daftar.',
  stoppedBy: (words: string): string => `Berhenti di tengah: ${words}. Sisanya dicoba lagi sendiri.`,
  otherEntries: (entries: number): string => `${count(entries)} catatan lain`,

  toFlashdisk: 'Simpan ke flashdisk',
  fromFlashdisk: 'Buka jawaban dari flashdisk',
  exportWhy:
    'Semua kiriman yang menunggu disalin, terkunci untuk Bapenda, ke satu berkas. Tetap tersimpan di sini sampai jawabannya kembali.',
  place: 'Flashdisk',
  noPlaces: 'Belum ada flashdisk. Colokkan, lalu tunggu beberapa detik; atau ketik foldernya.',
  otherFolder: 'Folder lain',
  free: (words: string): string => `sisa ${words}`,
  save: 'Simpan',
  cancel: 'Batal',
  done: 'Selesai',
  exported: (entries: number): string => `${count(entries)} catatan ada di flashdisk`,
  exportedFile: (file: string, size: string): string => `${file} (${size})`,
  exportedSteps: [
    'Cabut flashdisk dan bawa ke pengawas atau UPT.',
    'Minta berkas jawaban dari Bapenda di flashdisk yang sama.',
    'Pasang lagi di sini dan tekan Buka jawaban: kiriman ini tertutup.',
  ],
  answerWhy: 'Pilih berkas jawaban dari Bapenda (akhiran .opop). Hanya yang bertanda tangan Bapenda yang dipakai.',
  file: 'Berkas jawaban',
  noFiles: 'Belum ada berkas .opop di flashdisk mana pun. Colokkan flashdisknya, atau ketik letak berkasnya.',
  otherFile: 'Letak berkas',
  open: 'Buka jawaban',
  closed: (items: number): string =>
    items === 0 ? 'Tidak ada kiriman baru yang tertutup' : `${count(items)} kiriman diterima Bapenda`,
  answerFacts: (quarantined: number, pages: number, unsent: number): string =>
    [
      ...(quarantined === 0 ? [] : [`${count(quarantined)} perlu diperiksa Bapenda`]),
      `${count(pages)} halaman data baru`,
      unsent === 0 ? 'tidak ada yang masih menunggu' : `${count(unsent)} masih menunggu`,
    ].join(' · '),
  answerCut: 'Berkasnya terpotong: yang utuh sudah dipakai. Minta berkas jawaban dibuat lagi.',
  answerProblems: (frames: number): string => `${count(frames)} bagian tidak dapat dipastikan asli dan tidak dipakai.`,
} as const;

const STUCK: Readonly<Record<StuckBecause, string>> = {
  GAP: 'Bapenda meminta catatan sebelumnya dulu',
  PENDING: 'Bapenda menunggu catatan sebelumnya',
  SERVER_BUSY: 'Bapenda sedang sibuk',
  CUSTODY_INVALID: 'bukti diterima dari Bapenda tidak cocok',
  ANSWER_INVALID: 'jawaban Bapenda tidak dapat dipercaya',
  KEY_MISSING: 'kunci Bapenda belum ada di komputer ini',
  PROTOCOL_UNSUPPORTED: 'versi program tidak dimengerti Bapenda',
  REFUSED: 'Bapenda menolak sambungan',
  BEHIND_OTHERS: 'menunggu giliran di belakang kiriman lain',
};

/** Why an item waits although there is a line; undefined while that is nothing to speak of. */
export function stuckText(stuck: OutboxRow['stuck']): string | undefined {
  return stuck === null ? undefined : OUTBOX_TEXT.stuck(duration(stuck.sinceMs), STUCK[stuck.because]);
}

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
  'cash-session.counted': 'Laci dihitung',
  'cash-session.closed': 'Sesi kas ditutup',
  'cash.deposited': 'Setoran ke bank',
  'cash.moved': 'Uang kembalian',
  'transaction.voided': 'Pembatalan',
  'cash-session.taken-over': 'Sesi kas diambil alih',
  'cash-variance.explained': 'Selisih kas dijelaskan',
  'cash.inspected': 'Pemeriksaan kas',
  'cash-inspection.explained': 'Selisih pemeriksaan dijelaskan',
  'audit.looked': 'Pemeriksa melihat',
  'audit.exported': 'Pemeriksa menyalin berkas',
  'clock.acknowledged': 'Jam komputer diperiksa',
  'mirror.completed': 'Salinan kedua dilengkapi',
  'mirror.missed': 'Salinan kedua tidak tertulis',
  'mirror.recovered': 'Salinan loket lain dibawa',
  'bundle.exported': 'Disalin ke flashdisk',
  'answer.imported': 'Jawaban dari flashdisk',
  'province.rolled-back': 'Server Bapenda dipulihkan',
  'document.captured': 'Halaman tersimpan',
  'document.discarded': 'Halaman dibuang',
  'document.viewed': 'Halaman dilihat',
  'document.read': 'Halaman dibaca',
  'document.waived': 'Berkas ditiadakan',
  'application.received': 'Permohonan diterima',
  'application.completed': 'Berkas menyusul',
  'originals.received': 'Berkas asli dititip',
  'originals.handed-over': 'Berkas asli diserahkan',
  'queue.ticket-issued': 'Nomor antrean',
  'queue.ticket-settled': 'Antrean selesai',
  'form-stock.received': 'Blangko diterima',
  'form.used': 'Blangko terpakai',
  'form.spoiled': 'Blangko rusak',
  'form.missing': 'Blangko hilang',
  'payment.requested': 'Pembayaran QRIS atau transfer diminta',
  'payment.ended': 'Pembayaran QRIS atau transfer berakhir',
  'payment.paid-twice': 'Uang masuk dua kali',
  'change.unavailable': 'Kembalian tidak tersedia',
  'basket.broken-off': 'Gabungan kendaraan dihentikan',
  'approval.used': 'Persetujuan pengawas dipakai',
  'approval.refused': 'Persetujuan ditolak',
  'approval.given': 'Kode jauh diberikan',
  'approval.answered': 'Jawaban pengawas atas persetujuan',
  'officer.unlocked': 'Kunci PIN petugas dibuka',
  'officer.pin-reset': 'PIN petugas diganti',
  'officer.substituted': 'Petugas pengganti diizinkan',
  'cap.raised': 'Batas dinaikkan untuk hari ini',
  'emergency-book.received': 'Buku kuitansi darurat diterima',
  'emergency-sheet.spoiled': 'Kuitansi darurat rusak',
  'emergency-sheet.missing': 'Kuitansi darurat hilang',
  'cash-session.handed-over': 'Serah terima laci',
  'cash-session.paused': 'Jeda',
  'cash-session.resumed': 'Jeda selesai',
  'cash.stored': 'Uang masuk brankas',
  'cash.dispatched': 'Uang dibawa kurir',
  'cash.courier-settled': 'Setoran kurir selesai',
  'cash.refused-by-bank': 'Uang ditolak bank',
  'cash.written-off': 'Kehilangan kas dicatat',
  'report.exported': 'Laporan disimpan sebagai berkas',
  'case.opened': 'Kasus dibuka',
  'case.assigned': 'Kasus diteruskan',
  'case.escalated': 'Kasus diteruskan ke Samsat Induk',
  'case.noted': 'Catatan kasus',
  'case.matched': 'Kendaraan dicocokkan',
  'shortfall.collected': 'Kekurangan diterima',
  'shortfall.waived': 'Kekurangan dibebaskan',
  'cancellation.requested': 'Pembatalan diminta',
  'refund.requested': 'Pengembalian diajukan',
  'refund.approved': 'Pengembalian disetujui',
  'refund.paid-in-cash': 'Pengembalian tunai',
  'day.close-signed': 'Penutupan hari ditandatangani',
  'day.reconciliation-signed': 'Rekonsiliasi hari ditandatangani',
  'day.item-held': 'Satu catatan hari ditahan',
  'day.item-returned': 'Satu catatan hari dikembalikan ke gerai',
  'day.item-settled': 'Satu catatan hari diselesaikan',
  'day.queue-decided': 'Persetujuan wilayah diputuskan',
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

/** Why the province set an entry aside, or what it had said of it before. */
const VERDICT_REASONS: Readonly<Record<string, string>> = {
  UNKNOWN_TYPE: 'versi servernya belum mengenal catatan ini',
  BAD_BODY: 'isinya tidak dapat dibaca',
  UNKNOWN_OFFICER: 'petugasnya tidak dikenal',
  IMPOSSIBLE_AMOUNT: 'jumlahnya tidak cocok dengan rinciannya',
  BAD_SIGNATURE: 'tanda tangannya tidak cocok',
  DAMAGED: 'catatannya rusak di komputer ini',
  INTERNAL: 'server tidak dapat mengolahnya',
  ACCEPTED: 'diterima',
  CONFLICT: 'isinya berbeda dengan yang sudah ada',
  FORK: 'urutannya bercabang',
  QUARANTINED: 'sedang diperiksa',
};

/** A verdict of the province in words. */
export function verdictText(verdict: string): string {
  const [code, reason] = verdict.split(/[:(]/, 2);
  const known = VERDICTS[(code ?? '').trim()];
  if (known === undefined) return verdict;
  const why = (reason ?? '').replace(')', '').trim();
  return why === '' ? known : `${known}: ${VERDICT_REASONS[why] ?? why}`;
}

/** Why the last try did not arrive, or what the province answered. */
export function reasonText(reason: string | null): string {
  if (reason === null || reason === '') return '';
  // The names that the operating system gives to a line that is not there.
  if (/^E[A-Z]+$/.test(reason)) return REASONS['NO_LINE'] ?? '';
  return wordOf(REASONS, reason) ?? verdictText(reason);
}

const REASONS: Readonly<Record<string, string>> = {
  GAP: 'Bapenda meminta catatan sebelumnya dulu',
  PENDING: 'Bapenda menunggu catatan sebelumnya',
  KEY_MISSING: 'kunci Bapenda belum ada di komputer ini',
  PROTOCOL_UNSUPPORTED: 'versi program tidak dimengerti Bapenda',
  BUSY: 'Bapenda sedang sibuk',
  HTTP_503: 'Bapenda sedang sibuk',
  HTTP_429: 'Bapenda sedang sibuk',
  NO_LINE: 'belum ada koneksi',
  PROVINCE_REFUSED: 'Bapenda menolak sambungan',
  PROVINCE_ANSWER_INVALID: 'jawaban Bapenda tidak dapat dipercaya',
  TIMEOUT: 'Bapenda tidak menjawab tepat waktu',
};

/** Why an item has not arrived yet; what never was tried waits for the line, or for its turn. */
export function waitingText(row: Pick<OutboxRow, 'state' | 'lastReason'>, online: boolean): string {
  const said = reasonText(row.lastReason);
  if (said !== '' || row.state === 'acknowledged' || row.state === 'quarantined') return said;
  if (row.state === 'exported') return OUTBOX_TEXT.exportedWaits;
  return online ? OUTBOX_TEXT.waitsForTurn : (REASONS['NO_LINE'] ?? '');
}
