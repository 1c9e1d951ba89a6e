import type { RegionOutlet, Worry } from '../../contract/region.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { DayLook } from '../../domain/outlet-calendar.ts';
import * as ENGLISH from './en/region-text.ts';
import { count, dateTime, day, duration, shortDay } from './format.ts';
import { inLanguage } from './language.ts';

/** Why an outlet stands high in the list. */
export const WORRY_WORDS: Readonly<Record<Worry, string>> = inLanguage(
  {
    fork: 'dua riwayat berbeda',
    silent: 'hari kerja tanpa kabar',
    unclosed: 'sesi kas belum ditutup',
    quarantined: 'kiriman perlu diperiksa Bapenda',
    'cash-overdue': 'setoran terlambat',
    'lacks-next-rules': 'tarif berikutnya belum ada',
    'lacks-rules': 'tarif sekarang belum ada',
    'no-contact': 'lama tanpa koneksi',
    clock: 'jam komputer meragukan',
    unsent: 'banyak yang belum terkirim',
    returned: 'ada yang dikembalikan ke gerai',
    'waiting-signature': 'menunggu tanda tangan Anda',
  },
  ENGLISH.WORRY_WORDS,
);

/** Worries that need a person today; the others only wait. */
const GRAVE: ReadonlySet<Worry> = new Set(['fork', 'silent', 'unclosed', 'quarantined', 'cash-overdue']);

/** `person` red, `waiting` amber, `none`: never told by the colour alone. */
export function worryTone(worries: readonly Worry[]): 'person' | 'waiting' | 'none' {
  const [first] = worries;
  if (first === undefined) return 'none';
  return GRAVE.has(first) ? 'person' : 'waiting';
}

/** `setoran terlambat, dan 2 lagi`, or that all is well. */
export function worryLine(worries: readonly Worry[]): string {
  const [first, ...more] = worries;
  if (first === undefined) return REGION_TEXT.noWorry;
  return more.length === 0 ? WORRY_WORDS[first] : REGION_TEXT.worryAndMore(WORRY_WORDS[first], more.length);
}

/** How a day looks. */
export const LOOK_WORDS: Readonly<Record<DayLook, string>> = inLanguage(
  {
    worked: 'buka dan ditutup',
    unclosed: 'sesi kas belum ditutup',
    silent: 'hari kerja tanpa kabar',
    'day-off': 'libur',
    'worked-on-day-off': 'buka di hari libur',
    'not-over': 'hari ini',
  },
  ENGLISH.LOOK_WORDS,
);

/** How far a day is. */
export const DAY_STATE_WORDS = inLanguage(
  {
    open: 'belum ditutup',
    closed: 'ditutup, belum lengkap',
    submitted: 'menunggu tanda tangan',
    approved: 'ditutup, menunggu bank',
    'on-hold': 'ada yang ditahan',
    returned: 'ada yang dikembalikan',
    reconciled: 'selesai',
  },
  ENGLISH.DAY_STATE_WORDS,
);

/** `3 buka, 1 libur`: how many days looked how. */
function looksCounted(days: RegionOutlet['days'], words: readonly [string, string, string, string]): string {
  const of = (look: DayLook): number => days.filter((one) => one.look === look).length;
  const counts = [of('worked') + of('worked-on-day-off'), of('day-off'), of('unclosed'), of('silent')];
  return counts.flatMap((many, at) => (many === 0 ? [] : [`${count(many)} ${words[at] ?? ''}`])).join(', ');
}

/** Wilayah: all outlets of a supervisor, worst first. */
export const REGION_TEXT = inLanguage(
  {
    title: 'Wilayah',
    list: 'Gerai, yang paling perlu dilihat di atas',
    noWorry: 'tidak ada yang perlu dilihat',
    worryAndMore: (first: string, more: number): string => `${first}, dan ${count(more)} lagi`,
    search: 'Cari gerai',
    searchHint: 'Ketik nama, nomor, atau kabupaten',
    notFound: (search: string): string => `Tidak ada gerai dengan "${search}" di data yang sudah dimuat.`,
    notFoundNext: 'Hapus pencarian, atau muat gerai berikutnya.',
    heads: [
      'Gerai',
      'Yang perlu dilihat',
      '14 hari terakhir',
      'Kontak',
      'Belum terkirim',
      'Kas belum disetor',
      'Tarif',
    ],
    open: 'Buka gerai',
    reload: 'Muat lagi',
    more: (shown: number, all: number): string => `${count(shown)} dari ${count(all)} gerai dimuat; sisanya menyusul`,
    loading: 'Memuat dari Bapenda',
    never: 'Belum pernah dimuat di perangkat ini.',
    neverNext: 'Muat dari Bapenda saat ada koneksi; setelah itu tetap dapat dibaca tanpa koneksi.',
    age: (loadedAt: number, now: number): string =>
      now - loadedAt < 60_000
        ? 'data baru saja dimuat'
        : `data ${dateTime(loadedAt)}, ${duration(now - loadedAt)} lalu`,
    ageNoLine: (loadedAt: number, now: number): string =>
      `tanpa koneksi; data ${dateTime(loadedAt)}, ${duration(now - loadedAt)} lalu`,
    ageBusy: (loadedAt: number, now: number): string =>
      `Bapenda sedang sibuk; data ${dateTime(loadedAt)}, ${duration(now - loadedAt)} lalu`,
    totals: 'Seluruh wilayah',
    outlets: 'Gerai',
    worried: 'Perlu dilihat',
    unsent: 'Belum terkirim',
    undeposited: 'Kas belum disetor',
    openSessions: 'Sesi kas terbuka',
    waitingClose: 'Menunggu penutupan',
    waitingReconciliation: 'Menunggu rekonsiliasi',
    rulesNone: 'Belum ada tarif yang berlaku.',
    rulesNow: (packId: string, from: LocalDate): string => `Tarif sekarang ${packId}, sejak ${day(from)}.`,
    rulesNext: (packId: string, from: LocalDate, lacking: number): string =>
      lacking === 0
        ? `Tarif berikutnya ${packId} mulai ${day(from)}: semua gerai sudah punya.`
        : `Tarif berikutnya ${packId} mulai ${day(from)}: ${count(lacking)} gerai belum punya.`,
    plh: (name: string, letter: string, until: LocalDate): string =>
      `Plh. ${name}, surat ${letter}, sampai ${day(until)}`,
    plhShort: (name: string): string => `Plh. ${name}`,
    ago: (atMs: number | null, now: number): string => {
      if (atMs === null) return 'belum pernah';
      return now - atMs < 60_000 ? 'baru saja' : duration(now - atMs);
    },
    since: (on: LocalDate, overdue: boolean): string =>
      overdue ? `terlambat, ${shortDay(on)}` : `sejak ${shortDay(on)}`,
    quarantined: (many: number): string => `${count(many)} diperiksa`,
    rulesFit: 'ada',
    rulesLack: 'belum ada',
    rulesLackNext: 'berikutnya belum',
    strip: (days: RegionOutlet['days']): string =>
      `${count(days.length)} hari: ${looksCounted(days, ['buka', 'libur', 'belum ditutup', 'tanpa kabar'])}`,
    bar: ({ on, look, reason, sales }: RegionOutlet['days'][number]): string =>
      `${shortDay(on)}: ${reason ?? LOOK_WORDS[look]}, ${count(sales)} transaksi`,
    detail: {
      back: 'Kembali ke Wilayah',
      worries: 'Yang perlu dilihat',
      devices: 'Loket',
      days: 'Hari-hari',
      openDay: 'Buka Rekap Harian',
      contact: 'Kontak terakhir',
      inTransit: 'Dalam perjalanan ke bank',
      session: (by: string, on: LocalDate): string => `Sesi kas terbuka: ${by}, sejak ${day(on)}`,
      version: (version: string | null): string => (version === null ? 'versi tidak diketahui' : `versi ${version}`),
      tariff: (packId: string | null): string => (packId === null ? 'tarif tidak diketahui' : `tarif ${packId}`),
      clock: { anchored: 'jam cocok', rtc: 'jam komputer', clamped: 'jam ditahan', suspect: 'jam meragukan' },
      clockUnknown: 'jam tidak diketahui',
      device: (deviceNo: number): string => `Loket ${String(deviceNo).padStart(2, '0')}`,
      sales: (many: number): string => `${count(many)} transaksi`,
      gone: 'Gerai ini tidak ada lagi di data yang dimuat.',
    },
  },
  ENGLISH.REGION_TEXT,
);
