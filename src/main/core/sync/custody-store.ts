import type { SignedText } from '../../../contract/primitives.ts';
import { type CustodyReceipt, custodyReceiptSchema } from '../../../contract/sync-protocol.ts';
import { sql } from 'kysely';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';

const insertKept = preparedWrite<{
  epochN: number;
  epochNonce: string;
  ackSeq: number;
  hash: string;
  text: string;
  sig: string;
  keyId: string;
  receivedAt: number;
}>()((to, of) =>
  to
    .insertInto('custody_receipt')
    .values({
      epoch_n: of('epochN'),
      epoch_nonce: of('epochNonce'),
      ack_seq: of('ackSeq'),
      hash: of('hash'),
      text: of('text'),
      sig: of('sig'),
      key_id: of('keyId'),
      received_at: of('receivedAt'),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing()),
);

/** Keeps the province's signed word as received; the same receipt again, by whatever road, changes nothing. */
export async function insertCustodyReceipt(
  tx: WriteTx,
  kept: {
    readonly receipt: CustodyReceipt;
    readonly signed: SignedText;
    readonly hash: string;
    readonly receivedAt: number;
  },
): Promise<void> {
  const { receipt, signed, hash, receivedAt } = kept;
  const { epoch, ackSeq } = receipt;
  insertKept(tx, { epochN: epoch.n, epochNonce: epoch.nonce, ackSeq, hash, ...signed, receivedAt });
}

const selectNewest = prepared()((from) =>
  from
    .selectFrom('custody_receipt')
    .select(['ack_seq', 'text', 'sig', 'key_id'])
    // Answers on a stick come in any order: the place counts, and of one place the receipt that came last.
    .orderBy('ack_seq', 'desc')
    .orderBy(sql`rowid`, 'desc')
    .limit(1),
);

/** The custody receipt that reaches farthest, to be shown and to be sent in hello; undefined before the first. */
export async function findNewestCustodyReceipt(
  tx: ReadTx,
): Promise<{ readonly ackSeq: number; readonly signed: SignedText } | undefined> {
  const [row] = selectNewest(tx, {});
  return row === undefined
    ? undefined
    : { ackSeq: row.ack_seq, signed: { text: row.text, sig: row.sig, keyId: row.key_id } };
}

/** ms UTC at the province when it signed its newest receipt: the time has certainly come so far. */
export async function findNewestCustodyTime(tx: ReadTx): Promise<number | undefined> {
  const newest = await findNewestCustodyReceipt(tx);
  return newest === undefined ? undefined : custodyReceiptSchema.parse(JSON.parse(newest.signed.text)).serverTime;
}

/** A custody receipt as it was kept. */
export type KeptReceipt = { readonly id: number; readonly hash: string; readonly signed: SignedText };

/** Kept receipts after an id in the order in which they came, for whoever verifies them all. */
export async function readCustodyReceipts(tx: ReadTx, afterId: number, limit: number): Promise<readonly KeptReceipt[]> {
  const rows = await tx
    .selectFrom('custody_receipt')
    .select([sql<number>`id`.as('id'), 'hash', 'text', 'sig', 'key_id'])
    .where(sql<number>`id`, '>', afterId)
    .orderBy(sql`id`)
    .limit(limit)
    .execute();
  return rows.map(({ id, hash, text, sig, key_id: keyId }) => ({ id, hash, signed: { text, sig, keyId } }));
}
