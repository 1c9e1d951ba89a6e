import type { z } from 'zod';
import { helloActionSchema } from '../../../contract/sync-protocol.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';

const SETTING = 'province-action';

type Action = z.infer<typeof helloActionSchema>;

/** "Expiry and revocation forbid new sales, never custody of older entries"; a clone must enrol anew before it sells. */
const STOPPING: readonly Action[] = ['STOP_SELLING', 'REENROL', 'CLONE'];

/** Keeps what the province said in its last hello: a stop must not end because the program was started again. */
export async function putProvinceAction(tx: WriteTx, action: Action): Promise<void> {
  await putSetting(tx, SETTING, action);
}

/** Whether this device may begin a sale; `certificateUntil` and `nowMs` in ms UTC. */
export async function mayDeviceSell(tx: ReadTx, certificateUntil: number, nowMs: number): Promise<boolean> {
  const said = await findSetting(tx, SETTING);
  const isStopped = said !== undefined && STOPPING.includes(helloActionSchema.parse(said));
  return !isStopped && nowMs <= certificateUntil;
}
