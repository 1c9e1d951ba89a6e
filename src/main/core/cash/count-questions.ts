import type { Refusal } from '../../../contract/errors.ts';
import type { DenominationCount } from '../../../domain/cash-session.ts';
import { questionAboutCount } from '../../../domain/count-plausibility.ts';
import { assertNever } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx } from '../db/open.ts';
import { readEarlierCounts } from './cash-store.ts';
import type { Counts } from './close-session.ts';

/** Sessions whose counts say what is usual in this drawer. */
const EARLIER = 10;

/** A count as it is handed in. */
export type CountAsked = {
  readonly counts: Counts;
  /** The sum as it was written down beside the notes; null where it was not. */
  readonly typedTotal: Rupiah | null;
  /** Whether the question was asked already and answered: it is as it is. */
  readonly sure: boolean;
};

export type CountRefusal = Refusal<'CASH_COUNT_INVALID' | 'CASH_TOTAL_DIFFERS' | 'CASH_COUNT_UNLIKELY'>;

const byDenomination = (counts: Counts): DenominationCount =>
  Object.fromEntries(counts.map(({ denomination, count }) => [denomination, count]));

/** What to ask before a count is saved: never a correction, and nothing that tells what should be there. */
export async function questionOf(tx: ReadTx, { counts, typedTotal, sure }: CountAsked): Promise<CountRefusal | null> {
  if (sure) return null;
  const earlier = (await readEarlierCounts(tx, EARLIER)).map(byDenomination);
  const asked = questionAboutCount({ counts: byDenomination(counts), typedTotal, earlier });
  if (asked === null) return null;
  switch (asked.question) {
    case 'TOTAL_DIFFERS':
      return { code: 'CASH_TOTAL_DIFFERS', details: { typed: asked.typed, counted: asked.counted } };
    case 'UNLIKELY': {
      const { denomination, count, usual } = asked;
      return { code: 'CASH_COUNT_UNLIKELY', details: { denomination, count, usual } };
    }
    default:
      return assertNever(asked);
  }
}
