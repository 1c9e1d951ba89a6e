import { type Kysely, sql } from 'kysely';

const STATEMENTS: readonly string[] = [
  // Why and since when the entry was set aside at the province, once it is so no more.
  'ALTER TABLE delivery ADD COLUMN aside_verdict TEXT',
  'ALTER TABLE delivery ADD COLUMN aside_at INTEGER',
  // What the province said of an entry after it had set it aside, in the order of its pages.
  `CREATE TABLE second_word (
     seq INTEGER NOT NULL,
     hash TEXT NOT NULL,
     word TEXT NOT NULL CONSTRAINT second_word_word
       CHECK (word IN ('ACCEPTED', 'QUARANTINED', 'CONFLICT', 'SETTLED', 'REFUSED')),
     reason TEXT,
     note TEXT,
     at INTEGER NOT NULL,
     incarnation TEXT NOT NULL,
     CONSTRAINT second_word_pk PRIMARY KEY (seq, hash, at, word)
   ) STRICT`,
  // Pages that a program from before this took, and left these words out of.
  `INSERT OR IGNORE INTO second_word (seq, hash, word, reason, note, at, incarnation)
     SELECT w.value ->> 'seq', w.value ->> 'hash', w.value ->> 'word', w.value ->> 'reason', w.value ->> 'note',
       w.value ->> 'at', p.incarnation
     FROM feed_page p, json_each(p.text, '$.secondWords') w
     WHERE p.feed = 'decisions' AND instr(p.text, '"secondWords"') > 0 ORDER BY p.rowid, w.key`,
];

/** What became of entries that the province had set aside. */
export const migration = {
  number: 21,
  name: 'second-words',
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
