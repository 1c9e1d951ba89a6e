import { v7 as uuidV7 } from 'uuid';
import type { ApplicationDecision } from '../../contract/feeds.ts';
import { type AgencyState, moveApplication } from '../../domain/application-state.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import type { ProvinceContext } from '../province-context.ts';
import { lockApplication, putStanding, type StandingApplication } from './application-store.ts';

/** What an agency says of papers: in words for the citizen where they are incomplete or come back. */
export type AgencyWord = {
  readonly state: AgencyState;
  readonly reason: string | null;
  readonly missing: readonly string[];
  readonly agencyNumber: string | null;
  /** Who said it, for the history: a name, or `reference`. */
  readonly saidBy: string;
};

/** Why a word changes nothing. */
export type DecideProblem = 'APPLICATION_UNKNOWN' | 'APPLICATION_HANDED_OVER' | 'REASON_MISSING';

/** A citizen who is sent away must hear why: what is missing, or why the papers come back. */
function isWordless({ state, reason, missing }: AgencyWord): boolean {
  const hasReason = reason !== null && reason.trim() !== '';
  return (state === 'returned' && !hasReason) || (state === 'incomplete' && !hasReason && missing.length === 0);
}

/** Writes one word of an agency and its page of the device's feed, in the caller's transaction; the application is locked. */
export async function recordAgencyWord(
  tx: Tx,
  context: ProvinceContext,
  application: StandingApplication,
  word: AgencyWord,
): Promise<Result<ApplicationDecision, DecideProblem>> {
  if (isWordless(word)) return err('REASON_MISSING');
  const moved = moveApplication(application.state, { type: 'decide', state: word.state });
  if (!moved.ok) return err('APPLICATION_HANDED_OVER');
  const { deviceId, applicationId } = application;
  // Two words in one millisecond, or a clock that was set back: the later one must not look older at the counter.
  const decidedAt = Math.max(context.now(), application.movedAt + 1);
  const decision: ApplicationDecision = {
    decisionId: uuidV7({ msecs: decidedAt }),
    applicationId,
    decidedAt,
    application: word.state,
    reason: word.reason,
    missing: [...word.missing],
    agencyNumber: word.agencyNumber,
  };
  await tx
    .insertInto('application_step')
    .values({
      device_id: deviceId,
      application_id: applicationId,
      step_id: decision.decisionId,
      at: decidedAt,
      state: word.state,
      reason: word.reason,
      missing: [...word.missing],
      agency_number: word.agencyNumber,
      said_by: word.saidBy,
    })
    .execute();
  await putStanding(tx, application, {
    state: word.state,
    missing: word.missing,
    agencyNumber: word.agencyNumber ?? application.agencyNumber,
    movedAt: decidedAt,
  });
  await appendPage(tx, context, { feed: 'decisions', scope: deviceId, items: [decision] });
  return ok(decision);
}

/** The same by an application's id, in one transaction of its own. */
export async function decideApplication(
  context: ProvinceContext,
  applicationId: string,
  word: AgencyWord,
): Promise<Result<ApplicationDecision, DecideProblem>> {
  return context.db.transaction().execute(async (tx) => {
    const application = await lockApplication(tx, applicationId);
    return application === undefined ? err('APPLICATION_UNKNOWN') : recordAgencyWord(tx, context, application, word);
  });
}
