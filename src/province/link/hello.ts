import type { SignedText } from '../../contract/primitives.ts';
import {
  type HelloAnswer,
  type HelloBody,
  helloBodySchema,
  PROTOCOL_RANGE,
  SIGNATURE_CONTEXT,
} from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { findDeviceDoor } from '../enrolment/device-door.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import { openingStatements, putKeysToWork } from '../keys/key-statements.ts';
import type { ProvinceContext } from '../province-context.ts';
import { noticeRollback, readOwnReceipt } from '../restore/server-rollback.ts';
import { refuseTraining } from '../training.ts';
import { actionFor } from './hello-action.ts';
import { findHelloFacts, type HelloFacts, placesSaid } from './hello-facts.ts';
import { isOurChallenge, makeLinkToken } from './link-token.ts';

export type HelloProblem =
  | 'BAD_REQUEST'
  | 'TRAINING_REFUSED'
  | 'BAD_SIGNATURE'
  | 'BAD_TOKEN'
  | 'DEVICE_UNKNOWN'
  | 'PROTOCOL_UNSUPPORTED';

const MAX_RADIUS_MS = 1000;

function parseHello(text: string): HelloBody | undefined {
  try {
    const parsed = helloBodySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** OPOP-Sync/1 4.2: the newest entry that both sides know, in this epoch or before it: `seq` goes on across epochs. A locator is dense near the head and thin behind it. */
const commonAncestor = (hello: HelloBody, { places }: HelloFacts): HelloAnswer['common'] =>
  placesSaid(hello).find(({ seq, hash }) => places.get(hash) === seq) ?? null;

async function rememberContact(context: ProvinceContext, device: KnownDevice, hello: HelloBody): Promise<void> {
  const now = context.now();
  await context.db
    .with('contact', (db) =>
      db
        .updateTable('device')
        .set({
          last_contact_at: now,
          app_version: hello.appVersion,
          unsent: hello.outbox.unsent,
          said_n: hello.epoch.n,
          said_nonce: hello.epoch.nonce,
          said_seq: hello.seq,
        })
        .where('device_id', '=', device.deviceId),
    )
    .insertInto('time_anchor')
    .values({ device_id: device.deviceId, nonce: hello.anchorNonce, server_time: now })
    .onConflict((conflict) => conflict.columns(['device_id', 'nonce']).doNothing())
    .execute();
}

/** Opens the line: the device proves its key over a fresh challenge, the answer says where both journals part. */
export async function answerHello(
  context: ProvinceContext,
  request: SignedText,
): Promise<Result<HelloAnswer, HelloProblem>> {
  const receivedAt = context.now();
  const hello = parseHello(request.text);
  if (hello === undefined) return err('BAD_REQUEST');
  if (hello.environment !== undefined) return refuseTraining(context, 'hello', hello.deviceId);
  const { device, incarnation, stated } = await findDeviceDoor(context.db, hello.deviceId);
  if (device === undefined) return err('DEVICE_UNKNOWN');
  if (request.keyId !== device.keyId) return err('BAD_SIGNATURE');
  if (!verifyText(device.signingKey, SIGNATURE_CONTEXT.hello, request.text, request.sig)) return err('BAD_SIGNATURE');
  if (!isOurChallenge(context, hello.challenge)) return err('BAD_TOKEN');
  // OPOP-Sync/1 11.1: the newest common version counts; without one nothing was said that we could misread.
  const protocol = Math.min(hello.protocol.max, PROTOCOL_RANGE.max);
  if (protocol < Math.max(hello.protocol.min, PROTOCOL_RANGE.min)) return err('PROTOCOL_UNSUPPORTED');
  putKeysToWork(stated, context);
  const receipt = readOwnReceipt(context, stated, device.deviceId, hello.lastCustodyReceipt);
  const known = await findHelloFacts(context.db, hello, receipt?.head ?? null);
  const lost = known.isReceiptHeld ? undefined : receipt;
  const froze = lost !== undefined && (await noticeRollback(context, device.deviceId, lost));
  const { action, ahead } = await actionFor(context, device, hello, known);
  await rememberContact(context, device, hello);
  const { token, expiresAt } = makeLinkToken(context, device.deviceId, incarnation);
  const serverTime = context.now();
  const radiusMs = Math.min(MAX_RADIUS_MS, Math.max(1, serverTime - receivedAt));
  const anchor = { nonce: hello.anchorNonce, serverTime, radiusMs };
  return ok({
    incarnation,
    protocol,
    common: commonAncestor(hello, known),
    action,
    ahead,
    limits: { pushMaxEntries: context.settings.pushMaxEntries, pushMaxBytes: context.settings.pushMaxBytes },
    decisionsHead: known.decisionsHead,
    feedsFrozen: known.isFrozen || froze,
    linkToken: token,
    tokenExpiresAt: expiresAt,
    timeAnchor: signedBy(context.keys.signing, SIGNATURE_CONTEXT.timeAnchor, anchor),
    keys: openingStatements(stated),
  });
}
