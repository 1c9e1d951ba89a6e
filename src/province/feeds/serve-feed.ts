import type { NewsAnswer, NewsRequest } from '../../contract/feeds.ts';
import type { Outlet } from '../../contract/sync-protocol.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { type FeedDoor, findFeedDoor } from './feed-door.ts';
import {
  type FeedHead,
  findFeedHead,
  isFresh,
  keepFresh,
  readPages,
  type ServedPages,
  type Wanted,
} from './feed-pages.ts';
import { publishAnnouncements } from './announcements.ts';
import { isRegistryDue, publishOfficers, publishRegistry, registryScope } from './sealed-feeds.ts';

/** Bytes of one answer, unless its first page alone is longer: a weak line gets a registry in portions that it can finish. */
const ANSWER_BYTES = 3_000_000;
/** Bytes of pages that the answer to a small question brings along. */
const NEWS_BYTES = 64 * 1024;

/** The area letters of a registry scope of this device's outlet; undefined for every other scope. */
const areaOfScope = ({ deviceId }: KnownDevice, outlet: Outlet | undefined, scope: string): string | undefined =>
  outlet?.areas.find((area) => registryScope(deviceId, area) === scope);

/** Whether a feed's scope is one of the device's own. */
function isTheirs(device: KnownDevice, outlet: Outlet | undefined, { feed, scope }: Wanted): boolean {
  switch (feed) {
    case 'keys':
    case 'rules':
    case 'policy':
    case 'releases':
    case 'receipts-void':
    case 'services':
      return scope === 'all';
    case 'blocks':
      return outlet?.areas.includes(scope) ?? false;
    case 'decisions':
    case 'officers':
    case 'announcements':
      return scope === device.deviceId;
    case 'registry':
      return areaOfScope(device, outlet, scope) !== undefined;
    default:
      return assertNever(feed);
  }
}

/** A device that asks for what comes after a version has that version: so it is known which counter lacks a tariff. */
async function noteRules({ db }: ProvinceContext, { deviceId, rulesVersion }: KnownDevice, ask: Wanted): Promise<void> {
  if (ask.feed !== 'rules' || ask.after === rulesVersion) return;
  await db.updateTable('device').set({ rules_version: ask.after }).where('device_id', '=', deviceId).execute();
}

/** Appends what a device's own feed lacks, and an empty page where the newest has grown old; answers the newest page. */
async function bringUpToDate(
  context: ProvinceContext,
  device: KnownDevice,
  { outlet, newestOfficer, newestAnnouncement, newestVehicle }: FeedDoor,
  { feed, scope }: Wanted,
  head: FeedHead | undefined,
): Promise<FeedHead | undefined> {
  // A revoked computer learns of no vehicle any more; what it lacks of its own sales comes all the same.
  const area = feed === 'registry' && device.revokedAt === null ? areaOfScope(device, outlet, scope) : undefined;
  const hasOfficers = feed === 'officers' && newestOfficer > (head?.coveredTo ?? 0);
  const hasRegistry =
    area !== undefined && (newestVehicle.get(area) ?? 0) > (head?.coveredTo ?? 0) && isRegistryDue(context, head);
  const hasAnnouncements = feed === 'announcements' && newestAnnouncement > (head?.coveredTo ?? 0);
  if (hasOfficers) await publishOfficers(context, device);
  if (hasAnnouncements) await publishAnnouncements(context, device);
  const packed = hasRegistry ? await publishRegistry(context, device, area) : head;
  const newest = hasOfficers || hasAnnouncements ? await findFeedHead(context.db, feed, scope) : packed;
  return isFresh(context, newest) ? newest : await keepFresh(context, feed, scope);
}

/**
 * Signed pages of a feed after a version, for one device; NOT_FOUND for scopes that are not its own, FEEDS_FROZEN while an
 * older backup is at work here that nobody has declared: nothing may be signed over what the counters know better.
 */
export async function serveFeed(
  context: ProvinceContext,
  device: KnownDevice,
  ask: Wanted,
): Promise<Result<ServedPages, 'NOT_FOUND' | 'FEEDS_FROZEN'>> {
  const door = await findFeedDoor(context.db, device, [ask]);
  if (door.isFrozen) return err('FEEDS_FROZEN');
  if (!isTheirs(device, door.outlet, ask)) return err('NOT_FOUND');
  await noteRules(context, device, ask);
  await bringUpToDate(context, device, door, ask, door.heads[0]);
  const [served] = await readPages(context, [ask], { most: ANSWER_BYTES, isOneSure: true });
  return ok(served ?? { pages: [], more: false });
}

/**
 * Places in the list whose feed has pages after the version named there. A scope that is not the device's counts as moved:
 * whoever asks for it is told so there. Where nothing is new this is one question to the database, whatever the number of feeds.
 */
export async function findNews(
  context: ProvinceContext,
  device: KnownDevice,
  { feeds, withPages }: NewsRequest,
): Promise<Result<NewsAnswer, 'FEEDS_FROZEN'>> {
  const door = await findFeedDoor(context.db, device, feeds);
  if (door.isFrozen) return err('FEEDS_FROZEN');
  const moved: number[] = [];
  const own: number[] = [];
  for (const [place, ask] of feeds.entries()) {
    const isOwn = isTheirs(device, door.outlet, ask);
    const head = isOwn ? await bringUpToDate(context, device, door, ask, door.heads[place]) : undefined;
    if (isOwn) await noteRules(context, device, ask);
    if (isOwn && (head?.version ?? 0) === ask.after) continue;
    moved.push(place);
    if (isOwn) own.push(place);
  }
  // Short pages come along (OPOP-Sync/1 9.5).
  if (withPages !== true || own.length === 0) return ok({ moved });
  const wanted = own.flatMap((place) => feeds[place] ?? []);
  const served = await readPages(context, wanted, { most: NEWS_BYTES, isOneSure: false });
  const brought = served.flatMap((one, index) => {
    const place = own[index];
    return place === undefined || one.pages.length === 0 ? [] : [{ place, ...one }];
  });
  return ok({ moved, brought });
}
