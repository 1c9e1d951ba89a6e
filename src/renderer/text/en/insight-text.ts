import type { RegionSignal } from '../../../contract/region-insight.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { count, dateTime, day, money, monthName, shortDay } from '../format.ts';

export const SIGNAL_NAMES: Readonly<Record<RegionSignal['kind'], string>> = {
  'sold-again-lower': 'Voided, then sold lower',
  'booked-otherwise': 'Booked otherwise than paid',
  'cash-age': 'Cash not deposited',
  'deposit-twice': 'A deposit slip used more than once',
  'void-after-leaving': 'Voided after the payer had left',
  'void-rate': 'Many voids',
  reprints: 'Many reprints',
  'below-cap': 'Amounts just below the cap',
  'lookups-without-sale': 'Data opened without a service',
  'clock-changed': 'The clock of the computer changed',
};

type Of = (name: RegionSignal['figures'][number]['name']) => number;

const SENTENCES: Readonly<Record<RegionSignal['kind'], (of: Of) => string>> = {
  'sold-again-lower': (of) =>
    `Paid ${money(of('before'))}, voided, then the same vehicle and period was paid ${money(of('after'))}, ${money(of('difference'))} lower. It may be a typing mistake put right; compare both papers.`,
  'booked-otherwise': (of) =>
    `The counter took ${money(of('taken'))}, Bapenda booked ${money(of('booked'))}. The vehicle's data may have changed; ask who changed them and when.`,
  'cash-age': (of) =>
    `${money(of('amount'))} is ${count(of('days'))} days past its deposit date; ${count(of('papers'))} payers hold a receipt. The bank may have been shut; look at the cash.`,
  'deposit-twice': (of) =>
    `One deposit slip was recorded ${count(of('times'))} times, ${money(of('amount'))} in all. The number may be mistyped; ask for the slip itself.`,
  'void-after-leaving': (of) =>
    `Voided ${count(of('minutes'))} minutes after its paper was printed. The payer may have come back; ask him.`,
  'void-rate': (of) =>
    `${count(of('cases'))} of ${count(of('of'))} services were voided. A new officer may be learning.`,
  reprints: (of) =>
    `${count(of('cases'))} of ${count(of('of'))} receipts were printed more than once. The printer may be troublesome.`,
  'below-cap': (of) =>
    `${count(of('cases'))} services are just below the cap of ${money(of('cap'))}. It may be the kind of vehicles.`,
  'lookups-without-sale': (of) =>
    `Owners were shown ${count(of('of'))} times, ${count(of('cases'))} without a service and without a printed price. People may only have asked.`,
  'clock-changed': (of) =>
    `The clock could not be believed ${count(of('times'))} times on ${count(of('days'))} days. Its battery may be empty.`,
};

export function signalSentence(
  kind: RegionSignal['kind'],
  level: RegionSignal['level'],
  figures: RegionSignal['figures'],
): string {
  const sentence = SENTENCES[kind]((name) => figures.find((one) => one.name === name)?.value ?? 0);
  return level === 'few' ? `${sentence} Too few cases to conclude anything.` : sentence;
}

export const WAITS = { open: '(session open)', close: '(close)', supplement: '(supplement)' };

export const INSIGHT_TEXT = {
  title: 'Months & Quality',
  parts: 'Part',
  tabs: { month: 'Monthly recap', signals: 'Worth a look', quality: 'Quality of service' },
  month: 'Month',
  monthName: (month: string): string => monthName(month),
  lists: { outlets: 'By outlet', accounts: 'By beneficiary', regencies: 'By regency' },
  journal: 'Takings',
  signed: 'Signed',
  unsigned: 'Not signed',
  days: 'Days signed',
  daysOf: (signed: number, all: number): string => `${count(signed)} of ${count(all)}`,
  sales: 'Services',
  head: {
    outlets: ['Outlet', 'Days', 'Takings', 'Signed', 'Not yet'],
    accounts: ['Beneficiary', '', 'All days', 'Signed', 'Not yet'],
    regencies: ['Regency', 'Days', 'Takings', 'Signed', 'Owed to it'],
  },
  bar: (signed: number, all: number): string => `signed ${money(signed)} of ${money(all)}`,
  outletsIn: (many: number): string => `${count(many)} outlets`,
  waiting: (on: readonly { readonly on: LocalDate; readonly waits: 'open' | 'close' | 'supplement' }[]): string =>
    on.map((one) => `${shortDay(one.on)} ${WAITS[one.waits]}`).join(', '),
  allSigned: 'all signed',
  monthEmpty: 'No day of an outlet in this month.',
  partial: (shown: number): string => `${count(shown)} outlets loaded, the others follow`,
  picture: 'The money of this month by beneficiary',
  shares: { province: 'The province', regencies: 'Regencies', insurer: 'Jasa Raharja', others: 'Others' },
  save: 'Save for the treasurer',
  saveTitle: (month: string): string => `Save the recap of ${monthName(month)}`,
  saveWhy:
    'By outlet, beneficiary and regency; days that are not signed stand apart. Saving is recorded in the journal.',
  formats: { xlsx: 'XLSX for a spreadsheet', csv: 'CSV for other programs' },
  signalsOf: (from: LocalDate, to: LocalDate, outlets: number, sales: number): string =>
    `${day(from)} to ${day(to)}: ${count(sales)} services at ${count(outlets)} outlets`,
  noAccusation: 'Each line is a question and no accusation. Ask first; there is often a plain reason.',
  signalsEmpty: 'Nothing is worth a look in these 30 days.',
  signalsEmptyNext: 'Look again tomorrow; it is counted from the journals of all your outlets.',
  few: 'few cases',
  byKind: 'By kind',
  who: 'Officer',
  wholeOutlet: 'the whole outlet',
  entries: (many: number): string => `${count(many)} entries show it`,
  openDay: 'Open its day',
  ask: 'Question',
  qualityOf: (from: LocalDate, to: LocalDate): string => `${day(from)} to ${day(to)}, week by week`,
  helps: 'To help the outlets, not to compare them. By name, from the journal alone.',
  qualityEmpty: 'There is no outlet in your region yet.',
  qualityFew: 'Too few services to conclude anything.',
  qualityHead: ['Outlet', 'Services in 8 weeks', 'Seconds', 'Changed/refused', 'Variances', 'Hours without a line'],
  seconds: (value: number | null): string => (value === null ? '–' : `${count(value)} s`),
  permille: (value: number | null): string => (value === null ? '–' : `${String(Math.round(value) / 10)} %`),
  charts: {
    speed: 'Speed: seconds per service',
    exact: 'Accuracy: changed or refused by Bapenda',
    care: 'Care: voids and missing papers',
    open: 'Availability: services, and those without a line',
  },
  chartWords: {
    speed: (seconds: number, slow: number | null, wait: number | null): string =>
      `half were done in ${count(seconds)} seconds${slow === null ? '' : `, 9 of 10 in ${count(slow)}`}${wait === null ? '' : `; ${count(wait)} minutes of waiting`}`,
    exact: (changed: number, refused: number, heard: number): string =>
      `${count(changed)} changed, ${count(refused)} refused of ${count(heard)} answered`,
    care: (voids: number, missing: number, variance: number): string =>
      `${count(voids)} voids, ${count(missing)} papers missing, variances of ${money(variance)}`,
    open: (sales: number, offline: number, hours: number): string =>
      `${count(sales)} services; ${count(offline)} in ${count(hours)} hours without a line`,
  },
  reasonsTitle: 'Why Bapenda changed or refused',
  reasons: {
    short: 'paid too little',
    over: 'paid too much',
    rejected: 'refused',
    'paid-elsewhere': 'already paid elsewhere',
    'refund-due': 'to be refunded',
    refunded: 'refunded',
  },
  reasonOf: (words: string, many: number): string => `${words}: ${count(many)}`,
  weekOf: (monday: LocalDate, value: string): string => `week of ${shortDay(monday)}: ${value}`,
  strip: (outlet: string, sales: number): string => `${outlet}, ${count(sales)} services in 8 weeks`,
  lastWeek: 'The newest week with services',
};

export const PAPER_TEXT = {
  open: 'Official report',
  title: (outlet: string, on: LocalDate): string => `Official report of ${outlet}, ${day(on)}`,
  part: 'Part',
  parts: (number: number, items: number): string =>
    `${number === 0 ? 'Reconciliation report' : `Supplementary report ${count(number)}`}, ${count(items)} entries`,
  loading: 'Loading what stands on it',
  never: 'What stands on it has not been loaded yet.',
  state: {
    none: 'DRAFT: neither the close nor the reconciliation is signed.',
    close: 'DRAFT: the close is signed, the reconciliation is not.',
    both: 'Final: signed twice. This file is the very same whenever it is saved.',
  },
  signedBy: (name: string, at: number): string => `${name}, ${dateTime(at)}`,
  close: 'Close',
  reconciliation: 'Reconciliation',
  unsigned: 'not yet',
  age: 'Loaded',
  why: 'A PDF on A4, to be printed and signed with a pen. Saving is recorded in the journal.',
};
