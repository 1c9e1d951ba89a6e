import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import { closeCashSession, DENOMINATIONS, needsExplanation, sumDenominations } from '../../../domain/cash-session.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { addRupiah, type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Append, Journal } from '../journal/journal.ts';
import {
  findSession,
  putClosed,
  putCount,
  salesOfSession,
  type StoredCashSession,
  type VarianceState,
} from './cash-store.ts';
import { closedSessionOf, sessionView } from './session-views.ts';

/** Pieces of each note and coin, in any order. */
export type Counts = readonly { readonly denomination: number; readonly count: number }[];

/** What counting and closing a drawer needs, whoever does it. */
export type DrawerDeps = {
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  /** Variance up to which nobody is asked, by policy. */
  readonly tolerance: (tx: ReadTx) => Promise<Rupiah>;
};

/** The sum of a count of known notes and coins, each at most once; undefined for any other. */
export function totalOf(counts: Counts): Rupiah | undefined {
  const known: readonly number[] = DENOMINATIONS;
  const values = counts.map((one) => one.denomination);
  if (!values.every((value) => known.includes(value)) || new Set(values).size !== values.length) return undefined;
  return sumDenominations(Object.fromEntries(counts.map((one) => [one.denomination, one.count])));
}

/** Sum of the session's own lines on the drawer, in whole rupiah: what the count is held against. */
export async function expectedIn(journal: Journal, tx: ReadTx, cashSessionId: string): Promise<Rupiah> {
  const sums = await journal.sumLedger(tx, { cashSessionId });
  return sums.find(({ account }) => account === 'cash-drawer')?.amount ?? rupiah(0);
}

/** A session at work as its officer may see it. */
export async function viewOfSession(
  { journal, timekeeper }: DrawerDeps,
  tx: ReadTx,
  session: StoredCashSession,
): Promise<CashSessionView> {
  const { cashSessionId } = session;
  const [sold, expected] = [await salesOfSession(tx, cashSessionId), await expectedIn(journal, tx, cashSessionId)];
  return sessionView(session, sold, { expected, today: timekeeper.today() });
}

/** What the entry of a closed session says. */
export async function viewOfClosed(
  { journal }: Pick<DrawerDeps, 'journal'>,
  tx: ReadTx,
  cashSessionId: string,
): Promise<ClosedSessionView | undefined> {
  const session = await findSession(tx, cashSessionId);
  if (session === undefined || session.closeSeq === null) return undefined;
  const entry = await journal.find(tx, session.closeSeq);
  if (entry === undefined) throw new Error('a closed session has the entry that closed it');
  const next = session.handedTo === null ? undefined : await findSession(tx, session.handedTo);
  return closedSessionOf(session, entry, next?.officerName ?? null);
}

/** Whoever counts or closes, and which session. */
type Hand = { readonly officerId: string; readonly session: StoredCashSession };

/** Writes a blind count. */
export async function writeCount(
  tx: WriteTx,
  append: Append,
  { officerId, session }: Hand,
  counts: Counts,
  total: Rupiah,
): Promise<StoredCashSession> {
  const { cashSessionId } = session;
  const entry = append({
    type: 'cash-session.counted',
    stream: cashSessionId,
    officerId,
    cashSessionId,
    body: { counts: [...counts], total },
  });
  const counted = { counts: [...counts], total, countedAt: entry.wallMs };
  await putCount(tx, cashSessionId, counted);
  return { ...session, state: 'counted', counted };
}

function varianceState(variance: Rupiah, tolerance: Rupiah): VarianceState {
  if (variance === 0) return 'none';
  return needsExplanation(variance, tolerance) ? 'open' : 'tolerated';
}

/** Freezes a counted session: its variance, where its cash went, and between which entries it stood. */
export async function writeClose(
  { journal, tolerance }: DrawerDeps,
  tx: WriteTx,
  append: Append,
  { officerId, session }: Hand,
): Promise<Result<ClosedSessionView, Refusal<'CASH_SESSION_NOT_COUNTED'>>> {
  const { cashSessionId, counted: count } = session;
  if (count === null) return err({ code: 'CASH_SESSION_NOT_COUNTED' });
  const expected = await expectedIn(journal, tx, cashSessionId);
  const { state, floatTotal, floatMoved } = session;
  const float = rupiah(floatTotal + floatMoved);
  const decision = closeCashSession({ state, float, counted: count.total, expected });
  if (!decision.ok) return err({ code: 'CASH_SESSION_NOT_COUNTED' });
  const { variance, toSafe, ledgerLines } = decision.value;
  const [first] = await journal.readStream(tx, cashSessionId);
  const head = await journal.head(tx);
  if (first === undefined || head === undefined) throw new Error('a session has the entry that opened it');
  const { sales, total: salesTotal } = await salesOfSession(tx, cashSessionId);
  const entry = append({
    type: 'cash-session.closed',
    stream: cashSessionId,
    officerId,
    cashSessionId,
    body: {
      counted: count.total,
      expected,
      variance,
      sales,
      salesTotal,
      firstSeq: first.seq,
      lastSeq: head.seq,
      head: head.hash,
      ledgerLines: [...ledgerLines],
    },
  });
  await putClosed(tx, cashSessionId, {
    closedAt: entry.wallMs,
    closeSeq: entry.seq,
    inSafe: addRupiah(session.inSafe, toSafe),
    variance,
    varianceState: varianceState(variance, await tolerance(tx)),
  });
  const after = await findSession(tx, cashSessionId);
  if (after === undefined) throw new Error('a session that was just closed is found');
  return ok(closedSessionOf(after, entry, null));
}
