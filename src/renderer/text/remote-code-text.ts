import type { ApprovalMethod } from '../../domain/approval.ts';
import { dateTime } from './format.ts';
import * as ENGLISH from './en/remote-code-text.ts';
import { inLanguage } from './language.ts';

const METHOD_WORDS: Readonly<Record<ApprovalMethod, string>> = {
  pin: 'dengan PIN Anda di loket',
  code: 'dengan kode jauh',
  list: 'dengan daftar kode tersegel',
};

/** Kode jauh: what a supervisor sees and answers on his own device. */
export const REMOTE_CODE_TEXT = inLanguage(
  {
    title: 'Kode jauh',
    askTitle: 'Permintaan dari loket',
    field: 'Permintaan: tujuh kelompok, masing-masing empat',
    how: 'Ketik atau pindai yang dibacakan petugas; huruf besar atau kecil sama saja. Tidak perlu internet.',
    left: (count: number): string => `Kurang ${String(count)} huruf atau angka.`,
    seen: 'Yang Anda setujui',
    outlet: 'Gerai',
    counter: 'Loket',
    act: 'Tindakan',
    asked: 'Diminta',
    minutesAgo: (minutes: number): string =>
      minutes < 60
        ? `${String(minutes)} menit yang lalu`
        : `${String(Math.floor(minutes / 60))} jam ${String(minutes % 60)} menit yang lalu`,
    expired: 'Hari permintaan ini sudah lewat: loket tidak menerima jawabannya lagi. Minta petugas membuat yang baru.',
    again: (atMs: number): string => `Sudah Anda jawab ${dateTime(atMs)}; kodenya sama dan berlaku satu kali.`,
    check: 'Tanyakan nomor polisi dan alasannya lewat telepon. Setujui hanya bila tindakan dan jumlahnya sama.',
    approve: 'Setujui, tampilkan kode',
    codeTitle: 'Bacakan kode ini',
    codeHow:
      'Dua angka sekaligus. Persetujuan ini sudah ditandatangani di perangkat Anda dan dikirim saat ada koneksi.',
    next: 'Permintaan berikutnya',
    questionsTitle: 'Persetujuan atas nama Anda',
    questionsHow: 'Apakah ini memang Anda? Yang bukan Anda segera menjadi urusan Bapenda.',
    noQuestions: 'Tidak ada persetujuan yang menunggu jawaban Anda.',
    when: (outlet: string, atMs: number, method: ApprovalMethod): string =>
      `${outlet} · ${dateTime(atMs)} · ${METHOD_WORDS[method]}`,
    mine: 'Ya, saya',
    notMine: 'Bukan saya',
    noCounters: 'Perangkat ini belum ditetapkan untuk Anda.',
    noCountersNext: 'Minta Bapenda menetapkannya, lalu sambungkan perangkat ini satu kali.',
    counters: (count: number): string => `${String(count)} loket di wilayah Anda`,
  },
  ENGLISH.REMOTE_CODE_TEXT,
);
