import { sql } from 'kysely';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';

/** One original that lies, or lay, in the drawer of this counter. */
export type Holding = {
  readonly holdingId: string;
  /** The transaction, arrival or application it belongs to; whose it is, is known through it. */
  readonly stream: string;
  readonly kind: string;
  readonly receivedAt: number;
  /** Null while it lies here. */
  readonly handOverId: string | null;
};

/** The drawer of one counter does not hold more. */
const LONGEST_LIST = 2000;

type Row = {
  holding_id: string;
  stream: string;
  kind: string;
  received_at: number;
  hand_over_id: string | null;
};

const toHolding = (row: Row): Holding => ({
  holdingId: row.holding_id,
  stream: row.stream,
  kind: row.kind,
  receivedAt: row.received_at,
  handOverId: row.hand_over_id,
});

/** Puts an original into the drawer. Throws when the same paper of this stream lies there already. */
export async function insertHolding(tx: WriteTx, holding: Omit<Holding, 'handOverId'>): Promise<void> {
  await tx
    .insertInto('holding')
    .values({
      holding_id: holding.holdingId,
      stream: holding.stream,
      kind: holding.kind,
      received_at: holding.receivedAt,
      hand_over_id: null,
      handed_over_at: null,
    })
    .execute();
}

/** Holdings by their ids, those that were handed over too. */
export async function findHoldings(tx: ReadTx, holdingIds: readonly string[]): Promise<readonly Holding[]> {
  const rows = await tx
    .selectFrom('holding')
    .selectAll()
    .where('holding_id', 'in', [...holdingIds])
    .execute();
  return rows.map(toHolding);
}

const selectOf = prepared<{ stream: string }>()((from, of) =>
  from
    .selectFrom('holding')
    .selectAll()
    .where('stream', '=', of('stream'))
    .where('hand_over_id', 'is', null)
    .orderBy('received_at')
    .orderBy(sql`rowid`),
);

/** What lies in the drawer of one stream, in the order in which it came. */
export async function readHoldingsOf(tx: ReadTx, stream: string): Promise<readonly Holding[]> {
  return selectOf(tx, { stream }).map(toHolding);
}

/** Everything in the drawer, oldest first. */
export async function readDrawer(tx: ReadTx): Promise<readonly Holding[]> {
  const rows = await tx
    .selectFrom('holding')
    .selectAll()
    .where('hand_over_id', 'is', null)
    .orderBy('received_at')
    .orderBy(sql`rowid`)
    .limit(LONGEST_LIST)
    .execute();
  return rows.map(toHolding);
}

/** How many originals lie in the drawer. */
export async function countDrawer(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('holding')
    .select(({ fn }) => fn.countAll<number>().as('held'))
    .where('hand_over_id', 'is', null)
    .executeTakeFirstOrThrow();
  return row.held;
}

/** The holdings leave the drawer by one hand-over. Throws where one had left it before. */
export async function closeHoldings(
  tx: WriteTx,
  holdingIds: readonly string[],
  handOverId: string,
  atMs: number,
): Promise<void> {
  if (holdingIds.length === 0) return;
  await tx
    .updateTable('holding')
    .set({ hand_over_id: handOverId, handed_over_at: atMs })
    .where('holding_id', 'in', [...holdingIds])
    .execute();
}
