import { openHandle } from './driver.ts';

/** A body key sealed to the province. */
type SealedKey = { readonly subject: string; readonly jwe: string };

/** Setting that a copy for reading has and a counter's own data never: whoever starts on it is refused. */
export const COPY_MARK = 'copy-for-reading';

/**
 * Makes a copy one for reading: every body key is replaced by its sealed form, and the copy says of itself what it is. Both
 * tables of keys are emptied whole, with no row hanging on another, so that SQLite overwrites their pages: no byte of an
 * old key is left in the copy, and none goes into a journal file beside it.
 */
export function makeReadingCopy(file: string, keys: readonly SealedKey[]): void {
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
  try {
    handle.exec('PRAGMA journal_mode = DELETE');
    handle.exec('PRAGMA journal_mode = MEMORY');
    handle.exec('PRAGMA foreign_keys = OFF');
    handle.exec('PRAGMA secure_delete = ON');
    handle.exec('BEGIN');
    handle.exec('DELETE FROM sealed_subject_key');
    handle.exec('DELETE FROM subject_key');
    const insert = handle.prepare('INSERT INTO subject_key (subject, wrapped_key) VALUES (?, ?)');
    for (const { subject, jwe } of keys) insert.run([subject, jwe]);
    handle.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run([COPY_MARK, 'true']);
    handle.exec('COMMIT');
  } finally {
    handle.close();
  }
}
