import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { type Draft, findDraft } from './draft-store.ts';

type OpenRefusal = Refusal<'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED' | 'TRANSACTION_NOT_CONFIRMED'>;

/** A draft that can be paid, or why it is none. */
export async function openConfirmed(
  tx: ReadTx,
  cipher: ColumnCipher,
  transactionId: string,
): Promise<Result<Draft, OpenRefusal>> {
  const draft = await findDraft(tx, cipher, transactionId);
  if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
  if (draft.state !== 'open') return err({ code: 'TRANSACTION_CLOSED', details: { state: draft.state } });
  return draft.content.confirmed ? ok(draft) : err({ code: 'TRANSACTION_NOT_CONFIRMED' });
}
