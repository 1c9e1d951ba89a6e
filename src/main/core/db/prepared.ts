import {
  type Compilable,
  DummyDriver,
  Kysely,
  type SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from './schema.ts';
import { type ReadTx, readNow, runNow, type WriteTx } from './tx.ts';

/** What a prepared query is given when it runs. */
type Values = Readonly<Record<string, string | number | null>>;

/** Stands in a query where a value will be. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Writes what never changes into the statement, and leaves a place for what does. SQLite looks at the bound values when it
 * plans an order, a limit or a group, and so plans such a statement anew for every run, at ten times the cost of the run: a
 * place inside a SELECT of its own is a value that it does not look at.
 */
class FixedQueryCompiler extends SqliteQueryCompiler {
  #inSelect = false;

  protected override visitSelectQuery(node: SelectQueryNode): void {
    const outer = this.#inSelect;
    this.#inSelect = true;
    super.visitSelectQuery(node);
    this.#inSelect = outer;
  }

  protected override appendValue(value: unknown): void {
    if (!(value instanceof Slot)) return this.appendImmediateValue(value);
    this.addParameter(value);
    this.append(this.#inSelect ? '(select ?)' : '?');
  }
}

type Asks = Pick<Kysely<Database>, 'selectFrom'>;
type Writes = Pick<Kysely<Database>, 'insertInto' | 'updateTable' | 'deleteFrom'>;

type Build<From, V extends Values, R> = (
  from: From,
  of: <N extends keyof V & string>(name: N) => V[N],
) => Compilable<R>;

/** The statement, built at its first use, and which values of a run it takes, in its order. */
function built<V extends Values, R>(
  build: Build<Asks & Writes, V, R>,
): (values: V) => { readonly sql: string; readonly parameters: readonly unknown[] } {
  let made: ReturnType<typeof compile> | undefined;
  return (values) => {
    made ??= compile(build);
    return {
      sql: made.sql,
      parameters: made.parameters.map((one) => (one instanceof Slot ? values[one.name] : one)),
    };
  };
}

function compile<V extends Values, R>(
  build: Build<Asks & Writes, V, R>,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const builder = new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new FixedQueryCompiler(),
    },
  });
  // The slot takes the place of its value through the builder, which only hands parameters on.
  return build(builder, (name) => new Slot(name) as unknown as V[typeof name]).compile();
}

/**
 * A query that is built once and then only run, at once: building one anew takes several times as long as SQLite takes to
 * answer it. For what is asked at every step of a sale; everything else is built where it is asked.
 * `const byId = prepared<{ id: string }>()((from, of) => from.selectFrom('sale').selectAll().where('id', '=', of('id')))`.
 */
export function prepared<V extends Values = Record<never, never>>() {
  return <R>(build: Build<Asks, V, R>): ((tx: ReadTx, values: V) => readonly R[]) => {
    const statement = built(build);
    return (tx, values) => {
      const { sql, parameters } = statement(values);
      // The rows of the query that was compiled, whose type the builder knows.
      return readNow(tx, sql, parameters) as readonly R[];
    };
  };
}

/** The same for what writes: it is run at once and answers how many rows it changed. */
export function preparedWrite<V extends Values>() {
  return (build: Build<Writes, V, unknown>): ((tx: WriteTx, values: V) => number) => {
    const statement = built(build);
    return (tx, values) => {
      const { sql, parameters } = statement(values);
      return runNow(tx, sql, parameters);
    };
  };
}
