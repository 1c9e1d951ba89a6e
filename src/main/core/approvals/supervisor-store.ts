import type { ApprovalQuestion } from '../../../contract/views-approvals.ts';
import type { ApprovalDecision, ApprovalQuestionItem, PairedCounter } from '../../../contract/feeds-approvals.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { deviceTag } from './approval-codes.ts';

const KEY_CONTEXT = 'approval-pair.key';

/** What the province says of an approval that was used here; a dispute stands against an earlier confirmation. */
export async function applyApprovalDecision(tx: WriteTx, decision: ApprovalDecision): Promise<void> {
  const { approvalId, approval: answer, decidedAt } = decision;
  await tx
    .updateTable('approval')
    .set({ answer, answered_at: decidedAt })
    .where('approval_id', '=', approvalId)
    .where((eb) => (answer === 'disputed' ? eb('answer', '<>', 'disputed') : eb('answer', '=', 'waiting')))
    .execute();
}

/** A pair as this device keeps it: the key is sealed. */
export type SealedPair = Omit<PairedCounter, 'key'> & { readonly keySealed: string };

export function sealPair(cipher: ColumnCipher, { key, ...counter }: PairedCounter): SealedPair {
  return { ...counter, keySealed: cipher.seal(key, KEY_CONTEXT) };
}

/** Puts the counters of a supervisor in place of those that were known: who is no longer under him is forgotten. */
export async function putPairs(tx: WriteTx, supervisorId: string, pairs: readonly SealedPair[]): Promise<void> {
  await tx.deleteFrom('approval_pair').where('supervisor_id', '=', supervisorId).execute();
  for (const pair of pairs) {
    await tx
      .insertInto('approval_pair')
      .values({
        supervisor_id: supervisorId,
        counter_id: pair.counterId,
        counter_tag: deviceTag(pair.counterId),
        outlet_id: pair.outletId,
        outlet_name: pair.outletName,
        device_no: pair.deviceNo,
        key_sealed: pair.keySealed,
      })
      .execute();
  }
}

/** Counters of a supervisor that bear a tag; two of them are told apart by nobody, so none of them is answered. */
export async function findPairs(
  tx: ReadTx,
  cipher: ColumnCipher,
  supervisorId: string,
  counterTag: string,
): Promise<readonly PairedCounter[]> {
  const rows = await tx
    .selectFrom('approval_pair')
    .selectAll()
    .where('supervisor_id', '=', supervisorId)
    .where('counter_tag', '=', counterTag)
    .execute();
  return rows.map((row) => ({
    counterId: row.counter_id,
    outletId: row.outlet_id,
    outletName: row.outlet_name,
    deviceNo: row.device_no,
    key: cipher.open(row.key_sealed, KEY_CONTEXT),
  }));
}

/** How many counters a supervisor can answer from this device. */
export async function countPairs(tx: ReadTx, supervisorId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('approval_pair')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('supervisor_id', '=', supervisorId)
    .executeTakeFirstOrThrow();
  return count;
}

/** When a request was answered on this device; null for a new one. */
export async function answeredAt(
  tx: ReadTx,
  of: { readonly supervisorId: string; readonly counterId: string; readonly characters: string },
): Promise<number | null> {
  const row = await tx
    .selectFrom('approval_answer')
    .select('answered_at')
    .where('supervisor_id', '=', of.supervisorId)
    .where('counter_id', '=', of.counterId)
    .where('characters', '=', of.characters)
    .executeTakeFirst();
  return row?.answered_at ?? null;
}

export async function insertAnswer(
  tx: WriteTx,
  of: {
    readonly supervisorId: string;
    readonly counterId: string;
    readonly characters: string;
    readonly answeredAt: number;
  },
): Promise<void> {
  await tx
    .insertInto('approval_answer')
    .values({
      supervisor_id: of.supervisorId,
      counter_id: of.counterId,
      characters: of.characters,
      answered_at: of.answeredAt,
    })
    .execute();
}

/** Keeps a question of the province; the same one again changes nothing. */
export async function putQuestion(tx: WriteTx, item: ApprovalQuestionItem): Promise<void> {
  await tx
    .insertInto('approval_question')
    .values({
      approval_id: item.approvalId,
      supervisor_id: item.supervisorId,
      counter_id: item.counterId,
      outlet_name: item.outletName,
      action: item.action,
      amount: item.amount,
      method: item.method,
      used_at: item.usedAt,
      own: null,
    })
    .onConflict((conflict) => conflict.column('approval_id').doNothing())
    .execute();
}

const LONGEST_LIST = 200;

/** Approvals in a supervisor's name that wait for his word, oldest first. */
export async function readQuestions(tx: ReadTx, supervisorId: string): Promise<readonly ApprovalQuestion[]> {
  const rows = await tx
    .selectFrom('approval_question')
    .selectAll()
    .where('supervisor_id', '=', supervisorId)
    .where('own', 'is', null)
    .orderBy('used_at')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => ({
    approvalId: row.approval_id,
    outletName: row.outlet_name,
    action: row.action,
    amount: row.amount,
    method: row.method,
    usedAt: row.used_at,
  }));
}

/** Closes a question of this supervisor; undefined where there is none that is open. Answers the counter. */
export async function closeQuestion(
  tx: WriteTx,
  of: { readonly supervisorId: string; readonly approvalId: string; readonly isOwn: boolean },
): Promise<string | undefined> {
  const row = await tx
    .updateTable('approval_question')
    .set({ own: of.isOwn ? 1 : 0 })
    .where('approval_id', '=', of.approvalId)
    .where('supervisor_id', '=', of.supervisorId)
    .where('own', 'is', null)
    .returning('counter_id')
    .executeTakeFirst();
  return row?.counter_id;
}
