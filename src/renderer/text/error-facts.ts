import type { ErrorCode } from '../../contract/errors.ts';
import { parseLocalDate } from '../../domain/local-date.ts';
import { longDay, money, time } from './format.ts';
import { inLanguage } from './language.ts';

/** Facts that came with a refusal; never values of a person. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** Codes of the core, and the two that only the page itself can find out. */
export type ScreenErrorCode = ErrorCode | 'HOST_SILENT' | 'HOST_REFUSED';

/** "An error has three sentences: what happened, what is safe, what to do." */
export type ErrorSentences = Readonly<{ what: string; safe: string; next: string }>;

/** How one code is said. */
export type ErrorSentence = (details: ErrorDetails) => ErrorSentences;

/** Nothing was changed by what was asked. */
export const UNCHANGED = inLanguage('Tidak ada data yang berubah.', 'No data changed.');
/** Nothing was taken from the citizen. */
export const NO_MONEY = inLanguage('Tidak ada uang yang diambil.', 'No money is taken.');
/** What a counter does for a citizen while it may take no money. */
export const STILL_POSSIBLE = inLanguage(
  'Berkas masih dapat dititipkan dan rincian masih dapat dicetak.',
  'Papers can still be taken in and details can still be printed.',
);
/** What was committed before stays. */
export const ALL_SAVED = inLanguage(
  'Semua transaksi yang sudah tersimpan tetap aman.',
  'All transactions that were kept stay safe.',
);

/** A sentence without facts. */
export function say(what: string, safe: string, next: string): ErrorSentence {
  return () => ({ what, safe, next });
}

/** A text fact, or `otherwise` where the core did not give it. */
export function textFact(details: ErrorDetails, key: string, otherwise: string): string {
  const value = details[key];
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** A whole number, or undefined. */
export function numberFact(details: ErrorDetails, key: string): number | undefined {
  const value = details[key];
  return typeof value === 'number' ? value : undefined;
}

/** An amount written out, or `otherwise`. */
export function moneyFact(details: ErrorDetails, key: string, otherwise: string): string {
  const value = numberFact(details, key);
  return value === undefined ? otherwise : money(value);
}

/** ` (jatuh tempo 3 Februari 2025)` when the day is known, else nothing. */
export function dayInBrackets(details: ErrorDetails, key: string, label: string): string {
  const parsed = parseLocalDate(details[key]);
  return parsed.ok ? ` (${label} ${longDay(parsed.value)})` : '';
}

/** A clock time in Western Indonesia Time, or `otherwise`. */
export function timeFact(details: ErrorDetails, key: string, otherwise: string): string {
  const value = numberFact(details, key);
  return value === undefined ? otherwise : inLanguage(`pukul ${time(value)}`, `at ${time(value)}`);
}

/** A refusal as a screen holds it; `reference` is the log line of a bug. */
export type ScreenRefusal = Readonly<{
  code: ScreenErrorCode;
  path: readonly string[];
  details: ErrorDetails;
}>;
