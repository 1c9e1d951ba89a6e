import type { PageDecision } from '../../../contract/feeds.ts';
import type { WriteTx } from '../db/open.ts';
import { putMissing } from './document-store.ts';

/** A page that the province asks for again: it is missing until it was taken once more; the same decision again changes nothing. */
export async function applyPageDecision(tx: WriteTx, decision: PageDecision): Promise<void> {
  await putMissing(tx, decision.documentId, decision.reason, decision.decidedAt);
}
