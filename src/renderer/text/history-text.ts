import type { TransactionView } from '../../contract/views-transaction.ts';
import { assertNever } from '../../domain/result.ts';
import { centralMark } from './axes-text.ts';
import { count } from './format.ts';
import { asideWord, reasonText } from './outbox-text.ts';
import { wordOf } from './word-of.ts';
import * as ENGLISH from './en/history-text.ts';
import { inLanguage } from './language.ts';

type Step = TransactionView['life'][number]['kind'];

const REPRINT_REASONS: readonly string[] = [
  'Struk hilang',
  'Kertas tidak keluar',
  'Cetakan tidak terbaca',
  'Diminta wajib pajak',
];

const VOID_REASONS: readonly string[] = [
  'Kendaraan salah',
  'Jumlah uang salah dihitung',
  'Dibatalkan wajib pajak sebelum pergi',
];

const ERASE_REASONS: readonly string[] = ['Diminta pemilik data (UU 27/2022)', 'Masa simpan sudah lewat'];

/** Riwayat. */
export const HISTORY_TEXT = inLanguage(
  {
    title: 'Riwayat',
    search: 'Nomor polisi (boleh sebagian), nomor struk, jumlah, atau nama',
    found: (rows: number): string => `${count(rows)} transaksi`,
    empty: 'Belum ada transaksi di loket ini.',
    notFound: 'Tidak ada yang cocok.',
    notFoundNext: 'Coba sebagian nomor, tanpa spasi, atau jumlahnya saja.',
    choose: 'Pilih satu transaksi untuk melihat perjalanannya.',
    list: 'Daftar transaksi',
    life: 'Perjalanan transaksi',
    axes: 'Lima keadaan',
    lines: 'Rincian',
    total: 'Total',
    rounding: 'Pembulatan tunai',
    payable: 'Dibayar',
    tendered: 'Uang diterima',
    change: 'Kembalian',
    proof: 'Bukti catatan',
    entry: (seq: number): string => `catatan ke-${count(seq)}`,
    reprint: 'Cetak salinan',
    reprintTitle: 'Cetak SALINAN',
    reprintWhy: 'Nomornya tetap sama, tulisan SALINAN tercetak di kepala, dan cetak ulang ini dicatat.',
    reason: 'Alasan cetak ulang',
    reasons: REPRINT_REASONS,
    printer: 'Printer',
    print: 'Cetak',
    cancel: 'Kembali',
    erase: 'Hapus data pribadi',
    eraseTitle: 'Hapus data pribadi transaksi ini',
    eraseFacts: (number: string): string =>
      `Nama, telepon, dan nomor rangka pada ${number} dihapus dan tidak dapat dikembalikan. Uang, nomor, tanda tangan, dan rantai catatan tetap. Struk dan TBPKP-nya tidak dapat dicetak lagi.`,
    eraseReason: 'Alasan penghapusan',
    eraseReasons: ERASE_REASONS,
    sentToPrinter: (copyNo: number, printer: string): string => `SALINAN ${copyNo} dikirim ke ${printer}.`,
    voidIt: 'Batalkan',
    voidTitle: (number: string): string => `Batalkan ${number}`,
    voidFacts: (amount: string): string =>
      `Uang kembali ${amount} dari laci sesi ini. Transaksi ini belum dikirim; sesudah dibatalkan ia tidak pernah dibukukan, dan kendaraannya dapat dilayani lagi.`,
    voidPaper: 'Minta struk aslinya kembali dari wajib pajak sebelum uang diberikan.',
    voidReason: 'Alasan pembatalan',
    voidReasons: VOID_REASONS,
    otherReason: 'Alasan lain (tanpa nama atau nomor orang)',
    voidSubmit: 'Batalkan transaksi',
    voidedTitle: 'Transaksi dibatalkan',
    voidedNumber: (number: string): string => `Nomor pembatalan ${number}`,
    giveBack: 'Kembalikan kepada wajib pajak',
    voidedCopy: {
      ok: 'Salinan kedua sudah tertulis. Uang boleh dikembalikan sekarang.',
      missing: 'Salinan kedua belum tertulis: pasang flashdisk cadangan dulu, lalu kembalikan uangnya.',
      none: 'Loket ini belum punya tempat salinan kedua; pembatalan tersimpan di komputer ini saja.',
      behind: 'Salinan kedua masih ditulis. Tunggu sebentar sebelum mengembalikan uang.',
    },
    voidedBy: (number: string, reason: string): string => `Dibatalkan (${number}): ${reason}`,
    mayVoid: {
      yes: '',
      sent: 'Sudah mulai dikirim: pembatalan hari yang sama diminta kepada Bapenda.',
      'other-session': 'Dari sesi kas lain: uang kembali lewat permohonan pengembalian.',
      'not-cash': 'Dibayar lewat QRIS atau transfer: uang kembali lewat permohonan pengembalian, bukan dari laci.',
      voided: '',
      'no-session': 'Pembatalan hanya selama sesi kasnya masih terbuka.',
    },
    done: 'Selesai',
    pages: 'Halaman berkas',
    openAtProvince: 'Buka di Bapenda',
    openWhy:
      'Halaman ini terkunci untuk Bapenda. Alasan dan nama Anda dicatat di sini dan di Bapenda setiap kali dibuka.',
    openReason: 'Alasan membuka',
    final: 'Bukti pelunasan (TBPKP)',
    printFinal: 'Cetak TBPKP',
    decision: 'Keterangan Bapenda',
  },
  ENGLISH.HISTORY_TEXT,
);

/** A step in a transaction's life. */
export const LIFE_STEP_TEXT: Readonly<Record<Step, string>> = inLanguage(
  {
    paid: 'Uang diterima dan tersimpan',
    'print-requested': 'Permintaan cetak',
    printed: 'Tercetak',
    'print-failed': 'Printer tidak mencetak',
    'print-unknown': 'Belum pasti tercetak',
    'print-answered': 'Petugas menjawab hasil cetak',
    copy: 'Salinan dicetak',
    sending: 'Mulai dikirim ke Bapenda',
    acknowledged: 'Diterima Bapenda',
    quarantined: 'Ditahan Bapenda untuk diperiksa',
    released: 'Dibaca lagi dan diterima Bapenda',
    'settled-aside': 'Diselesaikan Bapenda di luar program',
    'refused-aside': 'Tidak dapat diterima Bapenda',
    decision: 'Keputusan Bapenda',
    'final-receipt': 'Bukti pelunasan terbit',
    'handed-over': 'Bukti pelunasan diserahkan',
    voided: 'Dibatalkan, uang kembali',
  },
  ENGLISH.LIFE_STEP_TEXT,
);

/** What a step adds in words: the core gives codes and numbers. */
export function lifeDetail(step: Pick<TransactionView['life'][number], 'kind' | 'text'>): string {
  switch (step.kind) {
    case 'quarantined':
      return asideWord(step.text);
    case 'acknowledged':
    case 'sending':
      return reasonText(step.text);
    case 'decision':
      return centralMark(step.text).word;
    case 'print-requested':
    case 'printed':
    case 'print-failed':
    case 'print-unknown':
    case 'print-answered':
    case 'copy':
      return wordOf(PAPER_STATE_TEXT, step.text) ?? step.text;
    case 'paid':
    case 'released':
    case 'settled-aside':
    case 'refused-aside':
    case 'final-receipt':
    case 'handed-over':
    case 'voided':
      return step.text;
    default:
      return assertNever(step.kind);
  }
}

/** State of a paper of a transaction. */
const PAPER_STATE_TEXT: Readonly<Record<TransactionView['printJobs'][number]['state'], string>> = inLanguage(
  {
    requested: 'sedang dicetak',
    printed: 'tercetak',
    failed: 'tidak tercetak',
    unknown: 'belum pasti',
    'came-out': 'keluar menurut petugas',
    'did-not-come-out': 'tidak keluar menurut petugas',
  },
  ENGLISH.PAPER_STATE_TEXT,
);
