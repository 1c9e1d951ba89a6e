import type { OverdueOutlet, StickFile, TakenBundle } from '../../contract/views-sticks.ts';
import * as ENGLISH from './en/sticks-text.ts';
import { bytes, count, dateTime, duration } from './format.ts';
import { inLanguage } from './language.ts';
import { wordOf } from './word-of.ts';

const PROBLEMS: Readonly<Record<string, string>> = inLanguage(
  {
    OUT_OF_SCOPE: 'dari gerai wilayah lain',
    OTHER_PROVINCE: 'dari provinsi lain',
    TRAINING_REFUSED: 'hasil latihan, tidak diterima',
    NOT_A_BUNDLE: 'bukan kiriman loket',
    NO_MANIFEST: 'isinya bukan kiriman loket',
    NOT_SEALED_TO_US: 'bukan untuk Bapenda',
    CUT_OR_DAMAGED: 'terpotong atau rusak',
    CERTIFICATE_FORGED: 'tanda pengenal loketnya palsu',
    OTHER_DEVICE: 'tanda pengenal loketnya milik loket lain',
  },
  ENGLISH.PROBLEMS,
);

const ANSWER_PROBLEMS: Readonly<Record<string, string>> = inLanguage(
  {
    FULL: 'flashdisk penuh. Kosongkan, atau pilih folder lain untuk jawabannya',
    NOT_THERE: 'flashdisk tercabut. Colokkan lagi',
    NOT_WRITABLE: 'flashdisk terkunci (hanya baca). Buka kuncinya, atau pilih folder lain untuk jawabannya',
    NO_LINE: 'koneksi terputus. Tunggu tersambung',
    NOBODY: 'Bapenda tidak mengenal loketnya',
  },
  ENGLISH.ANSWER_PROBLEMS,
);

/** Flashdisks of outlets, at a supervisor's office. */
export const STICKS_TEXT = inLanguage(
  {
    title: 'Flashdisk gerai',
    open: 'Flashdisk gerai',
    back: 'Kembali ke Wilayah',
    place: 'Flashdisk',
    noPlace: 'belum ada flashdisk',
    otherFolder: 'Folder lain',
    list: 'Kiriman di flashdisk',
    heads: ['Gerai', 'Entri', 'Disimpan', 'Keadaan'],
    look: 'Lihat isi',
    looking: 'Membaca flashdisk',
    noStick: 'Belum ada flashdisk. Colokkan, lalu tunggu beberapa detik; atau ketik foldernya.',
    nothing: 'Tidak ada kiriman loket di flashdisk ini.',
    nothingNext: 'Kiriman loket berakhiran .opop; loket menyimpannya dari Kotak Kirim (F10).',
    offline:
      'Tanpa koneksi: yang terlihat hanya nama berkasnya, dan tidak ada yang diambil. Simpan flashdisk ini; ambil saat koneksi kembali. Isinya terkunci dan tidak hilang.',
    takeAll: (many: number): string => `Ambil semua (${count(many)})`,
    takeOne: 'Ambil yang dipilih',
    withRegistry: 'Sertakan data kendaraan di jawaban (besar)',
    answerFolder: 'Folder jawaban, bila bukan di flashdisk ini',
    unknownOutlet: 'belum diketahui',
    loket: (deviceNo: number | null): string => (deviceNo === null ? '' : `loket ${count(deviceNo)}`),
    byName: 'menurut nama berkasnya',
    entries: (from: number, to: number): string => `${count(from)}–${count(to)}`,
    when: dateTime,
    size: bytes,
    state: ({ facts, problem, answered }: StickFile): string => {
      if (problem !== null) return wordOf(PROBLEMS, problem) ?? problem;
      if (facts === null) return 'belum ditanyakan';
      if (facts.missing > 0) return `${count(facts.missing)} entri baru`;
      return answered ? 'sudah diterima Bapenda, jawaban ada' : 'sudah diterima Bapenda';
    },
    taken: ({ accepted, duplicate, pending, quarantined, documents }: TakenBundle): string =>
      [
        `${count(accepted)} diterima`,
        ...(documents === 0 ? [] : [`${count(documents)} halaman berkas`]),
        ...(duplicate === 0 ? [] : [`${count(duplicate)} sudah ada`]),
        ...(pending === 0 ? [] : [`${count(pending)} menunggu kiriman sebelumnya`]),
        ...(quarantined === 0 ? [] : [`${count(quarantined)} diperiksa Bapenda`]),
      ].join(' · '),
    cut: 'Berkasnya terpotong; yang utuh sudah diterima. Minta loket menyimpan ulang.',
    leftOut: (parts: number): string => `${count(parts)} bagian tidak dapat dibaca dan dilewati.`,
    gap: 'Ada kiriman sebelum ini yang belum sampai. Cari flashdisk yang lebih lama, atau tunggu koneksi gerai.',
    answered: (file: string): string => `Jawaban ada di flashdisk: ${file}. Buka di loket dari Kotak Kirim (F9).`,
    notAnswered: (problem: string): string =>
      `Semua sudah diterima Bapenda, tetapi jawabannya belum tertulis: ${wordOf(ANSWER_PROBLEMS, problem) ?? problem}, lalu ambil lagi; yang sudah diterima tidak dikirim dua kali.`,
    done: 'Hasil',
    steps: {
      reading: 'Membaca berkas',
      sending: 'Mengirim ke Bapenda',
      taking: 'Bapenda memeriksa isinya',
      answering: 'Menulis jawaban ke flashdisk',
    },
    progress: (step: string, done: number, total: number | null): string =>
      total === null ? step : `${step}, ${bytes(done)} dari ${bytes(total)}`,
    nth: (at: number, all: number): string => `${count(at)} dari ${count(all)}`,

    overdue: 'Gerai yang ditunggu',
    overdueNone: 'Semua gerai memberi kabar dalam batas hari.',
    never: 'Wilayah belum dimuat di perangkat ini.',
    limit: (days: number | null): string => (days === null ? 'tanpa batas hari' : `batas ${count(days)} hari`),
    silent: ({ days, lastHeardAt }: OverdueOutlet, now: number): string =>
      days === null || lastHeardAt === null
        ? 'belum pernah ada kabar'
        : `kabar terakhir ${duration(now - lastHeardAt)} lalu`,
    byFlashdisk: 'lewat flashdisk',
    isOverdue: 'terlambat',
  },
  ENGLISH.STICKS_TEXT,
);
