import type { PrinterView } from '../../contract/views-counter.ts';
import { bytes, count } from './format.ts';
import * as ENGLISH from './en/device-text.ts';
import { inLanguage } from './language.ts';

/** Perangkat. */
export const DEVICE_TEXT = inLanguage(
  {
    pages: 'Kamera dan pemindai',
    cameraTry: 'Uji kamera',
    cameraStop: 'Matikan kamera',
    cameraWhy: 'Kamera hanya menyala di sini dan saat mengambil halaman; tidak ada yang direkam.',
    scanFolder: 'Folder pemindai',
    scanNone: 'belum dipilih',
    scanFound: (files: number): string => `${count(files)} hasil pindai menunggu`,
    scanGone: 'folder tidak ada lagi',
    scanType: 'Letak folder tempat pemindai menyimpan',
    scanSet: 'Pakai folder ini',
    scanClear: 'Lepas',
    scanSaved: 'Folder pemindai disimpan.',
    space: 'Tempat untuk halaman',
    spaceOf: (held: number, quota: number): string => `${bytes(held)} dari ${bytes(quota)}`,
    spaceWaiting: (pages: number): string => `${count(pages)} halaman menunggu dikirim`,
    spaceFree: (free: number | null): string => (free === null ? '' : `sisa disk ${bytes(free)}`),
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
    language: 'Bahasa',
    languages: { id: 'Bahasa Indonesia', en: 'English' },
    theme: 'Warna layar',
    themes: { light: 'Terang', dark: 'Gelap', auto: 'Ikut komputer' },
    textSize: 'Ukuran tulisan',
    keysTest: 'Uji tombol F',
    keysTestWhy:
      'Sebagian laptop memakai tombol F untuk hal lain. Tekan satu per satu; yang tidak sampai ke sini diganti pasangan Ctrl-nya.',
    keyArrived: 'sampai',
    keyNotYet: 'belum ditekan',
    useTwin: (twin: string): string => `pakai ${twin}`,
  },
  ENGLISH.DEVICE_TEXT,
);

/** What stands behind a printer. */
export const PRINTER_KIND_TEXT: Readonly<Record<PrinterView['kind'], string>> = inLanguage(
  {
    'escpos-file': 'printer struk, sambungan langsung',
    'escpos-network': 'printer struk, lewat jaringan',
    'escpos-serial': 'printer struk, kabel serial',
    'queue-raw': 'printer struk milik sistem',
    'queue-sheet': 'printer kertas milik sistem',
    pdf: 'berkas PDF',
  },
  ENGLISH.PRINTER_KIND_TEXT,
);
