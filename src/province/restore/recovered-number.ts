import { sql } from 'kysely';
import { z } from 'zod';
import { localDateSchema } from '../../contract/primitives.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';

/** An official number that a sale had before the restore, with the token of the link that its payer got. */
export type RecoveredNumber = { readonly number: string; readonly token: string; readonly issuedOn: LocalDate };

/** Inside a larger question: the number that a re-pushed sale already has, unless it went to another sale; `readRecovered` reads it. */
export const recoveredAsJson = (deviceId: string, transactionId: string) => sql<unknown>`(
  select json_build_object('number', kept.number, 'token', kept.token, 'issuedOn', kept.issued_on)
    from recovered_number kept left join official_number official on official.number = kept.number
    where kept.device_id = ${deviceId} and kept.transaction_id = ${transactionId}
      and (official.number is null
        or (official.device_id = ${deviceId} and official.transaction_id = ${transactionId})))`;

const recoveredSchema = z.object({ number: z.string(), token: z.string(), issuedOn: localDateSchema });

/** Undefined for a sale that never had a number, or whose number went to another. */
export function readRecovered(found: unknown): RecoveredNumber | undefined {
  return found === null ? undefined : recoveredSchema.parse(found);
}

const RUNNING_NUMBER = /^TBPKP-\d{4}-(\d{1,15})$/;

/** Moves the sequence of official numbers so that the next one is beyond this one. */
export async function passNumber(tx: Tx, number: string): Promise<void> {
  const running = RUNNING_NUMBER.exec(number)?.[1];
  if (running === undefined) return;
  await sql`select setval('final_receipt_number',
    greatest(${Number(running)}::bigint, (select last_value from final_receipt_number)))`.execute(tx);
}
