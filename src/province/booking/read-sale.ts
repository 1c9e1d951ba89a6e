import { z } from 'zod';
import {
  type EntryBody,
  type EntryEnvelope,
  entryBodySchemas,
  entryEnvelopeSchema,
  type SalePersonal,
  salePersonalSchema,
} from '../../contract/journal-entry.ts';
import { RECEIPT_CONTEXT, type ReceiptStatement } from '../../contract/receipt-statement.ts';
import type { SealedBody } from '../../contract/primitives.ts';
import { type LocalDate, localDateAt, parseLocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openSealedBody } from '../crypto/body-cipher.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { openSealed, sealedToKey } from '../crypto/sealed-box.ts';
import type { Db, Tx } from '../db/open.ts';
import { dateOfPaper } from '../emergency/paper-day.ts';
import { dateInBracket, findAnchorTime } from '../ingest/business-date.ts';
import { findBill } from '../inquiry/inquiry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { CoreSale } from './samsat-core.ts';

/** A sale in custody with everything that booking needs. */
export type SaleInCustody = {
  readonly deviceId: string;
  readonly transactionId: string;
  readonly hash: string;
  readonly receivedAt: number;
  readonly outletId: string;
  readonly signingKey: string;
  readonly envelope: EntryEnvelope;
  readonly body: EntryBody<'transaction.paid'>;
};

const saleSchema = entryBodySchemas['transaction.paid'];

/** The accepted entry of a sale. */
export async function findSale(
  db: Db | Tx,
  deviceId: string,
  transactionId: string,
): Promise<SaleInCustody | undefined> {
  const row = await db
    .selectFrom('sale')
    .innerJoin('entry', (join) =>
      join.onRef('entry.device_id', '=', 'sale.device_id').onRef('entry.hash', '=', 'sale.hash'),
    )
    .innerJoin('device', 'device.device_id', 'sale.device_id')
    .select(['entry.text', 'sale.hash', 'sale.received_at', 'device.outlet_id', 'device.signing_key'])
    .where('sale.device_id', '=', deviceId)
    .where('sale.transaction_id', '=', transactionId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const envelope = entryEnvelopeSchema.parse(JSON.parse(row.text));
  return {
    deviceId,
    transactionId,
    hash: row.hash,
    receivedAt: row.received_at,
    outletId: row.outlet_id,
    signingKey: row.signing_key,
    envelope,
    body: saleSchema.parse(envelope.body),
  };
}

/** The key has not come yet; the work row carries this until it does. */
export const KEY_MISSING = 'KEY_MISSING';

/** Sealed to a key whose file is not in this node's folder. */
export const KEY_FILE_AWAY = 'KEY_FILE_AWAY';

/** Why the personal part of a sale cannot be read. A missing key or key file may still come; the others need a person. */
export type PersonalProblem = typeof KEY_MISSING | typeof KEY_FILE_AWAY | 'KEY_UNREADABLE' | 'BODY_UNREADABLE';

/** Opens what a device sealed under a subject's key that travelled beside its entries. */
export async function openUnder<T>(
  db: Db | Tx,
  keys: KeyRing,
  deviceId: string,
  sealed: SealedBody,
  schema: z.ZodType<T>,
): Promise<Result<T, PersonalProblem>> {
  const row = await db
    .selectFrom('subject_key')
    .select('jwe')
    .where('device_id', '=', deviceId)
    .where('subject', '=', sealed.subject)
    .executeTakeFirst();
  if (row === undefined) return err(KEY_MISSING);
  const sealing = keys.findSealing(sealedToKey(row.jwe) ?? '');
  if (sealing === undefined) return err(KEY_FILE_AWAY);
  const key = await openSealed(sealing, row.jwe);
  if (!key.ok) return err('KEY_UNREADABLE');
  const opened = openSealedBody(sealed, key.value);
  const personal = schema.safeParse(opened.ok ? opened.value : undefined);
  return personal.success ? ok(personal.data) : err('BODY_UNREADABLE');
}

/** Opens plate, owner and payer of a sale. */
export function openPersonal(
  db: Db | Tx,
  keys: KeyRing,
  sale: SaleInCustody,
): Promise<Result<SalePersonal, PersonalProblem>> {
  return openUnder(db, keys, sale.deviceId, sale.body.sealed, salePersonalSchema);
}

/** What the paper of this sale says. */
function statementOf(sale: SaleInCustody, personal: SalePersonal): ReceiptStatement {
  const { deviceId, epoch, seq, timeTrust } = sale.envelope;
  const { transactionId, periods, total, paidOn } = sale.body;
  return { deviceId, epoch, seq, transactionId, nrkb: personal.nrkb, periods, total, paidOn, timeTrust };
}

/** Whether the paper that the citizen holds says what the journal says. */
export function receiptVerifies(sale: SaleInCustody, personal: SalePersonal): boolean {
  const text = canonicalJson(statementOf(sale, personal));
  return verifyText(sale.signingKey, RECEIPT_CONTEXT, text, personal.receiptSig);
}

const dateSchema = z.string().transform((text): LocalDate | null => {
  const parsed = parseLocalDate(text);
  return parsed.ok ? parsed.value : null;
});

/** An arrival counts when this device handed it over before: a date in a sale alone is a claim. */
async function provedArrival(db: Db | Tx, sale: SaleInCustody): Promise<LocalDate | null> {
  const { arrivalId } = sale.body;
  if (arrivalId === null) return null;
  const row = await db
    .selectFrom('arrival')
    .select('arrived_on')
    .where('device_id', '=', sale.deviceId)
    .where('arrival_id', '=', arrivalId)
    .executeTakeFirst();
  return row === undefined ? null : dateSchema.parse(row.arrived_on);
}

/** The sale as the core sees it: dates inside their brackets, the promised bill where one was valid. */
export async function coreSaleOf(
  db: Db | Tx,
  sale: SaleInCustody,
  personal: SalePersonal,
): Promise<{ readonly coreSale: CoreSale; readonly clockSuspect: boolean }> {
  const { body, envelope, deviceId, transactionId } = sale;
  const anchorTime = await findAnchorTime(db, deviceId, envelope.anchorId);
  const paid = (await dateOfPaper(db, sale)) ?? dateInBracket(body.paidOn, anchorTime, sale.receivedAt);
  const inquired = await findBill(db, deviceId, body.inquiryId);
  const held =
    inquired?.bill.state === 'payable' &&
    inquired.bill.nrkb === personal.nrkb &&
    localDateAt(inquired.bill.issuedAt) === paid.date;
  const coreSale: CoreSale = {
    deviceId,
    transactionId,
    nrkb: personal.nrkb,
    chassisNumber: personal.chassisNumber,
    periods: body.periods,
    lines: body.lines,
    paidOn: paid.date,
    arrivedOn: await provedArrival(db, sale),
    groups: body.groups,
    billed: held ? inquired.bill.lines : null,
    channel: `Samsat OPOP ${sale.outletId}`,
  };
  return { coreSale, clockSuspect: paid.moved };
}
