import { type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import type { RawRow } from '../db/salvage-file.ts';
import type { WriteTx } from '../db/open.ts';
import {
  findSession,
  insertSession,
  putClosed,
  putCount,
  putFloatMoved,
  putHandedTo,
  putPause,
  readSessionsInSafe,
  type StoredCashSession,
  type VarianceState,
} from '../cash/cash-store.ts';
import { addToSafe, takeFromSafe } from '../cash/safe-part.ts';
import { putExplained } from '../cash/variance-store.ts';

/** What a damaged row still says that no entry does: names, the words of a pause, what a policy had tolerated. */
type Told = {
  readonly sessions: ReadonlyMap<string, RawRow>;
  /** What a session began with that came from the one before. */
  readonly carried: ReadonlyMap<string, Rupiah>;
  /** What lay in the safe before a session was closed: a drawer that is handed over keeps the rest. */
  readonly beforeClose: Map<string, Rupiah>;
};

const textOf = (row: RawRow | undefined, column: string): string | null => {
  const value = row?.[column];
  return typeof value === 'string' ? value : null;
};

async function sessionOf(tx: WriteTx, cashSessionId: string | null): Promise<StoredCashSession> {
  const session = cashSessionId === null ? undefined : await findSession(tx, cashSessionId);
  if (session === undefined) throw new Error('an entry of the drawer has the session that was opened before it');
  return session;
}

/** A sum that left the safe: what the proved entries put there is enough for every proved entry that takes. */
async function takeAtMost(tx: WriteTx, amount: Rupiah): Promise<void> {
  const held = sumRupiah((await readSessionsInSafe(tx)).map(({ inSafe }) => inSafe));
  await takeFromSafe(tx, rupiah(Math.min(amount, held)));
}

function varianceOf(variance: Rupiah, row: RawRow | undefined): VarianceState {
  if (variance === 0) return 'none';
  return row?.['variance_state'] === 'tolerated' ? 'tolerated' : 'open';
}

/** Opening, count, close and what was said of it. Answers whether the entry was one of these. */
async function foldSession(tx: WriteTx, entry: StoredEntry, told: Told): Promise<boolean> {
  const { stream, wallMs, seq } = entry;
  const row = told.sessions.get(stream);
  switch (entry.type) {
    case 'cash-session.opened': {
      const { float, total } = bodyOf(entry.type, entry);
      await insertSession(tx, {
        cashSessionId: stream,
        state: 'open',
        openedAt: wallMs,
        officerId: entry.officerId ?? '',
        officerName: textOf(row, 'officer_name') ?? entry.officerId ?? '',
        float,
        floatTotal: total,
        carried: told.carried.get(stream) ?? rupiah(0),
      });
      return true;
    }
    case 'cash-session.counted': {
      const { counts, total } = bodyOf(entry.type, entry);
      await putCount(tx, stream, { counts, total, countedAt: wallMs });
      return true;
    }
    case 'cash-session.closed': {
      const { variance, ledgerLines } = bodyOf(entry.type, entry);
      const { inSafe } = await sessionOf(tx, stream);
      told.beforeClose.set(stream, inSafe);
      const toSafe = ledgerLines.find(({ account }) => account === 'safe-or-courier')?.amount ?? 0;
      const varianceState = varianceOf(variance, row);
      await putClosed(tx, stream, {
        closedAt: wallMs,
        closeSeq: seq,
        inSafe: rupiah(inSafe + toSafe),
        variance,
        varianceState,
      });
      return true;
    }
    case 'cash-variance.explained':
      await putExplained(tx, stream);
      return true;
    case 'cash-session.paused':
      await putPause(tx, stream, { pausedAt: wallMs, note: textOf(row, 'pause_note') });
      return true;
    case 'cash-session.resumed':
      await putPause(tx, stream, { pausedAt: null, note: null });
      return true;
    default:
      return false;
  }
}

/** What moved between drawer, safe and bank. */
async function foldMovement(tx: WriteTx, entry: StoredEntry, told: Told): Promise<void> {
  switch (entry.type) {
    case 'cash.moved': {
      const { direction, amount } = bodyOf(entry.type, entry);
      const { cashSessionId, floatMoved } = await sessionOf(tx, entry.cashSessionId);
      await putFloatMoved(tx, cashSessionId, rupiah(floatMoved + (direction === 'in' ? amount : -amount)));
      return;
    }
    case 'cash.stored':
      await addToSafe(tx, await sessionOf(tx, entry.cashSessionId), bodyOf(entry.type, entry).amount);
      return;
    case 'cash.dispatched':
    case 'cash.refused-by-bank': {
      const { from, amount } = bodyOf(entry.type, entry);
      // Of no session: nothing came out of a drawer that was open.
      if (from === 'drawer' && entry.cashSessionId !== null) {
        await addToSafe(tx, await sessionOf(tx, entry.cashSessionId), amount);
      }
      return;
    }
    case 'cash.deposited': {
      const { amount, ledgerLines } = bodyOf(entry.type, entry);
      if (ledgerLines.some(({ account }) => account === 'safe-or-courier')) await takeAtMost(tx, amount);
      return;
    }
    case 'cash.written-off':
      await takeAtMost(tx, bodyOf(entry.type, entry).amount);
      return;
    case 'cash-session.handed-over': {
      const { fromSessionId, toSessionId } = bodyOf(entry.type, entry);
      const inSafe = told.beforeClose.get(fromSessionId) ?? rupiah(0);
      await putHandedTo(tx, fromSessionId, { to: toSessionId, inSafe });
      return;
    }
    default:
      return;
  }
}

/**
 * Makes the cash sessions anew out of a proved chain, by the code that writes them at work: a row that knew more than the
 * chain would name entries that are gone.
 */
export async function rebuildSessions(
  tx: WriteTx,
  chain: readonly StoredEntry[],
  rows: readonly RawRow[],
): Promise<void> {
  const carried = new Map<string, Rupiah>();
  for (const entry of chain) {
    if (entry.type !== 'cash-session.handed-over') continue;
    const body = bodyOf(entry.type, entry);
    carried.set(body.toSessionId, body.carried);
  }
  const sessions = new Map(rows.map((row) => [String(row['cash_session_id']), row]));
  const told: Told = { sessions, carried, beforeClose: new Map() };
  for (const entry of chain) if (!(await foldSession(tx, entry, told))) await foldMovement(tx, entry, told);
}
