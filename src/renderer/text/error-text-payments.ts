import {
  type ErrorDetails,
  type ErrorSentence,
  moneyFact,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { PAYMENT_ERRORS as ENGLISH } from './en/error-text-payments.ts';
import { inLanguage } from './language.ts';

const MEANS: Readonly<Record<string, string>> = { qris: 'QRIS', transfer: 'transfer' };

const INDONESIAN = {
  TENDERED_TOO_LITTLE: (details) => ({
    what: `Uang diterima kurang${numberFact(details, 'short') === undefined ? '' : ` ${moneyFact(details, 'short', '')}`}.`,
    safe: NO_MONEY,
    next:
      details['zeroMissing'] === true
        ? 'Mungkin kurang satu nol: cocokkan dengan uang di tangan, lalu ketik lagi.'
        : 'Isi jumlah uang yang diterima, sekurangnya sebesar total.',
  }),
  TENDERED_IMPLAUSIBLE: (details) => ({
    what: `Uang diterima ${moneyFact(details, 'tendered', 'jauh')} untuk tagihan ${moneyFact(details, 'payable', 'ini')}: kembaliannya ${moneyFact(details, 'change', 'sangat besar')}.`,
    safe: NO_MONEY,
    next: 'Hitung lagi uang di tangan. Mungkin kelebihan satu nol; jika memang benar, setujui jumlah itu.',
  }),
  CHANGE_NOT_GIVABLE: (details) => ({
    what: `Kembalian ${moneyFact(details, 'change', '')} tidak dapat diberikan: pecahan terkecil ${moneyFact(details, 'unit', 'tidak tersedia')}.`,
    safe: NO_MONEY,
    next: 'Minta uang yang lebih pas. Kembalian tidak boleh ditahan loket.',
  }),
  BASKET_UNKNOWN: say('Gabungan kendaraan ini tidak ditemukan.', UNCHANGED, 'Mulai lagi dari nomor polisi.'),
  BASKET_CLOSED: (details) => ({
    what:
      details['state'] === 'paying'
        ? 'Gabungan kendaraan sebelumnya sudah dibayar sebagian dan belum selesai.'
        : 'Gabungan kendaraan ini sudah selesai.',
    safe: 'Yang sudah dibayar tersimpan satu kali saja.',
    next:
      details['state'] === 'paying'
        ? 'Lanjutkan atau kembalikan sisa uangnya dulu.'
        : 'Lihat di Riwayat, atau mulai yang baru.',
  }),
  BASKET_FULL: (details) => ({
    what: `Satu pembayaran memuat paling banyak ${numberFact(details, 'most') ?? 10} kendaraan.`,
    safe: NO_MONEY,
    next: 'Bayar yang sudah ada, lalu mulai gabungan berikutnya.',
  }),
  BASKET_VEHICLE_TWICE: say(
    'Kendaraan ini sudah ada dalam gabungan.',
    NO_MONEY,
    'Satu kendaraan satu kali saja; tambahkan kendaraan yang lain.',
  ),
  BASKET_TOO_SMALL: say(
    'Gabungan ini baru berisi satu kendaraan.',
    NO_MONEY,
    'Tambah kendaraan lain, atau keluarkan dan bayar sendiri.',
  ),
  IN_BASKET: say(
    'Kendaraan ini sedang digabung dengan kendaraan lain.',
    NO_MONEY,
    'Bayar bersama gabungannya, atau keluarkan dulu.',
  ),
  PAYMENT_UNRESOLVED: (details) => ({
    what: unresolved(details),
    safe: NO_MONEY,
    next: 'Tanyakan lagi ke penyedia, atau batalkan di sana. Tangkapan layar bukan bukti.',
  }),
  PAYMENT_UNKNOWN: say('Pembayaran ini tidak ditemukan di loket.', UNCHANGED, 'Mulai lagi dari nomor polisi.'),
  PAYMENT_NOT_UNKNOWN: say(
    'Keadaan pembayaran ini sudah diketahui.',
    UNCHANGED,
    'Lepaskan hanya pembayaran yang keadaannya belum pasti; batalkan yang masih ditunggu.',
  ),
  VOID_NOT_CASH: say(
    'Transaksi ini tidak dibayar tunai, jadi tidak dapat dibatalkan dari laci.',
    `${UNCHANGED} Jangan kembalikan uang dari laci.`,
    'Ajukan permohonan pengembalian; uang kembali lewat Bapenda.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Money on the table, several vehicles of one payer, and payments that need a provider. */
export const PAYMENT_ERRORS = inLanguage(INDONESIAN, ENGLISH);

function unresolved(details: ErrorDetails): string {
  const means = MEANS[textFact(details, 'means', '')] ?? 'lain';
  const known =
    details['state'] === 'pending'
      ? 'masih ditunggu'
      : details['state'] === 'confirmed'
        ? 'sudah masuk dan belum tercatat'
        : 'belum pasti';
  return `Pembayaran ${means} untuk kendaraan ini ${known}, jadi belum boleh ditagih lagi.`;
}
