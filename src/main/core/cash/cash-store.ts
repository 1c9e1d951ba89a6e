import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { cashCountSchema } from '../../../contract/journal-entry.ts';
import { moveCashSession } from '../../../domain/cash-session.ts';
import { ok } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { CashSessionState, CounterTables } from '../db/schema-counter.ts';

/** Word by word the condition of the partial index: a bound value is not known when the query is planned. */
const IS_IN_SAFE = sql<boolean>`in_safe > 0`;
/** The same for the one session that is at work. */
const IS_AT_WORK = sql<boolean>`state IN ('open', 'counted')`;

type Counts = z.infer<typeof cashCountSchema>;

/** A cash session as the projection holds it. */
export type StoredCashSession = {
  readonly cashSessionId: string;
  readonly state: CashSessionState;
  readonly openedAt: number;
  readonly officerId: string;
  readonly officerName: string;
  readonly float: Counts;
  readonly floatTotal: Rupiah;
  /** Change that came (positive) or left since the opening. */
  readonly floatMoved: Rupiah;
  /** Null until the count is on the disk. */
  readonly counted: { readonly counts: Counts; readonly total: Rupiah; readonly countedAt: number } | null;
  readonly closeSeq: number | null;
  /** What it brought to the safe and is not deposited yet. */
  readonly inSafe: Rupiah;
  readonly varianceState: VarianceState;
  /** Cash of the citizens that the officer before left in the drawer. */
  readonly carried: Rupiah;
  /** ms UTC since when its officer is away; null while he is at work. */
  readonly pausedAt: number | null;
  /** What stands on the door. */
  readonly pauseNote: string | null;
  /** The session that took the drawer over. */
  readonly handedTo: string | null;
};

/** Whether somebody must explain what a count came to. */
export type VarianceState = 'none' | 'tolerated' | 'open' | 'explained';

type Row = Selectable<CounterTables['cash_session']>;

function countedOf(row: Row): StoredCashSession['counted'] {
  const { counted_counts: counts, counted_total: total, counted_at: countedAt } = row;
  if (counts === null || total === null || countedAt === null) return null;
  return { counts: cashCountSchema.parse(JSON.parse(counts)), total: rupiah(total), countedAt };
}

const toSession = (row: Row): StoredCashSession => ({
  cashSessionId: row.cash_session_id,
  state: row.state,
  openedAt: row.opened_at,
  officerId: row.officer_id,
  officerName: row.officer_name,
  float: cashCountSchema.parse(JSON.parse(row.float_counts)),
  floatTotal: rupiah(row.float_total),
  floatMoved: rupiah(row.float_moved),
  counted: countedOf(row),
  closeSeq: row.close_seq,
  inSafe: rupiah(row.in_safe),
  varianceState: row.variance_state,
  carried: rupiah(row.carried),
  pausedAt: row.paused_at,
  pauseNote: row.pause_note,
  handedTo: row.handed_to,
});

/** The one session that stands open or counted at this counter, if any. */
const selectOpen = prepared()((from) => from.selectFrom('cash_session').selectAll().where(IS_AT_WORK));

export async function findOpenSession(tx: ReadTx): Promise<StoredCashSession | undefined> {
  const [row] = selectOpen(tx, {});
  return row === undefined ? undefined : toSession(row);
}

export async function findSession(tx: ReadTx, cashSessionId: string): Promise<StoredCashSession | undefined> {
  const row = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where('cash_session_id', '=', cashSessionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

/** The session that was closed last. */
export async function findLastClosed(tx: ReadTx): Promise<StoredCashSession | undefined> {
  const row = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where('close_seq', 'is not', null)
    .orderBy('close_seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

/** A session as it is opened. */
export type NewCashSession = Omit<
  StoredCashSession,
  'counted' | 'closeSeq' | 'inSafe' | 'floatMoved' | 'varianceState' | 'pausedAt' | 'pauseNote' | 'handedTo'
>;

export async function insertSession(tx: WriteTx, session: NewCashSession): Promise<void> {
  await tx
    .insertInto('cash_session')
    .values({
      cash_session_id: session.cashSessionId,
      state: session.state,
      opened_at: session.openedAt,
      officer_id: session.officerId,
      officer_name: session.officerName,
      float_counts: JSON.stringify(session.float),
      float_total: session.floatTotal,
      carried: session.carried,
    })
    .execute();
}

/** Saves the count and ends selling in this session; the database refuses to change it afterwards. */
export async function putCount(
  tx: WriteTx,
  cashSessionId: string,
  counted: { readonly counts: Counts; readonly total: Rupiah; readonly countedAt: number },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({
      state: 'counted',
      counted_counts: JSON.stringify(counted.counts),
      counted_total: counted.total,
      counted_at: counted.countedAt,
    })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

export async function putClosed(
  tx: WriteTx,
  cashSessionId: string,
  closed: {
    readonly closedAt: number;
    readonly closeSeq: number;
    readonly inSafe: Rupiah;
    readonly variance: Rupiah;
    readonly varianceState: VarianceState;
  },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({
      state: 'closed',
      closed_at: closed.closedAt,
      close_seq: closed.closeSeq,
      in_safe: closed.inSafe,
      variance: closed.variance,
      variance_state: closed.varianceState,
    })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** Sessions whose cash lies in the safe, oldest first: the order in which a deposit takes it. */
export async function readSessionsInSafe(tx: ReadTx): Promise<readonly StoredCashSession[]> {
  const rows = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where(IS_IN_SAFE)
    // What an open session has stored is the newest.
    .orderBy(sql`close_seq IS NULL`)
    .orderBy('close_seq')
    .execute();
  return rows.map(toSession);
}

/** What of a session lies in the safe from now on; a closed session with nothing left there is deposited. */
export async function putInSafe(tx: WriteTx, session: StoredCashSession, inSafe: Rupiah): Promise<void> {
  const moved = inSafe === 0 ? moveCashSession(session.state, 'deposit-all') : ok(session.state);
  await tx
    .updateTable('cash_session')
    .set({ in_safe: inSafe, state: moved.ok ? moved.value : session.state })
    .where('cash_session_id', '=', session.cashSessionId)
    .execute();
}

/** Its officer goes away, or is back where both are null. */
export async function putPause(
  tx: WriteTx,
  cashSessionId: string,
  pause: { readonly pausedAt: number | null; readonly note: string | null },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ paused_at: pause.pausedAt, pause_note: pause.note })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** A closed session whose drawer went on to the next officer, with all that had been counted. */
export async function putHandedTo(
  tx: WriteTx,
  cashSessionId: string,
  handed: { readonly to: string; readonly inSafe: Rupiah },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ handed_to: handed.to, in_safe: handed.inSafe })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** Counts of the sessions that were closed last, the newest first. */
export async function readEarlierCounts(tx: ReadTx, limit: number): Promise<readonly Counts[]> {
  const rows = await tx
    .selectFrom('cash_session')
    .select('counted_counts')
    .where('close_seq', 'is not', null)
    .orderBy('close_seq', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    row.counted_counts === null ? [] : [cashCountSchema.parse(JSON.parse(row.counted_counts))],
  );
}

/** The float with which a session was last opened by hand; empty before the first one. */
export async function findLastFloat(tx: ReadTx): Promise<Counts> {
  const row = await tx
    .selectFrom('cash_session')
    .select('float_counts')
    // A drawer that was taken over begins with all that lay in it.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('cash_session as before')
            .select('before.cash_session_id')
            .whereRef('before.handed_to', '=', 'cash_session.cash_session_id'),
        ),
      ),
    )
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? [] : cashCountSchema.parse(JSON.parse(row.float_counts));
}

/** The session whose drawer this one took over. */
export async function findHandedFrom(tx: ReadTx, cashSessionId: string): Promise<StoredCashSession | undefined> {
  const row = await tx.selectFrom('cash_session').selectAll().where('handed_to', '=', cashSessionId).executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

/** Change that came to the drawer of a session (positive) or left it, beside what moved before. */
export async function putFloatMoved(tx: WriteTx, cashSessionId: string, floatMoved: Rupiah): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ float_moved: floatMoved })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

const selectSalesOf = prepared<{ cashSessionId: string }>()((from, of) =>
  from
    .selectFrom('sale')
    .select((eb) => [eb.fn.countAll<number>().as('sales'), eb.fn.sum<number | null>('payable').as('total')])
    .where('cash_session_id', '=', of('cashSessionId'))
    .where('void_seq', 'is', null),
);

/** Sales of one session that stand: how many, and the cash they brought. */
export async function salesOfSession(
  tx: ReadTx,
  cashSessionId: string,
): Promise<{ readonly sales: number; readonly total: Rupiah }> {
  const [row] = selectSalesOf(tx, { cashSessionId });
  return { sales: row?.sales ?? 0, total: rupiah(row?.total ?? 0) };
}
