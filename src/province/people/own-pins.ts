import { sql } from 'kysely';
import { z } from 'zod';
import { sha256 } from '../crypto/hashing.ts';
import { openSealed, sealedToKey } from '../crypto/sealed-box.ts';
import type { Tx } from '../db/open.ts';
import { sendOfficerAgain } from '../enrolment/officer-administration.ts';
import type { OwnPin } from '../ingest/people-writes.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isAppointed } from '../region/scope.ts';

const verifierSchema = z.object({
  argon2id: z
    .string()
    .regex(/^\$argon2id\$/)
    .max(400),
});

async function open({ keys }: ProvinceContext, jwe: string | null): Promise<string | undefined> {
  if (jwe === null) return undefined;
  const keyId = sealedToKey(jwe);
  const key = keys.sealingKeys.find((one) => one.keyId === keyId);
  const plain = key === undefined ? undefined : await openSealed(key, jwe);
  if (plain?.ok !== true) return undefined;
  try {
    return verifierSchema.safeParse(JSON.parse(Buffer.from(plain.value).toString('utf8'))).data?.argon2id;
  } catch (_notJson) {
    return undefined; // what is no verifier is taken as none
  }
}

type Row = {
  readonly role: string;
  readonly outlet_id: string;
  readonly pin_verifier: string;
  readonly is_his: boolean;
};

/**
 * Whose PIN a device may change: that of somebody of its own outlet; a supervisor's counts everywhere, so only his own
 * device's word does. A device that was revoked before its word came changes nobody's.
 */
async function mayChange(tx: Tx, { deviceId, officerId }: OwnPin, { role, is_his }: Row): Promise<boolean> {
  if (role === 'supervisor') return await isAppointed(tx, deviceId, officerId);
  return role !== 'auditor' && is_his;
}

/**
 * Takes the PINs that officers chose at their counters, in the order in which they came: each only in the place of the very
 * verifier that it was chosen over. One that came second, or from elsewhere, is answered by sending what stands here.
 */
export async function takeOwnPins(tx: Tx, context: ProvinceContext, pins: readonly OwnPin[]): Promise<void> {
  for (const pin of pins) {
    const { rows } = await sql<Row>`select o.role, o.outlet_id, o.pin_verifier,
        exists (select 1 from device d where d.device_id = ${pin.deviceId}::uuid and d.outlet_id = o.outlet_id
          and (d.revoked_at is null or ${pin.receivedAt}::bigint < d.revoked_at)) as is_his
      from officer o where o.officer_id = ${pin.officerId} for update`.execute(tx);
    const [row] = rows;
    if (row === undefined) continue;
    const argon2id = await open(context, pin.verifier);
    const isOver = sha256(row.pin_verifier) === pin.replaces;
    if (argon2id !== undefined && isOver && (await mayChange(tx, pin, row))) {
      await tx
        .updateTable('officer')
        .set({ pin_verifier: argon2id, starts_until: null })
        .where('officer_id', '=', pin.officerId)
        .execute();
    }
    await sendOfficerAgain(tx, pin.officerId);
  }
}
