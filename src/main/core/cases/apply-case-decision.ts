import type { CancellationDecision, RefundDecision } from '../../../contract/feeds.ts';
import { centralAfterRefund } from '../../../domain/refund-road.ts';
import type { WriteTx } from '../db/open.ts';
import { findNewestDecision } from '../exceptions/decision-store.ts';
import { putCancellationAnswer, putRefundWord } from './claim-store.ts';
import { putCentral } from './returned-sale-store.ts';

/** What the province answered to a same-day request; the sale itself comes as a decision of its own. */
export function applyCancellation(tx: WriteTx, decision: CancellationDecision): Promise<void> {
  return putCancellationAnswer(tx, decision);
}

/** Where an application stands; a refund that left the bank closes the case of its sale. */
export async function applyRefund(tx: WriteTx, word: RefundDecision): Promise<void> {
  const refund = await putRefundWord(tx, word);
  if (refund === undefined || word.refund !== 'paid') return;
  const decision = await findNewestDecision(tx, refund.transactionId);
  if (decision === undefined) return;
  const central = centralAfterRefund(decision.central, decision.outcomes, refund.parts);
  await putCentral(tx, refund.transactionId, central, word.decidedAt);
}
