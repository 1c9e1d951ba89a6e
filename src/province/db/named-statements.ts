import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** A text that came so often is planned once per connection; a statement of lists of every length never gets there. */
const NAMED_AT = 3;
/** Named statements stay in the memory of every connection. */
const MOST_NAMES = 400;
/** Texts that are counted and have no name yet; past this the count begins anew. */
const MOST_COUNTED = 1000;

/** `FEATURE_NOT_SUPPORTED`: a migration by another node changed what a planned statement would answer. */
const PLAN_IS_OLD = '0A000';

/** Which name a statement has; undefined for one that is planned each time. */
type Naming = {
  readonly nameOf: (text: string, parameters: readonly unknown[]) => string | undefined;
  forget: () => void;
};

/** Selects without a parameter are planned too; `begin` and its like are cheaper as they are. */
const isPlanned = (text: string, parameters: readonly unknown[]): boolean =>
  parameters.length > 0 || /^\s*(select|with)\b/i.test(text);

function createNaming(): Naming {
  const names = new Map<string, string>();
  const seen = new Map<string, number>();
  const made = { count: 0 };
  return {
    nameOf: (text, parameters) => {
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST_NAMES || !isPlanned(text, parameters)) return known;
      const times = (seen.get(text) ?? 0) + 1;
      if (times < NAMED_AT) {
        if (seen.size >= MOST_COUNTED) seen.clear();
        seen.set(text, times);
        return undefined;
      }
      seen.delete(text);
      made.count += 1;
      const name = `loket_${String(made.count)}`;
      names.set(text, name);
      return name;
    },
    forget: () => names.clear(),
  };
}

function isOldPlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === PLAN_IS_OLD && error.message.includes('cached plan');
}

function namingClient(client: pg.PoolClient, naming: Naming): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const name = naming.nameOf(text, values);
    try {
      return await client.query(
        name === undefined ? { text, values: [...values] } : { name, text, values: [...values] },
      );
    } catch (error) {
      // This request fails and is sent again, as after any fault of the database; the next one is planned under a new name.
      if (isOldPlan(error)) naming.forget();
      throw error;
    }
  };
  return {
    // What Kysely takes is one of pg's own forms: a text with its values.
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  };
}

/**
 * A pool whose frequent statements are parsed and planned once per connection: what a counter asks takes PostgreSQL a
 * third of the time. A pooler between has to know prepared statements (PgBouncer: `max_prepared_statements`).
 */
export function namingPool(pool: pg.Pool): PostgresPool {
  const naming = createNaming();
  // Kysely knows a connection again by its object.
  const faces = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const face = faces.get(client) ?? namingClient(client, naming);
      faces.set(client, face);
      return face;
    },
    end: () => pool.end(),
  };
}
