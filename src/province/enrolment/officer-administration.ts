import { err, ok, type Result } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Lets an officer sign in again, or not any more; the next officers page of every device of the outlet says so. */
export async function setOfficerActive(
  { db }: ProvinceContext,
  officerId: string,
  active: boolean,
): Promise<Result<{ readonly officerId: string; readonly active: boolean }, 'OFFICER_UNKNOWN'>> {
  const row = await db
    .updateTable('officer')
    .set((eb) => ({ active, change_no: eb.fn<number>('nextval', [eb.val('officer_change')]) }))
    .where('officer_id', '=', officerId)
    .returning('officer_id')
    .executeTakeFirst();
  return row === undefined ? err('OFFICER_UNKNOWN') : ok({ officerId, active });
}
