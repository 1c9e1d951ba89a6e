import { AsyncLocalStorage } from 'node:async_hooks';
import { type AnyResult, type Err, err } from '../../../domain/result.ts';
import { backupInto, openHandle, type SqliteHandle, sqliteCodeOf } from './driver.ts';
import { type StorageRefusal, storageFailed, storageRefusalOf } from './storage-refusal.ts';
import { beginReadTx, beginWriteTx, kyselyOf, type ReadTx, type WriteTx } from './tx.ts';

/** What the database says about itself; `synchronous` 2 is FULL. */
export type DbInfo = { readonly sqliteVersion: string; readonly journalMode: string; readonly synchronous: number };

/** The counter's database: one writer, one reader, no Kysely instance outside a transaction. */
export type Db = {
  readonly file: string;
  /** Runs on one consistent view. Never call it inside another `read` or `write`: that throws at once. */
  readonly read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;
  /** The same through a connection of its own, which has nothing in memory yet: it reads the disk again. */
  readonly readFresh: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;
  /**
   * One intention, one commit: on `ok` all is on the disk when this resolves, on `err` and on a throw nothing is.
   * Writes run one after the other. A throw of `work` is a bug and is thrown on; a full or failing disk is a value.
   */
  readonly write: <R extends AnyResult>(work: (tx: WriteTx) => Promise<R>) => Promise<R | Err<StorageRefusal>>;
  /** Waits for what is running, then closes both connections. */
  readonly close: () => Promise<void>;
  readonly info: () => DbInfo;
  /** A compact copy of everything committed so far; the target must not exist. */
  readonly backupInto: (path: string) => Promise<void>;
  /** Writes the log back into the database file and empties it, so that erased keys are gone from the disk too. */
  readonly checkpoint: () => Promise<void>;
};

const FRESH_BUSY_TIMEOUT_MS = 5000;

type Scope = { readonly kind: 'read' | 'write'; isOpen: boolean };

/** Runs tasks one after the other, in the order in which they came. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    // The next task waits for this one, whatever its end; the failure itself goes to the caller.
    last = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  };
}

function rollBack(handle: SqliteHandle): void {
  if (handle.inTransaction()) handle.prepare('ROLLBACK').run([]);
}

/**
 * The commit itself. A sync that failed leaves a commit that may or may not be found after a restart, so nothing more
 * is written until the database was opened again and has read what is really there.
 */
function commit(handle: SqliteHandle): { readonly refusal: StorageRefusal; readonly isUncertain: boolean } | undefined {
  if (!handle.inTransaction()) return { refusal: storageFailed('ROLLED_BACK'), isUncertain: false };
  try {
    handle.prepare('COMMIT').run([]);
    return undefined;
  } catch (error) {
    rollBack(handle);
    const refusal = storageRefusalOf(error);
    if (refusal === undefined) throw error;
    return { refusal, isUncertain: sqliteCodeOf(error)?.startsWith('SQLITE_IOERR') === true };
  }
}

/** Puts the two connections together. `openDatabase` is the only caller outside tests. */
export function createDatabase(writer: SqliteHandle | undefined, reader: SqliteHandle, info: () => DbInfo): Db {
  const scopes = new AsyncLocalStorage<Scope>();
  const inWriteQueue = createQueue();
  const inReadQueue = createQueue();
  const readSurface = kyselyOf(reader);
  const writeSurface = writer === undefined ? undefined : kyselyOf(writer);
  let uncertain: StorageRefusal | undefined;

  const refuseNesting = (asked: Scope['kind']): void => {
    const outer = scopes.getStore();
    if (outer?.isOpen !== true) return;
    throw new Error(`db.${asked} inside db.${outer.kind} would wait for itself: use the tx you have`);
  };
  const within = async <T>(kind: Scope['kind'], work: () => Promise<T>): Promise<T> => {
    const scope: Scope = { kind, isOpen: true };
    try {
      return await scopes.run(scope, work);
    } finally {
      scope.isOpen = false;
    }
  };

  const runWrite = async <R extends AnyResult>(
    handle: SqliteHandle,
    surface: ReturnType<typeof kyselyOf>,
    work: (tx: WriteTx) => Promise<R>,
  ): Promise<R | Err<StorageRefusal>> => {
    if (uncertain !== undefined) return err(uncertain);
    let result: R;
    try {
      handle.prepare('BEGIN IMMEDIATE').run([]);
      const { tx, end } = beginWriteTx(surface, handle);
      try {
        result = await work(tx);
      } finally {
        end();
      }
    } catch (error) {
      rollBack(handle);
      const refusal = storageRefusalOf(error);
      if (refusal === undefined) throw error;
      return err(refusal);
    }
    if (!result.ok) {
      rollBack(handle);
      return result;
    }
    const failure = commit(handle);
    if (failure === undefined) return result;
    if (failure.isUncertain) uncertain = failure.refusal;
    return err(failure.refusal);
  };

  const runRead = async <T>(
    handle: SqliteHandle,
    surface: typeof readSurface,
    work: (tx: ReadTx) => Promise<T>,
  ): Promise<T> => {
    handle.prepare('BEGIN').run([]);
    const { tx, end } = beginReadTx(surface, handle);
    try {
      return await work(tx);
    } finally {
      end();
      rollBack(handle);
    }
  };

  const writing = (): SqliteHandle => {
    if (writer === undefined) throw new Error('this database was opened to be read only');
    return writer;
  };

  return {
    file: reader.file,
    read: async (work) => {
      refuseNesting('read');
      return inReadQueue(() => within('read', () => runRead(reader, readSurface, work)));
    },
    readFresh: async (work) => {
      refuseNesting('read');
      const fresh = openHandle(reader.file, { readOnly: true, create: false, busyTimeoutMs: FRESH_BUSY_TIMEOUT_MS });
      try {
        return await within('read', () => runRead(fresh, kyselyOf(fresh), work));
      } finally {
        fresh.close();
      }
    },
    write: async (work) => {
      refuseNesting('write');
      if (writeSurface === undefined) throw new Error('this database was opened to be read only');
      return inWriteQueue(() => within('write', () => runWrite(writing(), writeSurface, work)));
    },
    close: async () => {
      refuseNesting('write');
      await inReadQueue(async () => reader.close());
      await inWriteQueue(async () => writer?.close());
    },
    info,
    backupInto: async (path) => {
      refuseNesting('read');
      // Through the writer's queue: it sees every commit that was acknowledged, and none is half-way.
      await inWriteQueue(async () => backupInto(writer ?? reader, path));
    },
    checkpoint: async () => {
      refuseNesting('write');
      // Through both queues: a read of our own that has begun would keep the log as it is, and nobody would be told.
      await inWriteQueue(() =>
        inReadQueue(async () => {
          writing().scalar('PRAGMA wal_checkpoint(TRUNCATE)');
        }),
      );
    },
  };
}
