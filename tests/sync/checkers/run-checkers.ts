import { everySaleOnce } from './c01-every-sale-once.ts';
import { zeroSums } from './c02-zero-sums.ts';
import { cashBehindSales } from './c03-cash-behind-sales.ts';
import { sameVerdict } from './c04-same-verdict.ts';
import { evidenceReported } from './c05-evidence-reported.ts';
import { wholeBatches } from './c06-whole-batches.ts';
import { papersInJournal } from './c07-papers-in-journal.ts';
import { nothingUnsent } from './c08-nothing-unsent.ts';
import { feedsRise } from './c09-feeds-rise.ts';
import { verifiesIndependently } from './c10-independent-verifier.ts';
import { nothingInClear } from './c11-nothing-in-clear.ts';
import type { Checker, FinalState } from './final-state.ts';

/** The invariants of OPOP-Sync/1, section 15, that one run can show; C12 compares two runs. */
const CHECKERS: Readonly<Record<string, Checker>> = {
  C1: everySaleOnce,
  C2: zeroSums,
  C3: cashBehindSales,
  C4: sameVerdict,
  C5: evidenceReported,
  C6: wholeBatches,
  C7: papersInJournal,
  C8: nothingUnsent,
  C9: feedsRise,
  C10: verifiesIndependently,
  C11: nothingInClear,
};

/** What each checker found; an empty list is an invariant that holds. */
export type Findings = Readonly<Record<string, readonly string[]>>;

export async function runCheckers(state: FinalState): Promise<Findings> {
  const findings: Record<string, readonly string[]> = {};
  for (const [name, check] of Object.entries(CHECKERS)) findings[name] = await check(state);
  return findings;
}
