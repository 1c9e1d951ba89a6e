import { assertNever, err, ok, type Result } from './result.ts';

/** What the supervisor put his name to; `at` is ms UTC. */
export interface DaySignature {
  readonly by: string;
  readonly at: number;
}

/**
 * What is signed together. Number 0 is the day itself; what comes after its signature stands in the numbered supplements
 * (Berita Acara tambahan), so that what was signed never changes.
 */
export interface BatchPart {
  readonly number: number;
  /** Hashes of the entries that belong to it, in the order in which they came. */
  readonly items: readonly string[];
  readonly close: DaySignature | null;
  readonly reconciliation: DaySignature | null;
}

/** Why an item stands apart from its part until somebody acts: the supervisor looks, or the outlet has to answer. */
export interface ItemApart {
  readonly standing: 'on-hold' | 'returned';
  readonly reason: string;
}

/** A day of an outlet (Rekap Harian). */
export interface DailyBatch {
  /** Cash sessions of the day and whether each is closed. */
  readonly sessions: ReadonlyMap<string, 'open' | 'closed'>;
  /** Everything up to the last close has reached the province. */
  readonly complete: boolean;
  readonly parts: readonly BatchPart[];
  readonly apart: ReadonlyMap<string, ItemApart>;
  /** People who took part in the day at the counter: none of them signs it. */
  readonly workedBy: ReadonlySet<string>;
}

/** What happens to a day. */
export type DailyBatchEvent =
  | { readonly kind: 'session-opened'; readonly sessionId: string; readonly by: string }
  | { readonly kind: 'session-closed'; readonly sessionId: string }
  | { readonly kind: 'completed' }
  | { readonly kind: 'item-arrived'; readonly item: string }
  | { readonly kind: 'item-held'; readonly item: string; readonly reason: string }
  | { readonly kind: 'item-returned'; readonly item: string; readonly reason: string }
  | { readonly kind: 'item-settled'; readonly item: string }
  | {
      readonly kind: 'close-signed';
      readonly part: number;
      readonly items: readonly string[];
      readonly signature: DaySignature;
    }
  | {
      readonly kind: 'reconciliation-signed';
      readonly part: number;
      readonly settled: boolean;
      readonly signature: DaySignature;
    };

/** Why an event cannot be: said to the person, and nothing is changed. */
export type BatchRefusal =
  | 'SESSION_UNKNOWN'
  | 'ITEM_UNKNOWN'
  | 'ITEM_ALREADY_SIGNED'
  | 'PART_UNKNOWN'
  | 'DAY_NOT_COMPLETE'
  | 'ITEMS_CHANGED'
  | 'ALREADY_SIGNED'
  | 'OWN_WORK'
  | 'NOT_CLOSED'
  | 'NOT_SETTLED';

/** How far a day is; the furthest back of its parts decides. */
export type DailyBatchState = 'open' | 'closed' | 'submitted' | 'approved' | 'on-hold' | 'returned' | 'reconciled';

const emptyPart = (number: number): BatchPart => ({ number, items: [], close: null, reconciliation: null });

/** A day on which nothing has happened. */
export const NEW_DAILY_BATCH: DailyBatch = {
  sessions: new Map(),
  complete: false,
  parts: [emptyPart(0)],
  apart: new Map(),
  workedBy: new Set(),
};

const isKnown = ({ parts, apart }: DailyBatch, item: string): boolean =>
  apart.has(item) || parts.some(({ items }) => items.includes(item));

/** Puts an item into the part that is not signed yet; where all are signed a new supplement begins. */
function withItem(batch: DailyBatch, item: string): DailyBatch {
  const last = batch.parts.at(-1);
  const unsigned = last?.close === null ? last : emptyPart(batch.parts.length);
  const grown = { ...unsigned, items: [...unsigned.items, item] };
  return { ...batch, parts: [...batch.parts.filter((part) => part !== unsigned), grown] };
}

/** Takes an item out of the part that is not signed yet; what is signed stays where it is and is refused. */
function setApart(batch: DailyBatch, item: string, apart: ItemApart): Result<DailyBatch, BatchRefusal> {
  if (!isKnown(batch, item)) return err('ITEM_UNKNOWN');
  if (batch.parts.some(({ items, close }) => close !== null && items.includes(item))) return err('ITEM_ALREADY_SIGNED');
  return ok({
    ...batch,
    parts: batch.parts.map((part) => ({ ...part, items: part.items.filter((one) => one !== item) })),
    apart: new Map([...batch.apart, [item, apart]]),
  });
}

function settleItem(batch: DailyBatch, item: string): Result<DailyBatch, BatchRefusal> {
  if (!batch.apart.has(item)) return err('ITEM_UNKNOWN');
  const apart = new Map(batch.apart);
  apart.delete(item);
  return ok(withItem({ ...batch, apart }, item));
}

const sameItems = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item, at) => item === right[at]);

function withPart(batch: DailyBatch, changed: BatchPart): DailyBatch {
  return { ...batch, parts: batch.parts.map((part) => (part.number === changed.number ? changed : part)) };
}

function signClose(
  batch: DailyBatch,
  { part: number, items, signature }: Extract<DailyBatchEvent, { kind: 'close-signed' }>,
): Result<DailyBatch, BatchRefusal> {
  const part = batch.parts.find((one) => one.number === number);
  if (part === undefined) return err('PART_UNKNOWN');
  if (batch.workedBy.has(signature.by)) return err('OWN_WORK');
  if (part.close !== null) return err('ALREADY_SIGNED');
  if (!batch.complete || [...batch.sessions.values()].includes('open')) return err('DAY_NOT_COMPLETE');
  // He signs what he saw: an item that came or went in between is looked at first.
  if (!sameItems(part.items, items)) return err('ITEMS_CHANGED');
  return ok(withPart(batch, { ...part, close: signature }));
}

function signReconciliation(
  batch: DailyBatch,
  { part: number, settled, signature }: Extract<DailyBatchEvent, { kind: 'reconciliation-signed' }>,
): Result<DailyBatch, BatchRefusal> {
  const part = batch.parts.find((one) => one.number === number);
  if (part === undefined) return err('PART_UNKNOWN');
  if (batch.workedBy.has(signature.by)) return err('OWN_WORK');
  if (part.close === null) return err('NOT_CLOSED');
  if (part.reconciliation !== null) return err('ALREADY_SIGNED');
  return settled ? ok(withPart(batch, { ...part, reconciliation: signature })) : err('NOT_SETTLED');
}

/** A day after an event, or why the event cannot be. */
export function applyToBatch(batch: DailyBatch, event: DailyBatchEvent): Result<DailyBatch, BatchRefusal> {
  const { sessions, workedBy } = batch;
  switch (event.kind) {
    case 'session-opened':
      return ok({
        ...batch,
        complete: false,
        sessions: new Map([...sessions, [event.sessionId, 'open']]),
        workedBy: new Set([...workedBy, event.by]),
      });
    case 'session-closed':
      if (!sessions.has(event.sessionId)) return err('SESSION_UNKNOWN');
      return ok({ ...batch, sessions: new Map([...sessions, [event.sessionId, 'closed']]) });
    case 'completed':
      return ok({ ...batch, complete: true });
    case 'item-arrived':
      return ok(isKnown(batch, event.item) ? batch : withItem(batch, event.item));
    case 'item-held':
      return setApart(batch, event.item, { standing: 'on-hold', reason: event.reason });
    case 'item-returned':
      return setApart(batch, event.item, { standing: 'returned', reason: event.reason });
    case 'item-settled':
      return settleItem(batch, event.item);
    case 'close-signed':
      return signClose(batch, event);
    case 'reconciliation-signed':
      return signReconciliation(batch, event);
    default:
      return assertNever(event);
  }
}

/** What decides the state of a day, as counts: a list of many days needs no more of each. */
export interface BatchSummary {
  readonly sessions: number;
  readonly openSessions: number;
  readonly complete: boolean;
  /** Entries of the day; a deposit that was recorded on a day off is one. */
  readonly items: number;
  readonly parts: number;
  readonly closedParts: number;
  readonly reconciledParts: number;
  readonly held: number;
  readonly returned: number;
}

/** A day in counts. */
export function summaryOf({ sessions, complete, parts, apart }: DailyBatch): BatchSummary {
  const standings = [...apart.values()].map(({ standing }) => standing);
  return {
    sessions: sessions.size,
    openSessions: [...sessions.values()].filter((state) => state === 'open').length,
    complete,
    items: parts.reduce((sum, { items }) => sum + items.length, apart.size),
    parts: parts.length,
    closedParts: parts.filter(({ close }) => close !== null).length,
    reconciledParts: parts.filter(({ reconciliation }) => reconciliation !== null).length,
    held: standings.filter((standing) => standing === 'on-hold').length,
    returned: standings.filter((standing) => standing === 'returned').length,
  };
}

/** The state that a list of days shows; what stands apart is named once everything else is signed. */
export function stateOfSummary(day: BatchSummary): DailyBatchState {
  if (day.openSessions > 0 || (day.sessions === 0 && day.items === 0)) return 'open';
  if (!day.complete) return 'closed';
  if (day.closedParts < day.parts) return 'submitted';
  if (day.returned > 0) return 'returned';
  if (day.held > 0) return 'on-hold';
  return day.reconciledParts === day.parts ? 'reconciled' : 'approved';
}

/** The same of a whole day. */
export const batchState = (batch: DailyBatch): DailyBatchState => stateOfSummary(summaryOf(batch));
