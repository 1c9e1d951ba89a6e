import type { Db } from '../db/open.ts';
import { hashVerifier } from '../crypto/ed25519.ts';
import { proveEntry, type Signer } from '../ingest/verify-entry.ts';
import { findReady } from '../ingest/waiting-entries.ts';
import type { ProblemList } from './problem-list.ts';

const BATCH = 1000;

/** Waiting entries are genuine, and none waits for an entry that is here: it would have been applied in the same transaction. */
export async function checkWaiting(db: Db, device: Signer, problems: ProblemList): Promise<void> {
  const verifies = hashVerifier(device.signingKey);
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('pending_entry')
      .select(['hash', 'text', 'sig', 'seq'])
      .where('device_id', '=', device.deviceId)
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    for (const row of rows) {
      const { proof } = proveEntry(row, device, verifies);
      if (proof !== 'genuine') problems.add('ENTRY_SIGNATURE', `${device.deviceId}/waiting/${row.seq}`);
    }
    after = last.hash;
  }
  const ready = await findReady(db, device.deviceId);
  if (ready !== undefined) problems.add('ENTRY_WAITS', `${device.deviceId}/${ready.seq}`);
}
