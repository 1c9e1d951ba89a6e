import { sql } from 'kysely';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';

/** An official number that a sale had before the restore, with the token of the link that its payer got. */
type RecoveredNumber = { readonly number: string; readonly token: string; readonly issuedOn: LocalDate };

/** The number that a re-pushed sale already has; undefined for a sale that never had one, or whose number went to another. */
export async function findRecoveredNumber(
  tx: Tx,
  deviceId: string,
  transactionId: string,
): Promise<RecoveredNumber | undefined> {
  const row = await tx
    .selectFrom('recovered_number as kept')
    .leftJoin('official_number as official', 'official.number', 'kept.number')
    .select(['kept.number', 'kept.token', 'kept.issued_on', 'official.device_id', 'official.transaction_id'])
    .where('kept.device_id', '=', deviceId)
    .where('kept.transaction_id', '=', transactionId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const isAnothers = row.device_id !== null && (row.device_id !== deviceId || row.transaction_id !== transactionId);
  const issuedOn = parseLocalDate(row.issued_on);
  return isAnothers || !issuedOn.ok ? undefined : { number: row.number, token: row.token, issuedOn: issuedOn.value };
}

const RUNNING_NUMBER = /^TBPKP-\d{4}-(\d{1,15})$/;

/** Moves the sequence of official numbers so that the next one is beyond this one. */
export async function passNumber(tx: Tx, number: string): Promise<void> {
  const running = RUNNING_NUMBER.exec(number)?.[1];
  if (running === undefined) return;
  await sql`select setval('final_receipt_number',
    greatest(${Number(running)}::bigint, (select last_value from final_receipt_number)))`.execute(tx);
}
