import { type Kysely, sql } from 'kysely';

/** Each body key once more, sealed to the province for the backups; it goes with its key, in the same statement. */
export const migration = {
  number: 20,
  name: 'sealed-keys',
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`CREATE TABLE sealed_subject_key (
      subject TEXT NOT NULL CONSTRAINT sealed_subject_key_pk PRIMARY KEY
        CONSTRAINT sealed_subject_key_has_key REFERENCES subject_key (subject) ON DELETE CASCADE,
      key_id TEXT NOT NULL CONSTRAINT sealed_subject_key_key_id_length CHECK (length(key_id) = 12),
      jwe TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`.execute(db);
  },
};
