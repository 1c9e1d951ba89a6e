import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { ok } from '../../src/domain/result.ts';
import { sha256 } from '../../src/main/core/journal/hash-chain.ts';
import { insertCustodyReceipt } from '../../src/main/core/sync/custody-store.ts';
import { settleDeliveries } from '../../src/main/core/sync/settled-store.ts';
import { loadKeyRing, signedBy } from '../../src/province/keys/key-ring.ts';
import { type OpenedData, valueOf } from './opened-data.ts';

/** Entries that one push carried: a sale with its paper. */
const PUSHED_AT_ONCE = 5;
/** Entries per commit. */
const COMMITTED_AT_ONCE = 5_000;

/**
 * Everything that waits is in custody, as after a year in the field: the province's own key signs the receipts that its
 * pushes would have brought, so that `loket verify` finds a whole counter.
 */
export async function takeAllIntoCustody({ db, device }: OpenedData, provinceKeys: string): Promise<void> {
  const { signing } = loadKeyRing(provinceKeys);
  const serverTime = Date.now();
  for (;;) {
    const rows = await db.read((tx) =>
      tx
        .selectFrom('delivery')
        .innerJoin('entry', 'entry.seq', 'delivery.seq')
        .select(['entry.seq', 'entry.hash', 'entry.epoch_n as n', 'entry.epoch_nonce as nonce'])
        .where('delivery.state', 'in', ['queued', 'sending'])
        .orderBy('entry.seq')
        .limit(COMMITTED_AT_ONCE)
        .execute(),
    );
    if (rows.length === 0) return;
    const settled = await db.write(async (tx) => {
      for (let at = 0; at < rows.length; at += PUSHED_AT_ONCE) {
        const pushed = rows.slice(at, at + PUSHED_AT_ONCE);
        const last = pushed.at(-1);
        if (last === undefined) throw new Error('a slice inside the rows has a row');
        const { n, nonce, seq, hash } = last;
        const verdicts = pushed.map((one) => ({
          seq: one.seq,
          hash: one.hash,
          verdict: { verdict: 'ACCEPTED' } as const,
        }));
        const { deviceId, incarnation } = device;
        const receipt = { deviceId, epoch: { n, nonce }, ackSeq: seq, head: hash, verdicts, incarnation, serverTime };
        const signed = signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, receipt);
        await insertCustodyReceipt(tx, { receipt, signed, hash: sha256(signed.text), receivedAt: serverTime });
      }
      const seqs = rows.map(({ seq }) => seq);
      await settleDeliveries(tx, { seqs, state: 'acknowledged', verdict: 'ACCEPTED', atMs: serverTime });
      return ok(undefined);
    });
    valueOf(settled);
  }
}
