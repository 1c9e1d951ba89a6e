import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migration-list.ts';
import { namingPool } from './named-statements.ts';
import type { Database } from './schema.ts';

/** The province's database; `Tx` is the same inside a transaction. */
export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

const OID = { int8: 20, date: 1082, dateArray: 1182 } as const;
const POOL_SIZE = 12;

/** Money and instants fit in a safe integer; a sum that does not is a bug and must not be rounded. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`an integer of the database is not safe: ${text}`);
  return value;
}

function ownTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(OID.int8, parseInt8);
  // A calendar day stays text: a Date would move it by the machine's time zone.
  types.setTypeParser(OID.date, (text) => text);
  types.setTypeParser(OID.dateArray, (text) => text.slice(1, -1).split(',').filter(Boolean));
  return types;
}

/** Opens the database at a URL and brings its shape up to date. Fails with DatabaseShapeError when it is from the future. */
export async function openDatabase(url: string, onPoolError: (error: Error) => void): Promise<Db> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    types: ownTypes(),
    application_name: 'loket-province',
  });
  pool.on('error', onPoolError);
  // A connection that ends under a query tells the query and then itself; without a listener that would end the process.
  pool.on('connect', (client) => client.on('error', onPoolError));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) });
  try {
    await migrate(db, MIGRATIONS);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}
