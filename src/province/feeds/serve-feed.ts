import type { FeedName, NewsRequest } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import type { Outlet } from '../../contract/sync-protocol.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { findOutlet } from '../enrolment/enrolment.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { type FeedHead, findFeedHead, findFeedHeads, isFresh, keepFresh, readPages } from './feed-pages.ts';
import { hasNewOfficers, isRegistryDue, publishOfficers, publishRegistry, registryScope } from './sealed-feeds.ts';

type Ask = { readonly feed: FeedName; readonly scope: string; readonly after: number };

/** The area letters of a registry scope of this device's outlet; undefined for every other scope. */
const areaOfScope = ({ deviceId }: KnownDevice, outlet: Outlet | undefined, scope: string): string | undefined =>
  outlet?.areas.find((area) => registryScope(deviceId, area) === scope);

/** Whether a feed's scope is one of the device's own. */
function isTheirs(device: KnownDevice, outlet: Outlet | undefined, { feed, scope }: Ask): boolean {
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
      return scope === device.deviceId;
    case 'registry':
      return areaOfScope(device, outlet, scope) !== undefined;
    default:
      return assertNever(feed);
  }
}

/** Appends what a device's own feed lacks, and an empty page where the newest has grown old; answers the newest page. */
async function bringUpToDate(
  context: ProvinceContext,
  device: KnownDevice,
  outlet: Outlet | undefined,
  { feed, scope }: Ask,
  head: FeedHead | undefined,
): Promise<FeedHead | undefined> {
  const area = feed === 'registry' ? areaOfScope(device, outlet, scope) : undefined;
  const hasOfficers = feed === 'officers' && (await hasNewOfficers(context, device, head));
  const hasRegistry = area !== undefined && isRegistryDue(context, head);
  if (hasOfficers) await publishOfficers(context, device);
  if (area !== undefined && hasRegistry) await publishRegistry(context, device, area);
  const newest = hasOfficers || hasRegistry ? await findFeedHead(context.db, feed, scope) : head;
  if (isFresh(context, newest)) return newest;
  await keepFresh(context, feed, scope);
  return await findFeedHead(context.db, feed, scope);
}

/**
 * Signed pages of a feed after a version, for one device; NOT_FOUND for scopes that are not its own, FEEDS_FROZEN while an
 * older backup is at work here that nobody has declared: nothing may be signed over what the counters know better.
 */
export async function serveFeed(
  context: ProvinceContext,
  device: KnownDevice,
  ask: Ask,
): Promise<Result<{ pages: SignedText[]; more: boolean }, 'NOT_FOUND' | 'FEEDS_FROZEN'>> {
  if (await isFrozen(context.db)) return err('FEEDS_FROZEN');
  const outlet = await findOutlet(context.db, device.outletId);
  if (!isTheirs(device, outlet, ask)) return err('NOT_FOUND');
  await bringUpToDate(context, device, outlet, ask, await findFeedHead(context.db, ask.feed, ask.scope));
  return ok(await readPages(context, ask.feed, ask.scope, ask.after));
}

/**
 * Places in the list whose feed has pages after the version named there. A scope that is not the device's counts as moved:
 * whoever asks for it is told so there. Where nothing is new this is four questions to the database, whatever the number of feeds.
 */
export async function findNews(
  context: ProvinceContext,
  device: KnownDevice,
  { feeds }: NewsRequest,
): Promise<Result<{ moved: number[] }, 'FEEDS_FROZEN'>> {
  if (await isFrozen(context.db)) return err('FEEDS_FROZEN');
  const outlet = await findOutlet(context.db, device.outletId);
  const heads = await findFeedHeads(context.db, feeds);
  const moved: number[] = [];
  for (const [place, ask] of feeds.entries()) {
    const isOwn = isTheirs(device, outlet, ask);
    const head = isOwn ? await bringUpToDate(context, device, outlet, ask, heads[place]) : undefined;
    if (!isOwn || (head?.version ?? 0) !== ask.after) moved.push(place);
  }
  return ok({ moved });
}
