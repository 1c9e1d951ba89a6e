import { sql } from 'kysely';
import type { SignedCertificate } from '../../contract/receipt-statement.ts';
import { keyIdOf } from '../crypto/ed25519.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { noteIncidents } from './incidents.ts';

/** The first number that no device of the outlet has; a certificate does not tell the one that was printed. */
async function freeNumber(tx: Tx, outletId: string): Promise<number> {
  const { rows } = await sql<{ no: number }>`
    select n as no from generate_series(1, 99) n
    where not exists (select 1 from device where outlet_id = ${outletId} and device_no = n)
    order by n limit 1`.execute(tx);
  const [free] = rows;
  if (free === undefined) throw new Error(`outlet ${outletId} has 99 devices`);
  return free.no;
}

/** Registers a device that this database does not remember: it was enrolled after the backup that is at work here. */
export async function registerByCertificate(
  tx: Tx,
  context: ProvinceContext,
  signed: SignedCertificate,
): Promise<void> {
  const { deviceId, outletId, signingKey, sealingKey } = signed.certificate;
  await tx
    .insertInto('outlet')
    .values({ outlet_id: outletId, name: outletId, address: '', regency: outletId.slice(0, 4), areas: [] })
    .onConflict((conflict) => conflict.column('outlet_id').doNothing())
    .execute();
  await sql`select 1 from outlet where outlet_id = ${outletId} for update`.execute(tx);
  const inserted = await tx
    .insertInto('device')
    .values({
      device_id: deviceId,
      outlet_id: outletId,
      device_no: await freeNumber(tx, outletId),
      signing_key: signingKey,
      sealing_key: sealingKey,
      key_id: keyIdOf(signingKey),
      certificate: JSON.stringify(signed),
      enrolled_at: context.now(),
      known_by: 'certificate',
    })
    .onConflict((conflict) => conflict.column('device_id').doNothing())
    .returning('device_id')
    .executeTakeFirst();
  if (inserted === undefined) return;
  context.log('warn', 'DEVICE_BY_CERTIFICATE', { device: deviceId });
  const facts = { outletId, notAfter: signed.certificate.notAfter };
  await noteIncidents(tx, deviceId, [{ kind: 'DEVICE_BY_CERTIFICATE', evidence: deviceId, facts }], context.now());
}
