import { exceptionOfOutcome } from '../../../domain/exception-case.ts';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { readDoubts } from '../cash/courier-store.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { blank, guided } from '../exceptions/case-row.ts';
import { findSale } from '../transactions/sale-store.ts';
import { readPaidTwice } from '../payments/payment-store.ts';
import { readUnclaimed } from './claim-store.ts';
import { readReturnedAndBooked, readSettledRequests } from './returned-sale-store.ts';

/** Cash that is gone: false notes, and what never arrived, while no supervisor has spoken. */
async function ofLostCash(tx: ReadTx): Promise<ExceptionCaseView[]> {
  return (await readDoubts(tx)).map(({ refusalId, amount, reason, officerName, refusedAt }) => ({
    ...blank(undefined),
    caseId: `cash-${refusalId}`,
    kind: 'cash-lost' as const,
    openedAt: refusedAt,
    counterTotal: amount,
    difference: -amount,
    reason: `${reason} · ${officerName}`,
    ...guided('cash-lost'),
  }));
}

/** Sales whose cash went back and that the tax office has booked all the same. */
async function ofReturned(tx: ReadTx, cipher: ColumnCipher): Promise<ExceptionCaseView[]> {
  const cases: ExceptionCaseView[] = [];
  for (const { transactionId, decidedAt } of await readReturnedAndBooked(tx)) {
    const sale = await findSale(tx, cipher, transactionId);
    cases.push({
      ...blank(sale),
      caseId: `sale-${transactionId}`,
      kind: 'voided-after-booking',
      openedAt: decidedAt,
      provinceTotal: sale?.total ?? null,
      ...guided('voided-after-booking'),
    });
  }
  return cases;
}

/** Sales that were asked back and were booked already: the citizen's way is a refund. */
async function ofSettledRequests(tx: ReadTx, cipher: ColumnCipher): Promise<ExceptionCaseView[]> {
  const cases: ExceptionCaseView[] = [];
  for (const { transactionId, answeredAt } of await readSettledRequests(tx)) {
    const sale = await findSale(tx, cipher, transactionId);
    const known = { ...blank(sale), provinceTotal: sale?.total ?? null, ...guided('refund-due') };
    cases.push({ ...known, caseId: `sale-${transactionId}`, kind: 'refund-due', openedAt: answeredAt });
  }
  return cases;
}

/** Unclaimed refunds of sales that nothing else brings to the list: booked, asked back, and nobody came for the money. */
async function ofUnclaimed(tx: ReadTx, cipher: ColumnCipher): Promise<ExceptionCaseView[]> {
  const listed = new Set((await readSettledRequests(tx)).map(({ transactionId }) => transactionId));
  const cases: ExceptionCaseView[] = [];
  for (const { transactionId, since } of await readUnclaimed(tx)) {
    const sale = await findSale(tx, cipher, transactionId);
    const isCase = sale !== undefined && exceptionOfOutcome(sale.central) !== null;
    if (isCase || listed.has(transactionId)) continue;
    const known = { ...blank(sale), transactionId, provinceTotal: sale?.total ?? null, ...guided('refund-due') };
    cases.push({ ...known, caseId: `sale-${transactionId}`, kind: 'refund-due', openedAt: since });
  }
  return cases;
}

/** As long as Beranda shows it; as a case it stays until the province says that its payer has it back. */
export const PAID_TWICE_SHOWN_MS = 30 * 86_400_000;

/**
 * Money that a provider took for what was paid already. It is no part of a sale: what is owed for the sale itself is a
 * case of its own, so this one names no transaction that could be paid back in its place.
 */
async function ofPaidTwice(tx: ReadTx, cipher: ColumnCipher): Promise<ExceptionCaseView[]> {
  return (await readPaidTwice(tx, cipher, 0)).map((payment) => ({
    ...blank(undefined),
    caseId: `payment-${payment.paymentId}`,
    kind: 'paid-twice' as const,
    openedAt: payment.settledAt ?? payment.requestedAt,
    nrkb: payment.content.nrkb,
    counterTotal: payment.amount,
    reason: [payment.means.toUpperCase(), payment.content.provider ?? ''].filter((word) => word !== '').join(' · '),
    ...guided('paid-twice'),
  }));
}

/** The computer's clock jumped and nobody has said that it is right. */
function ofClock(clockJumpMs: number | null, nowMs: number): ExceptionCaseView[] {
  if (clockJumpMs === null) return [];
  const reason = String(Math.round(clockJumpMs / 60_000));
  return [
    {
      ...blank(undefined),
      caseId: 'clock',
      kind: 'clock-suspect',
      openedAt: nowMs,
      reason,
      ...guided('clock-suspect'),
    },
  ];
}

/** Cases of money that no decision opens, read at every question. */
export async function readMoneyCases(
  tx: ReadTx,
  {
    cipher,
    nowMs,
    clockJumpMs,
  }: { readonly cipher: ColumnCipher; readonly nowMs: number; readonly clockJumpMs: number | null },
): Promise<ExceptionCaseView[]> {
  return [
    ...(await ofLostCash(tx)),
    ...(await ofReturned(tx, cipher)),
    ...(await ofSettledRequests(tx, cipher)),
    ...(await ofUnclaimed(tx, cipher)),
    ...(await ofPaidTwice(tx, cipher)),
    ...ofClock(clockJumpMs, nowMs),
  ];
}
