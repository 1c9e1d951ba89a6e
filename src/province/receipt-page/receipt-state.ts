import type { DecisionItem } from '../../contract/feeds.ts';
import { centralStateSchema } from '../../contract/feeds.ts';
import type { Db } from '../db/open.ts';

export type ReceiptState = {
  readonly state: 'unknown' | 'in-custody' | 'decided' | 'voided' | 'under-examination';
  readonly central: DecisionItem['central'] | null;
};

const HASH = /^[A-Za-z0-9_-]{43}$/;

/**
 * The state of a sale by its id or the hash of its entry: what any holder of the paper may know. A sale is its device and its
 * id (OPOP-Sync/1 5.9). Pages that were saved before ask by the id alone: where two bear it, one drew the other's on purpose,
 * and nothing is said of them.
 */
export async function findReceiptState(db: Db, reference: string, deviceId?: string): Promise<ReceiptState> {
  const sales = await db
    .selectFrom('sale')
    .leftJoin('suspense', (join) =>
      join.onRef('suspense.device_id', '=', 'sale.device_id').onRef('suspense.hash', '=', 'sale.hash'),
    )
    .leftJoin('voided_receipt as voided', (join) =>
      join.onRef('voided.device_id', '=', 'sale.device_id').onRef('voided.transaction_id', '=', 'sale.transaction_id'),
    )
    .select(['sale.device_id', 'sale.transaction_id', 'suspense.reason', 'voided.voided_at'])
    .where(HASH.test(reference) ? 'sale.hash' : 'sale.transaction_id', '=', reference)
    .$if(deviceId !== undefined, (asked) => asked.where('sale.device_id', '=', deviceId ?? ''))
    .limit(2)
    .execute();
  const [sale] = sales;
  if (sale === undefined || sales.length > 1) return { state: 'unknown', central: null };
  const decision = await db
    .selectFrom('decision')
    .select('central')
    .where('device_id', '=', sale.device_id)
    .where('transaction_id', '=', sale.transaction_id)
    .orderBy('decided_at', 'desc')
    .orderBy('decision_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (sale.voided_at !== null) return { state: 'voided', central: null };
  if (sale.reason !== null) return { state: 'under-examination', central: null };
  if (decision === undefined) return { state: 'in-custody', central: null };
  return { state: 'decided', central: centralStateSchema.parse(decision.central) };
}
