import type { Epoch } from '../../../contract/primitives.ts';
import { formatReceiptNumber, nonceTagOf } from '../../../domain/receipt-number.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';

/** Number on the paper of the entry at a position: it proves where in the journal the sale stands. */
export function receiptNumberAt(
  device: Pick<EnrolledDevice, 'outlet' | 'deviceNo'>,
  position: { readonly epoch: Epoch; readonly seq: number },
): string {
  return formatReceiptNumber({
    outletCode: device.outlet.outletId,
    deviceNo: device.deviceNo,
    epochN: position.epoch.n,
    nonceTag: nonceTagOf(Buffer.from(position.epoch.nonce, 'base64url').toString('hex')),
    seq: position.seq,
  });
}
