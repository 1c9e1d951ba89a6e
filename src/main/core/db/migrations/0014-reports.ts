import { type Kysely, sql } from 'kysely';

/**
 * Entries by time, with what reports group by: a period is found without reading the texts. Time rises with the journal, so
 * that an append touches the last page only.
 */
export const migration = {
  number: 14,
  name: 'reports',
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`CREATE INDEX entry_by_time ON entry (wall_ms, type, officer_id, cash_session_id)`.execute(db);
  },
};
