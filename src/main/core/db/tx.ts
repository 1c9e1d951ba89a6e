import { Kysely, type KyselyPlugin, type QueryResult, SqliteDialect, type UnknownRow } from 'kysely';
import { dialectDatabase, type SqliteHandle } from './driver.ts';
import type { Database } from './schema.ts';

declare const readBrand: unique symbol;
declare const writeBrand: unique symbol;
const prepareOfTx = Symbol('prepare');

type Reads = Pick<Kysely<Database>, 'selectFrom' | 'selectNoFrom' | 'fn' | 'getExecutor'>;
type Writes = Pick<Kysely<Database>, 'insertInto' | 'updateTable' | 'deleteFrom'>;

/** A consistent view of the database, inside `db.read` or `db.write`; it selects and does nothing else. */
export type ReadTx = Reads & { readonly [readBrand]: true; readonly [prepareOfTx]: SqliteHandle['prepare'] };

/** The one open write transaction, inside `db.write`; it is a ReadTx too, and sees what it wrote. */
export type WriteTx = ReadTx & Writes & { readonly [writeBrand]: true };

/** Refuses statements after the end of a transaction: they would run outside of it and commit by themselves. */
class OpenGuard implements KyselyPlugin {
  #isOpen = true;
  readonly #handle: SqliteHandle;

  constructor(handle: SqliteHandle) {
    this.#handle = handle;
  }

  close(): void {
    this.#isOpen = false;
  }

  check(): void {
    if (!this.#isOpen) throw new Error('this transaction is over: await every statement inside db.read or db.write');
    // SQLite rolls back by itself on some errors of the disk; what follows would commit alone.
    if (!this.#handle.inTransaction()) throw new Error('this transaction was rolled back by an earlier error');
  }

  transformQuery: KyselyPlugin['transformQuery'] = ({ node }) => {
    this.check();
    return node;
  };

  transformResult: KyselyPlugin['transformResult'] = async ({ result }): Promise<QueryResult<UnknownRow>> => result;
}

/** The Kysely surface of one connection; it lives as long as the connection and leaves this folder only as a tx. */
export function kyselyOf(handle: Pick<SqliteHandle, 'prepare'>): Kysely<Database> {
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: dialectDatabase(handle) }) });
}

/** What a transaction asks the database with, and the end after which it may not. */
function guarded(kysely: Kysely<Database>, handle: SqliteHandle) {
  const guard = new OpenGuard(handle);
  const prepare: SqliteHandle['prepare'] = (sql) => {
    guard.check();
    return handle.prepare(sql);
  };
  const surface = Object.assign(kysely.withPlugin(guard), { [prepareOfTx]: prepare });
  return { surface, end: () => guard.close() };
}

/** A read view that ends with `end()`. */
export function beginReadTx(kysely: Kysely<Database>, handle: SqliteHandle): { tx: ReadTx; end: () => void } {
  const { surface, end } = guarded(kysely, handle);
  // The brand exists for the compiler only: it keeps an open transaction from being mixed up with anything else.
  return { tx: surface as unknown as ReadTx, end };
}

/** A write transaction that ends with `end()`. */
export function beginWriteTx(kysely: Kysely<Database>, handle: SqliteHandle): { tx: WriteTx; end: () => void } {
  const { surface, end } = guarded(kysely, handle);
  // As above: the brand is for the compiler.
  return { tx: surface as unknown as WriteTx, end };
}

/** Runs a statement of a store at once and answers the number of changed rows; for what must not be overtaken, like the chain. */
export function runNow(tx: WriteTx, sql: string, parameters: readonly unknown[]): number {
  return Number(tx[prepareOfTx](sql).run(parameters).changes);
}

/** Reads rows at once; the caller knows the columns of its own SELECT. */
export function readNow(tx: ReadTx, sql: string, parameters: readonly unknown[] = []): readonly unknown[] {
  return tx[prepareOfTx](sql).all(parameters);
}
