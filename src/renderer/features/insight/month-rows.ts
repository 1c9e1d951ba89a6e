import type { MonthView } from '../../../contract/views-insight.ts';
import { dateParts, type LocalDate } from '../../../domain/local-date.ts';
import { isRegencyCode, regencyName } from '../../../domain/regency.ts';
import { count } from '../../text/format.ts';
import { INSIGHT_TEXT } from '../../text/insight-text.ts';

type Head = NonNullable<MonthView['head']>;
type Accounts = Head['total']['accounts'];

/** A row of any of the three lists; whole rupiah. */
export type MonthRow = Readonly<{
  key: string;
  name: string;
  /** Under the name; `waits` marks days that are not signed. */
  note: string;
  waits: boolean;
  days: string;
  all: number;
  signed: number;
  /** What stands in the last column: not signed, or what the regency is owed. */
  last: number;
}>;

const SHOWN_MONTHS = 14;

/** `2026-03` and the months before it, the newest first. */
export function lastMonths(today: LocalDate): readonly string[] {
  const { year, month } = dateParts(today);
  return Array.from({ length: SHOWN_MONTHS }, (_one, back) => {
    const nth = year * 12 + (month - 1) - back;
    return `${String(Math.floor(nth / 12))}-${String((nth % 12) + 1).padStart(2, '0')}`;
  });
}

/** A beneficiary's account in words. */
export function accountName(account: string): string {
  const [head = '', part] = account.split(':', 2);
  if (head === 'regency' && isRegencyCode(part)) return regencyName(part);
  if (account === 'province') return INSIGHT_TEXT.shares.province;
  return account === 'jasa-raharja' ? INSIGHT_TEXT.shares.insurer : account;
}

/** The month's money in four shares: a picture says how it is split, the list says to whom. */
export function sharesOf(
  accounts: Accounts,
): readonly { readonly key: keyof typeof INSIGHT_TEXT.shares; readonly value: number }[] {
  const sum = (isOf: (account: string) => boolean): number =>
    accounts.reduce((total, { account, all }) => (isOf(account) ? total + all : total), 0);
  const isRegency = (account: string): boolean => account.startsWith('regency:');
  const isNamed = (account: string): boolean =>
    account === 'province' || account === 'jasa-raharja' || isRegency(account);
  return [
    { key: 'province', value: sum((account) => account === 'province') },
    { key: 'regencies', value: sum(isRegency) },
    { key: 'insurer', value: sum((account) => account === 'jasa-raharja') },
    { key: 'others', value: sum((account) => !isNamed(account)) },
  ];
}

/** The rows of a list. */
export function monthRows(
  list: keyof typeof INSIGHT_TEXT.lists,
  { total, regencies }: Head,
  outlets: MonthView['rows'],
  {
    accountName: nameOf,
    placeName,
  }: { readonly accountName: (account: string) => string; readonly placeName: (regency: string) => string },
): readonly MonthRow[] {
  if (list === 'accounts') {
    return total.accounts.map(({ account, all, signed }) => ({
      key: account,
      name: nameOf(account),
      note: '',
      waits: false,
      days: '',
      all,
      signed,
      last: all - signed,
    }));
  }
  if (list === 'regencies') {
    const owed = new Map(total.accounts.map(({ account, signed }) => [account, signed]));
    return regencies.map(({ regency, outlets: many, days, daysSigned, journal, journalSigned }) => ({
      key: regency,
      name: placeName(regency),
      note: INSIGHT_TEXT.outletsIn(many),
      waits: false,
      days: INSIGHT_TEXT.daysOf(daysSigned, days),
      all: journal,
      signed: journalSigned,
      last: owed.get(`regency:${regency}`) ?? 0,
    }));
  }
  return outlets.map(({ outletId, name, unsigned, days, daysSigned, sales, journal, journalSigned }) => ({
    key: outletId,
    name,
    note: unsigned.length === 0 ? INSIGHT_TEXT.allSigned : INSIGHT_TEXT.waiting(unsigned),
    waits: unsigned.length > 0,
    days: `${INSIGHT_TEXT.daysOf(daysSigned, days)} · ${count(sales)}`,
    all: journal,
    signed: journalSigned,
    last: journal - journalSigned,
  }));
}
