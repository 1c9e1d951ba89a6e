import { type DecisionItem, decisionItemSchema } from '../../../contract/feeds.ts';
import { anyOf } from '../db/any-of.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';

const insertRow = preparedWrite<{
  decisionId: string;
  transactionId: string;
  decidedAt: number;
  central: DecisionItem['central'];
  text: string;
}>()((to, of) =>
  to
    .insertInto('decision')
    .values({
      decision_id: of('decisionId'),
      transaction_id: of('transactionId'),
      decided_at: of('decidedAt'),
      central: of('central'),
      text: of('text'),
    })
    .onConflict((conflict) => conflict.column('decision_id').doNothing()),
);

/** Keeps a decision of the tax office; the same decision again changes nothing. */
export async function insertDecision(tx: WriteTx, decision: DecisionItem): Promise<void> {
  const { decisionId, transactionId, decidedAt, central } = decision;
  insertRow(tx, { decisionId, transactionId, decidedAt, central, text: JSON.stringify(decision) });
}

const selectTexts = prepared<{ transactionId: string }>()((from, of) =>
  from.selectFrom('decision').select('text').where('transaction_id', '=', of('transactionId')).orderBy('decided_at'),
);

/** Every decision on one transaction, oldest first. */
export async function readDecisions(tx: ReadTx, transactionId: string): Promise<readonly DecisionItem[]> {
  const rows = selectTexts(tx, { transactionId });
  return rows.map(({ text }) => decisionItemSchema.parse(JSON.parse(text)));
}

/** The newest decision on one transaction; undefined while the tax office has said nothing. */
export async function findNewestDecision(tx: ReadTx, transactionId: string): Promise<DecisionItem | undefined> {
  return (await readDecisions(tx, transactionId)).at(-1);
}

/** The newest decision on each of many transactions, by one question; those without one are left out. */
export async function readNewestDecisions(
  tx: ReadTx,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, DecisionItem>> {
  const rows = await tx
    .selectFrom('decision')
    .select(['transaction_id', 'text'])
    .where('transaction_id', 'in', anyOf(transactionIds))
    .orderBy('decided_at')
    .execute();
  const newest = new Map(rows.map(({ transaction_id: id, text }) => [id, text]));
  return new Map([...newest].map(([id, text]) => [id, decisionItemSchema.parse(JSON.parse(text))]));
}
