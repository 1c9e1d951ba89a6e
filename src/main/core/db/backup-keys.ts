import { openHandle } from './driver.ts';

/** A body key as a row of `subject_key` holds it. */
export type KeyRow = { readonly subject: string; readonly wrapped_key: string };

/** Setting that a copy for reading has and a counter's own data never: whoever starts on it is refused. */
export const COPY_MARK = 'copy-for-reading';

/**
 * Makes a copy one for reading: every body key is replaced, and the copy says of itself what it is. The old keys are
 * overwritten, not only unlinked, and the copy is made compact, so that no byte of them is left in it.
 */
export function makeReadingCopy(file: string, keys: readonly KeyRow[]): void {
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
  try {
    handle.exec('PRAGMA journal_mode = DELETE');
    handle.exec('PRAGMA secure_delete = ON');
    handle.exec('BEGIN');
    handle.exec('DELETE FROM subject_key');
    for (const { subject, wrapped_key: wrapped } of keys) {
      handle.prepare('INSERT INTO subject_key (subject, wrapped_key) VALUES (?, ?)').run([subject, wrapped]);
    }
    handle.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run([COPY_MARK, 'true']);
    handle.exec('COMMIT');
    handle.exec('VACUUM');
  } finally {
    handle.close();
  }
}
