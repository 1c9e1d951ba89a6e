import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { matchPersonalSchema } from '../../contract/entry-bodies-cases.ts';
import type { CancellationDecision, DecisionItem } from '../../contract/feeds.ts';
import { entryBodySchemas, entryEnvelopeSchema, type EntryType } from '../../contract/journal-entry.ts';
import { type StandingPart, standingParts } from '../../domain/case-ledger.ts';
import { rupiah, sumRupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import type { BookingParts } from '../booking/booking-parts.ts';
import { coreSaleOf, findSaleFacts, openPersonal, openUnder, type SaleInCustody } from '../booking/read-sale.ts';
import { recordDecision } from '../booking/record-decision.ts';
import type { CoreSale, Settlement } from '../booking/samsat-core.ts';
import type { CaseWorkKind } from '../db/schema-cases.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import { publishVoid } from '../feeds/voided-receipts.ts';
import { ASKED_BACK, REFUNDED_IN_CASH } from '../ingest/case-writes.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import { decideRefund, lockRefund, putRefundWord, receiveRefund } from './refunds.ts';
import { readHistory, rebalance, type SaleHistory } from './standing.ts';

/** One thing to do about a sale; the cause is the hash of the entry that asked for it, or an order's id. */
export type Work = {
  readonly device_id: string;
  readonly cause: string;
  readonly transaction_id: string;
  readonly kind: CaseWorkKind;
  readonly attempts: number;
};
/** Done, or what has to come first. */
export type Done = 'done' | { readonly wait: string };

/** The body of the entry that asked for this work. */
async function bodyOf<T extends EntryType>(
  tx: Tx,
  work: Work,
  type: T,
): Promise<z.infer<(typeof entryBodySchemas)[T]>> {
  const row = await tx
    .selectFrom('entry')
    .select('text')
    .where('device_id', '=', work.device_id)
    .where('hash', '=', work.cause)
    .executeTakeFirstOrThrow();
  const { body } = entryEnvelopeSchema.parse(JSON.parse(row.text));
  // Looked up by `type`, so its output is that type's body; the compiler does not follow the lookup.
  return entryBodySchemas[type].parse(body) as z.infer<(typeof entryBodySchemas)[T]>;
}

const isSettled = ({ newest }: SaleHistory): boolean =>
  newest?.outcomes.some(({ state }) => state === 'booked' || state === 'over') ?? false;

/** Every part of a sale as it goes back, or has gone back. */
function allParts(sale: SaleInCustody, { shortfalls }: SaleHistory): readonly StandingPart[] {
  const of = (kind: 'collected' | 'waived') =>
    shortfalls.filter((one) => one.kind === kind).flatMap(({ parts }) => parts);
  return standingParts({
    taken: [...sale.body.lines, ...of('collected')],
    waived: of('waived'),
    central: 'not-booked',
    outcomes: [],
    refunds: new Map(),
  });
}

/** Nothing of the sale is booked any more: everything that was paid is the citizen's again, or is with him already. */
function givenBack(
  sale: SaleInCustody,
  history: SaleHistory,
  central: 'refund-due' | 'refunded',
  reason: string,
): Settlement {
  const parts = allParts(sale, history).filter(({ taken, waived }) => taken > waived);
  const outcomes: DecisionItem['outcomes'] = parts.map(({ component, periodDueOn, taken, waived }) => ({
    component,
    periodDueOn,
    state: central,
    expected: ZERO_RUPIAH,
    taken: rupiah(taken - waived),
  }));
  const difference = central === 'refunded' ? ZERO_RUPIAH : sumRupiah(outcomes.map(({ taken }) => taken));
  return { central, outcomes, difference, reason, number: null };
}

async function takeOutOfBooks(tx: Tx, { context }: BookingParts, sale: SaleInCustody, reason: string): Promise<void> {
  const { deviceId, transactionId, hash } = sale;
  await publishVoid(tx, context, { deviceId, transactionId, hash, reason });
}

const ASKED_BACK_WORDS = 'Dibatalkan atas permintaan hari yang sama; uangnya dikembalikan.';
const REFUNDED_WORDS = 'Uangnya sudah dikembalikan tunai di gerai.';

/** "The province answers voided if not settled, else a refund case." */
async function cancel(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  const { context } = parts;
  const { requestId, transactionId } = await bodyOf(tx, work, 'cancellation.requested');
  const history = await readHistory(tx, sale);
  const cancellation = isSettled(history) ? 'settled' : 'voided';
  const isMoving = history.refunds.some(({ state }) => state !== 'rejected') || history.cashReturned;
  if (cancellation === 'voided' && !isMoving && history.newest?.central !== 'refund-due') {
    await takeOutOfBooks(tx, parts, sale, ASKED_BACK);
    await recordDecision(tx, parts, sale, null, givenBack(sale, history, 'refund-due', ASKED_BACK_WORDS));
  }
  const decidedAt = context.now();
  const item: CancellationDecision = {
    decisionId: uuidV7({ msecs: decidedAt }),
    requestId,
    transactionId,
    decidedAt,
    cancellation,
  };
  await tx
    .updateTable('cancellation')
    .set({ answer: cancellation, answered_at: decidedAt })
    .where('device_id', '=', work.device_id)
    .where('request_id', '=', requestId)
    .execute();
  await appendPage(tx, context, { feed: 'decisions', scope: work.device_id, items: [item] });
  return 'done';
}

/** Cash that went back: what was not booked never will be; what was booked is a claim that a person must settle. */
async function returned(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  const history = await readHistory(tx, sale);
  const byRefund = await tx
    .selectFrom('cash_return')
    .select('kind')
    .where('device_id', '=', work.device_id)
    .where('hash', '=', work.cause)
    .executeTakeFirst();
  if (isSettled(history) || byRefund?.kind !== 'refund') {
    await rebalance(tx, sale, work.cause, parts.context.now());
    return 'done';
  }
  await takeOutOfBooks(tx, parts, sale, REFUNDED_IN_CASH);
  await recordDecision(tx, parts, sale, null, givenBack(sale, history, 'refunded', REFUNDED_WORDS));
  return 'done';
}

/** Settles a sale once more; what was found out since comes with `change`. */
async function settleAgain(
  parts: BookingParts,
  tx: Tx,
  work: Work,
  sale: SaleInCustody,
  change: Partial<Pick<CoreSale, 'nrkb' | 'chassisNumber'>>,
): Promise<Done> {
  const { context } = parts;
  const { transactionId } = sale;
  const history = await readHistory(tx, sale);
  if (history.cashReturned || history.refunds.some(({ state }) => state !== 'rejected' && state !== 'requested')) {
    const seen = { kind: 'SETTLED_AFTER_REFUND', evidence: work.cause, facts: { transactionId } };
    await noteIncidents(tx, work.device_id, [seen], context.now());
    return 'done';
  }
  if (history.newest?.central === 'refund-due') {
    // It was asked back meanwhile: what was collected since goes back with the rest.
    await recordDecision(tx, parts, sale, null, givenBack(sale, history, 'refund-due', ASKED_BACK_WORDS));
    return 'done';
  }
  const facts = await findSaleFacts(tx, sale);
  const personal = await openPersonal(context.keys, sale, facts);
  if (!personal.ok) return { wait: personal.error };
  const { coreSale } = await coreSaleOf(tx, sale, personal.value, facts);
  const more = history.shortfalls.flatMap((one) => one.parts);
  const lines = [
    ...coreSale.lines,
    ...more.map((part) => ({ ...part, waived: ZERO_RUPIAH, rule: 'shortfall', basis: '' })),
  ];
  const settlement = await parts.core.settle({ ...coreSale, ...change, lines }, work.cause);
  await recordDecision(tx, parts, sale, personal.value, settlement);
  for (const { refundId, state } of history.refunds) {
    const refund = state === 'requested' ? await lockRefund(tx, refundId) : undefined;
    // Its own state counts, not what was read before the tax office answered.
    if (refund?.state !== 'requested') continue;
    const word = { state: 'rejected', saidBy: 'province', reference: null } as const;
    await putRefundWord(tx, context, refund, { ...word, reason: 'Keputusan Bapenda berubah; ajukan lagi.' });
  }
  return 'done';
}

async function match(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  const { newest } = await readHistory(tx, sale);
  if (newest?.central !== 'rejected' && newest?.central !== 'on-hold') return 'done';
  const { sealed } = await bodyOf(tx, work, 'case.matched');
  const vehicle = await openUnder(tx, parts.context.keys, work.device_id, sealed, matchPersonalSchema);
  if (!vehicle.ok) return { wait: vehicle.error };
  return settleAgain(parts, tx, work, sale, vehicle.value);
}

async function refundAsked(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  const { refundId } = await bodyOf(tx, work, 'refund.requested');
  const refund = await lockRefund(tx, refundId);
  if (refund !== undefined) await receiveRefund(tx, parts.context, sale, refund);
  return 'done';
}

/** A supervisor's word at the counter; what it may not do is for a person at the province, who finds it in the incidents. */
async function refundApproved(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  const { context } = parts;
  const { refundId, approvedBy } = await bodyOf(tx, work, 'refund.approved');
  const refund = await lockRefund(tx, refundId);
  if (refund === undefined || refund.deviceId !== work.device_id) return 'done';
  await receiveRefund(tx, context, sale, refund);
  const standing = (await lockRefund(tx, refundId)) ?? refund;
  const word = { state: 'approved', saidBy: approvedBy, reason: null, reference: null, reversal: null } as const;
  const decided = await decideRefund(tx, context, sale, standing, word);
  if (decided.ok) return 'done';
  const facts = { refundId, problem: decided.error };
  await noteIncidents(
    tx,
    work.device_id,
    [{ kind: 'REFUND_NOT_APPROVED', evidence: work.cause, facts }],
    context.now(),
  );
  return 'done';
}

/** Does one thing about a sale that is decided, in the caller's transaction. */
export async function doCaseWork(parts: BookingParts, tx: Tx, work: Work, sale: SaleInCustody): Promise<Done> {
  switch (work.kind) {
    case 'cancel':
      return cancel(parts, tx, work, sale);
    case 'returned':
      return returned(parts, tx, work, sale);
    case 'settle-again':
      return settleAgain(parts, tx, work, sale, {});
    case 'match':
      return match(parts, tx, work, sale);
    case 'refund-asked':
      return refundAsked(parts, tx, work, sale);
    case 'refund-approved':
      return refundApproved(parts, tx, work, sale);
    default:
      return work.kind satisfies never;
  }
}
