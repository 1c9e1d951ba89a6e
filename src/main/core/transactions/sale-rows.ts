import type { TransactionRow } from '../../../contract/views-transaction.ts';
import type { ReadTx } from '../db/open.ts';
import { documentStatesOf } from '../documents/axis-store.ts';
import { asItStands, printAxis, readJobsOfAll } from '../printing/print-store.ts';
import { findDeliveries } from '../sync/delivery-store.ts';
import type { Sale } from './sale-store.ts';

/** Rows of sales with their five axes; one question per axis for the whole list, not per row. */
export async function saleRows(
  tx: ReadTx,
  sales: readonly Sale[],
  isPrinting: (jobId: string) => boolean,
): Promise<TransactionRow[]> {
  const deliveries = await findDeliveries(
    tx,
    sales.map((sale) => sale.seq),
  );
  const documents = await documentStatesOf(
    tx,
    sales.map((sale) => sale.transactionId),
  );
  const jobs = await readJobsOfAll(
    tx,
    sales.map((sale) => sale.transactionId),
  );
  return sales.map((sale) => ({
    transactionId: sale.transactionId,
    receiptNumber: sale.receiptNumber,
    nrkb: sale.vehicle.nrkb,
    plateColour: sale.vehicle.plateColour,
    paidAt: sale.paidAt,
    paidOn: sale.paidOn,
    total: sale.total,
    payable: sale.payable,
    officerName: sale.officerName,
    axes: {
      business: sale.voided === null ? 'paid' : 'voided',
      delivery: deliveries.get(sale.seq)?.state ?? 'queued',
      central: sale.central,
      ...printAxis((jobs.get(sale.transactionId) ?? []).map(asItStands(isPrinting))),
      documents: documents.get(sale.transactionId) ?? 'none',
    },
  }));
}
