import { sql } from 'kysely';
import type { PeopleDone } from '../../contract/people.ts';
import type { Db, Tx } from '../db/open.ts';

/** The oldest cash session that somebody has open, with its outlet; null where the province knows of none. */
export async function openSessionOf(db: Db | Tx, officerId: string): Promise<PeopleDone['session']> {
  const { rows } = await sql<NonNullable<PeopleDone['session']>>`select s.outlet_id as "outletId", o.name,
      s.business_on as "openedOn"
    from day_session s join outlet o on o.outlet_id = s.outlet_id
    where s.opened_by = ${officerId} and s.closed_at is null order by s.opened_at limit 1`.execute(db);
  return rows[0] ?? null;
}
