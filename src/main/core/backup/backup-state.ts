import { z } from 'zod';
import type { BackupView } from '../../../contract/views-custody.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';

const LAST = 'backup-last';
const MISSED = 'backup-missed';
/** A week: five working days and a holiday. After that a person is told. */
const OLD_MS = 7 * 86_400_000;

const lastSchema = z.object({ at: z.int(), folder: z.string(), bytes: z.int(), entries: z.int(), kept: z.int() });
/** The last backup that was proved, and on which medium. */
export type LastBackup = Readonly<z.infer<typeof lastSchema>>;

async function findLast(tx: ReadTx): Promise<LastBackup | null> {
  const text = await findSetting(tx, LAST);
  return text === undefined ? null : lastSchema.parse(JSON.parse(text));
}

/** Notes a backup that was proved. */
export async function putLastBackup(tx: WriteTx, last: LastBackup): Promise<void> {
  await putSetting(tx, LAST, JSON.stringify(last));
  await putSetting(tx, MISSED, '');
}

/** Notes why the last try made none; a code. */
export async function putMissedBackup(tx: WriteTx, reason: string): Promise<void> {
  await putSetting(tx, MISSED, reason);
}

/** Where the backups stand for a medium, as noted; the medium itself is not asked. */
export async function backupView(
  tx: ReadTx,
  medium: string | null,
  { nowMs, making }: { readonly nowMs: number; readonly making: boolean },
): Promise<BackupView> {
  const last = await findLast(tx);
  const missed = (await findSetting(tx, MISSED)) ?? '';
  const seen = {
    lastAt: last?.at ?? null,
    entries: last?.entries ?? 0,
    bytes: last?.bytes ?? 0,
    kept: last?.kept ?? 0,
    reason: missed === '' ? null : missed,
    making,
  };
  if (medium === null) return { ...seen, state: 'none' };
  // What lies on another medium is not at hand when this computer dies.
  if (last === null || last.folder !== medium) return { ...seen, state: missed === '' ? 'never' : 'missed' };
  if (nowMs - last.at > OLD_MS) return { ...seen, state: 'old' };
  return { ...seen, state: missed === '' ? 'ok' : 'missed' };
}
