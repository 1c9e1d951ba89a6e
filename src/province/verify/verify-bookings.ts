import { sql } from 'kysely';
import { z } from 'zod';
import {
  findSale,
  findBodyKeys,
  openPersonal,
  receiptVerifies,
  type SaleInCustody,
  saleOf,
  type SaleRow,
} from '../booking/read-sale.ts';
import type { Db } from '../db/open.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { ProblemList } from './problem-list.ts';
import { checkDecisions } from './verify-decisions.ts';

/** Sales and decisions read at a time: memory and questions stay bounded, whatever was sold. */
const BATCH = 500;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Damage inside an entry; anything else, the line to the database for one, is not a finding. */
const isDamage = (error: unknown): boolean => error instanceof z.ZodError || error instanceof SyntaxError;

/** A sale, or that it is gone, or that its entry is damaged. */
export async function findReadableSale(
  db: Db,
  deviceId: string,
  transactionId: string,
): Promise<SaleInCustody | 'missing' | 'unreadable'> {
  try {
    return (await findSale(db, deviceId, transactionId)) ?? 'missing';
  } catch (error) {
    if (isDamage(error)) return 'unreadable';
    throw error;
  }
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** A sale with its entry and its device where they are still here, its work, and what became of it. */
type StoredSale = Pick<SaleRow, 'device_id' | 'transaction_id' | 'hash' | 'received_at'> &
  Nullable<Pick<SaleRow, 'text' | 'outlet_id' | 'signing_key'>> & {
    readonly done_at: number | null;
    readonly not_before: number | null;
    readonly decided: boolean;
    readonly voided: boolean;
  };

async function readBatch(
  db: Db,
  after: { readonly deviceId: string; readonly transactionId: string },
  batch: number,
): Promise<readonly StoredSale[]> {
  const { rows } = await sql<StoredSale>`
    select s.device_id, s.transaction_id, s.hash, s.received_at, e.text, d.outlet_id, d.signing_key,
      w.done_at, w.not_before,
      exists (select 1 from decision c
        where c.device_id = s.device_id and c.transaction_id = s.transaction_id) as decided,
      exists (select 1 from cash_return r
        where r.device_id = s.device_id and r.transaction_id = s.transaction_id and r.kind = 'void') as voided
    from sale s
      left join entry e on e.device_id = s.device_id and e.hash = s.hash
      left join device d on d.device_id = s.device_id
      left join booking_work w on w.device_id = s.device_id and w.transaction_id = s.transaction_id
    where (s.device_id, s.transaction_id) > (${after.deviceId}::uuid, ${after.transactionId}::uuid)
    order by s.device_id, s.transaction_id limit ${batch}`.execute(db);
  return rows;
}

function readSale({ text, outlet_id, signing_key, ...row }: StoredSale): SaleInCustody | 'missing' | 'unreadable' {
  if (text === null || outlet_id === null || signing_key === null) return 'missing';
  try {
    return saleOf({ ...row, text, outlet_id, signing_key });
  } catch (error) {
    if (isDamage(error)) return 'unreadable';
    throw error;
  }
}

async function checkReceipts(
  db: Db,
  keys: KeyRing,
  sales: readonly SaleInCustody[],
  problems: ProblemList,
): Promise<void> {
  const bodyKeys = await findBodyKeys(db, sales);
  for (const [place, sale] of sales.entries()) {
    const { deviceId, transactionId } = sale;
    const personal = await openPersonal(keys, sale, bodyKeys[place] ?? { bodyKeys: [] });
    if (personal.ok && !receiptVerifies(sale, personal.value)) {
      problems.add('RECEIPT_SIGNATURE', `${deviceId}/${transactionId}`);
    }
  }
}

async function checkSales(db: Db, keys: KeyRing, problems: ProblemList, batch: number): Promise<number> {
  let sales = 0;
  for (let after = { deviceId: NOBODY, transactionId: NOBODY }; ; ) {
    const rows = await readBatch(db, after, batch);
    const last = rows.at(-1);
    if (last === undefined) return sales;
    sales += rows.length;
    const readable: SaleInCustody[] = [];
    for (const row of rows) {
      const where = `${row.device_id}/${row.transaction_id}`;
      if (row.not_before === null) problems.add('WORK_MISSING', where);
      // What its counter took back before it was sent is never decided.
      if (row.done_at !== null && !row.decided && !row.voided) problems.add('DECISION_MISSING', where);
      const sale = readSale(row);
      if (sale === 'missing') problems.add('SALE_MISSING', where);
      else if (sale === 'unreadable') problems.add('SALE_UNREADABLE', where);
      else readable.push(sale);
    }
    await checkReceipts(db, keys, readable, problems);
    after = { deviceId: last.device_id, transactionId: last.transaction_id };
  }
}

async function checkUnapplied(db: Db, problems: ProblemList): Promise<void> {
  const rows = await db
    .selectFrom('entry')
    .leftJoin('sale', (join) =>
      join.onRef('sale.device_id', '=', 'entry.device_id').onRef('sale.hash', '=', 'entry.hash'),
    )
    .leftJoin('reverdict', (join) =>
      join
        .onRef('reverdict.device_id', '=', 'entry.device_id')
        .onRef('reverdict.hash', '=', 'entry.hash')
        .on('reverdict.verdict', 'in', ['ACCEPTED', 'CONFLICT']),
    )
    .select(['entry.device_id', 'entry.seq'])
    .where('entry.type', '=', 'transaction.paid')
    .where((eb) => eb(eb.fn.coalesce('reverdict.verdict', 'entry.verdict'), '=', 'ACCEPTED'))
    .where('sale.hash', 'is', null)
    .execute();
  for (const row of rows) problems.add('SALE_MISSING', `${row.device_id}/${row.seq}`);
}

/** Sales with their work, decision and receipt; decisions with their page and bookings; bookings unique. */
export async function verifyBookings(
  db: Db,
  keys: KeyRing,
  problems: ProblemList,
  batch: number = BATCH,
): Promise<{ readonly sales: number; readonly decisions: number; readonly bookings: number }> {
  await checkUnapplied(db, problems);
  const sales = await checkSales(db, keys, problems, batch);
  const decisions = await checkDecisions(db, problems, batch);
  const { rows } = await sql<{ vehicle_id: string; period_due_on: string; component: string }>`
    select vehicle_id, period_due_on, component from core_booking
    group by vehicle_id, period_due_on, component having count(*) > 1`.execute(db);
  for (const row of rows) problems.add('BOOKING_TWICE', `${row.vehicle_id}/${row.period_due_on}/${row.component}`);
  const counted = await db
    .selectFrom('core_booking')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { sales, decisions, bookings: counted.count };
}
