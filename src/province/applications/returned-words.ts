import type { ApplicationDecision } from '../../contract/feeds.ts';
import type { Tx } from '../db/open.ts';

/** Who said a word that a restore had lost and a counter returned. */
const SAID_BY = 'returned';

/**
 * Takes back what agencies said and a restore lost (OPOP-Sync/1 7.4): each word once. The application itself may come only
 * later, with the entries that are pushed again; `catchUp` then puts it where it stood.
 */
export async function takeBackWords(tx: Tx, deviceId: string, words: readonly ApplicationDecision[]): Promise<void> {
  for (const word of words) {
    await tx
      .insertInto('application_step')
      .values({
        device_id: deviceId,
        application_id: word.applicationId,
        step_id: word.decisionId,
        at: word.decidedAt,
        state: word.application,
        reason: word.reason,
        missing: word.missing,
        agency_number: word.agencyNumber,
        said_by: SAID_BY,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await catchUp(tx, deviceId, word.applicationId);
  }
}

/** Puts an application where the newest word of its agency left it, unless the counter handed it over or said more since. */
export async function catchUp(tx: Tx, deviceId: string, applicationId: string): Promise<void> {
  const word = await tx
    .selectFrom('application_step')
    .select(['at', 'state', 'missing', 'agency_number'])
    .where('device_id', '=', deviceId)
    .where('application_id', '=', applicationId)
    .where('said_by', '<>', 'counter')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (word === undefined) return;
  await tx
    .updateTable('application')
    .set((eb) => ({
      state: word.state,
      missing: word.missing,
      agency_number: eb.fn.coalesce(eb.val(word.agency_number), 'agency_number'),
    }))
    .where('device_id', '=', deviceId)
    .where('application_id', '=', applicationId)
    .where('state', '<>', 'handed-over')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('application_step as later')
            .select('later.step_id')
            .where('later.device_id', '=', deviceId)
            .where('later.application_id', '=', applicationId)
            .where('later.said_by', '=', 'counter')
            .where('later.at', '>', word.at),
        ),
      ),
    )
    .execute();
}
