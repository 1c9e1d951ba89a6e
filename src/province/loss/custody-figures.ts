import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../db/open.ts';

/** A run of places in one epoch, both ends included. */
export type SeqRange = { readonly n: number; readonly nonce: string; readonly fromSeq: number; readonly toSeq: number };

const count = z.coerce.number().int();

export const custodyFiguresSchema = z.object({
  entries: count,
  sales: count,
  /** Whole rupiah, as the ledger of the journal says. */
  salesTotal: count,
  cashInDrawer: count,
  /** Cash that no confirmed deposit covers: in the drawer, in the safe or on its way. */
  cashNotAtBank: count,
  /** Entries that wait for the one before them. */
  pending: count,
  lastEntry: z.object({ n: count, nonce: z.string(), seq: count, hash: z.string(), receivedAt: count }).nullable(),
  cashSessions: z.array(
    z.object({ cashSessionId: z.string(), cashInDrawer: count, sales: count, closed: z.boolean() }),
  ),
});
/** What the province holds of a device; amounts in whole rupiah, times in ms UTC. */
export type CustodyFigures = Readonly<z.infer<typeof custodyFiguresSchema>>;

const NOT_AT_BANK = ['cash-drawer', 'safe-or-courier', 'bank-in-transit'] as const;

async function accountSum(db: Db | Tx, deviceId: string, accounts: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('ledger_line')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('amount'), eb.val(0)).as('sum'))
    .where('device_id', '=', deviceId)
    .where('account', 'in', accounts)
    .executeTakeFirstOrThrow();
  return Number(row.sum);
}

/** What banks have confirmed of the device's deposits. */
async function confirmedAtBank(db: Db | Tx, deviceId: string): Promise<number> {
  const row = await db
    .selectFrom('deposit_confirmation')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('amount'), eb.val(0)).as('sum'))
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow();
  return Number(row.sum);
}

async function cashSessionsOf(db: Db | Tx, deviceId: string): Promise<CustodyFigures['cashSessions']> {
  const { rows } = await sql`
    select l.cash_session_id as "cashSessionId",
      sum(l.amount) filter (where l.account = 'cash-drawer') as "cashInDrawer",
      count(distinct s.hash) as sales,
      exists (select 1 from entry c where c.device_id = ${deviceId} and c.type = 'cash-session.closed'
        and c.stream = l.cash_session_id and c.verdict = 'ACCEPTED') as closed
    from ledger_line l
      left join sale s on s.device_id = l.device_id and s.epoch_n = l.epoch_n and s.epoch_nonce = l.epoch_nonce
        and s.seq = l.seq
    where l.device_id = ${deviceId} and l.cash_session_id is not null
    group by l.cash_session_id order by min(l.seq)`.execute(db);
  return custodyFiguresSchema.shape.cashSessions.parse(rows);
}

/** What is in custody of a device at this moment; the caller's transaction decides which moment that is. */
export async function readCustodyFigures(db: Db | Tx, deviceId: string): Promise<CustodyFigures> {
  const { rows } = await sql`
    select (select count(*) from entry where device_id = ${deviceId}) as entries,
      (select count(*) from pending_entry where device_id = ${deviceId}) as pending,
      (select count(*) from sale where device_id = ${deviceId}) as sales,
      (select coalesce(sum(total), 0) from sale where device_id = ${deviceId}) as "salesTotal"`.execute(db);
  const last = await db
    .selectFrom('entry')
    .select(['epoch_n as n', 'epoch_nonce as nonce', 'seq', 'hash', 'received_at as receivedAt'])
    .where('device_id', '=', deviceId)
    .orderBy('seq', 'desc')
    .orderBy('epoch_n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const counted = custodyFiguresSchema.pick({ entries: true, pending: true, sales: true, salesTotal: true });
  return {
    ...counted.parse(rows[0]),
    cashInDrawer: await accountSum(db, deviceId, ['cash-drawer']),
    cashNotAtBank: (await accountSum(db, deviceId, NOT_AT_BANK)) - (await confirmedAtBank(db, deviceId)),
    lastEntry: last ?? null,
    cashSessions: await cashSessionsOf(db, deviceId),
  };
}

const rangeSchema = z.object({ n: count, nonce: z.string(), fromSeq: count, toSeq: count });

/** Places between entries of one epoch that are in no custody at all; at most `most`, the oldest first. */
export async function readHoles(db: Db, deviceId: string, most: number): Promise<readonly SeqRange[]> {
  const { rows } = await sql`
    select n, nonce, before + 1 as "fromSeq", seq - 1 as "toSeq" from (
      select n, nonce, seq, lag(seq) over (partition by n, nonce order by seq) as before from (
        select epoch_n as n, epoch_nonce as nonce, seq from entry where device_id = ${deviceId}
        union select epoch_n, epoch_nonce, seq from pending_entry where device_id = ${deviceId}
        union select epoch_n, epoch_nonce, seq from damaged_entry where device_id = ${deviceId}) known) gaps
    where seq > before + 1 order by n, "fromSeq" limit ${most}`.execute(db);
  return z.array(rangeSchema).parse(rows);
}
