import { type RawBuilder, sql } from 'kysely';
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
import { type Bill, billSchema } from '../../contract/sync-protocol.ts';
import { type LocalDate, localDateAt, parseLocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openSealedBody } from '../crypto/body-cipher.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { openSealed, sealedToKey } from '../crypto/sealed-box.ts';
import type { Db, Tx } from '../db/open.ts';
import { dateOfPaper } from '../emergency/paper-day.ts';
import { dateInBracket } from '../ingest/business-date.ts';
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

/** A sale with its entry and its device, as rows say it. */
export type SaleRow = {
  readonly device_id: string;
  readonly transaction_id: string;
  readonly text: string;
  readonly hash: string;
  readonly received_at: number;
  readonly outlet_id: string;
  readonly signing_key: string;
};

export function saleOf(row: SaleRow): SaleInCustody {
  const envelope = entryEnvelopeSchema.parse(JSON.parse(row.text));
  return {
    deviceId: row.device_id,
    transactionId: row.transaction_id,
    hash: row.hash,
    receivedAt: row.received_at,
    outletId: row.outlet_id,
    signingKey: row.signing_key,
    envelope,
    body: saleSchema.parse(envelope.body),
  };
}

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
    .select(['sale.device_id', 'sale.transaction_id', 'entry.text', 'sale.hash', 'sale.received_at'])
    .select(['device.outlet_id', 'device.signing_key'])
    .where('sale.device_id', '=', deviceId)
    .where('sale.transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row === undefined ? undefined : saleOf(row);
}

const dateSchema = z.string().transform((text): LocalDate | null => {
  const parsed = parseLocalDate(text);
  return parsed.ok ? parsed.value : null;
});

/** A body key sealed to us; `vouched` when the device itself sent it. Which one is right the sealed body tells. */
type BodyKey = { readonly jwe: string; readonly vouched: boolean };

/** Keys of one subject that are tried: an honest device sends one, and one more for each new key of ours. */
const MOST_KEYS = 20;

/** Inside a larger question: the body keys of a subject as JSON, the device's own first. */
const bodyKeysOf = (deviceId: string | RawBuilder<string>, subject: string | RawBuilder<string>) => sql<
  readonly BodyKey[]
>`(
  select coalesce(json_agg(found), '[]') from (select jwe, vouched from subject_key
    where device_id = ${deviceId} and subject = ${subject} order by vouched desc, received_at limit ${MOST_KEYS}) found)`;

/** The body keys of many sales by one question, in the order of the sales. */
export async function findBodyKeys(
  db: Db,
  sales: readonly SaleInCustody[],
): Promise<readonly Pick<SaleFacts, 'bodyKeys'>[]> {
  const { rows } = await sql<{ readonly body_keys: readonly BodyKey[] }>`
    select ${bodyKeysOf(sql<string>`wanted.device_id`, sql<string>`wanted.subject`)} as body_keys
    from unnest(${sales.map(({ deviceId }) => deviceId)}::uuid[],
      ${sales.map(({ body }) => body.sealed.subject)}::uuid[]) with ordinality as wanted (device_id, subject, place)
    order by wanted.place`.execute(db);
  return rows.map(({ body_keys }) => ({ bodyKeys: body_keys }));
}

/** What the database says beside a sale that bears on its booking. */
export type SaleFacts = {
  /** Why the sale may not be booked by itself; null when it may. */
  readonly suspended: string | null;
  /** Its body keys as they came, sealed to us; none while none has come. */
  readonly bodyKeys: readonly BodyKey[];
  /**
   * When we gave out the anchor that the entry names, ms UTC; when we enrolled its device where it names none of ours; null
   * of a device that we know by its certificate alone.
   */
  readonly notBefore: number | null;
  /** What was answered to the inquiry that the sale names. */
  readonly bill: Bill | null;
  /** An arrival counts when this device handed it over before: a date in a sale alone is a claim. */
  readonly arrivedOn: LocalDate | null;
};

type FactsRow = {
  readonly suspended: string | null;
  readonly body_keys: readonly BodyKey[];
  readonly not_before: number | null;
  readonly bill: unknown;
  readonly arrived_on: string | null;
};

/** One question for all of it; of a sale that is to be booked, asked by whoever holds its work. */
export async function findSaleFacts(
  db: Db | Tx,
  { deviceId, hash, envelope, body }: SaleInCustody,
): Promise<SaleFacts> {
  const { rows } = await sql<FactsRow>`select
    (select reason from suspense where device_id = ${deviceId} and hash = ${hash}) as suspended,
    ${bodyKeysOf(deviceId, body.sealed.subject)} as body_keys,
    coalesce(
      (select server_time from time_anchor where device_id = ${deviceId} and nonce = ${envelope.anchorId}),
      (select enrolled_at from device where device_id = ${deviceId} and known_by = 'enrolment')) as not_before,
    (select bill from inquiry where device_id = ${deviceId} and inquiry_id = ${body.inquiryId}) as bill,
    (select arrived_on from arrival where device_id = ${deviceId} and arrival_id = ${body.arrivalId}) as arrived_on`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a question without a table has one answer');
  return {
    suspended: row.suspended,
    bodyKeys: row.body_keys,
    notBefore: row.not_before,
    bill: row.bill === null ? null : billSchema.parse(row.bill),
    arrivedOn: row.arrived_on === null ? null : dateSchema.parse(row.arrived_on),
  };
}

/** The key has not come yet; the work row carries this until it does. */
export const KEY_MISSING = 'KEY_MISSING';

/** Sealed to a key whose file is not in this node's folder. */
export const KEY_FILE_AWAY = 'KEY_FILE_AWAY';

/**
 * Why the personal part of a sale cannot be read. A missing key or key file may still come; the others need a person:
 * `KEY_UNREADABLE` opens nothing, under `BODY_UNREADABLE` lies what nobody reads, by the right key.
 */
export type PersonalProblem = typeof KEY_MISSING | typeof KEY_FILE_AWAY | 'KEY_UNREADABLE' | 'BODY_UNREADABLE';

async function openWith<T>(
  keys: KeyRing,
  jwe: string,
  sealed: SealedBody,
  schema: z.ZodType<T>,
): Promise<Result<T, PersonalProblem>> {
  const sealing = keys.findSealing(sealedToKey(jwe) ?? '');
  if (sealing === undefined) return err(KEY_FILE_AWAY);
  const key = await openSealed(sealing, jwe);
  if (!key.ok) return err('KEY_UNREADABLE');
  const opened = openSealedBody(sealed, key.value);
  if (!opened.ok) return err('KEY_UNREADABLE');
  const personal = schema.safeParse(opened.value);
  return personal.success ? ok(personal.data) : err('BODY_UNREADABLE');
}

/**
 * OPOP-Sync/1 5.10: tries each body key; the tag of the sealed body decides. Of a carrier's that opens nothing, nothing is
 * concluded: the device's own may still come.
 */
async function openWithAny<T>(
  keys: KeyRing,
  bodyKeys: readonly BodyKey[],
  sealed: SealedBody,
  schema: z.ZodType<T>,
): Promise<Result<T, PersonalProblem>> {
  const problems: PersonalProblem[] = [];
  for (const { jwe, vouched } of bodyKeys) {
    const opened = await openWith(keys, jwe, sealed, schema);
    if (opened.ok || opened.error === 'BODY_UNREADABLE') return opened;
    if (vouched) problems.push(opened.error);
  }
  return err(problems.find((problem) => problem === KEY_FILE_AWAY) ?? problems[0] ?? KEY_MISSING);
}

/** Opens what a device sealed under a subject's key that travelled beside its entries. */
export async function openUnder<T>(
  db: Db | Tx,
  keys: KeyRing,
  deviceId: string,
  sealed: SealedBody,
  schema: z.ZodType<T>,
): Promise<Result<T, PersonalProblem>> {
  const { rows } = await sql<{ readonly body_keys: readonly BodyKey[] }>`select
    ${bodyKeysOf(deviceId, sealed.subject)} as body_keys`.execute(db);
  return openWithAny(keys, rows[0]?.body_keys ?? [], sealed, schema);
}

/** Opens plate, owner and payer of a sale. */
export function openPersonal(
  keys: KeyRing,
  sale: SaleInCustody,
  { bodyKeys }: Pick<SaleFacts, 'bodyKeys'>,
): Promise<Result<SalePersonal, PersonalProblem>> {
  return openWithAny(keys, bodyKeys, sale.body.sealed, salePersonalSchema);
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

/** The sale as the core sees it: dates inside their brackets, the promised bill where one was valid. */
export async function coreSaleOf(
  db: Db | Tx,
  sale: SaleInCustody,
  personal: SalePersonal,
  { notBefore, bill, arrivedOn }: SaleFacts,
): Promise<{ readonly coreSale: CoreSale; readonly clockSuspect: boolean }> {
  const { body, deviceId, transactionId } = sale;
  const paid = (await dateOfPaper(db, sale)) ?? dateInBracket(body.paidOn, notBefore, sale.receivedAt);
  const held = bill?.state === 'payable' && bill.nrkb === personal.nrkb && localDateAt(bill.issuedAt) === paid.date;
  const coreSale: CoreSale = {
    deviceId,
    transactionId,
    nrkb: personal.nrkb,
    chassisNumber: personal.chassisNumber,
    periods: body.periods,
    lines: body.lines,
    paidOn: paid.date,
    arrivedOn,
    groups: body.groups,
    billed: held ? bill.lines : null,
    channel: `Samsat OPOP ${sale.outletId}`,
  };
  return { coreSale, clockSuspect: paid.moved };
}
