import { join } from 'node:path';
import type { Migration } from '../../src/main/core/db/migrate.ts';
import { migration as journalMigration } from '../../src/main/core/db/migrations/0001-journal.ts';
import { type Db, openDatabase } from '../../src/main/core/db/open.ts';
import type { Result } from '../../src/domain/result.ts';

/** The journal's tables and nothing of the features. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [journalMigration];

/** The value of a result that the test needs to be a success; its error in the message otherwise. */
export function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`expected a success, got ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The error of a result that the test needs to be a refusal. */
export function errorOf<T, E>(result: Result<T, E>): E {
  if (result.ok) throw new Error(`expected a refusal, got ${JSON.stringify(result.value)}`);
  return result.error;
}

/** A real database in `folder`, as the counter opens it. */
export async function openIn(folder: string, migrations: readonly Migration[] = JOURNAL_MIGRATIONS): Promise<Db> {
  return valueOf(await openDatabase({ file: join(folder, 'counter.sqlite'), migrations }));
}
