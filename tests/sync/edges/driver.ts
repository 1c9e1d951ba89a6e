// Stands in place of src/main/core/db/driver.ts in a simulated world (`register.ts`): the same driver, watched.
import * as real from '../../../src/main/core/db/driver.ts';
import { isDead, noteClosed, noteOpen, ProcessEnded, reach } from './io-points.ts';

export { backupInto, dialectDatabase, sqliteCodeOf, sqliteError } from '../../../src/main/core/db/driver.ts';
export type { SqliteHandle } from '../../../src/main/core/db/driver.ts';

type Handle = real.SqliteHandle;
type Statement = ReturnType<Handle['prepare']>;

/** A COMMIT that can be met before and after. */
function watchedCommit(file: string, statement: Statement): Statement {
  return {
    ...statement,
    reader: false,
    run: (parameters) => {
      reach('before-commit', file);
      const done = statement.run(parameters);
      reach('after-commit', file);
      return done;
    },
  };
}

export function openHandle(file: string, options: Parameters<typeof real.openHandle>[1]): Handle {
  if (isDead(file)) throw new ProcessEnded('open');
  const handle = real.openHandle(file, options);
  const life = { closed: false };
  const closing = {
    close: () => {
      if (!life.closed) handle.close();
      life.closed = true;
    },
  };
  noteOpen(file, closing);
  const alive = (): void => {
    if (isDead(file)) throw new ProcessEnded('statement');
  };
  return {
    file: handle.file,
    prepare: (sql) => {
      alive();
      const statement = handle.prepare(sql);
      if (sql === 'COMMIT' && !options.readOnly) return watchedCommit(file, statement);
      if (!options.readOnly && sql.startsWith('INSERT INTO entry')) reach('before-insert', file);
      return statement;
    },
    exec: (sql) => {
      alive();
      handle.exec(sql);
    },
    scalar: (sql, ...parameters) => {
      alive();
      return handle.scalar(sql, ...parameters);
    },
    rows: (sql, ...parameters) => {
      alive();
      return handle.rows(sql, ...parameters);
    },
    // A dead process holds nothing: whoever cleans up after a throw finds nothing to roll back.
    inTransaction: () => !life.closed && !isDead(file) && handle.inTransaction(),
    close: () => {
      noteClosed(file, closing);
      closing.close();
    },
  };
}

export function takeLockFile(file: string): ReturnType<typeof real.takeLockFile> {
  const lock = real.takeLockFile(file);
  if (lock === undefined) return undefined;
  const life = { released: false };
  const once = {
    close: () => {
      if (!life.released) lock.release();
      life.released = true;
    },
  };
  noteOpen(file, once);
  return { release: once.close };
}
