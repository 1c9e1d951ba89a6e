import type { LegSummary } from '../../contract/day-figures.ts';
import type { DayFinding } from '../../contract/region-day.ts';
import type { LegExplanation, MatchLeg } from '../../domain/day-match.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import * as ENGLISH from './en/recap-text.ts';
import { count, dateTime, day, money, shortDay, signedMoney } from './format.ts';
import { inLanguage } from './language.ts';

/** The columns that should name the same sum. */
export const LEG_NAMES: Readonly<Record<MatchLeg | 'journal', string>> = inLanguage(
  {
    journal: 'Jurnal gerai',
    counted: 'Kas dihitung',
    bank: 'Rekening koran',
    forms: 'Nomor blangko',
    beneficiaries: 'Dibukukan Bapenda',
  },
  ENGLISH.LEG_NAMES,
);

const INDONESIAN_STATES: Readonly<Record<LegSummary['state'], string>> = {
  equal: 'sama',
  explained: 'selisih dijelaskan',
  open: 'belum dijelaskan',
  waiting: 'belum ada',
  'not-applicable': 'tidak berlaku',
};

const LEG_STATES = inLanguage(INDONESIAN_STATES, ENGLISH.LEG_STATES);

/** `selisih dijelaskan -Rp50.000`: how a column stands against the journal. */
export function legLine({ state, difference, unexplained }: LegSummary): string {
  if (state === 'open' && unexplained !== null) return `${signedMoney(unexplained)} ${LEG_STATES.open}`;
  if (state === 'explained' && difference !== null && difference !== 0) {
    return `${LEG_STATES.explained} ${signedMoney(difference)}`;
  }
  return LEG_STATES[state];
}

/** What explains a part of a difference. */
export const EXPLANATION_WORDS: Readonly<Record<LegExplanation['reason'], string>> = inLanguage(
  {
    variance: 'selisih hitung kas yang sudah dijelaskan',
    'not-deposited': 'belum disetor',
    'on-the-way': 'dalam perjalanan ke bank',
    'refused-by-teller': 'ditolak teller',
    'not-booked-yet': 'belum dibukukan',
    case: 'ada di Perlu Tindakan',
    voided: 'dibatalkan',
    'form-missing': 'blangko hilang',
    'form-spoiled': 'blangko rusak',
  },
  ENGLISH.EXPLANATION_WORDS,
);

const INDONESIAN_FINDINGS: Readonly<Record<DayFinding['kind'], string>> = {
  gap: 'Ada nomor yang terlewat di riwayat',
  fork: 'Dua riwayat berbeda dari satu loket',
  rollback: 'Riwayat mundur ke keadaan lama',
  damaged: 'Entri rusak yang tidak dapat dibaca',
  quarantined: 'Kiriman yang harus diperiksa Bapenda',
  'number-missing': 'Nomor struk yang tidak ada',
  'number-reused': 'Nomor struk dipakai dua kali',
  'form-missing': 'Blangko yang tidak ada',
  'form-reused': 'Blangko dipakai dua kali',
  'sheet-missing': 'Lembar kuitansi darurat yang tidak ada',
  incident: 'Kejadian yang dicatat Bapenda',
};

const FINDING_WORDS = inLanguage(INDONESIAN_FINDINGS, ENGLISH.FINDING_WORDS);

/** `Nomor struk dipakai dua kali: 3506-017-01-…, Loket 01`. */
export function findingLine({ kind, what, deviceNo }: DayFinding): string {
  const at = deviceNo === null ? '' : `, ${RECAP_TEXT.counter(deviceNo)}`;
  return `${FINDING_WORDS[kind]}: ${what}${at}`;
}

/** Rekap Harian: five sums that should be one, two signatures at two times. */
export const RECAP_TEXT = inLanguage(
  {
    title: 'Rekap Harian',
    lists: { close: 'Menunggu penutupan', reconciliation: 'Menunggu rekonsiliasi', date: 'Tanggal' },
    list: 'Hari yang menunggu',
    date: 'Tanggal',
    empty: {
      close: 'Tidak ada hari yang menunggu penutupan.',
      reconciliation: 'Tidak ada yang menunggu rekonsiliasi.',
    },
    emptyDate: 'Tidak ada hari gerai pada tanggal ini.',
    allMatching: (many: number): string => `Semua yang cocok (${count(many)})`,
    allMatchingHow:
      'Cocok: tidak ada selisih, temuan, atau entri yang ditahan. Yang berselisih ditandatangani satu per satu.',
    signAll: (many: number): string => `Tanda tangani semua yang cocok (${count(many)})`,
    signAllTitle: {
      close: (many: number): string => `Menandatangani penutupan ${count(many)} hari`,
      reconciliation: (many: number): string => `Menandatangani rekonsiliasi ${count(many)} hari`,
    },
    sign: { close: 'Tanda tangani penutupan', reconciliation: 'Tanda tangani rekonsiliasi' },
    signHow: {
      close: 'Penutupan: jurnal, kas, dan blangko; tanpa bank. Yang sudah ditandatangani tidak berubah lagi.',
      reconciliation: 'Rekonsiliasi: dengan rekening koran. Yang sudah ditandatangani tidak berubah lagi.',
    },
    noneToSign: 'Hari ini tidak menunggu tanda tangan Anda.',
    ownWork: 'Anda bekerja di gerai ini pada hari ini; orang lain yang menandatangani.',
    total: 'Jumlah',
    listRow: (on: LocalDate, takings: number): string => `${shortDay(on)} · ${money(takings)}`,
    counter: (deviceNo: number): string => `Loket ${String(deviceNo).padStart(2, '0')}`,
    matches: 'cocok',
    differs: (amount: number): string => `selisih ${signedMoney(amount)}`,
    findings: (many: number): string => `${count(many)} temuan`,
    apartShort: (many: number): string => `${count(many)} terpisah`,
    waits: 'ada yang belum lengkap',
    own: 'kerja sendiri',
    signedShort: 'sudah Anda tandatangani',
    loadMore: 'Muat berikutnya',
    choose: 'Pilih hari di sebelah kiri.',
    heading: (outlet: string, on: LocalDate): string => `${outlet}, ${day(on)}`,
    matchTitle: 'Lima angka yang seharusnya sama',
    explainedBy: (leg: string): string => `Yang menjelaskan selisih ${leg}`,
    noExplanation: 'Tidak ada entri yang menjelaskan selisih ini. Buka entri hari itu, atau tanyakan ke gerai.',
    more: (many: number): string => `dan ${count(many)} lagi`,
    findingsTitle: 'Temuan',
    noFindings: 'Tidak ada nomor hilang, nomor ganda, celah, atau cabang.',
    sessionsTitle: 'Sesi kas',
    session: (by: string, sales: number, takings: number): string =>
      `${by}: ${count(sales)} transaksi, ${money(takings)}`,
    sessionOpen: 'belum ditutup',
    variance: (amount: number, why: string | null): string =>
      amount === 0 ? 'hitungan pas' : `selisih ${signedMoney(amount)}${why === null ? '' : `: ${why}`}`,
    depositsTitle: 'Setoran',
    noDeposits: 'Belum ada setoran untuk hari ini.',
    deposit: (bank: string, slip: string, on: LocalDate): string => `${bank}, slip ${slip}, ${shortDay(on)}`,
    depositState: (amount: number, confirmed: number): string =>
      confirmed >= amount
        ? `${money(amount)}, dikonfirmasi bank`
        : `${money(amount)}, dikonfirmasi ${money(confirmed)}`,
    cashLine: (undeposited: number, dueOn: LocalDate | null, overdue: boolean): string =>
      undeposited === 0
        ? 'Semua kas hari ini sudah disetor.'
        : `Belum disetor ${money(undeposited)}${dueOn === null ? '' : overdue ? `, terlambat sejak ${shortDay(dueOn)}` : `, paling lambat ${shortDay(dueOn)}`}.`,
    partsTitle: 'Tanda tangan',
    part: (number: number): string => (number === 0 ? 'Hari ini' : `Berita Acara tambahan ${count(number)}`),
    partItems: (items: number): string => `${count(items)} entri`,
    signedBy: (name: string, at: number): string => `${name}, ${dateTime(at)}`,
    unsigned: 'belum',
    closeShort: 'Penutupan',
    reconciliationShort: 'Rekonsiliasi',
    apartTitle: 'Terpisah dari hari ini',
    standing: { 'on-hold': 'ditahan', returned: 'dikembalikan ke gerai' },
    missing: (many: number): string => (many === 0 ? 'berkas lengkap' : `${count(many)} berkas belum lengkap`),
    entries: 'Entri',
    entriesOpen: 'Lihat entri',
    entriesTitle: (outlet: string, on: LocalDate): string => `Entri ${outlet}, ${day(on)}`,
    entriesEmpty: 'Belum ada entri yang dimuat.',
    entryWho: (device: number, seq: number): string => `Loket ${String(device).padStart(2, '0')} · no. ${count(seq)}`,
    act: 'Putuskan entri ini',
    acts: { hold: 'Tahan, saya lihat', return: 'Kembalikan ke gerai', settle: 'Lepaskan, sudah beres' },
    actTitle: 'Entri ini dipisahkan',
    actHow: 'Sisa hari itu tetap berjalan. Alasannya tersimpan di Bapenda bersama nama Anda.',
    reason: 'Alasan',
    submit: 'Simpan dan tanda tangani',
  },
  ENGLISH.RECAP_TEXT,
);

/** What needs a look first in a list of days, or that it matches. */
export function dayNotice(row: {
  readonly matches: boolean;
  readonly isOwnWork: boolean;
  readonly findings: number;
  readonly apart: number;
  readonly legs: readonly LegSummary[];
}): Readonly<{ tone: 'person' | 'waiting' | 'settled'; text: string }> {
  if (row.isOwnWork) return { tone: 'waiting', text: RECAP_TEXT.own };
  const size = ({ unexplained }: LegSummary): number => Math.abs(unexplained ?? 0);
  const [worst] = row.legs.filter(({ state }) => state === 'open').toSorted((left, right) => size(right) - size(left));
  if (worst !== undefined) return { tone: 'person', text: RECAP_TEXT.differs(worst.unexplained ?? 0) };
  if (row.findings > 0) return { tone: 'person', text: RECAP_TEXT.findings(row.findings) };
  if (row.apart > 0) return { tone: 'waiting', text: RECAP_TEXT.apartShort(row.apart) };
  return row.matches ? { tone: 'settled', text: RECAP_TEXT.matches } : { tone: 'waiting', text: RECAP_TEXT.waits };
}
