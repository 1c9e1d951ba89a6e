import { randomBytes } from 'node:crypto';
import { type OperationNodeSource, sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import type { DecisionItem } from '../../contract/feeds.ts';
import type { SalePersonal } from '../../contract/journal-entry.ts';
import { localDateSchema } from '../../contract/primitives.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import { writeTogether } from '../db/together.ts';
import { headAsJson, type HeadRow, lockFeed, nextPage, whereNext, type WhereNext } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readRecovered, type RecoveredNumber, recoveredAsJson } from '../restore/recovered-number.ts';
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

/** What stood before a decision, for whoever holds the lock of the device's feed. */
type Before = {
  /** When the sale was decided last, ms UTC; null when never. */
  readonly decidedAt: number | null;
  /** The receipt of a sale that was settled before: it keeps it. */
  readonly issued: FinalReceipt | undefined;
  readonly recovered: RecoveredNumber | undefined;
  readonly next: WhereNext;
};

const issuedSchema = z.object({ number: z.string(), issuedOn: localDateSchema, token: z.string() });

async function findBefore(
  tx: Tx,
  context: ProvinceContext,
  { deviceId, transactionId }: SaleInCustody,
): Promise<Before> {
  const { rows } = await sql<{
    readonly decided_at: number | null;
    readonly issued: unknown;
    readonly recovered: unknown;
    readonly incarnation: string;
    readonly head: HeadRow | null;
  }>`select
    (select max(decided_at) from decision where device_id = ${deviceId} and transaction_id = ${transactionId}) as decided_at,
    (select json_build_object('number', number, 'issuedOn', issued_on, 'token', token) from final_receipt
      where device_id = ${deviceId} and transaction_id = ${transactionId}) as issued,
    ${recoveredAsJson(deviceId, transactionId)} as recovered,
    m.value as incarnation, ${headAsJson('decisions', deviceId)} as head
    from meta m where m.key = 'incarnation'`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('a province has an incarnation');
  const issued = row.issued === null ? undefined : issuedSchema.parse(row.issued);
  return {
    decidedAt: row.decided_at,
    issued:
      issued === undefined
        ? undefined
        : {
            number: issued.number,
            issuedOn: issued.issuedOn,
            link: finalReceiptLink(context.settings.publicUrl, issued.token),
          },
    recovered: readRecovered(row.recovered),
    next: whereNext(row),
  };
}

type Issued = { readonly finalReceipt: FinalReceipt; readonly writes: readonly OperationNodeSource[] };

/** The final receipt of a sale that is booked, with the rows that it is new in. */
function issueFinalReceipt(
  tx: Tx,
  context: ProvinceContext,
  sale: SaleInCustody,
  personal: SalePersonal,
  { number, issued, recovered }: Pick<Before, 'issued' | 'recovered'> & { readonly number: string },
): Issued {
  if (issued !== undefined) return { finalReceipt: issued, writes: [] };
  // A sale that had this number before a restore keeps its day and the link that the payer got.
  const kept = recovered?.number === number ? recovered : undefined;
  const token = kept?.token ?? randomBytes(16).toString('base64url');
  const issuedOn = kept?.issuedOn ?? localDateAt(context.now());
  const ofSale = { device_id: sale.deviceId, transaction_id: sale.transactionId };
  const { periods, total } = sale.body;
  return {
    finalReceipt: { number, issuedOn, link: finalReceiptLink(context.settings.publicUrl, token) },
    writes: [
      tx.insertInto('official_number').values({ number, ...ofSale }),
      tx.insertInto('receipt_link').values({ token, ...ofSale }),
      tx
        .insertInto('final_receipt')
        .values({ number, token, ...ofSale, issued_on: issuedOn, nrkb: personal.nrkb, periods, total }),
    ],
  };
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

/**
 * Writes a decision, its page of the device's feed, the final receipt, the message to the payer, and where the sale's money
 * stands from now on, in one transaction; with `alsoWritten` what else it ends, in the same breath.
 */
export async function recordDecision(
  tx: Tx,
  { context, notifications }: Pick<BookingParts, 'context' | 'notifications'>,
  sale: SaleInCustody,
  /** Null when the sale went on hold before it could be opened. */
  personal: SalePersonal | null,
  settlement: Settlement,
  alsoWritten: readonly OperationNodeSource[] = [],
): Promise<void> {
  const { deviceId, transactionId } = sale;
  const page = { feed: 'decisions', scope: deviceId } as const;
  await lockFeed(tx, page.feed, page.scope);
  const before = await findBefore(tx, context, sale);
  // Two decisions in one millisecond would have no order at the counter.
  const decidedAt = Math.max(context.now(), (before.decidedAt ?? 0) + 1);
  const { central, outcomes, difference, reason, number } = settlement;
  const issued =
    number === null || personal === null
      ? undefined
      : issueFinalReceipt(tx, context, sale, personal, { ...before, number });
  const finalReceipt = issued?.finalReceipt ?? null;
  const decisionId = uuidV7({ msecs: decidedAt });
  const item: DecisionItem = {
    decisionId,
    transactionId,
    decidedAt,
    central,
    outcomes,
    finalReceipt,
    difference,
    reason,
  };
  const ofSale = { device_id: deviceId, transaction_id: transactionId };
  const decision = { decision_id: decisionId, ...ofSale, central, item: JSON.stringify(item), decided_at: decidedAt };
  await writeTogether(tx, [
    ...(issued?.writes ?? []),
    tx.insertInto('decision').values(decision),
    tx.insertInto('feed_page').values(nextPage(context, before.next, { ...page, items: [item] })),
    ...alsoWritten,
  ]);
  // A sale that is booked as it was taken moves nothing.
  if (before.decidedAt !== null || central !== 'booked') await rebalance(tx, sale, decisionId, decidedAt);
  if (finalReceipt !== null && personal !== null) {
    await tellPayer(tx, context, notifications, sale, personal, finalReceipt);
  }
}
