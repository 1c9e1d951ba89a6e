import type { EntryBody, EntryEnvelope } from '../../contract/journal-entry.ts';
import { supervisionEntryBodies } from '../../contract/entry-bodies-supervision.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { DAY_ITEM_TYPES } from '../region/day-items.ts';
import { ledgerLinesOf } from './read-body.ts';
import type { ReadBody } from './typed-body.ts';

/** Types of what a supervisor decides on his own device. */
export type SupervisionType = keyof typeof supervisionEntryBodies;

/** A word of a supervisor as its entry says it. */
export type SupervisionWord = {
  readonly [T in SupervisionType]: {
    readonly type: T;
    readonly body: EntryBody<T>;
    readonly deviceId: string;
    readonly hash: string;
    readonly supervisorId: string;
    /** ms UTC of the device, and its day inside the bracket. */
    readonly at: number;
    readonly on: LocalDate;
    readonly receivedAt: number;
  };
}[SupervisionType];

/** An accepted entry that is an item of a day. */
export type DayItem = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
  /** The counter's day inside its bracket: the business date of what belongs to no cash session. */
  readonly on: LocalDate;
  readonly lines: readonly { readonly account: string; readonly amount: number }[];
};

/** What entries say of the days of outlets, and of the chain that they end. */
export type DayWrites = {
  readonly items: DayItem[];
  readonly words: SupervisionWord[];
  /** Every accepted entry in its order: the newest says where the device stands. */
  newest: { readonly envelope: EntryEnvelope; readonly hash: string } | null;
  rulePackId: string | null;
};

export const noDayWrites = (): DayWrites => ({ items: [], words: [], newest: null, rulePackId: null });

/** An accepted entry; `on` answers the counter's day inside its bracket. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
  readonly on: () => LocalDate;
};

const isWord = (read: ReadBody): read is Extract<ReadBody, { readonly type: SupervisionType }> =>
  Object.hasOwn(supervisionEntryBodies, read.type);

function wordOf({ envelope, hash, read, receivedAt, on }: Taken): SupervisionWord | undefined {
  const { officerId: supervisorId, deviceId, wallMs: at } = envelope;
  if (supervisorId === null || !isWord(read)) return undefined;
  return { ...read, deviceId, hash, supervisorId, at, on: on(), receivedAt };
}

/** Collects what an accepted entry says of a day: an item of it, or a supervisor's word on it. */
export function addDay(writes: DayWrites, taken: Taken): void {
  const { envelope, hash, read, receivedAt, on } = taken;
  writes.newest = { envelope, hash };
  writes.rulePackId = envelope.rulePackId ?? writes.rulePackId;
  const word = wordOf(taken);
  if (word !== undefined) writes.words.push(word);
  const lines = ledgerLinesOf(read);
  // Money of a type that came later still stands in the figures of its day.
  if (lines.length === 0 && !DAY_ITEM_TYPES.has(read.type)) return;
  writes.items.push({ envelope, hash, read, receivedAt, on: on(), lines });
}
