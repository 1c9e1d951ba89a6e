import type { FeedName, NewsRequest } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { findOutlet } from '../enrolment/enrolment.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { findFeedHead, keepFresh, readPages } from './feed-pages.ts';
import { publishOfficers, publishRegistry, registryScope } from './sealed-feeds.ts';

type Ask = { readonly feed: FeedName; readonly scope: string; readonly after: number };

/** The area letters of a registry scope of this device's outlet; undefined for every other scope. */
async function areaOfScope(context: ProvinceContext, device: KnownDevice, scope: string): Promise<string | undefined> {
  const outlet = await findOutlet(context.db, device.outletId);
  return outlet?.areas.find((area) => registryScope(device.deviceId, area) === scope);
}

/** Brings a feed up to date for the device that asks; false when the scope is not the device's. */
async function bringUpToDate(context: ProvinceContext, device: KnownDevice, { feed, scope }: Ask): Promise<boolean> {
  switch (feed) {
    case 'keys':
    case 'rules':
    case 'policy':
    case 'releases':
    case 'receipts-void':
    case 'services':
      return scope === 'all';
    case 'blocks': {
      const outlet = await findOutlet(context.db, device.outletId);
      return outlet?.areas.includes(scope) ?? false;
    }
    case 'decisions':
      return scope === device.deviceId;
    case 'officers':
      if (scope !== device.deviceId) return false;
      await publishOfficers(context, device);
      return true;
    case 'registry': {
      const area = await areaOfScope(context, device, scope);
      if (area === undefined) return false;
      await publishRegistry(context, device, area);
      return true;
    }
    default:
      return assertNever(feed);
  }
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
  if (!(await bringUpToDate(context, device, ask))) return err('NOT_FOUND');
  await keepFresh(context, ask.feed, ask.scope);
  return ok(await readPages(context, ask.feed, ask.scope, ask.after));
}

/**
 * Places in the list whose feed has pages after the version named there. A scope that is not the device's counts as moved:
 * whoever asks for it is told so there.
 */
export async function findNews(
  context: ProvinceContext,
  device: KnownDevice,
  { feeds }: NewsRequest,
): Promise<Result<{ moved: number[] }, 'FEEDS_FROZEN'>> {
  if (await isFrozen(context.db)) return err('FEEDS_FROZEN');
  const moved: number[] = [];
  for (const [place, ask] of feeds.entries()) {
    const isTheirs = await bringUpToDate(context, device, ask);
    if (isTheirs) await keepFresh(context, ask.feed, ask.scope);
    const head = isTheirs ? await findFeedHead(context.db, ask.feed, ask.scope) : undefined;
    if (!isTheirs || (head?.version ?? 0) !== ask.after) moved.push(place);
  }
  return ok({ moved });
}
