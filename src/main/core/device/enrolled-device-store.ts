import { type SignedCertificate, signedCertificateSchema } from '../../../contract/receipt-statement.ts';
import { type Outlet, outletSchema } from '../../../contract/sync-protocol.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import type { KeyStoreKind } from './key-store.ts';

/** Which device this is: given once by the province at enrolment. */
export type EnrolledDevice = {
  readonly deviceId: string;
  readonly deviceNo: number;
  readonly outlet: Outlet;
  readonly provinceUrl: string;
  /** Raw public root key of the province: pinned. */
  readonly rootKey: string;
  readonly certificate: SignedCertificate;
  readonly incarnation: string;
  readonly keyStoreKind: KeyStoreKind;
  readonly enrolledAt: number;
};

/** Undefined before enrolment. */
export async function findEnrolledDevice(tx: ReadTx): Promise<EnrolledDevice | undefined> {
  const row = await tx.selectFrom('device').selectAll().executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    deviceId: row.device_id,
    deviceNo: row.device_no,
    outlet: outletSchema.parse(JSON.parse(row.outlet)),
    provinceUrl: row.province_url,
    rootKey: row.root_key,
    certificate: signedCertificateSchema.parse(JSON.parse(row.certificate)),
    incarnation: row.incarnation,
    // Written by `insertEnrolledDevice` only.
    keyStoreKind: row.key_store_kind as KeyStoreKind,
    enrolledAt: row.enrolled_at,
  };
}

/** Throws when a device is enrolled already: the one row is never replaced. */
export async function insertEnrolledDevice(tx: WriteTx, device: EnrolledDevice): Promise<void> {
  await tx
    .insertInto('device')
    .values({
      id: 1,
      device_id: device.deviceId,
      device_no: device.deviceNo,
      outlet_id: device.outlet.outletId,
      outlet: JSON.stringify(device.outlet),
      province_url: device.provinceUrl,
      root_key: device.rootKey,
      certificate: JSON.stringify(device.certificate),
      incarnation: device.incarnation,
      key_store_kind: device.keyStoreKind,
      enrolled_at: device.enrolledAt,
    })
    .execute();
}

const selectSetting = prepared<{ key: string }>()((from, of) =>
  from.selectFrom('setting').select('value').where('key', '=', of('key')),
);

/** A local setting that is no secret and is in no signed feed. */
export async function findSetting(tx: ReadTx, key: string): Promise<string | undefined> {
  return selectSetting(tx, { key })[0]?.value;
}

export async function deleteSetting(tx: WriteTx, key: string): Promise<void> {
  await tx.deleteFrom('setting').where('key', '=', key).execute();
}

const writeSetting = preparedWrite<{ key: string; value: string }>()((to, of) =>
  to
    .insertInto('setting')
    .values({ key: of('key'), value: of('value') })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: of('value') })),
);

export async function putSetting(tx: WriteTx, key: string, value: string): Promise<void> {
  writeSetting(tx, { key, value });
}
