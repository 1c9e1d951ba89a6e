import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import { printReceipt } from './handlers-paper.ts';
import { readSoldWithoutPaper } from './payments/payment-store.ts';

/** As long as a provider is asked about a payment. */
const OWED_MS = 7 * 86_400_000;

type OwedReceipts = { readonly signIn: SignIn; readonly transactionIds: readonly string[] };

/**
 * Receipts that a provider's word made a debt of while no sheet was open; null while no officer stands at the counter,
 * for paper that nobody takes out of the printer is anybody's.
 */
export async function owedReceipts(counter: Pick<Counter, 'auth' | 'db' | 'timekeeper'>): Promise<OwedReceipts | null> {
  const door = counter.auth.current();
  if (door === null || door.locked || door.signIn.role !== 'officer') return null;
  const since = counter.timekeeper.now() - OWED_MS;
  const transactionIds = await counter.db.read((tx) => readSoldWithoutPaper(tx, since));
  return transactionIds.length === 0 ? null : { signIn: door.signIn, transactionIds };
}

/** Asks for each of them once: a paper of which nobody knows whether it came out is never asked for again here. */
export async function printOwed(counter: Counter, owed: OwedReceipts | null): Promise<void> {
  if (owed === null) return;
  for (const transactionId of owed.transactionIds) {
    await printReceipt(counter, owed.signIn, transactionId, { printerId: null, isNew: true });
  }
}
