import type { DamagedItem } from '../../contract/sync-protocol.ts';
import type { Tx } from '../db/open.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Said } from './judge-entry.ts';

/**
 * OPOP-Sync/1 5.6: keeps the bytes of rows that failed at the counter; they are never applied. `vouched` when the device itself names their
 * places: a carrier's word opens no place for what comes after. Idempotency: constraint damaged_once, place by place: of two rows
 * nothing may be left, which are the same bytes.
 */
export async function storeDamaged(
  tx: Tx,
  deviceId: string,
  items: readonly DamagedItem[],
  vouched: boolean,
  receivedAt: number,
): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const { epoch, seq, raw } of items) {
    const hash = sha256(raw);
    const isNew = await tx
      .insertInto('damaged_entry')
      .values({
        device_id: deviceId,
        raw_hash: hash,
        vouched,
        epoch_n: epoch.n,
        epoch_nonce: epoch.nonce,
        seq,
        raw: Buffer.from(raw, 'base64url'),
        received_at: receivedAt,
      })
      .onConflict((conflict) =>
        conflict.columns(['device_id', 'raw_hash', 'vouched', 'epoch_n', 'epoch_nonce', 'seq']).doNothing(),
      )
      .returning('seq')
      .executeTakeFirst();
    const verdict =
      isNew === undefined
        ? ({ verdict: 'DUPLICATE', original: 'QUARANTINED' } as const)
        : ({ verdict: 'QUARANTINED', reason: 'DAMAGED' } as const);
    said.push({ seq, hash, verdict, epoch: null });
  }
  return said;
}
