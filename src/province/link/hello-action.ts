import { z } from 'zod';
import type { HelloAnswer, HelloBody } from '../../contract/sync-protocol.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { releaseIn } from '../feeds/releases.ts';
import type { ProvinceContext } from '../province-context.ts';
import { chainEvidence } from './chain-evidence.ts';
import type { HelloFacts } from './hello-facts.ts';

const certificateSchema = z.object({ certificate: z.object({ notAfter: z.number() }) });

/** What a person decided about this device or about all of them; none of it stops an upload (OPOP-Sync/1 4.5). */
function orderFor(
  context: ProvinceContext,
  device: KnownDevice,
  hello: HelloBody,
  known: HelloFacts,
): HelloAnswer['action'] {
  if (device.revokedAt !== null) return 'REENROL';
  if (certificateSchema.parse(known.certificate).certificate.notAfter <= context.now()) return 'REENROL';
  if (known.isStopped) return 'STOP_SELLING';
  const release = releaseIn(known.releasePages, hello.appVersion);
  return release !== undefined && (release.upgradeTo !== null || release.sellsUntil !== null) ? 'UPGRADE_SOON' : 'OK';
}

/**
 * The one thing that the counter is asked to do. What the chains prove comes before what people ordered: a counter that goes
 * on in an epoch of which we hold more would fork, and a rotation is over with its next hello.
 */
export async function actionFor(
  context: ProvinceContext,
  device: KnownDevice,
  hello: HelloBody,
  known: HelloFacts,
): Promise<Pick<HelloAnswer, 'action' | 'ahead'>> {
  const found = await chainEvidence(context, device, hello, known);
  if (found.action === 'CLONE') return { action: 'CLONE', ahead: null };
  if (found.action === 'ROTATE') return { action: 'ROTATE', ahead: found.ahead };
  return { action: orderFor(context, device, hello, known), ahead: null };
}
