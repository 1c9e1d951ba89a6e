import type { ApplicationDecision } from '../../../contract/feeds.ts';
import { moveApplication } from '../../../domain/application-state.ts';
import type { WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { type Application, findApplication, insertStep, putApplication } from './application-store.ts';

/** What the agency misses is not here any more, whatever was ticked or waived before. */
function askedAgain(content: Application['content'], kinds: readonly string[]): Application['content'] {
  return {
    ...content,
    documents: content.documents.filter((one) => !kinds.includes(one.kind)),
    waivers: content.waivers.filter((one) => !kinds.includes(one.kind)),
    asked: [...new Set([...content.asked, ...kinds])],
  };
}

/**
 * Applies what an agency said of an application. Every word is kept, the newest by `decidedAt` moves it; the same decision
 * again changes nothing, and one on papers that were handed over is history only. A decision for an application that this
 * database never had is kept too.
 */
export async function applyApplicationDecision(
  tx: WriteTx,
  cipher: ColumnCipher,
  decision: ApplicationDecision,
): Promise<void> {
  const { applicationId, decidedAt, application: state, reason, missing, agencyNumber, decisionId } = decision;
  const isNew = await insertStep(tx, applicationId, { at: decidedAt, state, reason, decisionId });
  if (!isNew) return;
  const found = await findApplication(tx, cipher, applicationId);
  if (found === undefined) return;
  const moved = moveApplication(found.state, { type: 'decide', state });
  const isOlder = found.decidedAt !== null && decidedAt < found.decidedAt;
  if (!moved.ok || isOlder) return;
  await putApplication(tx, cipher, {
    ...found,
    state: moved.value,
    decidedAt,
    reason,
    agencyNumber: agencyNumber ?? found.agencyNumber,
    content: state === 'incomplete' ? askedAgain(found.content, missing) : found.content,
  });
}
