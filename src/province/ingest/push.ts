import type { PushAnswer } from '../../contract/push-answer.ts';
import type { PushRequest } from '../../contract/sync-protocol.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { type CustodyProblem, takeIntoCustody } from './custody.ts';
import { findEntryBefore, findKnownEntry } from './entry-store.ts';
import { GapFound } from './judge-run.ts';
import { type ProvedItem, proveItems } from './proved-item.ts';

const placeOf = ({ proof }: ProvedItem) => (proof.proof === 'genuine' ? [proof.envelope] : []);

/** OPOP-Sync/1 5.4: the newest item of the batch that we know, else the newest entry in custody before it. */
async function commonBefore(context: ProvinceContext, device: KnownDevice, request: PushRequest): Promise<PushAnswer> {
  for (const item of [...request.entries].reverse()) {
    const known = await findKnownEntry(context.db, device.deviceId, item.hash);
    if (known !== undefined && !known.suspended) {
      return { answer: 'GAP', common: { seq: known.seq, hash: item.hash } };
    }
  }
  const [first] = proveItems(request.entries, device).flatMap(placeOf);
  const before = first === undefined ? undefined : await findEntryBefore(context.db, device.deviceId, first);
  return { answer: 'GAP', common: before ?? null };
}

/** Takes a device's own push into custody; see `takeIntoCustody`. */
export async function receivePush(
  context: ProvinceContext,
  device: KnownDevice,
  request: PushRequest,
): Promise<Result<PushAnswer, CustodyProblem>> {
  try {
    const taken = await takeIntoCustody(context, device, request, 'live');
    return taken.ok ? ok({ answer: 'STORED', custodyReceipt: taken.value.custodyReceipt }) : taken;
  } catch (error) {
    if (error instanceof GapFound) return ok(await commonBefore(context, device, request));
    throw error;
  }
}
