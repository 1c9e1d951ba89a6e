import * as ENGLISH from './en/keys-text.ts';
import { inLanguage } from './language.ts';

/** What each key does, in the words of the F1 sheet. The name of an action is the same on every screen. */
export const KEY_ACTION_TEXT = inLanguage(
  {
    help: 'Tombol layar ini',
    plate: 'Nomor polisi',
    search: 'Cari',
    documents: 'Berkas',
    why: 'Mengapa jumlahnya sekian',
    recent: 'Struk terakhir',
    exact: 'Uang pas',
    reprint: 'Cetak lagi',
    cameOut: 'Kertas keluar',
    quote: 'Cetak rincian',
    change: 'Uang kembalian',
    pause: 'Jeda, sesi kas tetap terbuka',
    handOver: 'Serah terima laci',
    inspect: 'Pemeriksaan kas',
    basket: 'Tambah kendaraan',
    otherMeans: 'QRIS atau transfer',
    primary: 'Tindakan utama layar ini',
    palette: 'Cari layar, nomor polisi, atau nomor struk',
    acknowledge: 'Pemberitahuan sudah dilihat',
    reload: 'Muat lagi dari Bapenda',
    recap: 'Rekap Harian',
    decisions: 'Persetujuan',
    insight: 'Bulan & Mutu',
    people: 'Petugas',
    ownPin: 'Ganti PIN saya',
    lock: 'Kunci layar',
    back: 'Kembali satu langkah',
    'screen-1': 'Layanan',
    'screen-2': 'Beranda',
    'screen-3': 'Kotak Kirim',
    'screen-4': 'Perlu Tindakan',
    'screen-5': 'Berkas',
    'screen-6': 'Sesi Kas',
    'screen-7': 'Riwayat',
    'screen-8': 'Laporan',
    'screen-9': 'Perangkat',
  },
  ENGLISH.KEY_ACTION_TEXT,
);

/** One thing that a key does. */
export type KeyAction = keyof typeof KEY_ACTION_TEXT;

/** Words of the F1 sheet. */
export const KEYS_TEXT = inLanguage(
  {
    title: 'Tombol di layar ini',
    everywhere: 'Di semua layar',
    here: 'Di layar ini',
    scanner: 'Pemindai barcode bekerja di mana pun kursor berada.',
    close: 'Tutup',
  },
  ENGLISH.KEYS_TEXT,
);
