import type { EntryBody, EntryEnvelope, SignedEntry } from '../../contract/journal-entry.ts';
import { dateInBracket, findAnchorTime } from './business-date.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { ledgerLinesOf, type ReadBody } from './read-body.ts';

const positionOf = (envelope: EntryEnvelope) => ({
  device_id: envelope.deviceId,
  epoch_n: envelope.epoch.n,
  epoch_nonce: envelope.epoch.nonce,
  seq: envelope.seq,
});

/** Whether this device handed over a sale with this id before. */
export async function isKnownSale(tx: Tx, deviceId: string, transactionId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sale')
    .select('hash')
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row !== undefined;
}

async function applyMoney(tx: Tx, envelope: EntryEnvelope, read: ReadBody): Promise<void> {
  const lines = ledgerLinesOf(read);
  if (lines.length === 0) return;
  await tx
    .insertInto('ledger_line')
    .values(
      lines.map(({ account, amount }, index) => ({
        ...positionOf(envelope),
        line_no: index + 1,
        account,
        amount,
        cash_session_id: envelope.cashSessionId,
      })),
    )
    .execute();
}

async function applySale(
  tx: Tx,
  context: ProvinceContext,
  envelope: EntryEnvelope,
  item: SignedEntry,
  body: EntryBody<'transaction.paid'>,
): Promise<void> {
  const receivedAt = context.now();
  await tx
    .insertInto('sale')
    .values({
      ...positionOf(envelope),
      transaction_id: body.transactionId,
      hash: item.hash,
      content_hash: envelope.bodyHash,
      subject: body.sealed.subject,
      total: body.total,
      paid_on: body.paidOn,
      received_at: receivedAt,
    })
    .execute();
  await tx
    .insertInto('booking_work')
    .values({
      device_id: envelope.deviceId,
      transaction_id: body.transactionId,
      not_before: receivedAt + context.settings.bookingDelayMs,
    })
    .execute();
}

/** An arrival is believed inside its bracket only: an old date typed today excuses nobody from a fine. */
async function applyArrival(
  tx: Tx,
  context: ProvinceContext,
  envelope: EntryEnvelope,
  body: EntryBody<'arrival.recorded'>,
): Promise<void> {
  const anchorTime = await findAnchorTime(tx, envelope.deviceId, envelope.anchorId);
  const arrived = dateInBracket(body.arrivedOn, anchorTime, context.now());
  await tx
    .insertInto('arrival')
    .values({ device_id: envelope.deviceId, arrival_id: body.arrivalId, arrived_on: arrived.date })
    .onConflict((conflict) => conflict.columns(['device_id', 'arrival_id']).doNothing())
    .execute();
}

/** A key is kept as long as a sale that it opens waits for its booking; the worker removes it afterwards. */
async function applyErasure(tx: Tx, envelope: EntryEnvelope, subject: string): Promise<void> {
  await tx
    .deleteFrom('subject_key')
    .where('device_id', '=', envelope.deviceId)
    .where('subject', '=', subject)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sale')
            .innerJoin('booking_work', (join) =>
              join
                .onRef('booking_work.device_id', '=', 'sale.device_id')
                .onRef('booking_work.transaction_id', '=', 'sale.transaction_id'),
            )
            .select('sale.hash')
            .whereRef('sale.subject', '=', 'subject_key.subject')
            .where('booking_work.done_at', 'is', null),
        ),
      ),
    )
    .execute();
}

/** What an accepted entry changes at the province; its row is in `entry` already. */
export async function applyBody(
  tx: Tx,
  context: ProvinceContext,
  envelope: EntryEnvelope,
  item: SignedEntry,
  read: ReadBody,
): Promise<void> {
  await applyMoney(tx, envelope, read);
  if (read.type === 'transaction.paid') await applySale(tx, context, envelope, item, read.body);
  if (read.type === 'arrival.recorded') await applyArrival(tx, context, envelope, read.body);
  if (read.type === 'subject-key.erased') await applyErasure(tx, envelope, read.body.subject);
}
