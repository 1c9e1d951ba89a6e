import type { SupervisionRefusal } from '../../contract/region-words.ts';
import type { OthersWord, RegionWord } from '../../contract/views-region.ts';
import * as ENGLISH from './en/word-text.ts';
import { count, dateTime, shortDay } from './format.ts';
import { inLanguage } from './language.ts';

/** Why a word was kept and not applied. */
export const WORD_REFUSALS: Readonly<Record<SupervisionRefusal, string>> = inLanguage(
  {
    SESSION_UNKNOWN: 'sesi kas itu tidak dikenal Bapenda',
    ITEM_UNKNOWN: 'entri itu tidak dikenal Bapenda',
    ITEM_ALREADY_SIGNED: 'entri itu sudah ditandatangani dan tidak berubah lagi',
    PART_UNKNOWN: 'bagian itu tidak ada lagi',
    DAY_NOT_COMPLETE: 'hari itu belum lengkap: ada sesi terbuka atau kiriman yang belum sampai',
    ITEMS_CHANGED: 'isi hari itu berubah sejak Anda melihatnya',
    ALREADY_SIGNED: 'sudah ditandatangani',
    OWN_WORK: 'Anda sendiri bekerja di gerai itu pada hari itu',
    NOT_CLOSED: 'penutupan hari itu belum ditandatangani',
    NOT_SETTLED: 'masih ada selisih yang belum dijelaskan',
    NOT_APPOINTED: 'perangkat ini tidak ditetapkan untuk Anda',
    OUT_OF_SCOPE: 'gerai itu bukan di wilayah Anda pada hari itu',
    DAY_UNKNOWN: 'hari itu tidak dikenal Bapenda',
    DIFFERENCE_NEEDS_NOTE: 'selisih ini perlu catatan',
    SUBJECT_UNKNOWN: 'permintaan itu tidak dikenal Bapenda',
    ALREADY_DECIDED: 'sudah diputuskan',
    NOT_NOW: 'keadaannya sudah berubah; Bapenda tidak dapat menerapkannya sekarang',
  },
  ENGLISH.WORD_REFUSALS,
);

const TYPE_WORDS: Readonly<Record<RegionWord['type'], string>> = {
  'day.close-signed': 'Penutupan',
  'day.reconciliation-signed': 'Rekonsiliasi',
  'day.item-held': 'Ditahan',
  'day.item-returned': 'Dikembalikan',
  'day.item-settled': 'Dilepaskan',
  'day.queue-decided': 'Keputusan',
};

const DECISION_WORDS = { approved: 'disetujui', refused: 'ditolak', seen: 'dilihat' } as const;

const STATES = {
  unsent: 'menunggu dikirim',
  sent: 'sampai di Bapenda, menunggu jawaban',
  applied: 'berlaku',
  'not-applied': 'tidak diterapkan',
};

/** Words of a fresh sign-in, and of what became of a word. */
export const WORD_TEXT = inLanguage(
  {
    pin: (name: string): string => `PIN ${name}`,
    pinHow: 'Ketik PIN Anda sekali lagi: ini menggantikan tanda tangan.',
    note: 'Catatan',
    noteHow: 'Satu kalimat; tersimpan bersama tanda tangan.',
    cancel: 'Kembali',
    wordsTitle: 'Keputusan Anda',
    about: (word: Pick<RegionWord, 'type' | 'decision' | 'part' | 'businessOn'>): string => {
      const act = TYPE_WORDS[word.type];
      const decided = word.decision === null ? '' : ` ${DECISION_WORDS[word.decision]}`;
      const supplement = word.part === null || word.part === 0 ? '' : `, tambahan ${count(word.part)}`;
      return word.businessOn === null ? `${act}${decided}` : `${act} ${shortDay(word.businessOn)}${supplement}`;
    },
    state: STATES,
    outcome: (word: RegionWord): string => {
      if (word.state !== 'not-applied') return STATES[word.state];
      const why = word.refusal === null ? 'ditolak Bapenda' : WORD_REFUSALS[word.refusal];
      return word.firstBy === null
        ? `Tidak diterapkan: ${why}.`
        : `Tidak diterapkan: ${why} oleh ${word.firstBy.name}, ${dateTime(word.firstBy.at)}.`;
    },
    summary: (words: readonly RegionWord[]): string => {
      const of = (state: RegionWord['state']): number => words.filter((one) => one.state === state).length;
      const parts: readonly (readonly [number, string])[] = [
        [of('applied'), 'berlaku'],
        [of('not-applied'), 'tidak diterapkan'],
        [of('sent'), 'menunggu jawaban Bapenda'],
        [of('unsent'), 'menunggu dikirim'],
      ];
      return parts.flatMap(([many, word]) => (many === 0 ? [] : [`${count(many)} ${word}`])).join(', ');
    },
    othersTitle: 'Sudah diputuskan orang lain',
    decidedBy: ({ by, at }: Pick<OthersWord, 'by' | 'at'>): string => `Diputuskan ${dateTime(at)} oleh ${by.name}`,
    told: (words: readonly OthersWord[]): string =>
      words.length === 1 && words[0] !== undefined
        ? `${words[0].outletName}: sudah diputuskan oleh ${words[0].by.name}.`
        : `${count(words.length)} hal sudah diputuskan orang lain.`,
    yoursNot: 'Keputusan Anda datang sesudahnya dan tidak diterapkan.',
    typedStays:
      'Yang sudah Anda ketik masih ada di bawah ini dan belum dikirim. Tidak perlu tindakan; tutup lembar ini kalau sudah dibaca.',
    restStays: 'Hari itu keluar dari daftar ini; yang lain tetap dapat ditandatangani.',
    understood: 'Mengerti',
    safe: 'Semua keputusan sudah tersimpan di perangkat ini dan dikirim sendiri begitu ada koneksi.',
  },
  ENGLISH.WORD_TEXT,
);
