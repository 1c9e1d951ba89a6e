import type { PrinterView } from '../../contract/views-counter.ts';
import { count } from './format.ts';

/** Perangkat. */
export const DEVICE_TEXT = {
  title: 'Perangkat',
  line: 'Koneksi',
  province: 'Server Bapenda',
  notEnrolled: 'belum terdaftar',
  printers: 'Printer',
  role: { first: 'printer utama', second: 'printer kedua', none: 'cadangan' },
  makeFirst: 'Jadikan utama',
  makeSecond: 'Jadikan kedua',
  test: 'Cetak uji',
  testSent: (printer: string): string => `Cetak uji dikirim ke ${printer}.`,
  noPrinters: 'Belum ada printer.',
  journal: 'Buku harian',
  verify: 'Periksa buku harian',
  verifying: 'Memeriksa rantai, tanda tangan, dan buku besar',
  verified: (entries: number): string => `Utuh: ${count(entries)} catatan diperiksa, tidak ada yang berubah.`,
  damaged: (problems: number): string =>
    `Ditemukan ${count(problems)} masalah. Berhenti melayani dan hubungi pengawas.`,
  problemAt: (seq: number | null, problem: string): string =>
    seq === null ? problem : `catatan ke-${count(seq)}: ${problem}`,
  head: 'Kepala rantai',
  entries: 'Catatan',
  epoch: 'Kurun',
  program: 'Program',
  version: 'Versi',
  shell: 'Jendela',
  shells: { electron: 'jendela Electron', browser: 'peramban di komputer ini' },
  node: 'Node',
  sqlite: 'SQLite',
  folder: 'Folder data',
  deviceId: 'Nomor perangkat',
  keyStore: 'Penyimpanan kunci',
  durability: 'Ketahanan simpan',
  freeDisk: 'Sisa penyimpanan',
  databaseSize: 'Ukuran data',
  unknown: 'tidak diketahui',
  display: 'Tampilan',
  theme: 'Warna layar',
  themes: { light: 'Terang', dark: 'Gelap', auto: 'Ikut komputer' },
  textSize: 'Ukuran tulisan',
  keysTest: 'Uji tombol F',
  keysTestWhy:
    'Sebagian laptop memakai tombol F untuk hal lain. Tekan satu per satu; yang tidak sampai ke sini diganti pasangan Ctrl-nya.',
  keyArrived: 'sampai',
  keyNotYet: 'belum ditekan',
  useTwin: (twin: string): string => `pakai ${twin}`,
} as const;

/** What stands behind a printer. */
export const PRINTER_KIND_TEXT: Readonly<Record<PrinterView['kind'], string>> = {
  'escpos-file': 'printer struk, sambungan langsung',
  'escpos-network': 'printer struk, lewat jaringan',
  pdf: 'berkas PDF',
};
