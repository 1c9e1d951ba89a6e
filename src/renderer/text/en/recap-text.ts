import type { LegSummary } from '../../../contract/day-figures.ts';
import type { DayFinding } from '../../../contract/region-day.ts';
import type { LegExplanation, MatchLeg } from '../../../domain/day-match.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { count, dateTime, day, money, shortDay, signedMoney } from '../format.ts';

export const LEG_NAMES: Readonly<Record<MatchLeg | 'journal', string>> = {
  journal: 'Journal of the outlet',
  counted: 'Cash counted',
  bank: 'Bank statement',
  forms: 'Form serials',
  beneficiaries: 'Booked by Bapenda',
};

export const LEG_STATES: Readonly<Record<LegSummary['state'], string>> = {
  equal: 'equal',
  explained: 'difference explained',
  open: 'not explained',
  waiting: 'not there yet',
  'not-applicable': 'does not apply',
};

export const EXPLANATION_WORDS: Readonly<Record<LegExplanation['reason'], string>> = {
  variance: 'a variance of the count that was explained',
  'not-deposited': 'not deposited',
  'on-the-way': 'on the way to the bank',
  'refused-by-teller': 'refused by the teller',
  'not-booked-yet': 'not booked yet',
  case: 'a case under Needs attention',
  voided: 'voided',
  'form-missing': 'a form is missing',
  'form-spoiled': 'a form was spoiled',
};

export const FINDING_WORDS: Readonly<Record<DayFinding['kind'], string>> = {
  gap: 'A place of the history is missing',
  fork: 'Two different histories of one counter',
  rollback: 'The history went back to an older state',
  damaged: 'An entry is damaged and cannot be read',
  quarantined: 'Something sent that Bapenda has to look at',
  'number-missing': 'A receipt number is missing',
  'number-reused': 'A receipt number was used twice',
  'form-missing': 'A form is missing',
  'form-reused': 'A form was used twice',
  'sheet-missing': 'A sheet of the emergency book is missing',
  incident: 'Something that Bapenda noted',
};

export const RECAP_TEXT = {
  title: 'Daily recap',
  lists: { close: 'Wait for the close', reconciliation: 'Wait for the bank', date: 'Date' },
  list: 'Days that wait',
  date: 'Date',
  empty: { close: 'No day waits for its close.', reconciliation: 'No day waits for its reconciliation.' },
  emptyDate: 'No day of an outlet on this date.',
  allMatching: (many: number): string => `All that match (${count(many)})`,
  allMatchingHow: 'These match: no difference, finding, or entry apart. Days that differ are signed one by one.',
  signAll: (many: number): string => `Sign all that match (${count(many)})`,
  signAllTitle: {
    close: (many: number): string => `Signing the close of ${count(many)} days`,
    reconciliation: (many: number): string => `Signing the reconciliation of ${count(many)} days`,
  },
  sign: { close: 'Sign the close', reconciliation: 'Sign the reconciliation' },
  signHow: {
    close: 'The close: journal, cash and forms, without the bank. What is signed changes no more.',
    reconciliation: 'The reconciliation: with the bank statement. What is signed changes no more.',
  },
  noneToSign: 'This day does not wait for your signature.',
  ownWork: 'You worked at this outlet on this day; somebody else signs.',
  total: 'Sum',
  listRow: (on: LocalDate, takings: number): string => `${shortDay(on)} · ${money(takings)}`,
  counter: (deviceNo: number): string => `Counter ${String(deviceNo).padStart(2, '0')}`,
  matches: 'matches',
  differs: (amount: number): string => `differs by ${signedMoney(amount)}`,
  findings: (many: number): string => `${count(many)} findings`,
  apartShort: (many: number): string => `${count(many)} apart`,
  waits: 'not complete yet',
  own: 'own work',
  signedShort: 'signed by you',
  loadMore: 'Load more',
  choose: 'Choose a day on the left.',
  heading: (outlet: string, on: LocalDate): string => `${outlet}, ${day(on)}`,
  matchTitle: 'Five sums that should be one',
  explainedBy: (leg: string): string => `What explains the difference of: ${leg}`,
  noExplanation: 'No entry explains this difference. Open the entries of the day, or ask the outlet.',
  more: (many: number): string => `and ${count(many)} more`,
  findingsTitle: 'Findings',
  noFindings: 'No missing number, no number used twice, no gap, no fork.',
  sessionsTitle: 'Cash sessions',
  session: (by: string, sales: number, takings: number): string =>
    `${by}: ${count(sales)} transactions, ${money(takings)}`,
  sessionOpen: 'not closed',
  variance: (amount: number, why: string | null): string =>
    amount === 0 ? 'the count is exact' : `variance ${signedMoney(amount)}${why === null ? '' : `: ${why}`}`,
  depositsTitle: 'Deposits',
  noDeposits: 'No deposit for this day yet.',
  deposit: (bank: string, slip: string, on: LocalDate): string => `${bank}, slip no. ${slip}, ${shortDay(on)}`,
  depositState: (amount: number, confirmed: number): string =>
    confirmed >= amount ? `${money(amount)}, confirmed by the bank` : `${money(amount)}, confirmed ${money(confirmed)}`,
  cashLine: (undeposited: number, dueOn: LocalDate | null, overdue: boolean): string =>
    undeposited === 0
      ? 'All cash of this day is deposited.'
      : `Not deposited ${money(undeposited)}${dueOn === null ? '' : overdue ? `, overdue since ${shortDay(dueOn)}` : `, by ${shortDay(dueOn)}`}.`,
  partsTitle: 'Signatures',
  part: (number: number): string => (number === 0 ? 'The day' : `Supplement ${count(number)}`),
  partItems: (items: number): string => `${count(items)} entries`,
  signedBy: (name: string, at: number): string => `${name} on ${dateTime(at)}`,
  unsigned: 'not yet',
  closeShort: 'Close',
  reconciliationShort: 'Reconciliation',
  apartTitle: 'Apart from the day',
  standing: { 'on-hold': 'held', returned: 'sent back to the outlet' },
  missing: (many: number): string => (many === 0 ? 'papers complete' : `${count(many)} papers missing`),
  entries: 'Entries',
  entriesOpen: 'Look at the entries',
  entriesTitle: (outlet: string, on: LocalDate): string => `Entries of ${outlet}, ${day(on)}`,
  entriesEmpty: 'No entry was loaded yet.',
  entryWho: (device: number, seq: number): string => `Counter ${String(device).padStart(2, '0')} · no. ${count(seq)}`,
  act: 'Decide about this entry',
  acts: { hold: 'Hold it, I look myself', return: 'Send back to the outlet', settle: 'Let go, it is settled' },
  actTitle: 'This entry stands apart',
  actHow: 'The rest of the day goes on. Bapenda keeps the reason with your name.',
  reason: 'Reason',
  submit: 'Save and sign',
};
