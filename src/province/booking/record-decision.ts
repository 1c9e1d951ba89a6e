import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { DecisionItem } from '../../contract/feeds.ts';
import type { SalePersonal } from '../../contract/journal-entry.ts';
import { localDateSchema } from '../../contract/primitives.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import { findRecoveredNumber } from '../restore/recovered-number.ts';
import { rebalance } from '../cases/standing.ts';
import type { BookingParts } from './booking-parts.ts';
import type { NotificationPort } from './notification-port.ts';
import type { SaleInCustody } from './read-sale.ts';
import type { Settlement } from './samsat-core.ts';

/** The address under which the payer sees the final receipt; the token is the only key to it. */
function finalReceiptLink(publicUrl: string, token: string): string {
  return `${publicUrl}/b/${token}`;
}

type FinalReceipt = NonNullable<DecisionItem['finalReceipt']>;

/** A sale that was settled again keeps the receipt that it has. */
async function findIssued(tx: Tx, context: ProvinceContext, sale: SaleInCustody): Promise<FinalReceipt | undefined> {
  const row = await tx
    .selectFrom('final_receipt')
    .select(['number', 'issued_on', 'token'])
    .where('device_id', '=', sale.deviceId)
    .where('transaction_id', '=', sale.transactionId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const issuedOn = localDateSchema.parse(row.issued_on);
  return { number: row.number, issuedOn, link: finalReceiptLink(context.settings.publicUrl, row.token) };
}

async function issueFinalReceipt(
  tx: Tx,
  context: ProvinceContext,
  sale: SaleInCustody,
  personal: SalePersonal,
  number: string,
): Promise<FinalReceipt> {
  const issued = await findIssued(tx, context, sale);
  if (issued !== undefined) return issued;
  // A sale that had this number before a restore keeps its day and the link that the payer got.
  const before = await findRecoveredNumber(tx, sale.deviceId, sale.transactionId);
  const kept = before?.number === number ? before : undefined;
  const token = kept?.token ?? randomBytes(16).toString('base64url');
  const issuedOn = kept?.issuedOn ?? localDateAt(context.now());
  const ofSale = { device_id: sale.deviceId, transaction_id: sale.transactionId };
  await tx
    .insertInto('official_number')
    .values({ number, ...ofSale })
    .execute();
  await tx
    .insertInto('receipt_link')
    .values({ token, ...ofSale })
    .execute();
  await tx
    .insertInto('final_receipt')
    .values({
      number,
      token,
      ...ofSale,
      issued_on: issuedOn,
      nrkb: personal.nrkb,
      periods: sale.body.periods,
      total: sale.body.total,
    })
    .execute();
  return { number, issuedOn, link: finalReceiptLink(context.settings.publicUrl, token) };
}

async function tellPayer(
  tx: Tx,
  context: ProvinceContext,
  notifications: NotificationPort,
  sale: SaleInCustody,
  personal: SalePersonal,
  finalReceipt: FinalReceipt,
): Promise<void> {
  if (personal.payerPhone === null) return;
  const text = `Pajak ${personal.nrkb} sudah dibukukan, ${finalReceipt.number}: ${finalReceipt.link}`;
  const { deviceId, transactionId } = sale;
  await notifications.notify(
    tx,
    { deviceId, transactionId, kind: 'final-receipt', phone: personal.payerPhone, text },
    context.now(),
  );
}

/** When the sale was decided last, ms UTC; null when never. */
async function lastDecidedAt(tx: Tx, sale: SaleInCustody): Promise<number | null> {
  const row = await tx
    .selectFrom('decision')
    .select((eb) => eb.fn.max('decided_at').as('last'))
    .where('device_id', '=', sale.deviceId)
    .where('transaction_id', '=', sale.transactionId)
    .executeTakeFirst();
  const last: number | null | undefined = row?.last;
  return last ?? null;
}

/**
 * Writes a decision, its page of the device's feed, the final receipt, the message to the payer, and where the sale's money
 * stands from now on, in one transaction.
 */
export async function recordDecision(
  tx: Tx,
  { context, notifications }: Pick<BookingParts, 'context' | 'notifications'>,
  sale: SaleInCustody,
  /** Null when the sale went on hold before it could be opened. */
  personal: SalePersonal | null,
  settlement: Settlement,
): Promise<DecisionItem> {
  const before = await lastDecidedAt(tx, sale);
  // Two decisions in one millisecond would have no order at the counter.
  const decidedAt = Math.max(context.now(), (before ?? 0) + 1);
  const { central, outcomes, difference, reason, number } = settlement;
  const finalReceipt =
    number === null || personal === null ? null : await issueFinalReceipt(tx, context, sale, personal, number);
  const item: DecisionItem = {
    decisionId: uuidV7({ msecs: decidedAt }),
    transactionId: sale.transactionId,
    decidedAt,
    central,
    outcomes,
    finalReceipt,
    difference,
    reason,
  };
  await tx
    .insertInto('decision')
    .values({
      decision_id: item.decisionId,
      device_id: sale.deviceId,
      transaction_id: sale.transactionId,
      central,
      item: JSON.stringify(item),
      decided_at: decidedAt,
    })
    .execute();
  await appendPage(tx, context, { feed: 'decisions', scope: sale.deviceId, items: [item] });
  // A sale that is booked as it was taken moves nothing.
  if (before !== null || central !== 'booked') await rebalance(tx, sale, item.decisionId, decidedAt);
  if (finalReceipt !== null && personal !== null) {
    await tellPayer(tx, context, notifications, sale, personal, finalReceipt);
  }
  return item;
}
