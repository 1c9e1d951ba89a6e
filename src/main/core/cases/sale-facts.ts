import type { DecisionItem } from '../../../contract/feeds.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import { partKey, type RefundProgress, type SaleStanding, standingParts } from '../../../domain/case-ledger.ts';
import { sumRupiah } from '../../../domain/rupiah.ts';
import type { ReadTx } from '../db/open.ts';
import { findNewestDecision } from '../exceptions/decision-store.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { Sale } from '../transactions/sale-store.ts';
import { findCashRefund, readRefundsOf, readShortfalls, type StoredRefund } from './claim-store.ts';

type Collected = EntryBody<'shortfall.collected'>;
type Waived = EntryBody<'shortfall.waived'>;

/** A sale with everything that entries and decisions have said of it since. */
export type SaleFacts = {
  readonly sale: Sale;
  readonly body: EntryBody<'transaction.paid'>;
  /** Undefined while the tax office has said nothing. */
  readonly decision: DecisionItem | undefined;
  readonly collected: readonly Collected[];
  readonly waived: readonly Waived[];
  readonly refunds: readonly StoredRefund[];
  /** A refund in cash; a void stands in the sale itself. */
  readonly cashRefund: { readonly number: string; readonly seq: number } | null;
  readonly standing: SaleStanding;
};

const PROGRESS = { requested: 'none', approved: 'due', unclaimed: 'due', paid: 'paid', rejected: 'none' } as const;

function progressOf(refunds: readonly StoredRefund[]): ReadonlyMap<string, RefundProgress> {
  const moving = refunds.filter(({ state }) => PROGRESS[state] !== 'none');
  return new Map(moving.flatMap(({ state, parts }) => parts.map((part) => [partKey(part), PROGRESS[state]] as const)));
}

/** Reads what the accounts and the steps of one sale depend on; the entry of a person who was erased still has its sums. */
export async function readSaleFacts(tx: ReadTx, journal: Pick<Journal, 'find'>, sale: Sale): Promise<SaleFacts> {
  const entryAt = async (seq: number) => {
    const entry = await journal.find(tx, seq);
    if (entry === undefined) throw new Error('a projection without its entry');
    return entry;
  };
  const body = bodyOf('transaction.paid', await entryAt(sale.seq));
  const decision = await findNewestDecision(tx, sale.transactionId);
  const [collected, waived]: [Collected[], Waived[]] = [[], []];
  for (const { seq, kind } of await readShortfalls(tx, sale.transactionId)) {
    const entry = await entryAt(seq);
    if (kind === 'collected') collected.push(bodyOf('shortfall.collected', entry));
    else waived.push(bodyOf('shortfall.waived', entry));
  }
  const refunds = await readRefundsOf(tx, sale.transactionId);
  const cashRefund = (await findCashRefund(tx, sale.transactionId)) ?? null;
  const whole = refunds.find((one) => one.whole && PROGRESS[one.state] !== 'none');
  const standing: SaleStanding = {
    parts: standingParts({
      taken: [...body.lines, ...collected.flatMap(({ parts }) => parts)],
      waived: waived.flatMap(({ parts }) => parts),
      central: decision?.central ?? 'not-booked',
      outcomes: decision?.outcomes ?? [],
      refunds: progressOf(refunds),
    }),
    agentFee: body.agentFee,
    rounding: sumRupiah([body.rounding, ...collected.map(({ rounding }) => rounding)]),
    wholeRefund: whole === undefined ? 'none' : PROGRESS[whole.state],
    cashReturned: sale.voided !== null || cashRefund !== null,
  };
  return { sale, body, decision, collected, waived, refunds, cashRefund, standing };
}
