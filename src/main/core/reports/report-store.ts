import { sql, type RawBuilder } from 'kysely';
import type { ReadTx } from '../db/tx.ts';

/** Which entries a report is about; `headSeq` keeps it to one moment of a journal that goes on. */
export type EntryScope = {
  /** ms UTC, the first one in. */
  readonly fromMs: number;
  /** ms UTC, the first one out. */
  readonly untilMs: number;
  readonly headSeq: number;
  readonly afterSeq?: number;
  readonly cashSessionId?: string | null;
  readonly officerId?: string | null;
  /** A drawer that must be counted blind: none of its entries. */
  readonly hiddenSessionId?: string | null;
  /** Only what belongs to no session, or to no officer. */
  readonly noSession?: boolean;
  readonly noOfficer?: boolean;
  readonly types?: readonly string[];
  readonly seqs?: readonly number[];
  /** Only entries with a line on one of these accounts; all lines of such an entry. */
  readonly touching?: readonly string[];
};

/** Sum of one account over the entries of one type, and of the keys that were asked for. */
export type LineSum = SumKeys & { readonly type: string; readonly account: string; readonly amount: number };
/** Number of entries of one type, and of the keys that were asked for. */
export type EntryCount = SumKeys & { readonly type: string; readonly count: number };

type SumKeys = {
  /** Days since 1970-01-01 in Asia/Jakarta. */
  readonly day: number | null;
  readonly hour: number | null;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
};

/** What sums are kept apart by. */
export type SumKey = 'day' | 'hour' | 'officerId' | 'cashSessionId';

const JAKARTA_OFFSET_MS = 25_200_000;
const DAY = sql`(e.wall_ms + ${sql.lit(JAKARTA_OFFSET_MS)}) / 86400000`;
const HOUR = sql`(e.wall_ms + ${sql.lit(JAKARTA_OFFSET_MS)}) / 3600000 % 24`;

const KEY_COLUMNS: Readonly<Record<SumKey, RawBuilder<unknown>>> = {
  day: DAY,
  hour: HOUR,
  officerId: sql`e.officer_id`,
  cashSessionId: sql`e.cash_session_id`,
};

function within(scope: EntryScope): RawBuilder<unknown> {
  const { fromMs, untilMs, headSeq, afterSeq = 0, cashSessionId, officerId, hiddenSessionId, types, seqs } = scope;
  const parts = [
    sql`e.wall_ms >= ${fromMs} AND e.wall_ms < ${untilMs} AND e.seq <= ${headSeq} AND e.seq > ${afterSeq}`,
    ...(cashSessionId === undefined || cashSessionId === null ? [] : [sql`e.cash_session_id = ${cashSessionId}`]),
    ...(officerId === undefined || officerId === null ? [] : [sql`e.officer_id = ${officerId}`]),
    ...(hiddenSessionId === undefined || hiddenSessionId === null
      ? []
      : [sql`e.cash_session_id IS NOT ${hiddenSessionId}`]),
    ...(scope.noSession === true ? [sql`e.cash_session_id IS NULL`] : []),
    ...(scope.noOfficer === true ? [sql`e.officer_id IS NULL`] : []),
    ...(types === undefined ? [] : [sql`e.type IN (${sql.join(types)})`]),
    ...(seqs === undefined ? [] : [sql`e.seq IN (${sql.join(seqs)})`]),
    ...(scope.touching === undefined
      ? []
      : [
          sql`EXISTS (SELECT 1 FROM ledger_line t WHERE t.entry_seq = e.seq AND t.account IN (${sql.join(scope.touching)}))`,
        ]),
  ];
  return sql.join(parts, sql` AND `);
}

function keysOf(keys: readonly SumKey[]): RawBuilder<unknown> {
  const all: readonly SumKey[] = ['day', 'hour', 'officerId', 'cashSessionId'];
  return sql.join(all.map((key) => sql`${keys.includes(key) ? KEY_COLUMNS[key] : sql`NULL`} AS ${sql.ref(key)}`));
}

async function rowsOf<R>(tx: ReadTx, query: RawBuilder<unknown>): Promise<readonly R[]> {
  // The columns are those of the caller's own SELECT over STRICT tables.
  return (await query.execute(tx)).rows as readonly R[];
}

/** Sums of ledger lines, by type and account and whatever else is asked for, in the order of the keys. */
export async function sumLines(
  tx: ReadTx,
  scope: EntryScope,
  keys: readonly SumKey[] = [],
): Promise<readonly LineSum[]> {
  return await rowsOf<LineSum>(
    tx,
    sql`SELECT ${keysOf(keys)}, e.type AS type, l.account AS account, sum(l.amount) AS amount
      FROM entry e INDEXED BY entry_by_time CROSS JOIN ledger_line l ON l.entry_seq = e.seq
      WHERE ${within(scope)} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
  );
}

/** Numbers of entries, by type and whatever else is asked for. */
export async function countByType(
  tx: ReadTx,
  scope: EntryScope,
  keys: readonly SumKey[] = [],
): Promise<readonly EntryCount[]> {
  return await rowsOf<EntryCount>(
    tx,
    sql`SELECT ${keysOf(keys)}, e.type AS type, count(*) AS count
      FROM entry e INDEXED BY entry_by_time WHERE ${within(scope)} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
}

/** First and last entry of a scope; nulls when it has none. */
export async function seqRange(
  tx: ReadTx,
  scope: EntryScope,
): Promise<{ readonly fromSeq: number | null; readonly toSeq: number | null }> {
  const [row] = await rowsOf<{ fromSeq: number | null; toSeq: number | null }>(
    tx,
    sql`SELECT min(e.seq) AS "fromSeq", max(e.seq) AS "toSeq"
      FROM entry e INDEXED BY entry_by_time WHERE ${within(scope)}`,
  );
  return row ?? { fromSeq: null, toSeq: null };
}

/** An entry with what it moved on some accounts. */
export type MovedEntry = {
  readonly seq: number;
  readonly wallMs: number;
  readonly type: string;
  readonly stream: string;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
  /** Number on its paper: a receipt, a void, a bank's slip; null where it has none. */
  readonly number: string | null;
  readonly amount: number;
};

const NUMBER = sql`coalesce(e.text ->> '$.body.voidNumber', e.text ->> '$.body.receiptNumber', e.text ->> '$.body.slipNumber',
  e.text ->> '$.body.paperNumber', e.text ->> '$.body.caseNumber')`;
const MOVED = sql`e.seq AS seq, e.wall_ms AS "wallMs", e.type AS type, e.stream AS stream, e.officer_id AS "officerId",
  e.cash_session_id AS "cashSessionId"`;

/**
 * Every entry that moved these accounts together, or with `others` every account but these, in the order of the journal;
 * one whose moves cancel out is left out.
 */
export async function entriesMoving(
  tx: ReadTx,
  scope: EntryScope,
  accounts: readonly string[],
  others: 'none' | 'only' = 'none',
): Promise<readonly MovedEntry[]> {
  const isIn = others === 'none' ? sql`IN` : sql`NOT IN`;
  return await rowsOf<MovedEntry>(
    tx,
    sql`SELECT ${MOVED}, ${NUMBER} AS number, m.amount AS amount FROM
      (SELECT e.seq AS seq, sum(l.amount) AS amount
        FROM entry e INDEXED BY entry_by_time CROSS JOIN ledger_line l ON l.entry_seq = e.seq
        WHERE ${within(scope)} AND l.account ${isIn} (${sql.join(accounts)})
        GROUP BY e.seq HAVING sum(l.amount) <> 0) m
      CROSS JOIN entry e ON e.seq = m.seq ORDER BY e.seq`,
  );
}

/** Every entry of a scope, in the order of the journal; the amount is nothing. */
export async function entriesOf(tx: ReadTx, scope: EntryScope): Promise<readonly MovedEntry[]> {
  return await rowsOf<MovedEntry>(
    tx,
    sql`SELECT ${MOVED}, ${NUMBER} AS number, 0 AS amount
      FROM entry e INDEXED BY entry_by_time WHERE ${within(scope)} ORDER BY e.seq`,
  );
}

/** An entry with its text, for what only a body says. */
export type WholeEntry = Omit<MovedEntry, 'number' | 'amount'> & { readonly text: string };

/** The entries of a scope with their texts, in the order of the journal. Name types: texts are long. */
export async function wholeEntries(
  tx: ReadTx,
  scope: EntryScope & { readonly types: readonly string[] },
): Promise<readonly WholeEntry[]> {
  return await rowsOf<WholeEntry>(
    tx,
    sql`SELECT ${MOVED}, e.text AS text
      FROM entry e INDEXED BY entry_by_time WHERE ${within(scope)} ORDER BY e.seq`,
  );
}

/** Entries of these types of one stream, with their texts, up to the head. */
export async function wholeStream(
  tx: ReadTx,
  stream: string,
  types: readonly string[],
  headSeq: number,
): Promise<readonly WholeEntry[]> {
  return await rowsOf<WholeEntry>(
    tx,
    sql`SELECT ${MOVED}, e.text AS text FROM entry e
      WHERE e.stream = ${stream} AND e.type IN (${sql.join(types)}) AND e.seq <= ${headSeq} ORDER BY e.seq`,
  );
}

/** What was taken of one component for one period. */
export type ComponentSum = {
  readonly component: string;
  readonly periodDueOn: string;
  readonly sales: number;
  readonly amount: number;
  readonly waived: number;
};

/** Charge lines of the sales of a scope, summed by component and period. */
export async function sumComponents(tx: ReadTx, scope: EntryScope): Promise<readonly ComponentSum[]> {
  return await rowsOf<ComponentSum>(
    tx,
    sql`SELECT c.value ->> 'component' AS component, c.value ->> 'periodDueOn' AS "periodDueOn",
        count(DISTINCT e.seq) AS sales, sum(c.value ->> 'amount') AS amount, sum(c.value ->> 'waived') AS waived
      FROM entry e INDEXED BY entry_by_time CROSS JOIN json_each(e.text, '$.body.lines') c
      WHERE ${within(scope)} AND c.value ->> 'component' IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

/** The same of the sales that voids of the scope took back. */
export async function sumVoidedComponents(tx: ReadTx, scope: EntryScope): Promise<readonly ComponentSum[]> {
  return await rowsOf<ComponentSum>(
    tx,
    sql`SELECT c.value ->> 'component' AS component, c.value ->> 'periodDueOn' AS "periodDueOn",
        count(DISTINCT e.seq) AS sales, sum(c.value ->> 'amount') AS amount, sum(c.value ->> 'waived') AS waived
      FROM entry e INDEXED BY entry_by_time
        CROSS JOIN entry p ON p.hash = e.text ->> '$.body.paidHash'
        CROSS JOIN json_each(p.text, '$.body.lines') c
      WHERE ${within({ ...scope, types: ['transaction.voided'] })} GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

/** Places of the journal where the one before is missing: each is where the journal goes on. */
export async function missingPlaces(
  tx: ReadTx,
  headSeq: number,
): Promise<readonly { readonly before: number; readonly seq: number }[]> {
  return await rowsOf(
    tx,
    sql`SELECT before, seq FROM
      (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM entry WHERE seq <= ${headSeq})
      WHERE seq <> before + 1 ORDER BY seq`,
  );
}
