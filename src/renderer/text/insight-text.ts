import type { RegionQualityOutlet, RegionSignal } from '../../contract/region-insight.ts';
import { SIGNAL_NAMES as INDONESIAN_NAMES, signalSentence } from '../../contract/signal-words.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import * as ENGLISH from './en/insight-text.ts';
import { count, dateTime, day, money, monthName, shortDay } from './format.ts';
import { inLanguage, LANGUAGE } from './language.ts';

/** Names of what is worth a look. */
export const SIGNAL_NAMES: Readonly<Record<RegionSignal['kind'], string>> = inLanguage(
  INDONESIAN_NAMES,
  ENGLISH.SIGNAL_NAMES,
);

/** A signal in one or two sentences: what the entries say, and what it may well be. */
export function signalWords(signal: RegionSignal): string {
  return LANGUAGE === 'id'
    ? signalSentence({ ...signal, officerId: null, seqs: [] })
    : ENGLISH.signalSentence(signal.kind, signal.level, signal.figures);
}

/** The view of weeks and months, and its three parts. */
export const INSIGHT_TEXT = inLanguage(
  {
    title: 'Bulan & Mutu',
    parts: 'Bagian',
    tabs: { month: 'Rekap Bulan', signals: 'Perlu dilihat', quality: 'Mutu layanan' },
    month: 'Bulan',
    monthName: (month: string): string => monthName(month),
    lists: { outlets: 'Per gerai', accounts: 'Per penerima', regencies: 'Per kab/kota' },
    journal: 'Penerimaan',
    signed: 'Ditandatangani',
    unsigned: 'Belum ditandatangani',
    days: 'Hari ditandatangani',
    daysOf: (signed: number, all: number): string => `${count(signed)} dari ${count(all)}`,
    sales: 'Transaksi',
    head: {
      outlets: ['Gerai', 'Hari', 'Penerimaan', 'Ditandatangani', 'Belum'],
      accounts: ['Penerima', '', 'Semua hari', 'Ditandatangani', 'Belum'],
      regencies: ['Kab/Kota', 'Hari', 'Penerimaan', 'Ditandatangani', 'Hak kab/kota'],
    },
    bar: (signed: number, all: number): string => `ditandatangani ${money(signed)} dari ${money(all)}`,
    outletsIn: (many: number): string => `${count(many)} gerai`,
    waiting: (on: readonly { readonly on: LocalDate; readonly waits: 'open' | 'close' | 'supplement' }[]): string =>
      on.map((one) => `${shortDay(one.on)} ${WAITS[one.waits]}`).join(', '),
    allSigned: 'semua ditandatangani',
    monthEmpty: 'Tidak ada hari gerai di bulan ini.',
    partial: (shown: number): string => `${count(shown)} gerai dimuat, sisanya menyusul`,
    picture: 'Uang bulan ini menurut penerima',
    shares: { province: 'Provinsi', regencies: 'Kab/Kota', insurer: 'Jasa Raharja', others: 'Lainnya' },
    save: 'Simpan untuk bendahara',
    saveTitle: (month: string): string => `Simpan Rekap Bulan ${monthName(month)}`,
    saveWhy:
      'Per gerai, penerima, dan kab/kota; hari yang belum ditandatangani terpisah. Penyimpanan dicatat di jurnal.',
    formats: { xlsx: 'XLSX untuk lembar kerja', csv: 'CSV untuk program lain' },
    signalsOf: (from: LocalDate, to: LocalDate, outlets: number, sales: number): string =>
      `${day(from)} sampai ${day(to)}: ${count(sales)} layanan di ${count(outlets)} gerai`,
    noAccusation: 'Tiap baris adalah pertanyaan, bukan tuduhan. Tanyakan dulu; sering ada sebab yang wajar.',
    signalsEmpty: 'Tidak ada yang perlu dilihat dalam 30 hari ini.',
    signalsEmptyNext: 'Periksa lagi besok; angka dihitung dari jurnal semua gerai Anda.',
    few: 'contoh sedikit',
    byKind: 'Menurut jenis',
    who: 'Petugas',
    wholeOutlet: 'seluruh gerai',
    entries: (many: number): string => `${count(many)} entri menunjukkannya`,
    openDay: 'Buka harinya',
    ask: 'Pertanyaan',
    qualityOf: (from: LocalDate, to: LocalDate): string => `${day(from)} sampai ${day(to)}, minggu demi minggu`,
    helps: 'Untuk membantu gerai, bukan untuk membandingkan. Urut nama, dari jurnal saja.',
    qualityEmpty: 'Belum ada gerai di wilayah Anda.',
    qualityFew: 'Terlalu sedikit layanan untuk disimpulkan.',
    qualityHead: ['Gerai', 'Layanan 8 minggu', 'Detik', 'Diubah/ditolak', 'Selisih', 'Jam tanpa koneksi'],
    seconds: (value: number | null): string => (value === null ? '–' : `${count(value)} d`),
    permille: (value: number | null): string =>
      value === null ? '–' : `${String(Math.round(value) / 10).replace('.', ',')} %`,
    charts: {
      speed: 'Cepat: detik per layanan',
      exact: 'Tepat: diubah atau ditolak Bapenda',
      care: 'Cermat: batal dan berkas kurang',
      open: 'Tersedia: layanan, dan yang tanpa koneksi',
    },
    chartWords: {
      speed: (seconds: number, slow: number | null, wait: number | null): string =>
        `setengahnya selesai dalam ${count(seconds)} detik${slow === null ? '' : `, 9 dari 10 dalam ${count(slow)}`}${wait === null ? '' : `; menunggu ${count(wait)} menit`}`,
      exact: (changed: number, refused: number, heard: number): string =>
        `${count(changed)} diubah, ${count(refused)} ditolak dari ${count(heard)} yang dijawab`,
      care: (voids: number, missing: number, variance: number): string =>
        `${count(voids)} batal, ${count(missing)} berkas kurang, besar selisih ${money(variance)}`,
      open: (sales: number, offline: number, hours: number): string =>
        `${count(sales)} layanan; ${count(offline)} dalam ${count(hours)} jam tanpa koneksi`,
    },
    reasonsTitle: 'Mengapa Bapenda mengubah atau menolak',
    reasons: {
      short: 'kurang bayar',
      over: 'lebih bayar',
      rejected: 'ditolak',
      'paid-elsewhere': 'sudah lunas di tempat lain',
      'refund-due': 'harus dikembalikan',
      refunded: 'dikembalikan',
    },
    reasonOf: (words: string, many: number): string => `${words}: ${count(many)}`,
    weekOf: (monday: LocalDate, value: string): string => `minggu ${shortDay(monday)}: ${value}`,
    strip: (outlet: string, sales: number): string => `${outlet}, ${count(sales)} layanan dalam 8 minggu`,
    lastWeek: 'Minggu terakhir yang berisi',
  },
  ENGLISH.INSIGHT_TEXT,
);

const WAITS = inLanguage({ open: '(sesi terbuka)', close: '(penutupan)', supplement: '(tambahan)' }, ENGLISH.WAITS);

/** Why the province changed or refused: its own kind of decision, in words. */
export const reasonWords = (reason: string): string =>
  Object.hasOwn(INSIGHT_TEXT.reasons, reason)
    ? ((INSIGHT_TEXT.reasons as Record<string, string>)[reason] ?? reason)
    : reason;

/** The newest week in which something was sold. */
export const newestWeek = ({
  weeks,
}: Pick<RegionQualityOutlet, 'weeks'>): RegionQualityOutlet['weeks'][number] | undefined =>
  weeks.findLast(({ sales }) => sales > 0);

/** Berita Acara of a day. */
export const PAPER_TEXT = inLanguage(
  {
    open: 'Berita Acara',
    title: (outlet: string, on: LocalDate): string => `Berita Acara ${outlet}, ${day(on)}`,
    part: 'Bagian',
    parts: (number: number, items: number): string =>
      `${number === 0 ? 'Berita Acara Rekonsiliasi' : `Berita Acara tambahan ${count(number)}`}, ${count(items)} entri`,
    loading: 'Memuat isi berita acara',
    never: 'Isi berita acara belum dimuat.',
    state: {
      none: 'RANCANGAN: penutupan dan rekonsiliasi belum ditandatangani.',
      close: 'RANCANGAN: penutupan sudah ditandatangani, rekonsiliasi belum.',
      both: 'Final: ditandatangani dua kali. Berkas ini sama persis kapan pun disimpan.',
    },
    signedBy: (name: string, at: number): string => `${name}, ${dateTime(at)}`,
    close: 'Penutupan',
    reconciliation: 'Rekonsiliasi',
    unsigned: 'belum',
    age: 'Dimuat',
    why: 'PDF A4 untuk dicetak dan ditandatangani basah. Penyimpanan dicatat di jurnal.',
  },
  ENGLISH.PAPER_TEXT,
);
