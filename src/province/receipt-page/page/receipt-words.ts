import type { Forgery, ReceiptVerdict } from './verify-receipt.ts';

/** What the page says about a paper: colour, headline, meaning. */
export type PaperWords = {
  readonly tone: 'good' | 'bad' | 'warning';
  readonly mark: string;
  readonly headline: string;
  readonly meaning: string;
};

/** The province's answer about a receipt, when there is a line. */
export type StateAnswer = { readonly state: string; readonly central: string | null };

/** How the page asks for the state of a paper: a sale is its device and its id, which another device may have drawn too. */
export function stateQuestion(of: { readonly deviceId: string; readonly transactionId: string }): string {
  return `${of.transactionId}/state?device=${of.deviceId}`;
}

const FORGERIES: Readonly<Record<Forgery, string>> = {
  OTHER_ROOT: 'Tanda terima ini tidak dikeluarkan oleh provinsi ini. Uangnya tidak tercatat pada Bapenda Jawa Timur.',
  CERTIFICATE_FORGED: 'Identitas gerai pada tanda terima ini palsu.',
  RECEIPT_FORGED: 'Isi tanda terima ini sudah diubah, atau tidak dibuat oleh gerai yang tertulis.',
  KEY_REVOKED:
    'Perangkat gerai yang mencetaknya hilang atau dicabut, sehingga kertas saja tidak cukup sebagai bukti. Catatan Bapenda yang menentukan.',
  CERTIFICATE_EXPIRED: 'Tanggal bayarnya sesudah izin gerai ini berakhir.',
  PAID_LATER: 'Tanggal bayarnya belum terjadi.',
};

const ADVICE = ' Jangan dipakai sebagai bukti bayar; hubungi Samsat atau pengaduan Bapenda.';

/** The verdict in large words. */
export function wordsOf(verdict: ReceiptVerdict, answer: StateAnswer | null): PaperWords {
  if (verdict.verdict === 'no-receipt') {
    return {
      tone: 'warning',
      mark: '?',
      headline: 'BUKAN TANDA TERIMA',
      meaning:
        'Teks atau gambar ini bukan QR tanda terima atau bukti Samsat OPOP. Periksa apakah semua hurufnya ikut tersalin.',
    };
  }
  if (verdict.verdict === 'training') {
    return {
      tone: 'bad',
      mark: 'L',
      headline: 'LATIHAN, BUKAN BUKTI BAYAR',
      meaning:
        'Kertas ini dicetak saat petugas berlatih. Tidak ada uang yang dibayar dan tidak ada yang tercatat di Bapenda.' +
        ADVICE,
    };
  }
  if (verdict.verdict === 'forged') {
    const meaning = FORGERIES[verdict.reason] + ADVICE;
    // It may be an honest paper from before the loss: nobody may call its holder a forger.
    const isUnsure = verdict.reason === 'KEY_REVOKED';
    return isUnsure
      ? { tone: 'warning', mark: '?', headline: 'TIDAK DAPAT DIPASTIKAN', meaning }
      : { tone: 'bad', mark: '✕', headline: 'TIDAK ASLI', meaning };
  }
  if (answer?.state === 'voided') {
    return {
      tone: 'bad',
      mark: '!',
      headline: 'ASLI TETAPI DIBATALKAN',
      meaning: 'Kertas ini memang dibuat gerai, tetapi pembayarannya sudah dibatalkan. Ini bukan bukti bayar lagi.',
    };
  }
  return {
    tone: 'good',
    mark: '✓',
    headline: 'ASLI',
    meaning: 'Gerai ini benar menerima uang sejumlah di bawah untuk kendaraan ini. Cocokkan plat dan jumlahnya.',
  };
}

const CENTRAL: Readonly<Record<string, string>> = {
  booked: 'Sudah dibukukan Bapenda. Pajak kendaraan ini lunas untuk masa pajak tersebut.',
  over: 'Sudah dibukukan Bapenda. Ada kelebihan bayar yang dikembalikan; tanyakan di gerai.',
  short: 'Diterima Bapenda, tetapi kurang bayar. Pemilik perlu datang ke gerai.',
  'paid-elsewhere': 'Masa pajak ini sudah lunas di tempat lain. Uang ini dikembalikan; tanyakan di gerai.',
  'on-hold': 'Diterima Bapenda dan sedang diperiksa. Belum dibukukan.',
  rejected: 'Belum dapat dibukukan Bapenda. Pemilik perlu datang ke gerai.',
  'refund-due': 'Uang ini harus dikembalikan kepada pembayar.',
  refunded: 'Uang ini sudah dikembalikan kepada pembayar.',
};

/** What the province knows of a genuine paper; null asks for a line. */
export function stateWords(answer: StateAnswer | null): string {
  if (answer === null) {
    return 'Tanpa koneksi: keaslian sudah diperiksa di HP ini, tetapi pembukuan atau pembatalannya tidak dapat ditanyakan.';
  }
  if (answer.state === 'unknown') {
    return 'Belum sampai di Bapenda. Gerai bisa sedang tanpa koneksi; periksa lagi nanti dan simpan kertasnya.';
  }
  if (answer.state === 'in-custody') return 'Sudah diterima Bapenda, menunggu pembukuan.';
  if (answer.state === 'under-examination') return 'Sedang diperiksa Bapenda.';
  if (answer.state === 'voided') return 'Pembayaran ini sudah dibatalkan.';
  return CENTRAL[answer.central ?? ''] ?? 'Sudah diterima Bapenda.';
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'];

/** `10 Mar 2026`. */
export function dateWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${String(Number(day))} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `Rp259.996`. */
export function rupiahWords(amount: number): string {
  return `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;
}

const TRUST: Readonly<Record<string, string>> = {
  anchored: 'waktu dari Bapenda',
  rtc: 'waktu dari jam komputer gerai',
  clamped: 'waktu dari catatan terakhir gerai',
  suspect: 'jam komputer gerai diragukan',
};

/** How far the day on the paper can be believed. */
export function trustWords(timeTrust: string): string {
  return TRUST[timeTrust] ?? timeTrust;
}
