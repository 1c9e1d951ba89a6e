import type { EmergencyBookView, EmergencySheetView } from '../../../../contract/views-emergency.ts';
import { type LocalDate, startOfLocalDate } from '../../../../domain/local-date.ts';
import { parseNrkb } from '../../../../domain/nrkb.ts';
import type { InputFor } from '../../../app/client.ts';
import { time } from '../../../text/format.ts';
import { groupDigits, parseCashAmount } from '../../../ui/cash-amount.ts';

/** What stands in the fields of one sheet. */
export type SheetTyped = Readonly<{
  number: string;
  paperOn: LocalDate | undefined;
  paperClock: string;
  nrkb: string;
  chassisTail: string;
  amount: string;
  payerName: string;
  noPhotoReason: string;
}>;

const MS_PER_MINUTE = 60_000;
const SHORTEST_TAIL = 5;
const SHORTEST_REASON = 3;

/** Minutes since midnight from `10.41`, `10:41`, `1041` or `9.05`; undefined when it is no time of a day. */
export function parseClock(text: string): number | undefined {
  const match = /^(\d{1,2})[.: ]?(\d{2})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '', minutes = ''] = match;
  const [hour, minute] = [Number(hours), Number(minutes)];
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** A number of up to eight digits; undefined for everything else. */
export function parseSheetNumber(text: string): number | undefined {
  const number = Number(text);
  return /^\d{1,8}$/.test(text.trim()) && number > 0 ? number : undefined;
}

/** The empty form: the next number of the first book that has one left. */
export function emptySheet(books: EmergencyBookView['books'], today: LocalDate): SheetTyped {
  const next = books.find((book) => book.next !== null)?.next ?? null;
  return {
    number: next === null ? '' : String(next),
    paperOn: today,
    paperClock: '',
    nrkb: '',
    chassisTail: '',
    amount: '',
    payerName: '',
    noPhotoReason: '',
  };
}

/** The form of a sheet that was typed before. */
export function typedBefore(sheet: EmergencySheetView): SheetTyped {
  return {
    number: String(sheet.bookNumber),
    paperOn: sheet.paperOn,
    paperClock: time(sheet.paperAt),
    nrkb: sheet.nrkb,
    chassisTail: sheet.chassisTail,
    amount: groupDigits(String(sheet.amount)),
    payerName: sheet.payerName,
    noPhotoReason: sheet.noPhotoReason ?? '',
  };
}

/** What the core is given; undefined while a field is missing or impossible. */
export function sheetInput(typed: SheetTyped, transactionId: string): InputFor<'emergency.enter'> | undefined {
  const bookNumber = parseSheetNumber(typed.number);
  const clock = parseClock(typed.paperClock);
  const amount = parseCashAmount(typed.amount);
  const chassisTail = typed.chassisTail.trim();
  const payerName = typed.payerName.trim();
  const reason = typed.noPhotoReason.trim();
  const { paperOn } = typed;
  const isReason = reason === '' || reason.length >= SHORTEST_REASON;
  if (bookNumber === undefined || clock === undefined || amount === undefined || amount <= 0) return undefined;
  if (paperOn === undefined) return undefined;
  if (!parseNrkb(typed.nrkb).ok || chassisTail.length < SHORTEST_TAIL || payerName === '' || !isReason)
    return undefined;
  return {
    transactionId,
    bookNumber,
    paperAt: startOfLocalDate(paperOn) + clock * MS_PER_MINUTE,
    nrkb: typed.nrkb,
    chassisTail,
    amount,
    payerName,
    noPhotoReason: reason === '' ? null : reason,
  };
}
