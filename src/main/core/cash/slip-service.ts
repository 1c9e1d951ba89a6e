import type { TimeTrust } from '../../../contract/primitives.ts';
import { DENOMINATIONS } from '../../../domain/cash-session.ts';
import type { DrawerFigures } from '../../../contract/slip-statement.ts';
import type { Db, ReadTx } from '../db/open.ts';
import { bodyOf, parseEnvelope, type StoredEntry } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import { findSession, type StoredCashSession } from './cash-store.ts';
import type { Counts } from './close-session.ts';
import { type DrawerSums, readDrawerSums } from './drawer-sums.ts';

/** A closed session with all that its slip says. */
export type ClosedDrawer = {
  readonly session: StoredCashSession;
  /** The entry that closed it. */
  readonly entry: StoredEntry & { readonly timeTrust: TimeTrust };
  readonly counts: Counts;
  readonly sums: DrawerSums;
  readonly sales: number;
  readonly figures: DrawerFigures;
  /** Who closed it: its officer, or a supervisor in his place. */
  readonly closedBy: string | null;
  /** Who took it over with all that was counted. */
  readonly handedTo: string | null;
};

export type SlipService = {
  /** Undefined for a session that is not closed. */
  readonly closedDrawer: (cashSessionId: string) => Promise<ClosedDrawer | undefined>;
};

/** Pieces of every note and coin in use, the largest first: the order that a slip is signed in. */
export function piecesOf(counts: Counts): number[] {
  return DENOMINATIONS.map((value) => counts.find((one) => one.denomination === value)?.count ?? 0);
}

export function createSlipService({ db, journal }: { readonly db: Db; readonly journal: Journal }): SlipService {
  const closedOf = async (tx: ReadTx, cashSessionId: string): Promise<ClosedDrawer | undefined> => {
    const session = await findSession(tx, cashSessionId);
    if (session === undefined || session.closeSeq === null) return undefined;
    const entry = await journal.find(tx, session.closeSeq);
    if (entry === undefined) throw new Error('a closed session has the entry that closed it');
    const body = bodyOf('cash-session.closed', entry);
    const sums = await readDrawerSums(tx, cashSessionId);
    const counts = session.counted?.counts ?? [];
    const moved = (account: string): number =>
      body.ledgerLines.filter((line) => line.account === account).reduce((sum, { amount }) => sum + amount, 0);
    const { float, sales, voids, refunds, rounding } = sums;
    const next = session.handedTo === null ? undefined : await findSession(tx, session.handedTo);
    const figures: DrawerFigures = {
      firstSeq: body.firstSeq,
      lastSeq: body.lastSeq,
      head: body.head,
      pieces: piecesOf(counts),
      float,
      sales,
      voids,
      refunds,
      rounding,
      expected: body.expected,
      counted: body.counted,
      toSafe: moved('safe-or-courier') as DrawerFigures['toSafe'], // what was counted less the float: never negative
    };
    return {
      session,
      entry: { ...entry, timeTrust: parseEnvelope(entry.text).timeTrust },
      counts,
      sums,
      sales: body.sales,
      figures,
      closedBy: entry.officerId,
      handedTo: next?.officerName ?? null,
    };
  };
  return { closedDrawer: (cashSessionId) => db.read((tx) => closedOf(tx, cashSessionId)) };
}
