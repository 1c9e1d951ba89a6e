import * as ENGLISH from './en/frame-text.ts';
import { time } from './format.ts';
import { inLanguage } from './language.ts';

/** Names of the screens on the rail. */
export const SCREEN_NAMES = inLanguage(
  {
    service: 'Layanan',
    home: 'Beranda',
    outbox: 'Kotak Kirim',
    exceptions: 'Perlu Tindakan',
    documents: 'Berkas',
    cash: 'Sesi Kas',
    history: 'Riwayat',
    reports: 'Laporan',
    device: 'Perangkat',
    'remote-code': 'Kode jauh',
    audit: 'Pemeriksaan',
    region: 'Wilayah',
    recap: 'Rekap Harian',
    decisions: 'Persetujuan',
    insight: 'Bulan & Mutu',
    people: 'Petugas',
  },
  ENGLISH.SCREEN_NAMES,
);

/** A screen that stands on the rail. */
export type ScreenName = keyof typeof SCREEN_NAMES;

/** Heads over the screens of a supervisor's rail. */
export const RAIL_GROUPS = inLanguage(
  { today: 'Hari ini', region: 'Wilayah', people: 'Orang', device: 'Alat' },
  ENGLISH.RAIL_GROUPS,
);

/** Names of the roles. */
export const ROLE_NAMES = inLanguage(
  {
    officer: 'Petugas',
    supervisor: 'Pengawas',
    installer: 'Pemasang',
    auditor: 'Pemeriksa',
  },
  ENGLISH.ROLE_NAMES,
);

/** Frame around every screen. */
export const FRAME_TEXT = inLanguage(
  {
    product: 'Loket OPOP',
    railLabel: 'Layar',
    statusLabel: 'Keadaan loket',
    openedAt: (atMs: number): string => `Sesi Kas dibuka ${time(atMs)}`,
    noSession: 'Sesi Kas belum dibuka',
    lock: 'Kunci',
    signOut: 'Keluar',
    signOutHint: 'Keluar tidak mengubah apa pun; transaksi tetap tersimpan.',
    training: 'LATIHAN',
    trainingNote: 'Bukan uang sungguhan. Semua kertas bertanda LATIHAN, tidak ada yang dikirim ke Bapenda.',
    demo: 'PERAGAAN',
    loading: 'Memuat',
    close: 'Tutup',
    hostSilent: 'Program loket tidak menjawab. Yang sudah tersimpan tetap aman. Menyambung lagi sendiri.',
    crashed: 'Layar ini berhenti karena kesalahan program.',
    crashedSafe: 'Semua transaksi yang sudah tersimpan tetap aman.',
    crashedNext: 'Tekan Muat ulang. Jika terulang, sampaikan ke pemasang.',
    reload: 'Muat ulang',
  },
  ENGLISH.FRAME_TEXT,
);

/** Words of the Ctrl+K palette. */
export const PALETTE_TEXT = inLanguage(
  {
    title: 'Cari layar, nomor polisi, atau nomor struk',
    placeholder: 'Ketik nama layar, nomor polisi, atau nomor struk',
    serve: (plate: string): string => `Layani ${plate}`,
    find: (text: string): string => `Cari "${text}" di Riwayat`,
    part: (name: string): string => `Berkas: ${name}`,
    hint: 'Panah memilih, Enter membuka, Esc menutup',
  },
  ENGLISH.PALETTE_TEXT,
);
