import { sql } from 'kysely';
import type { OfficerItem } from '../../contract/feeds.ts';
import { roleSchema } from '../../contract/primitives.ts';
import { pairKey } from '../approvals/pair-keys.ts';
import { pairsOf } from '../approvals/supervisors.ts';
import { sealTo } from '../crypto/sealed-box.ts';
import type { Tx } from '../db/open.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { mandateFor } from '../enrolment/mandates.ts';
import type { ProvinceContext } from '../province-context.ts';
import { appendPage, type FeedHead, findFeedHead, findWhereNext, lockFeed, storePage } from './feed-pages.ts';

/** A registry page holds at most this many vehicles. */
const VEHICLES_PER_PAGE = 2000;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/**
 * People of the device's outlet and who went from there, supervisors whom it is under, whose own device this is, and auditors
 * who have or had its letter.
 */
export const isOfDevice = (deviceId: string, outletId: string) =>
  sql<boolean>`((officer.outlet_id = ${outletId} and officer.role <> 'auditor')
    or exists (select 1 from officer_move w where w.officer_id = officer.officer_id and w.from_outlet = ${outletId}
      and w.applied_at is not null)
    or exists (select 1 from supervisor_outlet s where s.officer_id = officer.officer_id and s.outlet_id = ${outletId})
    or exists (select 1 from auditor_mandate m where m.officer_id = officer.officer_id and m.outlet_id = ${outletId})
    or exists (select 1 from supervisor_device d where d.officer_id = officer.officer_id and d.device_id = ${deviceId}))`;

/** Of the shape of a verifier, and of no PIN. */
const NOBODYS_VERIFIER =
  '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2Q$bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5bm8';

/** Pairs in one seal. */
const PAIRS_PER_SEAL = 100;

/** What only a supervisor's own device gets: the counters under him, sealed to it. Undefined for every other device. */
async function sealedPairs(
  tx: Tx,
  context: ProvinceContext,
  officerId: string,
  device: KnownDevice,
): Promise<string[] | undefined> {
  const appointed = await tx
    .selectFrom('supervisor_device')
    .select('device_id')
    .where('device_id', '=', device.deviceId)
    .where('officer_id', '=', officerId)
    .executeTakeFirst();
  if (appointed === undefined || device.revokedAt !== null) return undefined;
  const pairs = await pairsOf(tx, context, officerId);
  const sealed: string[] = [];
  for (let at = 0; at < pairs.length; at += PAIRS_PER_SEAL) {
    sealed.push(await sealTo(device.sealingKey, bytesOf(pairs.slice(at, at + PAIRS_PER_SEAL))));
  }
  return sealed;
}

/**
 * Appends the officers of the device's outlet that changed since its newest page; PIN verifiers are sealed to the device. One
 * that was revoked gets none any more: whoever changes has left there, so nobody who is reinstated comes back on a stolen one.
 */
export async function publishOfficers(context: ProvinceContext, device: KnownDevice): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'officers', device.deviceId);
    const head = await findFeedHead(tx, 'officers', device.deviceId);
    const rows = await tx
      .selectFrom('officer')
      .selectAll()
      .where(isOfDevice(device.deviceId, device.outletId))
      .where('change_no', '>', head?.coveredTo ?? 0)
      .orderBy('change_no')
      .execute();
    const coveredTo = rows.at(-1)?.change_no;
    if (coveredTo === undefined) return;
    const items: OfficerItem[] = [];
    for (const row of rows) {
      const { officer_id: officerId, name, starts_until: startsUntil } = row;
      const role = roleSchema.parse(row.role);
      // Who went to another outlet stays a name here, with a verifier that nothing fits.
      const hasLeft = device.revokedAt !== null || (role === 'officer' && row.outlet_id !== device.outletId);
      const active = row.active && !hasLeft;
      const argon2id = hasLeft ? NOBODYS_VERIFIER : row.pin_verifier;
      const isSupervisor = role === 'supervisor' && !hasLeft;
      const key = isSupervisor ? { approvalKey: pairKey(context.keys.approval, officerId, device.deviceId) } : {};
      const pairs = isSupervisor ? await sealedPairs(tx, context, officerId, device) : undefined;
      const pinVerifier = await sealTo(device.sealingKey, bytesOf({ argon2id, ...key }));
      const mandate = role === 'auditor' ? await mandateFor(tx, officerId, device.outletId) : undefined;
      items.push({
        officerId,
        name,
        role,
        // A counter that does not know of letters yet must not let him in without one.
        active: active && (role !== 'auditor' || mandate !== undefined),
        pinVerifier,
        ...(pairs === undefined ? {} : { pairs }),
        ...(mandate === undefined ? {} : { mandate }),
        ...(startsUntil === null || hasLeft ? {} : { startsUntil }),
      });
    }
    await appendPage(tx, context, { feed: 'officers', scope: device.deviceId, items, coveredTo });
  });
}

/** The scope of one device's copy of one area. */
export function registryScope(deviceId: string, area: string): string {
  return `${deviceId}:${area}`;
}

/** "A pack leaves at most once per `registryEveryMs`": whether the next one may. */
export function isRegistryDue({ settings, now }: ProvinceContext, head: FeedHead | undefined): boolean {
  return head === undefined || head.validFrom + settings.registryEveryMs <= now();
}

/**
 * Appends what changed in an area of the registry since the device's newest page, sealed to the device; answers the newest
 * page. A pack leaves at most once per `registryEveryMs`; the pages of one pack leave together.
 */
export async function publishRegistry(
  context: ProvinceContext,
  device: KnownDevice,
  area: string,
): Promise<FeedHead | undefined> {
  const page = { feed: 'registry', scope: registryScope(device.deviceId, area) } as const;
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, page.feed, page.scope);
    let where = await findWhereNext(tx, page.feed, page.scope);
    if (!isRegistryDue(context, where.head)) return where.head;
    for (;;) {
      const rows = await tx
        .selectFrom('core_vehicle')
        .select(['change_no', 'published', 'record'])
        .where('area', '=', area)
        .where('change_no', '>', where.head?.coveredTo ?? 0)
        .orderBy('change_no')
        .limit(VEHICLES_PER_PAGE)
        .execute();
      const coveredTo = rows.at(-1)?.change_no;
      if (coveredTo === undefined) return where.head;
      const records = rows.map(({ published, record }) => published ?? record);
      const jwe = await sealTo(device.sealingKey, bytesOf(records));
      where = await storePage(tx, context, where, { ...page, items: [{ count: records.length, jwe }], coveredTo });
      if (rows.length < VEHICLES_PER_PAGE) return where.head;
    }
  });
}
