import { z } from 'zod';
import { partAmountSchema } from '../../contract/charge-parts.ts';
import { type DecisionItem, decisionItemSchema } from '../../contract/feeds.ts';
import type { EntryType } from '../../contract/journal-entry.ts';
import {
  adjustingLines,
  type PartAmount,
  partKey,
  type RefundProgress,
  type SaleStanding,
  standingParts,
} from '../../domain/case-ledger.ts';
import type { LedgerAccount, LedgerLine } from '../../domain/ledger-lines.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../domain/rupiah.ts';
import type { SaleInCustody } from '../booking/read-sale.ts';
import type { Db, Tx } from '../db/open.ts';
import { noteIncidents } from '../ingest/incidents.ts';

type SaleKey = Pick<SaleInCustody, 'deviceId' | 'transactionId'>;

/** What was collected or waived after a sale came short. */
export type Shortfall = {
  readonly kind: 'collected' | 'waived';
  readonly parts: readonly PartAmount[];
  readonly rounding: Rupiah;
};

/** Everything that was said of a sale since its entry. */
export type SaleHistory = {
  /** Undefined while the tax office has said nothing. */
  readonly newest: DecisionItem | undefined;
  readonly shortfalls: readonly Shortfall[];
  readonly cashReturned: boolean;
  readonly refunds: readonly SaleRefund[];
};

/** An application for a refund, as far as it moves money. */
export type SaleRefund = {
  readonly refundId: string;
  readonly state: 'requested' | 'approved' | 'paid' | 'rejected' | 'unclaimed';
  readonly whole: boolean;
  readonly parts: readonly Pick<PartAmount, 'component' | 'periodDueOn' | 'amount'>[];
};

const refundPartsSchema = z.array(partAmountSchema.omit({ beneficiary: true }));

/** The newest decision of a sale; decisions in one millisecond have ids that rise. */
async function findNewestDecision(db: Db | Tx, sale: SaleKey): Promise<DecisionItem | undefined> {
  const row = await db
    .selectFrom('decision')
    .select('item')
    .where('device_id', '=', sale.deviceId)
    .where('transaction_id', '=', sale.transactionId)
    .orderBy('decided_at', 'desc')
    .orderBy('decision_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : decisionItemSchema.parse(row.item);
}

/** Reads what the accounts of one sale depend on. */
export async function readHistory(db: Db | Tx, sale: SaleKey): Promise<SaleHistory> {
  const { deviceId, transactionId } = sale;
  const shortfalls = await db
    .selectFrom('shortfall')
    .select(['kind', 'parts', 'rounding'])
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .orderBy('received_at')
    .execute();
  const returned = await db
    .selectFrom('cash_return')
    .select('hash')
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  const refunds = await db
    .selectFrom('refund')
    .select(['refund_id', 'state', 'whole', 'parts'])
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .execute();
  return {
    newest: await findNewestDecision(db, sale),
    shortfalls: shortfalls.map((row) => ({
      kind: row.kind,
      parts: z.array(partAmountSchema).parse(row.parts),
      rounding: rupiah(row.rounding),
    })),
    cashReturned: returned !== undefined,
    refunds: refunds.map((row) => ({
      refundId: row.refund_id,
      state: row.state,
      whole: row.whole,
      parts: refundPartsSchema.parse(row.parts),
    })),
  };
}

const PROGRESS = { requested: 'none', approved: 'due', unclaimed: 'due', paid: 'paid', rejected: 'none' } as const;

/** How far each part of a sale has come on its way back to the citizen. */
function progressOf(refunds: readonly SaleRefund[]): ReadonlyMap<string, RefundProgress> {
  const moving = refunds.filter(({ state }) => PROGRESS[state] !== 'none');
  return new Map(moving.flatMap(({ state, parts }) => parts.map((part) => [partKey(part), PROGRESS[state]] as const)));
}

/** What a sale and its history come to: where each rupiah should stand. */
export function standingOf(sale: Pick<SaleInCustody, 'body'>, history: SaleHistory): SaleStanding {
  const { lines, agentFee, rounding } = sale.body;
  const { newest, shortfalls, refunds, cashReturned } = history;
  const of = (kind: Shortfall['kind']): readonly PartAmount[] =>
    shortfalls.filter((one) => one.kind === kind).flatMap(({ parts }) => parts);
  const whole = refunds.find((one) => one.whole && PROGRESS[one.state] !== 'none');
  return {
    parts: standingParts({
      taken: [...lines, ...of('collected')],
      waived: of('waived'),
      central: newest?.central ?? 'not-booked',
      outcomes: newest?.outcomes ?? [],
      refunds: progressOf(refunds),
    }),
    agentFee,
    rounding: sumRupiah([rounding, ...shortfalls.map((one) => one.rounding)]),
    wholeRefund: whole === undefined ? 'none' : PROGRESS[whole.state],
    cashReturned,
  };
}

/** Entries whose lines are about the sale itself; what else its stream moves is somebody else's account. */
const MOVES_SALE: readonly EntryType[] = [
  'transaction.paid',
  'transaction.voided',
  'shortfall.collected',
  'shortfall.waived',
  'refund.paid-in-cash',
];

/** Every line of the ledger that belongs to one sale: those of its entries and those of the province. */
export async function readSaleLedger(
  db: Db | Tx,
  { deviceId, transactionId }: SaleKey,
): Promise<readonly LedgerLine[]> {
  const ofEntries = await db
    .selectFrom('entry')
    .innerJoin('ledger_line as line', (join) =>
      join
        .onRef('line.device_id', '=', 'entry.device_id')
        .onRef('line.epoch_n', '=', 'entry.epoch_n')
        .onRef('line.epoch_nonce', '=', 'entry.epoch_nonce')
        .onRef('line.seq', '=', 'entry.seq'),
    )
    .select(['line.account', 'line.amount'])
    .where('entry.device_id', '=', deviceId)
    .where('entry.stream', '=', transactionId)
    .where('entry.type', 'in', MOVES_SALE)
    .execute();
  const ofCases = await db
    .selectFrom('case_line')
    .select(['account', 'amount'])
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .execute();
  // Accounts were written by our own readers of entries and by `rebalance`.
  return [...ofEntries, ...ofCases].map(({ account, amount }) => ({
    account: account as LedgerAccount,
    amount: rupiah(amount),
  }));
}

/**
 * Writes the province's own lines for a sale after `cause` (OPOP-Sync/1 13.9): they sum to zero, and the same cause again finds nothing to
 * move. Idempotency: constraint case_line_once.
 */
export async function rebalance(tx: Tx, sale: SaleInCustody, cause: string, at: number): Promise<void> {
  const adjusting = adjustingLines(await readSaleLedger(tx, sale), standingOf(sale, await readHistory(tx, sale)));
  const { transactionId, deviceId } = sale;
  if (!adjusting.ok) {
    await noteIncidents(
      tx,
      deviceId,
      [{ kind: 'SALE_CASH_DIFFERS', evidence: transactionId, facts: { transactionId } }],
      at,
    );
    return;
  }
  const lines = adjusting.value;
  if (lines.length === 0) return;
  const { deviceId: device_id, transactionId: transaction_id } = sale;
  await tx
    .insertInto('case_line')
    .values(
      lines.map(({ account, amount }, index) => ({
        device_id,
        transaction_id,
        cause,
        line_no: index + 1,
        account,
        amount,
        at,
      })),
    )
    .execute();
}
