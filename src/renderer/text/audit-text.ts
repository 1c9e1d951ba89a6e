import * as ENGLISH from './en/audit-text.ts';
import { day } from './format.ts';
import { inLanguage } from './language.ts';
import type { LocalDate } from '../../domain/local-date.ts';

/** Pemeriksaan: an auditor's letter and his copy. */
export const AUDIT_TEXT = inLanguage(
  {
    title: 'Pemeriksaan',
    mandate: 'Surat tugas',
    letter: 'Nomor surat',
    days: 'Berlaku',
    dayRange: (from: LocalDate, to: LocalDate): string => `${day(from)} sampai ${day(to)}`,
    rootKey: 'Kunci akar Bapenda',
    rootWhy: 'Cocokkan kunci ini dengan yang diumumkan Bapenda sebelum memakai hasil pemeriksaan.',
    recorded: 'Setiap layar yang Anda buka dicatat di jurnal loket, dengan nomor surat tugas ini.',
    readOnly: 'Anda hanya melihat: tidak ada tombol di loket ini yang mengubah sesuatu bagi pemeriksa.',
    copy: 'Salin bukti',
    copyWhy:
      'Satu folder berisi jurnal bertanda tangan, tanda terima Bapenda, daftar catatan masa ini, pemeriksa mandiri, dan cara memakainya. Nama dan nomor polisi tetap tersandi.',
    from: 'Dari',
    to: 'Sampai',
    place: 'Tempat',
    free: (size: string): string => `sisa ${size}`,
    done: 'Bukti sudah disalin',
    doneWhy: 'Penyalinan ini tercatat di jurnal loket. Buka LIHAT-SAYA.txt di folder itu.',
    folder: 'Folder',
    entries: 'Catatan di jurnal',
    periodEntries: 'Di antaranya dalam masa ini',
    file: (name: string, size: string): string => `${name}, ${size}`,
    again: 'Salin lagi',
    waiting: 'Menyalin jurnal',
  },
  ENGLISH.AUDIT_TEXT,
);
