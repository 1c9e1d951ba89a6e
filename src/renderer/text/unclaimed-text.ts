import * as ENGLISH from './en/unclaimed-text.ts';
import { day, money } from './format.ts';
import { inLanguage } from './language.ts';

/** Refunds that were approved and that nobody fetched. */
export const UNCLAIMED_TEXT = inLanguage(
  {
    title: 'Belum diambil',
    filter: (cases: number): string => `Belum diambil (${String(cases)})`,
    amount: (amount: number): string => `${money(amount)} menunggu pemiliknya.`,
    since: (on: Parameters<typeof day>[0]): string => `Ditandai Bapenda ${day(on)}.`,
    kept: 'Uang ini tetap hak warga: tercatat sebagai utang kepadanya sampai dibayar, dan tidak menjadi pendapatan.',
    what: 'Telepon pemohon atau pemilik kendaraan. Rekeningnya salah atau sudah ditutup? Tulis yang benar di catatan tersegel (Teruskan atau catat), lalu teruskan ke Bapenda. Uangnya ditransfer dari sana, tidak dari laci.',
  },
  ENGLISH.UNCLAIMED_TEXT,
);
