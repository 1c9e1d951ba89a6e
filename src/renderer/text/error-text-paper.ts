import { ALL_SAVED, type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { PAPER_ERRORS as ENGLISH } from './en/error-text-paper.ts';
import { inLanguage } from './language.ts';

const SECOND_PRINTER = 'atau cetak ke printer kedua (F9).';
const NOT_REACHED = ['tidak ditemukan', 'Periksa nama dan kabelnya di Perangkat, lalu cetak uji.'] as const;

/** What a printer said of itself, and what helps. */
const PRINTER_TROUBLES: Readonly<Record<string, readonly [string, string]>> = {
  PAPER_OUT: ['kehabisan kertas', `Isi kertasnya, lalu ulangi, ${SECOND_PRINTER}`],
  COVER_OPEN: ['terbuka tutupnya', `Tutup printernya, lalu ulangi, ${SECOND_PRINTER}`],
  PRINTER_JAMMED: ['tersangkut kertasnya', `Keluarkan kertas yang tersangkut, lalu ulangi, ${SECOND_PRINTER}`],
  PRINTER_OFFLINE: ['mati atau dijeda', `Nyalakan printernya, lalu ulangi, ${SECOND_PRINTER}`],
  STILL_QUEUED: ['tidak mengambil cetakan; antreannya sudah dikosongkan', `Periksa printernya, ${SECOND_PRINTER}`],
  PRINTER_NOT_FOUND: NOT_REACHED,
  BAD_ADDRESS: NOT_REACHED,
  ENOENT: NOT_REACHED,
  ECONNREFUSED: NOT_REACHED,
  EHOSTUNREACH: NOT_REACHED,
  SERIAL_PORT: ['tidak ada di port itu', 'Periksa kabel dan nama portnya di Perangkat, lalu cetak uji.'],
  EACCES: ['tidak boleh dipakai oleh pengguna komputer ini', 'Minta pemasang memberi hak ke printernya.'],
  PROGRAM_MISSING: ['membutuhkan program cetak yang belum terpasang', 'Minta pemasang memasang layanan cetak sistem.'],
};

const INDONESIAN = {
  PRINTER_SILENT: (details) => {
    const [what, next] = PRINTER_TROUBLES[textFact(details, 'reason', '')] ?? [
      'tidak menjawab',
      'Periksa kertas dan kabelnya, atau cetak ke printer kedua (F9).',
    ];
    return {
      what: `Printer ${textFact(details, 'printer', '')} ${what}.`.replace('  ', ' '),
      safe: ALL_SAVED,
      next,
    };
  },
  PRINTER_UNKNOWN: say('Printer itu tidak ada di daftar loket ini.', UNCHANGED, 'Pilih printer di layar Perangkat.'),
  PRINT_JOB_UNKNOWN: say('Cetakan itu tidak ditemukan.', UNCHANGED, 'Muat ulang daftar, lalu pilih lagi.'),
  PRINT_NOT_UNKNOWN: say('Cetakan itu sudah pasti keadaannya.', UNCHANGED, 'Lihat keadaannya di Riwayat.'),
  NOTHING_TO_PRINT: say('Belum ada yang dapat dicetak.', UNCHANGED, 'Selesaikan langkah sebelumnya dulu.'),
  PERSON_ERASED: say(
    'Data pribadi transaksi ini sudah dihapus, jadi struknya tidak dapat dicetak lagi.',
    'Uang dan nomornya tetap tercatat.',
    'Tunjukkan baris transaksi di Riwayat bila perlu.',
  ),
  RECEIPT_NOT_GENUINE: say(
    'Kode QR ini bukan struk asli loket OPOP.',
    UNCHANGED,
    'Periksa kertasnya; jika meragukan, hubungi pengawas wilayah.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Printers and papers. */
export const PAPER_ERRORS = inLanguage(INDONESIAN, ENGLISH);
