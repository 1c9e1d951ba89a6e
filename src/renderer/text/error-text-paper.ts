import { ALL_SAVED, type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';

/** Printers and papers. */
export const PAPER_ERRORS = {
  PRINTER_SILENT: (details) => ({
    what: `Printer ${textFact(details, 'printer', '')} tidak menjawab.`.replace('  ', ' '),
    safe: ALL_SAVED,
    next: 'Periksa kertas dan kabelnya, atau cetak ke printer kedua (F9).',
  }),
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
