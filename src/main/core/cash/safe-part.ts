import { rupiah, type Rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { putInSafe, readSessionsInSafe, type StoredCashSession } from './cash-store.ts';
import { readDoubts, readOpenLegs } from './courier-store.ts';
import { safeCash } from './drawer-balance-store.ts';

/** What the one account of safe and courier is made of. */
export type SafeParts = {
  /** In the safe, and a bank would take it. */
  readonly depositable: Rupiah;
  readonly courier: Rupiah;
  /** False, or gone, and no supervisor has spoken. */
  readonly doubtful: Rupiah;
};

/** Splits the balance of safe and courier by who holds it; the three parts sum to the ledger's account. */
export async function readSafeParts(tx: ReadTx): Promise<SafeParts> {
  const courier = sumRupiah((await readOpenLegs(tx)).map(({ amount }) => amount));
  const doubtful = sumRupiah((await readDoubts(tx)).map(({ amount }) => amount));
  return { courier, doubtful, depositable: rupiah((await safeCash(tx)) - courier - doubtful) };
}

/** Takes a sum from each session's part of the safe, the oldest first; answers the sessions it touched. */
export async function takeFromSafe(tx: WriteTx, amount: Rupiah): Promise<readonly StoredCashSession[]> {
  const touched: StoredCashSession[] = [];
  let left = amount;
  for (const session of await readSessionsInSafe(tx)) {
    if (left === 0) break;
    const taken = rupiah(Math.min(left, session.inSafe));
    left = rupiah(left - taken);
    await putInSafe(tx, session, rupiah(session.inSafe - taken));
    touched.push(session);
  }
  if (left !== 0) throw new Error('the safe holds less than its ledger account says');
  return touched;
}

/** Adds what came out of an open drawer to its session's part of the safe. */
export async function addToSafe(tx: WriteTx, session: StoredCashSession, amount: Rupiah): Promise<StoredCashSession> {
  const inSafe = rupiah(session.inSafe + amount);
  await putInSafe(tx, session, inSafe);
  return { ...session, inSafe };
}
