import { sql } from 'kysely';
import type { BundleManifest } from '../../contract/bundle.ts';
import { createFrameReader } from '../../contract/bundle-frames.ts';
import { CARRIED_HEAD_BYTES, type CarriedFacts } from '../../contract/region-bundles.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openStream } from '../crypto/age-file.ts';
import { findDevice } from '../enrolment/device-store.ts';
import { findOutlet } from '../enrolment/enrolment.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isInScope, type Principals } from '../region/scope.ts';
import { readManifest } from './bundle-manifest.ts';

/** The outlet of a bundle: where its device stands, or where its certificate says so for one that is not remembered. */
async function outletOf({ db }: ProvinceContext, { deviceId, certificate }: BundleManifest) {
  const device = await findDevice(db, deviceId);
  return { outletId: device?.outletId ?? certificate.certificate.outletId, deviceNo: device?.deviceNo ?? null };
}

/** Whether a supervisor may bring this bundle: the outlet is his today. A reason, or null. */
export async function refusalOfScope(
  context: ProvinceContext,
  principals: Principals,
  manifest: BundleManifest,
): Promise<'OUT_OF_SCOPE' | null> {
  const { outletId } = await outletOf(context, manifest);
  const isHis = await isInScope(context.db, principals, { outletId, on: localDateAt(context.now()) });
  return isHis ? null : 'OUT_OF_SCOPE';
}

/** Places of a journal that are not in custody, whole or as a damaged row. */
export async function missingOf(
  { db }: Pick<ProvinceContext, 'db'>,
  { deviceId, fromSeq, toSeq }: Pick<BundleManifest, 'deviceId' | 'fromSeq' | 'toSeq'>,
): Promise<number> {
  const { rows } = await sql<{ held: number }>`select count(*)::int as held from (
      select seq from entry where device_id = ${deviceId} and seq between ${fromSeq} and ${toSeq}
      union select seq from damaged_entry where device_id = ${deviceId} and seq between ${fromSeq} and ${toSeq}) x`.execute(
    db,
  );
  return Math.max(0, toSeq - fromSeq + 1 - (rows[0]?.held ?? 0));
}

/** What a supervisor is told of a bundle that is of his region. */
export async function factsOf(context: ProvinceContext, manifest: BundleManifest): Promise<CarriedFacts> {
  const { outletId, deviceNo } = await outletOf(context, manifest);
  const { bundleId, kind, deviceId, fromSeq, toSeq, madeAt } = manifest;
  const outletName = (await findOutlet(context.db, outletId))?.name ?? outletId;
  const missing = await missingOf(context, manifest);
  return { bundleId, kind, deviceId, deviceNo, outletId, outletName, fromSeq, toSeq, madeAt, missing };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The manifest out of the first bytes of a file; nothing after it is looked at. */
async function manifestOfHead(context: ProvinceContext, head: Uint8Array): Promise<Result<BundleManifest, string>> {
  const reader = createFrameReader();
  const held: { found: Result<BundleManifest, string> | null } = { found: null };
  const fault = await openStream(once(head), context.keys.sealingKeys, async (piece) => {
    const { frames, fault: frameFault } = reader.push(piece);
    const [first] = frames;
    if (first !== undefined) held.found = readManifest(context, first);
    else if (frameFault !== null) held.found = err(frameFault);
    return held.found === null;
  });
  // A first frame that does not end within so many bytes is no manifest, whatever comes after them.
  const isLonger = fault === 'CUT_OR_DAMAGED' && head.length >= CARRIED_HEAD_BYTES;
  return held.found ?? err(fault === null || isLonger ? 'NO_MANIFEST' : fault);
}

/** Whose bundle begins like this, for a supervisor: of another region he is told just that. */
export async function lookAtBundle(
  context: ProvinceContext,
  principals: Principals,
  head: Uint8Array,
): Promise<Result<CarriedFacts, string>> {
  const manifest = await manifestOfHead(context, head);
  if (!manifest.ok) return manifest;
  const refusal = await refusalOfScope(context, principals, manifest.value);
  return refusal === null ? ok(await factsOf(context, manifest.value)) : err(refusal);
}
