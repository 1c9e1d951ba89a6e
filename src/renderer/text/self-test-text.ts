import type { SelfTestStep, StepResult } from '../../contract/self-test.ts';
import { selfTestWords } from '../../contract/self-test-words.ts';
import { time } from './format.ts';
import * as ENGLISH from './en/self-test-text.ts';
import { inLanguage, LANGUAGE } from './language.ts';

/** Uji mandiri. */
export const SELF_TEST_TEXT = inLanguage(
  {
    title: 'Uji mandiri',
    open: 'Uji mandiri',
    back: 'Kembali ke Perangkat',
    runAll: 'Jalankan semua',
    again: 'Ulangi langkah ini',
    save: 'Simpan PDF serah terima',
    diagnostics: 'Simpan diagnosa',
    folder: 'Folder tujuan; kosong berarti di komputer ini',
    saved: (file: string): string => `Tersimpan: ${file}`,
    list: 'Langkah',
    intro: 'Komputer menguji dirinya; tiga langkah terakhir butuh tangan Anda. Data loket tidak berubah.',
    progress: (done: number, all: number): string => `${String(done)} dari ${String(all)} langkah`,
    good: 'baik',
    bad: 'perlu tindakan',
    notRun: 'belum dijalankan',
    running: 'sedang diuji',
    tookAt: (atMs: number, tookMs: number): string =>
      tookMs === 0 ? time(atMs) : `${time(atMs)}, ${String(Math.max(1, Math.round(tookMs / 1000)))} detik`,
    byHand: 'langkah tangan',
    summary: (good: number, bad: number, left: number): string =>
      `${String(good)} baik, ${String(bad)} perlu tindakan, ${String(left)} belum`,
    saveKeys: 'Catat tombol',
    scannerHow: 'Pindai QR di halaman penggaris yang baru dicetak. Kursor tidak perlu di kotak ini.',
    scannerField: 'Hasil pindai',
    cameraSeen: 'Catat hasil kamera',
    rulerTitle: 'Baca penggaris',
    rulerHow: 'Lihat garis terpanjang yang masih utuh dalam satu baris. Angka di ujungnya adalah lebar kertas.',
    rulerField: 'Angka di ujung garis',
    rulerNone: 'Bahkan 32 turun ke baris berikutnya',
    rulerTooNarrow:
      'Kertas ini terlalu sempit: QR struk tidak muat. Pakai kertas 58 mm atau lebih, atau kecilkan tepi printernya.',
    rulerCuts: 'Kertas terpotong sendiri',
    rulerSave: 'Simpan lebar',
    policy: 'Aturan dari Bapenda',
    keyStore: 'Kunci perangkat',
  },
  ENGLISH.SELF_TEST_TEXT,
);

/** What a step found, in the language of the screens; what an older program found has Indonesian words only. */
export function foundText(result: Pick<StepResult, 'message' | 'said'> | undefined): string {
  if (result === undefined) return SELF_TEST_TEXT.notRun;
  return result.said.length === 0 ? result.message : selfTestWords(result.said, LANGUAGE);
}

/** Steps in the list. */
export const STEP_TEXT: Readonly<Record<SelfTestStep, string>> = inLanguage(
  {
    disk: 'Disk',
    durability: 'Ketahanan simpan',
    clock: 'Jam dan zona waktu',
    'key-store': 'Penyimpanan kunci',
    backup: 'Cadangan',
    mirror: 'Salinan kedua',
    line: 'Koneksi ke Bapenda',
    qr: 'QR struk',
    printer: 'Printer',
    keys: 'Tombol F',
    scanner: 'Pemindai kode',
    camera: 'Kamera',
  },
  ENGLISH.STEP_TEXT,
);

/** Menambah printer. */
export const ADD_PRINTER_TEXT = inLanguage(
  {
    title: 'Tambah printer',
    kind: 'Sambungan',
    name: 'Nama',
    target: 'Letak',
    targets: {
      'escpos-file': '/dev/usb/lp0',
      'escpos-network': '192.168.1.50 atau 192.168.1.50:9100',
      'escpos-serial': 'COM3 atau /dev/ttyUSB0:9600',
      'queue-raw': 'nama printer di Windows atau CUPS',
      'queue-sheet': 'nama printer di Windows atau CUPS',
      pdf: 'folder untuk berkas PDF',
    },
    paper: 'Kertas',
    papers: { 58: 'gulungan 58 mm', 80: 'gulungan 80 mm', 148: 'lembar A5', 210: 'lembar A4' },
    dotMatrix: 'Printer dot-matrix (ESC/P)',
    add: 'Tambah',
    remove: 'Hapus dari daftar',
  },
  ENGLISH.ADD_PRINTER_TEXT,
);

/** Pindah gerai. */
export const LEAVE_TEXT = inLanguage(
  {
    open: 'Pindah ke gerai lain',
    title: 'Pindahkan komputer ini ke gerai lain',
    facts: (outlet: string, outletId: string): string => `Sekarang: ${outlet} (${outletId}).`,
    what: 'Sesi kas harus tertutup dan semuanya sudah terkirim. Data gerai ini disimpan utuh di komputer ini; tidak ada yang dihapus.',
    then: 'Program ditutup. Saat dibuka lagi, komputer ini minta kode pendaftaran gerai yang baru.',
    field: (outletId: string): string => `Ketik ${outletId}`,
    cancel: 'Batal',
    leave: 'Tinggalkan gerai ini',
    left: 'Komputer ini sudah meninggalkan gerai; datanya disimpan utuh. Program sekarang ditutup. Buka lagi Loket OPOP dan isi kode gerai yang baru.',
  },
  ENGLISH.LEAVE_TEXT,
);
