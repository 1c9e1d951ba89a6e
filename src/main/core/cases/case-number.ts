import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Position } from '../journal/entry-text.ts';

/** Number of a case, from the place of the entry that opened it: `KS-<outlet>-<device>-<place>`. */
export function caseNumberAt(
  device: Pick<EnrolledDevice, 'outlet' | 'deviceNo'>,
  { seq }: Pick<Position, 'seq'>,
): string {
  return `KS-${device.outlet.outletId}-${String(device.deviceNo).padStart(2, '0')}-${String(seq).padStart(6, '0')}`;
}
