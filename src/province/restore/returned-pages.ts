import { sql } from 'kysely';
import { z } from 'zod';
import {
  anyDecisionSchema,
  type ApplicationDecision,
  type DecisionItem,
  feedPageSchema,
  type PageDecision,
} from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { takeBackWords } from '../applications/returned-words.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Tx } from '../db/open.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isOurSignature } from './own-signature.ts';
import { passNumber } from './recovered-number.ts';

/** What became of returned pages: numbers taken back, known already, or not ours. */
export type ReturnedPages = { readonly adopted: number; readonly known: number; readonly refused: number };

type Numbered = DecisionItem & { readonly finalReceipt: NonNullable<DecisionItem['finalReceipt']> };

/** What of a page is taken back: official numbers, pages of papers that were asked for again, and words of agencies. */
type TakenBack = {
  readonly numbered: readonly Numbered[];
  readonly asked: readonly PageDecision[];
  readonly words: readonly ApplicationDecision[];
};

/** The decisions of a page; undefined when it is no page of this device's decisions. */
async function decisionsOf(
  context: ProvinceContext,
  device: KnownDevice,
  signed: SignedText,
): Promise<TakenBack | undefined> {
  if (!(await isOurSignature(context, SIGNATURE_CONTEXT.feedPage, signed))) return undefined;
  const page = feedPageSchema.safeParse(JSON.parse(signed.text));
  if (!page.success || page.data.feed !== 'decisions' || page.data.scope !== device.deviceId) return undefined;
  const items = z.array(anyDecisionSchema).safeParse(page.data.items);
  if (!items.success) return undefined;
  return {
    numbered: items.data.flatMap((item) =>
      'finalReceipt' in item && item.finalReceipt !== null ? [{ ...item, finalReceipt: item.finalReceipt }] : [],
    ),
    asked: items.data.flatMap((item) => ('page' in item ? [item] : [])),
    words: items.data.flatMap((item) => ('application' in item ? [item] : [])),
  };
}

/** The number already belongs to another sale, or this sale was already booked under another: a person must look. */
async function noteCollision(tx: Tx, context: ProvinceContext, device: KnownDevice, item: Numbered): Promise<void> {
  const { deviceId } = device;
  const { transactionId, finalReceipt } = item;
  const { rows } = await sql<{ number: string; device_id: string; transaction_id: string }>`
    select number, device_id, transaction_id from official_number where number = ${finalReceipt.number}
    union select number, device_id, transaction_id from final_receipt
      where device_id = ${deviceId} and transaction_id = ${transactionId}`.execute(tx);
  const other = rows.find(
    (row) => row.number !== finalReceipt.number || row.device_id !== deviceId || row.transaction_id !== transactionId,
  );
  if (other === undefined) return;
  const facts = { transactionId, number: finalReceipt.number, stands: other.number, otherDevice: other.device_id };
  context.log('error', 'NUMBER_TWICE', { device: deviceId, transaction: transactionId });
  await noteIncidents(tx, deviceId, [{ kind: 'NUMBER_TWICE', evidence: transactionId, facts }], context.now());
}

async function adopt(tx: Tx, context: ProvinceContext, device: KnownDevice, hash: string, item: Numbered) {
  const { number, issuedOn, link } = item.finalReceipt;
  await noteCollision(tx, context, device, item);
  await tx
    .insertInto('recovered_number')
    .values({
      device_id: device.deviceId,
      transaction_id: item.transactionId,
      number,
      token: link.slice(link.lastIndexOf('/') + 1),
      issued_on: issuedOn,
      page_hash: hash,
      recovered_at: context.now(),
    })
    .onConflict((conflict) => conflict.columns(['device_id', 'transaction_id']).doNothing())
    .execute();
  await passNumber(tx, number);
  // Its number is here: the sale need not wait any longer.
  await tx
    .updateTable('booking_work')
    .set({ not_before: context.now() })
    .where('device_id', '=', device.deviceId)
    .where('transaction_id', '=', item.transactionId)
    .where('done_at', 'is', null)
    .where('not_before', '>', context.now())
    .execute();
}

/** What was asked for again once is not asked for a second time. */
async function rememberAsked(tx: Tx, { deviceId }: KnownDevice, asked: readonly PageDecision[]): Promise<void> {
  for (const { documentId, decisionId, reason, decidedAt } of asked) {
    const row = { document_id: documentId, decision_id: decisionId, reason, decided_at: decidedAt };
    await tx
      .insertInto('page_decision')
      .values({ device_id: deviceId, ...row })
      .onConflict((conflict) => conflict.columns(['device_id', 'document_id']).doNothing())
      .execute();
  }
}

async function isKnownPage(tx: Tx, deviceId: string, hash: string): Promise<boolean> {
  const page = await tx
    .selectFrom('feed_page')
    .select('hash')
    .where('scope', '=', deviceId)
    .where('feed', '=', 'decisions')
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return page !== undefined;
}

async function takeBack(
  context: ProvinceContext,
  device: KnownDevice,
  signed: SignedText,
): Promise<keyof ReturnedPages> {
  const items = await decisionsOf(context, device, signed);
  if (items === undefined) return 'refused';
  const hash = sha256(signed.text);
  return context.db.transaction().execute(async (tx) => {
    if (await isKnownPage(tx, device.deviceId, hash)) return 'known';
    const kept = await tx
      .insertInto('returned_page')
      .values({
        device_id: device.deviceId,
        hash,
        text: signed.text,
        sig: signed.sig,
        key_id: signed.keyId,
        returned_at: context.now(),
      })
      .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
      .returning('hash')
      .executeTakeFirst();
    if (kept === undefined) return 'known';
    for (const item of items.numbered) await adopt(tx, context, device, hash, item);
    await rememberAsked(tx, device, items.asked);
    await takeBackWords(tx, device.deviceId, items.words);
    return 'adopted';
  });
}

/**
 * "Official numbers already issued are recovered from receipts and never re-issued" (OPOP-Sync/1 7.4): takes back pages
 * of feed `decisions` that we signed for this device and lost. Idempotency: constraints returned_once, recovered_once.
 */
export async function receiveReturnedPages(
  context: ProvinceContext,
  device: KnownDevice,
  pages: readonly SignedText[],
): Promise<ReturnedPages> {
  const counts = { adopted: 0, known: 0, refused: 0 };
  for (const page of pages) counts[await takeBack(context, device, page)] += 1;
  if (counts.adopted > 0) context.log('warn', 'PAGES_RETURNED', { device: device.deviceId, ...counts });
  return counts;
}
