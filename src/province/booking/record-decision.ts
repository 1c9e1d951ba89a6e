import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { DecisionItem } from '../../contract/feeds.ts';
import type { SalePersonal } from '../../contract/journal-entry.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import { findRecoveredNumber } from '../restore/recovered-number.ts';
import type { NotificationPort } from './notification-port.ts';
import type { SaleInCustody } from './read-sale.ts';
import type { Settlement } from './samsat-core.ts';

/** The address under which the payer sees the final receipt; the token is the only key to it. */
function finalReceiptLink(publicUrl: string, token: string): string {
  return `${publicUrl}/b/${token}`;
}

type FinalReceipt = NonNullable<DecisionItem['finalReceipt']>;

async function issueFinalReceipt(
  tx: Tx,
  context: ProvinceContext,
  sale: SaleInCustody,
  personal: SalePersonal,
  number: string,
): Promise<FinalReceipt> {
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

/** Writes a decision, its page of the device's feed, the final receipt and the message to the payer, in one transaction. */
export async function recordDecision(
  tx: Tx,
  context: ProvinceContext,
  notifications: NotificationPort,
  sale: SaleInCustody,
  /** Null when the sale went on hold before it could be opened. */
  personal: SalePersonal | null,
  settlement: Settlement,
): Promise<void> {
  const decidedAt = context.now();
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
  if (finalReceipt !== null && personal !== null) {
    await tellPayer(tx, context, notifications, sale, personal, finalReceipt);
  }
}
