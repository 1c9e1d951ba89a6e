import { existsSync } from 'node:fs';
import { ok, type Result } from '../../../domain/result.ts';
import type { OpenRefusal } from '../db/check-file.ts';
import { counterMigrations } from '../db/migrations/index.ts';
import { openDatabase } from '../db/open.ts';
import { storageFailed } from '../db/storage-refusal.ts';
import { countEntries, findHead } from '../journal/journal-store.ts';
import type { Tried } from './try-program.ts';

/** Opens a copy of the data as this program would, brings its schema up, and reads where its journal stands. */
export async function tryUpdate(copy: string): Promise<Result<Tried, OpenRefusal>> {
  if (!existsSync(copy)) return { ok: false, error: storageFailed('NOT_THERE') };
  const db = await openDatabase({ file: copy, migrations: counterMigrations, create: false });
  if (!db.ok) return db;
  try {
    return ok(
      await db.value.read(async (tx) => {
        const head = await findHead(tx);
        return {
          schema: counterMigrations.length,
          entries: await countEntries(tx),
          head: head === undefined ? null : { seq: head.seq, hash: head.hash },
        };
      }),
    );
  } finally {
    await db.value.close();
  }
}
