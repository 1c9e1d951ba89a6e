import type { OfficerItem } from '../../contract/feeds.ts';
import { roleSchema } from '../../contract/primitives.ts';
import { sealTo } from '../crypto/sealed-box.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { appendPage, type FeedHead, findFeedHead, lockFeed } from './feed-pages.ts';

/** A registry page holds at most this many vehicles. */
const VEHICLES_PER_PAGE = 2000;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Whether officers of the device's outlet changed since the feed's newest page. */
export async function hasNewOfficers(
  { db }: ProvinceContext,
  { outletId }: KnownDevice,
  head: FeedHead | undefined,
): Promise<boolean> {
  const newest = await db
    .selectFrom('officer')
    .select((eb) => eb.fn.max<number | null>('change_no').as('no'))
    .where('outlet_id', '=', outletId)
    .executeTakeFirst();
  return (newest?.no ?? 0) > (head?.coveredTo ?? 0);
}

/** Appends the officers of the device's outlet that changed since its newest page; PIN verifiers are sealed to the device. */
export async function publishOfficers(context: ProvinceContext, device: KnownDevice): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'officers', device.deviceId);
    const head = await findFeedHead(tx, 'officers', device.deviceId);
    const rows = await tx
      .selectFrom('officer')
      .selectAll()
      .where('outlet_id', '=', device.outletId)
      .where('change_no', '>', head?.coveredTo ?? 0)
      .orderBy('change_no')
      .execute();
    const coveredTo = rows.at(-1)?.change_no;
    if (coveredTo === undefined) return;
    const items: OfficerItem[] = [];
    for (const row of rows) {
      items.push({
        officerId: row.officer_id,
        name: row.name,
        role: roleSchema.parse(row.role),
        active: row.active,
        pinVerifier: await sealTo(device.sealingKey, bytesOf({ argon2id: row.pin_verifier })),
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
 * Appends what changed in an area of the registry since the device's newest page, sealed to the device. A pack leaves
 * at most once per `registryEveryMs`; the pages of one pack leave together.
 */
export async function publishRegistry(context: ProvinceContext, device: KnownDevice, area: string): Promise<void> {
  const scope = registryScope(device.deviceId, area);
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'registry', scope);
    const head = await findFeedHead(tx, 'registry', scope);
    if (!isRegistryDue(context, head)) return;
    let covered = head?.coveredTo ?? 0;
    for (;;) {
      const rows = await tx
        .selectFrom('core_vehicle')
        .select(['change_no', 'published', 'record'])
        .where('area', '=', area)
        .where('change_no', '>', covered)
        .orderBy('change_no')
        .limit(VEHICLES_PER_PAGE)
        .execute();
      const last = rows.at(-1);
      if (last === undefined) return;
      covered = last.change_no;
      const records = rows.map(({ published, record }) => published ?? record);
      const jwe = await sealTo(device.sealingKey, bytesOf(records));
      await appendPage(tx, context, {
        feed: 'registry',
        scope,
        items: [{ count: records.length, jwe }],
        coveredTo: covered,
      });
    }
  });
}
