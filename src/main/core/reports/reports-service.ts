import type { z } from 'zod';
import type { reportViewSchema, todayViewSchema } from '../../../contract/views-counter.ts';
import { totalsByBeneficiary } from '../../../domain/charge.ts';
import { roughCash } from '../../../domain/cash-session.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { SoldCharge } from '../../../domain/transaction.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { AccountSum } from '../journal/journal-store.ts';
import type { Journal } from '../journal/journal.ts';
import { countDrawer } from '../originals/holding-store.ts';
import { outboxFigures } from '../sync/delivery-store.ts';
import { beneficiaryView } from '../transactions/charge-views.ts';
import { saleRows } from '../transactions/sale-rows.ts';
import { readSales, type Sale } from '../transactions/sale-store.ts';

type TodayView = z.infer<typeof todayViewSchema>;
type ReportView = z.infer<typeof reportViewSchema>;

export type ReportsService = {
  readonly today: (today: LocalDate, needsPerson: number) => Promise<TodayView>;
  readonly period: (from: LocalDate, to: LocalDate) => Promise<ReportView>;
};

const LAST_RECEIPTS = 5;
/** A day of one counter has at most some hundreds of sales; a year some tens of thousands. */
const LONGEST_PERIOD_ROWS = 100_000;
const JAKARTA_OFFSET_MS = 7 * 3_600_000;

/**
 * The drawer and its float as one line while a session is open: apart from each other they say what a blind count must
 * come to.
 */
const WITHOUT_FLOAT = 'cash-drawer-without-float';

function blinded(sums: readonly AccountSum[]): AccountSum[] {
  const isDrawer = ({ account }: AccountSum): boolean => account === 'cash-drawer' || account === 'float';
  const drawer = rupiah(sums.filter(isDrawer).reduce((sum, { amount }) => sum + amount, 0));
  return [{ account: WITHOUT_FLOAT, amount: drawer }, ...sums.filter((sum) => !isDrawer(sum))];
}

const isDrawerUncounted = async (tx: ReadTx): Promise<boolean> => (await findOpenSession(tx))?.state === 'open';

const hourOf = (atMs: number): number => Math.floor((atMs + JAKARTA_OFFSET_MS) / 3_600_000) % 24;

function sumBy<K>(sales: readonly Sale[], keyOf: (sale: Sale) => K): Map<K, { count: number; total: Rupiah }> {
  const sums = new Map<K, { count: number; total: Rupiah }>();
  for (const sale of sales) {
    const key = keyOf(sale);
    const before = sums.get(key) ?? { count: 0, total: rupiah(0) };
    sums.set(key, { count: before.count + 1, total: rupiah(before.total + sale.payable) });
  }
  return sums;
}

export function createReportsService({
  db,
  journal,
  cipher,
  isPrinting,
}: {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  /** Whether this process waits for a result of a paper. */
  readonly isPrinting: (jobId: string) => boolean;
}): ReportsService {
  const linesOf = async (tx: ReadTx, sales: readonly Sale[]) => {
    const lines: SoldCharge[] = [];
    let rounding = 0;
    for (const sale of sales) {
      const entry = await journal.find(tx, sale.seq);
      if (entry === undefined) throw new Error('a sale without its entry');
      const body = bodyOf('transaction.paid', entry);
      lines.push(...body.lines);
      rounding += body.rounding;
    }
    return { lines, rounding };
  };

  return {
    today: (today, needsPerson) =>
      db.read(async (tx) => {
        const sales = await readSales(tx, cipher, { from: today, to: today, standing: true }, LONGEST_PERIOD_ROWS);
        const taken = rupiah(sales.reduce((sum, sale) => sum + sale.payable, 0));
        const rough = await isDrawerUncounted(tx);
        const figures = await outboxFigures(tx);
        const rows = await saleRows(tx, await readSales(tx, cipher, {}, LAST_RECEIPTS), isPrinting);
        return {
          today,
          served: sales.length,
          takenTotal: rough ? roughCash(taken) : taken,
          rough,
          unsent: figures.unsentMoney,
          booked: sales.filter((sale) => sale.central === 'booked').length,
          byHour: [...sumBy(sales, (sale) => hourOf(sale.paidAt))]
            .map(([hour, { count }]) => ({ hour, count }))
            .sort((left, right) => left.hour - right.hour),
          needsPerson,
          originalsHeld: await countDrawer(tx),
          lastReceipts: rows.map(({ transactionId, receiptNumber, nrkb, total, payable, axes }) => ({
            transactionId,
            receiptNumber,
            nrkb,
            total,
            payable,
            axes,
          })),
        };
      }),

    period: (from, to) =>
      db.read(async (tx) => {
        const sales = await readSales(tx, cipher, { from, to, standing: true }, LONGEST_PERIOD_ROWS);
        const { lines, rounding } = await linesOf(tx, sales);
        const sums = await journal.sumLedger(tx);
        const byComponent = new Map<string, Rupiah>();
        for (const line of lines) {
          byComponent.set(line.component, rupiah((byComponent.get(line.component) ?? 0) + line.amount));
        }
        return {
          from,
          to,
          transactions: sales.length,
          total: rupiah(sales.reduce((sum, sale) => sum + sale.total, 0)),
          rounding,
          payable: rupiah(sales.reduce((sum, sale) => sum + sale.payable, 0)),
          byBeneficiary: totalsByBeneficiary(lines).map((one) => ({
            ...beneficiaryView(one.beneficiary),
            amount: one.amount,
          })),
          byComponent: [...byComponent].map(([component, amount]) => ({ component, amount })),
          byDay: [...sumBy(sales, (sale) => sale.paidOn)]
            .map(([day, sum]) => ({ day, ...sum }))
            .sort((left, right) => (left.day < right.day ? -1 : 1)),
          ledger: (await isDrawerUncounted(tx)) ? blinded(sums) : [...sums],
        };
      }),
  };
}
