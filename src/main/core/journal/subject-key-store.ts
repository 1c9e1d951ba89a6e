import { prepared } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';

const selectWrapped = prepared<{ subject: string }>()((from, of) =>
  from.selectFrom('subject_key').select('wrapped_key').where('subject', '=', of('subject')),
);

/** The wrapped body key of a subject; undefined when there is none, or it was erased. */
export async function findWrappedKey(tx: ReadTx, subject: string): Promise<string | undefined> {
  return selectWrapped(tx, { subject })[0]?.wrapped_key;
}

/** Keeps a key. Throws when the subject has one: a key is never changed. */
export async function insertWrappedKey(tx: WriteTx, subject: string, wrapped: string): Promise<void> {
  await tx.insertInto('subject_key').values({ subject, wrapped_key: wrapped }).execute();
}

/** Deletes a key, which erases what was sealed under it; true when there was one. */
export async function deleteWrappedKey(tx: WriteTx, subject: string): Promise<boolean> {
  const result = await tx.deleteFrom('subject_key').where('subject', '=', subject).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Subjects that have a key. */
export async function readSubjects(tx: ReadTx): Promise<readonly string[]> {
  const rows = await tx.selectFrom('subject_key').select('subject').orderBy('subject').execute();
  return rows.map((row) => row.subject);
}
