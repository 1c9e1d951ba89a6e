import { dateTime } from './format.ts';

/** Sesi Kas. */
export const CASH_TEXT = {
  title: 'Sesi Kas',
  open: 'Buka sesi kas',
  openWhy: 'Hitung uang kembalian di laci, lalu buka sesi. Hitungan ini menjadi modal awal sesi.',
  floatTotal: 'Modal awal',
  zeroFloat: 'Laci kosong: sesi dibuka dengan modal Rp0.',
  more: (label: string): string => `Tambah satu ${label}`,
  fewer: (label: string): string => `Kurangi satu ${label}`,
  countOf: (label: string): string => `Jumlah ${label}`,
  keysHint: 'Panah atas dan bawah berpindah pecahan, + dan - menambah dan mengurangi',
  state: 'Keadaan',
  opened: 'Dibuka',
  openedBy: (name: string, atMs: number): string => `${name}, ${dateTime(atMs)}`,
  sales: 'Layanan dibayar',
  salesTotal: 'Uang diterima',
  undeposited: 'Kas belum disetor',
  cap: 'Batas',
  closeLater: 'Menutup sesi dan menyetor belum tersedia di versi ini. Uang dan catatannya tetap tersimpan.',
  serve: 'Mulai layanan',
  notOfficer: 'Hanya petugas yang membuka sesi kas.',
  states: {
    open: 'terbuka',
    counted: 'sudah dihitung',
    closed: 'ditutup',
    deposited: 'disetor',
    reconciled: 'dicocokkan',
    disputed: 'dipersoalkan',
  },
} as const;
