import { prepared, preparedWrite } from '../db/prepared.ts';
import { type ReadTx, runNow, type WriteTx } from '../db/tx.ts';

const selectWrapped = prepared<{ subject: string }>()((from, of) =>
  from.selectFrom('subject_key').select('wrapped_key').where('subject', '=', of('subject')),
);

/** The wrapped body key of a subject; undefined when there is none, or it was erased. */
export async function findWrappedKey(tx: ReadTx, subject: string): Promise<string | undefined> {
  return selectWrapped(tx, { subject })[0]?.wrapped_key;
}

const insertWrapped = preparedWrite<{ subject: string; wrapped: string }>()((to, of) =>
  to.insertInto('subject_key').values({ subject: of('subject'), wrapped_key: of('wrapped') }),
);

/** Keeps a key. Throws when the subject has one: a key is never changed. */
export async function insertWrappedKey(tx: WriteTx, subject: string, wrapped: string): Promise<void> {
  insertWrapped(tx, { subject, wrapped });
}

/**
 * Deletes a key, which erases what was sealed under it; true when there was one. The form of it that is kept for the
 * backups goes in the same statement: its row hangs on this one.
 */
export async function deleteWrappedKey(tx: WriteTx, subject: string): Promise<boolean> {
  const result = await tx.deleteFrom('subject_key').where('subject', '=', subject).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** A body key sealed to a key of the province. */
export type SealedKey = { readonly subject: string; readonly jwe: string };

/** Subjects whose key is not kept in a form sealed to the province's key `keyId`, in their order; all, or a portion. */
export async function readSubjectsToSeal(
  tx: ReadTx,
  keyId: string,
  { after, limit }: { readonly after: string; readonly limit: number } = { after: '', limit: -1 },
): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('subject_key as held')
    .leftJoin('sealed_subject_key as sealed', (join) =>
      join.onRef('sealed.subject', '=', 'held.subject').on('sealed.key_id', '=', keyId),
    )
    .select('held.subject')
    .where('held.subject', '>', after)
    .where('sealed.subject', 'is', null)
    .orderBy('held.subject')
    .limit(limit)
    .execute();
  return rows.map((row) => row.subject);
}

/** Every key that is kept in a form sealed to the province's key `keyId`. */
export async function readSealedKeys(tx: ReadTx, keyId: string): Promise<readonly SealedKey[]> {
  return await tx.selectFrom('sealed_subject_key').select(['subject', 'jwe']).where('key_id', '=', keyId).execute();
}

/** How many subjects have a key. */
export async function countSubjects(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('subject_key')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Keeps a sealed form in place of an older one; of a key that was erased meanwhile nothing is kept. */
export function putSealedKeyNow(tx: WriteTx, keyId: string, { subject, jwe }: SealedKey): void {
  runNow(
    tx,
    `INSERT INTO sealed_subject_key (subject, key_id, jwe) SELECT subject, ?, ? FROM subject_key WHERE subject = ?
     ON CONFLICT (subject) DO UPDATE SET key_id = excluded.key_id, jwe = excluded.jwe`,
    [keyId, jwe, subject],
  );
}
