import { type InquiryRequest, SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { SamsatCore } from '../booking/samsat-core.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';

const BILL_LIFE_MS = 10 * 60_000;

/** The bill of a vehicle, signed; it replaces the local figure while it is valid. The same inquiry again gets a new bill. */
export async function answerInquiry(
  context: ProvinceContext,
  core: SamsatCore,
  device: KnownDevice,
  request: InquiryRequest,
): Promise<SignedText> {
  const issuedAt = context.now();
  const on = localDateAt(issuedAt);
  const { inquiryId, nrkb, chassisTail, arrivedOn, groups, periods } = request;
  const answer = await core.inquire({ nrkb, chassisTail, arrivedOn, groups, periods, on });
  const bill = { inquiryId, nrkb, ...answer, issuedAt, validUntil: issuedAt + BILL_LIFE_MS };
  const row = { nrkb, groups, bill: JSON.stringify(bill), issued_at: issuedAt, valid_until: bill.validUntil };
  await context.db
    .insertInto('inquiry')
    .values({ device_id: device.deviceId, inquiry_id: inquiryId, ...row })
    .onConflict((conflict) => conflict.columns(['device_id', 'inquiry_id']).doUpdateSet(row))
    .execute();
  return signedBy(context.keys.signing, SIGNATURE_CONTEXT.bill, bill);
}
