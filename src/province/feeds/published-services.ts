import { readdirSync, readFileSync } from 'node:fs';
import { type ServicePack, servicePackSchema } from '../../contract/service-pack.ts';
import { ANNUAL_TAX } from '../../domain/annual-tax.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { isOwnMandate } from '../../domain/service.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readFeedItems } from './feed-items.ts';
import { appendPage, findFeedHead, lockFeed } from './feed-pages.ts';

const EVERYONE = 'all';
const SERVICE_PACKS = new URL('../../../resources/service-packs/', import.meta.url);

/** Why a service is not published: it would be on for an agency that nobody has agreed with, or its agreement makes no sense. */
export type ServiceProblem = 'AGREEMENT_MISSING' | 'AGREEMENT_INVALID' | 'SERVICE_UNKNOWN';

/** The services in force, by name: the newest item of each. */
export async function publishedServices(db: Db | Tx): Promise<ReadonlyMap<string, ServicePack>> {
  const items = await readFeedItems(db, 'services', EVERYONE);
  const packs = items.map((item) => servicePackSchema.parse(item));
  return new Map(packs.map((pack) => [pack.serviceId, pack]));
}

/** "Impossible to switch on without agency, agreement number and end date in the signed pack." */
function problemOf({ enabled, mandate, vehicle, agreement }: ServicePack): ServiceProblem | null {
  if (agreement !== null && agreement.to < agreement.from) return 'AGREEMENT_INVALID';
  return enabled && agreement === null && !isOwnMandate({ mandate, vehicle }) ? 'AGREEMENT_MISSING' : null;
}

const isSame = (one: ServicePack, other: ServicePack | undefined): boolean =>
  other !== undefined && canonicalJson({ ...one, version: 0 }) === canonicalJson({ ...other, version: 0 });

async function publishIn(tx: Tx, context: ProvinceContext, packs: readonly ServicePack[]): Promise<ServicePack[]> {
  const before = await publishedServices(tx);
  const fresh = packs.flatMap((pack) => {
    const known = before.get(pack.serviceId);
    if (isSame(pack, known)) return [];
    return [{ ...pack, version: Math.max(pack.version, (known?.version ?? 0) + 1) }];
  });
  if (fresh.length > 0) await appendPage(tx, context, { feed: 'services', scope: EVERYONE, items: fresh });
  return fresh;
}

/** Signs services under their next version, all of them or none; what is in force already is not signed again. */
export async function publishServices(
  context: ProvinceContext,
  packs: readonly ServicePack[],
): Promise<Result<readonly ServicePack[], { readonly code: ServiceProblem; readonly serviceId: string }>> {
  for (const pack of packs) {
    const problem = problemOf(pack);
    if (problem !== null) return err({ code: problem, serviceId: pack.serviceId });
  }
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'services', EVERYONE);
    return ok(await publishIn(tx, context, packs));
  });
}

/** Switches a service on, with its agreement where one is given, or off. */
export async function switchService(
  context: ProvinceContext,
  serviceId: string,
  to: { readonly enabled: boolean; readonly agreement: ServicePack['agreement'] },
): Promise<Result<ServicePack, ServiceProblem>> {
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'services', EVERYONE);
    const before = (await publishedServices(tx)).get(serviceId);
    if (before === undefined) return err('SERVICE_UNKNOWN');
    const pack: ServicePack = { ...before, enabled: to.enabled, agreement: to.agreement ?? before.agreement };
    const problem = problemOf(pack);
    if (problem !== null) return err(problem);
    const [published] = await publishIn(tx, context, [pack]);
    return ok(published ?? before);
  });
}

/** The annual tax and the packs that ship with the product: those of the Samsat are on, the examples are off. */
function shippedServices(): readonly ServicePack[] {
  const files = readdirSync(SERVICE_PACKS).filter((name) => name.endsWith('.json'));
  const packs = files
    .sort()
    .map((name) => servicePackSchema.parse(JSON.parse(readFileSync(new URL(name, SERVICE_PACKS), 'utf8'))));
  return [servicePackSchema.parse({ ...ANNUAL_TAX, version: 1 }), ...packs];
}

/** At the first start of a province that knows services, and never again: what an administrator took away stays away. */
export async function publishFirstServices(context: ProvinceContext): Promise<void> {
  if ((await findFeedHead(context.db, 'services', EVERYONE)) !== undefined) return;
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'services', EVERYONE);
    if ((await findFeedHead(tx, 'services', EVERYONE)) !== undefined) return;
    await publishIn(tx, context, shippedServices());
  });
}
