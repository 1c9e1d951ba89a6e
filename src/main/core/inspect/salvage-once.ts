import { isLost } from '../../../domain/courier.ts';
import { insertCashRefund, insertShortfall } from '../cases/claim-store.ts';
import { insertLeg, insertRefusal, putLegSettled, putRefusalSettled } from '../cash/courier-store.ts';
import type { RawRow } from '../db/salvage-file.ts';
import { runNow, type WriteTx } from '../db/tx.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';

/** Names of officers by the entry that they wrote, as damaged rows still tell them. */
export type Names = ReadonlyMap<number, string>;

/** The names in rows that have a place and a name. */
export function namesIn(rows: readonly RawRow[]): Names {
  return new Map(rows.map((row) => [Number(row['seq']), String(row['officer_name'])]));
}

/** A line of a sealed list that an approval used, beside those that are crossed out already. */
function foldApproval(tx: WriteTx, entry: StoredEntry): void {
  if (entry.type !== 'approval.used') return;
  const { approvalId, approvedBy, list, method } = bodyOf(entry.type, entry);
  if (list !== null) {
    const columns = 'supervisor_id, list, place, used_at';
    runNow(tx, `INSERT INTO approval_list_use (${columns}) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, [
      approvedBy,
      list.list,
      list.place,
      entry.wallMs,
    ]);
  }
  if (method === 'code') {
    const sql = 'UPDATE approval_request SET used_at = ? WHERE request_id = ? AND used_at IS NULL';
    runNow(tx, sql, [entry.wallMs, approvalId]);
  }
}

async function foldCase(tx: WriteTx, entry: StoredEntry): Promise<void> {
  const { seq, wallMs: at } = entry;
  switch (entry.type) {
    case 'shortfall.collected': {
      const { collectionId, transactionId, decisionId } = bodyOf(entry.type, entry);
      const of = { shortfall_id: collectionId, transaction_id: transactionId, decision_id: decisionId };
      await insertShortfall(tx, { ...of, seq, kind: 'collected', at });
      return;
    }
    case 'shortfall.waived': {
      const { waiverId, transactionId, decisionId } = bodyOf(entry.type, entry);
      const of = { shortfall_id: waiverId, transaction_id: transactionId, decision_id: decisionId };
      await insertShortfall(tx, { ...of, seq, kind: 'waived', at });
      return;
    }
    case 'refund.paid-in-cash': {
      const { refundId, refundNumber, transactionId, amount } = bodyOf(entry.type, entry);
      const of = { transaction_id: transactionId, refund_id: refundId, number: refundNumber };
      await insertCashRefund(tx, { ...of, seq, amount, at });
      return;
    }
    default:
      return;
  }
}

async function foldCourier(tx: WriteTx, entry: StoredEntry, names: Names): Promise<void> {
  const { seq, wallMs } = entry;
  const officerName = names.get(seq) ?? entry.officerId ?? '';
  switch (entry.type) {
    case 'cash.dispatched': {
      const { dispatchId, dispatchNumber, from, amount } = bodyOf(entry.type, entry);
      await insertLeg(tx, { dispatchId, seq, dispatchNumber, from, amount, dispatchedAt: wallMs, officerName });
      return;
    }
    case 'cash.courier-settled':
      await putLegSettled(tx, bodyOf(entry.type, entry).dispatchId, seq);
      return;
    case 'cash.refused-by-bank': {
      const { refusalId, reason, amount } = bodyOf(entry.type, entry);
      const settledSeq = isLost(reason) ? null : seq;
      await insertRefusal(tx, { refusalId, seq, reason, amount, refusedAt: wallMs, officerName, settledSeq });
      return;
    }
    case 'cash.written-off':
      await putRefusalSettled(tx, bodyOf(entry.type, entry).refusalId, seq);
      return;
    default:
      return;
  }
}

/**
 * What may happen once is made anew out of the proved entries themselves, so that a page that holds its row may be rotten:
 * a line of a sealed list, a shortfall, cash that went back, the legs of couriers and what a bank did not take.
 */
export async function rebuildOnce(tx: WriteTx, chain: readonly StoredEntry[], names: Names): Promise<void> {
  for (const entry of chain) {
    foldApproval(tx, entry);
    await foldCase(tx, entry);
    await foldCourier(tx, entry, names);
  }
}
