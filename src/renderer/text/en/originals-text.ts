import type { FormStockRow as Stock, TicketRow as Ticket } from '../../../contract/views-documents.ts';
import { count, duration, serialText, time } from '../format.ts';

export const DRAWER_TEXT = {
  note: 'Originals kept at this counter, the longest first. Space chooses several of the same person.',
  empty: 'The drawer is empty: no original is kept.',
  list: 'Originals in the drawer',
  columns: { chosen: 'Choose', since: 'Since', label: 'Paper', name: 'Name', plate: 'Plate number', number: 'Number' },
  days: (days: number): string => (days === 0 ? 'today' : `${count(days)} days`),
  chosen: (chosen: number): string => `${count(chosen)} papers chosen`,
  ticked: 'chosen',
  unticked: 'not chosen',
  handOver: 'Hand over papers',
  title: (chosen: number): string => `Hand over ${count(chosen)} originals`,
  done: (number: string): string => `Proof of hand-over ${number} was sent to the printer. Ask for the signature.`,
  doneWithoutPaper: (number: string): string => `Handed over under number ${number}. Its paper is not printed yet.`,
  several: 'The chosen papers belong to several services. Hand them over one by one.',
  noName: 'no name',
};

const REASON: Readonly<Record<Ticket['reason'], string>> = {
  'walk-in': 'came today',
  outage: 'came during an outage',
};

export const QUEUE_TEXT = {
  next: 'Next',
  nobody: 'Nobody is waiting.',
  waiting: (people: number): string => `${count(people)} waiting`,
  settledToday: (people: number): string => `${count(people)} done today`,
  list: 'Order of the queue',
  order: 'Who came during an outage goes first in the order of arrival, then who came today.',
  columns: { place: 'Place', number: 'Number', reason: 'Note', plate: 'Plate number', since: 'Waiting' },
  serve: 'Serve',
  absent: 'Not here',
  left: 'Went home',
  ended: 'Called',
  outcomes: { absent: 'Recorded as not there.', left: 'Recorded as gone home.' },
  showNext: 'Show the next one',
  issue: 'Take a new number',
  issueTitle: 'New number in the queue',
  issueWhy: 'Plate number and name may be empty; what is recorded need not be typed again.',
  plate: 'Plate number',
  plateWrong: 'This cannot be a plate number. Example: AG 4321 ED.',
  name: 'Name',
  outage: 'The counter is disturbed (line, power or system)',
  submit: 'Print the number',
  cancel: 'Back',
  issued: (number: number): string => `Number ${count(number)} was sent to the printer.`,
  issuedWithoutPaper: (number: number): string => `Number ${count(number)} is recorded. Its paper is not printed yet.`,
  reason: (reason: Ticket['reason']): string => REASON[reason],
  since: (now: number, at: number): string => `${duration(now - at)}, since ${time(at)}`,
};

export const FORMS_TEXT = {
  tab: 'Forms',
  forms: { tbpkp: 'TBPKP paper', pengesahan: 'Validation sticker' },
  empty: 'No form is recorded yet.',
  emptyNext: 'Record the first delivery from its delivery note.',
  range: (stock: Pick<Stock, 'series' | 'from' | 'to'>): string =>
    `${serialText(stock.series, stock.from)} to ${serialText(stock.series, stock.to)}`,
  left: (left: number, all: number): string => `${count(left)} of ${count(all)} sheets left`,
  used: (used: number): string => `${count(used)} used`,
  spoiled: (spoiled: number): string => `${count(spoiled)} spoiled`,
  missing: (missing: number): string => `${count(missing)} lost`,
  usedSerial: 'Number of the TBPKP form',
  useNow: 'Record as used',
  usedNow: (serial: string): string => `Form ${serial} is recorded as used.`,
  nextSerial: 'Next on top',
  usedUp: 'Used up',
  gap: (series: string, from: number, to: number): string =>
    from === to
      ? `Number ${serialText(series, from)} was skipped. Find the sheet: record it as spoiled or lost.`
      : `Numbers ${serialText(series, from)} to ${serialText(series, to)} were skipped. Find the sheets: record them as spoiled or lost.`,
  receive: 'Record a delivery',
  receiveTitle: 'Delivery of forms',
  form: 'Kind',
  series: 'Series (may be empty)',
  from: 'First number',
  to: 'Last number',
  deliveryNote: 'Number of the delivery note',
  spoil: 'Record as spoiled',
  spoilTitle: 'Spoiled form',
  serial: 'Number on the form',
  reason: 'Reason',
  spoilReasons: ['Misprinted', 'Paper torn or wet', 'Stuck in the printer'],
  otherReason: 'Another reason',
  lost: 'Record as lost',
  lostTitle: 'Lost form',
  lostWhy: 'Declared once, by the person who answers for it, and seen at Bapenda.',
  submit: 'Record',
  cancel: 'Back',
};
