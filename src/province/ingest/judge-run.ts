import { sql } from 'kysely';
import pg from 'pg';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { loadChainFacts } from './chain-facts.ts';
import { noWrites, writeChain } from './chain-writes.ts';
import { takeOwnPins } from '../people/own-pins.ts';
import { applyWords } from '../region/apply-words.ts';
import { type Judging, judgeItem, type Road, type Said, setAsideAfterFault } from './judge-entry.ts';
import type { ProvedItem } from './proved-item.ts';

/** The entry before a live push is unknown: everything rolls back, nothing was stored. */
export class GapFound extends Error {
  override readonly name = 'GapFound';
}

/** One transaction of one device; its row is locked, so nobody else appends to its chain. */
export type CustodyTx = {
  readonly tx: Tx;
  readonly context: ProvinceContext;
  readonly deviceId: string;
  readonly road: Road;
  /** After a fault: look for the item that we fail on. Without it a fault ends the transaction, which begins anew with it. */
  readonly isCareful: boolean;
};

/** Faults of the line to the database, of its disk or of two transactions at once: not the item's fault, so the push fails whole. */
export function isItemsFault(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(22|23|21)/.test(error.code ?? '');
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

async function judgeAndWrite(
  { tx, context, deviceId, road }: CustodyTx,
  items: readonly ProvedItem[],
  likelySeq: number,
  judge: (judging: Judging, one: ProvedItem, likely: number) => Said | 'GAP',
): Promise<readonly Said[]> {
  const judging: Judging = {
    facts: await loadChainFacts(tx, deviceId, items),
    writes: noWrites(),
    context,
    deviceId,
    road,
  };
  const said: Said[] = [];
  for (const one of items) {
    const judgement = judge(judging, one, said.at(-1) === undefined ? likelySeq : (said.at(-1)?.seq ?? 0) + 1);
    if (judgement === 'GAP') throw new GapFound();
    said.push(judgement);
  }
  await writeChain(tx, judging.facts, judging.writes, context.now());
  await applyWords(tx, context, judging.writes.days.words);
  await takeOwnPins(tx, context, judging.writes.people.pins);
  return said;
}

/**
 * Judges a run of items and writes what follows, all of them in one go. When we fail on one of them, and are careful, the run
 * is halved until that item stands alone, and it is set aside as INTERNAL: the verdicts are those of judging one by one.
 */
export async function judgeRun(
  custody: CustodyTx,
  items: readonly ProvedItem[],
  likelySeq: number,
): Promise<readonly Said[]> {
  if (items.length === 0) return [];
  const { tx, context, deviceId } = custody;
  if (!custody.isCareful) return judgeAndWrite(custody, items, likelySeq, judgeItem);
  await sql`savepoint run`.execute(tx);
  try {
    const said = await judgeAndWrite(custody, items, likelySeq, judgeItem);
    await sql`release savepoint run`.execute(tx);
    return said;
  } catch (error) {
    if (!isItemsFault(error)) throw error;
    await sql`rollback to savepoint run`.execute(tx);
    await sql`release savepoint run`.execute(tx);
    if (items.length === 1) {
      context.log('error', 'ITEM_FAULT', { device: deviceId, seq: likelySeq, error: String(error).slice(0, 200) });
      return judgeAndWrite(custody, items, likelySeq, setAsideAfterFault);
    }
  }
  const half = Math.ceil(items.length / 2);
  const first = await judgeRun(custody, items.slice(0, half), likelySeq);
  return [...first, ...(await judgeRun(custody, items.slice(half), (first.at(-1)?.seq ?? likelySeq) + 1))];
}
