import { ledgerBalance } from '../../domain/ledger-lines.ts';
import { adjustingLines } from '../../domain/case-ledger.ts';
import { readHistory, readSaleLedger, standingOf } from '../cases/standing.ts';
import type { Db } from '../db/open.ts';
import { readPaidTwice } from '../payments/returned-payment.ts';
import type { ProblemList } from './problem-list.ts';
import { findReadableSale } from './verify-bookings.ts';

/** Sales that are held at once: each costs four questions. */
const AT_MOST = 100_000;

/** Money went back for what a counter said came twice, and the same sum. */
async function verifyReturns(db: Db, problems: ProblemList): Promise<void> {
  const said = new Map((await readPaidTwice(db, { open: false, limit: AT_MOST })).map((one) => [one.paymentId, one]));
  for (const row of await db.selectFrom('payment_return').selectAll().execute()) {
    const twice = said.get(row.payment_id);
    if (twice?.deviceId === row.device_id && twice.amount === row.amount) continue;
    problems.add('PAYMENT_RETURN_DIFFERS', `${row.device_id}/${row.payment_id}`);
  }
}

/**
 * "At every point the money of a sale is in exactly known accounts": the lines of each sale that the province moved sum to
 * zero and stand where its history says. A sale whose entry cannot be read is named by the check of the bookings.
 */
export async function verifyCases(db: Db, problems: ProblemList): Promise<void> {
  const sales = await db
    .selectFrom('case_line')
    .select(['device_id', 'transaction_id'])
    .distinct()
    .limit(AT_MOST)
    .execute();
  for (const { device_id: deviceId, transaction_id: transactionId } of sales) {
    const where = `${deviceId}/${transactionId}`;
    const lines = await readSaleLedger(db, { deviceId, transactionId });
    if (ledgerBalance(lines) !== 0) problems.add('SALE_LEDGER_UNBALANCED', where);
    const sale = await findReadableSale(db, deviceId, transactionId);
    if (sale === 'missing' || sale === 'unreadable') continue;
    const adjusting = adjustingLines(lines, standingOf(sale, await readHistory(db, sale)));
    if (!adjusting.ok || adjusting.value.length > 0) problems.add('SALE_LEDGER_ELSEWHERE', where);
  }
  const payable = await db
    .selectFrom('case_line')
    .select((eb) => ['device_id', 'transaction_id', eb.fn.sum<number>('amount').as('amount')] as const)
    .where('account', '=', 'refund-payable')
    .groupBy(['device_id', 'transaction_id'])
    .having((eb) => eb.fn.sum('amount'), '>', 0)
    .execute();
  await verifyReturns(db, problems);
  for (const row of payable) problems.add('REFUND_PAID_TWICE', `${row.device_id}/${row.transaction_id}`);
}
