import { z } from 'zod';
import type { Db } from '../db/open.ts';

/** What anyone with the paper may know of an arrival or an application: where it stands, nothing of a person. */
export const slipStateSchema = z.enum([
  'unknown',
  'in-custody',
  'received',
  'incomplete',
  'sent',
  'in-process',
  'ready',
  'returned',
  'handed-over',
]);

/**
 * Where the papers behind a slip stand. Ids are drawn by the devices, and one of them may have drawn another's on purpose:
 * two that bear one id have no state that could be told apart, so nothing is said of them.
 */
export async function findSlipState(db: Db, id: string): Promise<z.infer<typeof slipStateSchema>> {
  const applications = await db
    .selectFrom('application')
    .select('state')
    .where('application_id', '=', id)
    .limit(2)
    .execute();
  const [application] = applications;
  if (application !== undefined)
    return applications.length === 1 ? slipStateSchema.parse(application.state) : 'unknown';
  const arrival = await db
    .selectFrom('arrival')
    .select('arrival_id')
    .where('arrival_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (arrival !== undefined) return 'in-custody';
  // A slip of a drawer or of a courier: its stream is its subject.
  const cash = await db
    .selectFrom('entry')
    .select('hash')
    .where('stream', '=', id)
    .where('type', 'in', ['cash-session.closed', 'cash-session.handed-over', 'cash.dispatched', 'cash.inspected'])
    .where('verdict', '=', 'ACCEPTED')
    .limit(1)
    .executeTakeFirst();
  return cash === undefined ? 'unknown' : 'in-custody';
}
