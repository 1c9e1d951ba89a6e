import type { CasePage, CancellationView } from '../../contract/views-cases.ts';
import type { CaseOwner } from '../../domain/exception-case.ts';
import type { RefundPaper } from '../../domain/refund-papers.ts';
import { money } from './format.ts';
import { componentText } from './vehicle-text.ts';
import * as ENGLISH from './en/case-page-text.ts';
import { inLanguage } from './language.ts';

/** Papers of an application for a refund, as the page of the case lists them. */
export const REFUND_PAPER_TEXT: Readonly<Record<RefundPaper, string>> = inLanguage(
  {
    'refund-identity': 'Identitas pemohon',
    'refund-paper': 'TTS asli',
    'refund-form': 'Formulir bertanda tangan',
  },
  ENGLISH.REFUND_PAPER_TEXT,
);

/** Papers of a case that can be printed again. */
export const CASE_PAPER_TEXT: Readonly<Record<CasePage['papers'][number]['paper'], string>> = inLanguage(
  {
    'top-up': 'Tanda terima tambahan',
    'refund-slip': 'Bukti pengembalian tunai',
    'refund-form': 'Formulir permohonan',
  },
  ENGLISH.CASE_PAPER_TEXT,
);

/** The page of a case, and what is done on it. */
export const CASE_PAGE_TEXT = inLanguage(
  {
    number: 'Nomor kasus',
    noNumber: 'Belum bernomor',
    owner: 'Giliran',
    age: 'Umur',
    days: (days: number): string => (days === 0 ? 'hari ini' : `${String(days)} hari`),
    promised: 'Kabar kepada warga',
    phone: 'Hubungi',
    closed: 'Kasus ini sudah selesai.',
    filter: 'Tampilkan',
    owners: { officer: 'Petugas', supervisor: 'Pengawas', province: 'Bapenda' } satisfies Record<CaseOwner, string>,
    all: 'Semua',
    nothingHere: 'Tidak ada kasus dengan giliran ini.',
    stepStates: { done: 'selesai', next: 'berikutnya', later: 'nanti', 'not-needed': 'tidak perlu' },
    life: 'Riwayat kasus',
    money: 'Uangnya sekarang',
    held: 'dipegang',
    owed: 'milik',
    open: 'Beri nomor kasus',
    letter: 'Surat',
    letterSent: 'Surat dikirim ke printer.',
    assign: 'Teruskan atau catat',
    collect: 'Terima kekurangan',
    waive: 'Bebaskan',
    match: 'Cocokkan kendaraan',
    cashRefund: 'Kembalikan tunai',
    applyRefund: 'Ajukan pengembalian',
    approveRefund: 'Setujui pengembalian',
    missing: 'Kekurangan',
    pay: 'Dibayar tunai',
    tendered: 'Uang diterima',
    tenderedSure: 'Jumlah ini benar',
    change: 'Kembalian',
    stillMissing: (amount: number): string => `Masih kurang ${money(amount)}`,
    collected: 'Kekurangan diterima',
    collectedNext: 'Serahkan kertas tambahan kepada warga. Bapenda membukukan semuanya bersama.',
    reason: 'Alasan (tanpa nama atau nomor orang)',
    paper: 'Nomor TTS asli, atau pindai QR-nya',
    isPayer: 'Yang menerima adalah pembayarnya sendiri, dan TTS asli saya tarik',
    refunded: 'Uang kembali',
    refundNumber: (number: string): string => `Nomor pengembalian ${number}`,
    holder: 'Nama pada rekening',
    bank: 'Bank',
    account: 'Nomor rekening',
    phoneOf: 'Telepon pemohon (boleh kosong)',
    refundFacts: (amount: number): string =>
      `${money(amount)} diminta kembali. Data rekening hanya dapat dibuka Bapenda.`,
    requested: 'Permohonan tercatat',
    requestedNext: 'Formulirnya dicetak: warga menulis rekening dan menandatangani. Orang lain menyetujui.',
    withoutPapers: 'Alasan mengajukan tanpa foto (tanpa nama atau nomor orang)',
    papersMissing: (missing: readonly RefundPaper[]): string =>
      `Belum ada: ${missing.map((kind) => REFUND_PAPER_TEXT[kind]).join(', ')}.`,
    papers: 'Kertas kasus ini',
    reprint: 'Cetak ulang',
    didPaperComeOut: 'Apakah kertasnya keluar?',
    papersTitle: 'Berkas permohonan',
    photograph: 'Foto berkas',
    pagesKept: (pages: number): string => (pages === 0 ? 'belum ada' : `${String(pages)} halaman`),
    refundsTitle: 'Pengembalian',
    refundStates: {
      requested: 'diajukan',
      approved: 'disetujui Bapenda',
      paid: 'sudah dibayar',
      rejected: 'ditolak',
      unclaimed: 'belum diambil',
    } satisfies Record<CasePage['refunds'][number]['state'], string>,
    approvedHere: 'disetujui di loket, menunggu Bapenda',
    done: 'Selesai',
    cancel: 'Kembali',
    nrkb: 'Nomor polisi yang benar',
    chassis: 'Nomor rangka lengkap',
    matchFacts: 'Bapenda memeriksa kendaraan ini di registernya, lalu membukukan atau menolak.',
    to: 'Giliran siapa',
    assignSubmit: 'Teruskan',
    note: 'Catatan (tersegel bersama data warga)',
    noteSubmit: 'Catat',
    sameDay: 'Minta pembatalan hari ini',
    sameDayTitle: (number: string): string => `Minta pembatalan ${number}`,
    sameDayOpen:
      'Transaksi ini sudah dikirim. Bila Bapenda belum membukukan, pembayaran dibatalkan dan uang kembali dari loket. Bila sudah, jalannya permohonan pengembalian.',
    sameDaySettled: 'Transaksi ini sudah dibukukan: yang tersisa hanya permohonan pengembalian.',
    sameDayUntil: (time: string): string => `Dapat diminta sampai pukul ${time} hari ini.`,
    sameDayAsked: 'Pembatalan sudah diminta; menunggu jawaban Bapenda.',
    sameDaySubmit: 'Kirim permintaan',
  },
  ENGLISH.CASE_PAGE_TEXT,
);

const ENTRY_WORDS: Readonly<Record<string, string>> = inLanguage(
  {
    'case.opened': 'Kasus dibuka',
    'case.assigned': 'Diteruskan',
    'case.escalated': 'Diteruskan ke Samsat Induk',
    'case.noted': 'Catatan',
    'case.matched': 'Kendaraan dicocokkan',
    'shortfall.collected': 'Kekurangan diterima',
    'shortfall.waived': 'Kekurangan dibebaskan',
    'cancellation.requested': 'Pembatalan diminta',
    'refund.requested': 'Pengembalian diajukan',
    'refund.approved': 'Pengembalian disetujui di loket',
    'refund.paid-in-cash': 'Dikembalikan tunai',
  },
  ENGLISH.ENTRY_WORDS,
);

/** One line in the life of a case. */
export function caseEntryText(type: string): string {
  return ENTRY_WORDS[type] ?? type;
}

const ACCOUNTS: Readonly<Record<string, string>> = inLanguage(
  {
    cash: 'Tunai yang diterima',
    province: 'Provinsi',
    'jasa-raharja': 'Jasa Raharja',
    'refund-payable': 'Utang kepada warga',
    'bank-confirmed': 'Sudah ditransfer',
    rounding: 'Pembulatan',
    'agent-fee': 'Biaya agen',
    'waived-short': 'Dibebaskan',
  },
  ENGLISH.ACCOUNTS,
);

/** An account of the ledger, for a person. */
export function accountWords(account: string): string {
  const [head = '', part = ''] = account.split(':', 2);
  if (head === 'suspense') return inLanguage(`Titipan ${componentText(part)}`, `Suspense of ${componentText(part)}`);
  if (head === 'regency') return inLanguage(`Kabupaten/kota ${part}`, `Regency or city ${part}`);
  if (head === 'parking') return inLanguage(`Parkir ${part}`, `Parking ${part}`);
  return ACCOUNTS[account] ?? account;
}

/** Why a sent sale cannot be asked back; empty where it can. */
export function sameDayWhy(may: CancellationView['may']): string {
  const words: Readonly<Record<CancellationView['may'], string>> = {
    yes: '',
    'void-instead': '',
    returned: inLanguage('Uangnya sudah kembali.', 'The money went back already.'),
    asked: CASE_PAGE_TEXT.sameDayAsked,
    'other-day': '',
    'too-late': inLanguage(
      'Batas jam pembatalan hari ini sudah lewat; jalannya permohonan pengembalian.',
      'The hour for cancelling today is over; a refund is applied for.',
    ),
  };
  return words[may];
}
