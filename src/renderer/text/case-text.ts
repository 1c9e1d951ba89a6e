import type { ExceptionCaseView } from '../../contract/views-counter.ts';
import type { StepName } from '../../domain/exception-case.ts';
import { day, money } from './format.ts';
import { wordOf } from './word-of.ts';
import * as ENGLISH from './en/case-text.ts';
import { inLanguage } from './language.ts';

type Kind = ExceptionCaseView['kind'];

/** Perlu Tindakan. */
export const CASE_TEXT = inLanguage(
  {
    title: 'Perlu Tindakan',
    empty: 'Tidak ada yang perlu ditangani.',
    emptyNext: 'Kasus muncul di sini bila jawaban Bapenda berbeda dengan catatan loket.',
    list: 'Daftar kasus',
    counter: 'Kata loket',
    province: 'Kata Bapenda',
    difference: 'Selisih',
    noDifference: 'Tidak ada selisih',
    notSaid: 'belum dikatakan',
    outcomes: 'Per komponen',
    expected: 'Seharusnya',
    taken: 'Diterima',
    steps: 'Langkah yang tersisa',
    noSteps: 'Tidak ada langkah di loket; Bapenda yang menyelesaikan.',
    money: 'Tempat uangnya',
    opened: 'Dibuka',
    reason: 'Keterangan Bapenda',
    transaction: 'Lihat transaksinya',
    officer: 'Petugas laci',
    explanation: 'Penjelasan selisih',
    explanationExample: 'apa yang ditemukan, oleh siapa, dan apa yang dilakukan',
    explain: 'Catat penjelasan',
    supervisorExplains: 'Pengawas yang mencatat penjelasannya, setelah masuk dengan namanya sendiri.',
  },
  ENGLISH.CASE_TEXT,
);

/** Kind of a case in the words of the counter. */
export const CASE_KIND_TEXT: Readonly<Record<Kind, string>> = inLanguage(
  {
    short: 'Kurang bayar',
    over: 'Lebih bayar',
    'paid-elsewhere': 'Sudah lunas di tempat lain',
    'on-hold': 'Ditahan Bapenda',
    rejected: 'Ditolak Bapenda',
    'refund-due': 'Uang harus dikembalikan',
    quarantined: 'Perlu diperiksa Bapenda',
    'print-unknown': 'Cetakan belum pasti keluar',
    'document-missing': 'Foto berkas harus diambil lagi',
    'application-incomplete': 'Berkas permohonan belum lengkap',
    'application-returned': 'Permohonan dikembalikan',
    'form-gap': 'Nomor blangko terlewati',
    'emergency-gap': 'Nomor kuitansi darurat terlewati',
    'cash-variance': 'Selisih kas',
    forked: 'Catatan loket bercabang',
    'damaged-entry': 'Catatan loket rusak',
    'voided-after-booking': 'Batal sesudah dibukukan',
    'clock-suspect': 'Jam komputer meragukan',
    'line-fault': 'Koneksi bermasalah',
    'deposit-overdue': 'Setoran terlambat',
    'server-rollback': 'Bapenda kembali ke catatan lama',
    'approval-unconfirmed': 'Persetujuan belum ditandatangani',
    'cash-lost': 'Uang rusak, palsu, atau hilang',
    'paid-twice': 'Uang masuk dua kali',
  },
  ENGLISH.CASE_KIND_TEXT,
);

const MEANINGS: Readonly<Record<Kind, string>> = inLanguage(
  {
    short: 'Bapenda menghitung lebih besar daripada yang diterima di loket. Uang yang diterima tetap sah.',
    over: 'Bapenda menghitung lebih kecil daripada yang diterima di loket. Kelebihannya hak wajib pajak.',
    'paid-elsewhere': 'Kendaraan ini ternyata sudah dibayar di tempat lain. Uang di loket menjadi hak wajib pajak.',
    'on-hold': 'Bapenda menunda pembukuan sampai diperiksa. Uangnya aman dan tercatat.',
    rejected: 'Bapenda tidak dapat membukukan pembayaran ini. Uangnya aman dan tercatat.',
    'refund-due': 'Uang wajib pajak harus kembali: tunai bila masih boleh, selain itu lewat permohonan.',
    quarantined:
      'Bapenda sudah menyimpan catatan ini tetapi belum dapat membukukannya. Uangnya aman dan tercatat; jangan layani ulang.',
    'print-unknown': 'Printer tidak menjawab saat mencetak. Transaksinya sudah tersimpan.',
    'document-missing': 'Foto satu berkas tidak sampai atau tidak terbaca di Bapenda. Transaksinya tetap sah.',
    'application-incomplete': 'Instansi penerima meminta berkas tambahan. Berkas yang sudah diterima tetap tersimpan.',
    'application-returned': 'Instansi penerima mengembalikan permohonan ini. Berkas aslinya hak warga.',
    'cash-variance':
      'Hitungan laci berbeda dari catatan, di atas batas toleransi. Selisihnya dicatat dan tidak dapat diubah.',
    'emergency-gap':
      'Satu atau beberapa lembar kuitansi darurat terlewati. Bisa jadi ada uang warga yang belum masuk catatan.',
    'form-gap': 'Satu atau beberapa blangko terlewati tanpa catatan dipakai, rusak, atau hilang.',
    forked: 'Bapenda menerima dua catatan berbeda untuk nomor urut yang sama. Uangnya ditahan sampai diperiksa.',
    'damaged-entry': 'Satu catatan di komputer ini rusak dan sudah dikirim apa adanya.',
    'voided-after-booking': 'Uangnya sudah kembali di loket, tetapi Bapenda membukukannya. Bapenda yang membetulkan.',
    'clock-suspect': 'Jam komputer melompat. Tanggal bayar diperiksa Bapenda; uangnya tetap sah.',
    'line-fault': 'Kiriman tertunda karena koneksi. Semua tersimpan di loket.',
    'deposit-overdue': 'Ada uang yang seharusnya sudah di bank.',
    'server-rollback': 'Bapenda memulihkan catatan lama. Loket mengirim ulang; tidak ada yang hilang.',
    'approval-unconfirmed': 'Pengawas belum menandatangani persetujuan ini di perangkatnya sendiri.',
    'cash-lost': 'Bank menolak uang ini sebagai palsu, atau uangnya tidak pernah sampai.',
    'paid-twice':
      'Penyedia pembayaran menerima uang untuk yang sudah lunas. Uangnya ada pada penyedia dan menjadi hak pembayarnya.',
  },
  ENGLISH.MEANINGS,
);

/** What the case means, in one calm sentence. */
export function caseMeaning(kind: Kind): string {
  return MEANINGS[kind];
}

/** Where the money of the case is. */
export const MONEY_PLACE_TEXT: Readonly<Record<ExceptionCaseView['moneyPlace'], string>> = inLanguage(
  {
    drawer: 'di laci kas loket ini',
    'counted-as-received': 'sudah dihitung sebagai penerimaan loket ini',
    suspense: 'dicatat sebagai titipan sampai diputuskan',
    'refund-payable': 'dicatat sebagai utang kepada wajib pajak',
    beneficiaries: 'sudah di Provinsi, kabupaten atau kota, dan Jasa Raharja',
    'not-touched': 'tidak berubah oleh kasus ini',
    'cash-loss': 'dicatat sebagai kehilangan kas',
  },
  ENGLISH.MONEY_PLACE_TEXT,
);

const STEP_TEXT: Readonly<Record<StepName, string>> = inLanguage(
  {
    'compare-figures': 'Bandingkan hitungan loket dengan hitungan Bapenda di atas.',
    'compare-entries': 'Bandingkan catatan loket dengan catatan Bapenda.',
    'call-payer': 'Telepon pembayar.',
    'collect-shortfall': 'Tagih kekurangannya kepada pembayar.',
    'waive-shortfall': 'Atau: pengawas membebaskan kekurangannya.',
    'choose-refund-or-wait': 'Tanyakan kepada pembayar: uang dikembalikan, atau menunggu.',
    'fill-refund-application': 'Isi permohonan pengembalian: struk asli, KTP, nomor rekening.',
    'approve-refund': 'Pengawas menyetujui permohonan pengembalian.',
    'transfer-refund': 'Bapenda mentransfer uangnya.',
    'find-claimant': 'Cari pemohonnya: telepon, atau tunggu ia datang, dan tanyakan rekening yang benar.',
    'pay-refund-in-cash': 'Kembalikan tunai dari sesi kas yang sama, dengan struk asli dan orang kedua.',
    'wait-for-province': 'Tunggu keputusan Bapenda; tidak ada yang perlu dilakukan di loket.',
    'clear-block-at-samsat-induk': 'Arahkan pemilik membuka blokir di Samsat Induk.',
    'match-vehicle': 'Pengawas mencocokkan kendaraannya dengan daftar Bapenda.',
    'look-at-paper': 'Periksa printer: apakah kertasnya keluar?',
    'reprint-copy': 'Jika tidak keluar, cetak SALINAN.',
    'capture-again': 'Minta berkasnya lagi.',
    'ask-for-paper': 'Minta warga membawa berkas yang kurang.',
    'give-back': 'Serahkan kembali berkas aslinya dan jelaskan alasannya.',
    'find-form': 'Cari blangko itu di laci, printer, dan tempat sampah.',
    'find-sheet': 'Cari lembar itu di buku: masukkan, atau catat rusak.',
    'declare-sheet-missing': 'Atau: catat hilang dengan alasan.',
    'declare-form-missing': 'Atau: pengawas mencatatnya hilang dengan alasan.',
    'set-clock': 'Cocokkan tanggal dan jam komputer.',
    'check-line': 'Periksa kabel, modem, dan pulsa data.',
    'export-bundle': 'Atau bawa lewat flashdisk.',
    'recount-cash': 'Hitung ulang kas bersama orang kedua.',
    'explain-variance': 'Pengawas mencatat penjelasan selisih.',
    'deposit-cash': 'Setor kas ke bank.',
    'send-again': 'Kirim ulang ke Bapenda.',
    'ask-supervisor': 'Minta pengawas membuka perangkatnya dan menandatangani.',
    'report-loss': 'Pengawas mencatat kehilangan kas dan melapor.',
    'return-by-provider':
      'Bapenda meminta penyedia mengembalikan uangnya ke rekening asalnya. Jangan kembalikan tunai.',
  },
  ENGLISH.STEP_TEXT,
);

/** A guided step in words; the core names it. */
export function stepText(step: string): string {
  return wordOf(STEP_TEXT, step) ?? step;
}

/** `Rp1.800 lebih besar menurut Bapenda`, from the two totals side by side. */
export function differenceText(counterTotal: number | null, provinceTotal: number | null): string {
  if (counterTotal === null || provinceTotal === null) return CASE_TEXT.notSaid;
  const difference = provinceTotal - counterTotal;
  if (difference === 0) return CASE_TEXT.noDifference;
  const amount = money(Math.abs(difference));
  return difference > 0
    ? inLanguage(`${amount} lebih besar menurut Bapenda`, `${amount} more according to Bapenda`)
    : inLanguage(`${amount} lebih kecil menurut Bapenda`, `${amount} less according to Bapenda`);
}

/** `jatuh tempo 3 Feb 2026`. */
export function periodText(dueOn: Parameters<typeof day>[0]): string {
  return inLanguage(`jatuh tempo ${day(dueOn)}`, `due ${day(dueOn)}`);
}
