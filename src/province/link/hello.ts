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
import { findDevice, type KnownDevice } from '../enrolment/device-store.ts';
import { findFeedHead } from '../feeds/feed-pages.ts';
import { findPlaces } from '../ingest/entry-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import { keyStatements } from '../keys/key-statements.ts';
import type { ProvinceContext } from '../province-context.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import { isFrozen, noticeRollback } from '../restore/server-rollback.ts';
import { refuseTraining } from '../training.ts';
import { actionFor } from './hello-action.ts';
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
async function commonAncestor(
  context: ProvinceContext,
  device: KnownDevice,
  hello: HelloBody,
): Promise<HelloAnswer['common']> {
  const own = hello.head === null ? [] : [{ seq: hello.seq, hash: hello.head }];
  const newestFirst = [...own, ...hello.locator].sort((left, right) => right.seq - left.seq);
  const known = await findPlaces(
    context.db,
    device.deviceId,
    newestFirst.map(({ hash }) => hash),
  );
  return newestFirst.find(({ seq, hash }) => known.get(hash) === seq) ?? null;
}

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
  const device = await findDevice(context.db, hello.deviceId);
  if (device === undefined) return err('DEVICE_UNKNOWN');
  if (request.keyId !== device.keyId) return err('BAD_SIGNATURE');
  if (!verifyText(device.signingKey, SIGNATURE_CONTEXT.hello, request.text, request.sig)) return err('BAD_SIGNATURE');
  if (!isOurChallenge(context, hello.challenge)) return err('BAD_TOKEN');
  // OPOP-Sync/1 11.1: the newest common version counts; without one nothing was said that we could misread.
  const protocol = Math.min(hello.protocol.max, PROTOCOL_RANGE.max);
  if (protocol < Math.max(hello.protocol.min, PROTOCOL_RANGE.min)) return err('PROTOCOL_UNSUPPORTED');
  const incarnation = await currentIncarnation(context.db);
  await noticeRollback(context, device.deviceId, hello.lastCustodyReceipt, incarnation);
  const common = await commonAncestor(context, device, hello);
  const { action, ahead } = await actionFor(context, device, hello);
  const decisions = await findFeedHead(context.db, 'decisions', device.deviceId);
  const feedsFrozen = await isFrozen(context.db);
  await rememberContact(context, device, hello);
  const statements = await keyStatements(context);
  const { token, expiresAt } = makeLinkToken(context, device.deviceId, incarnation);
  const serverTime = context.now();
  const radiusMs = Math.min(MAX_RADIUS_MS, Math.max(1, serverTime - receivedAt));
  const anchor = { nonce: hello.anchorNonce, serverTime, radiusMs };
  return ok({
    incarnation,
    protocol,
    common,
    action,
    ahead,
    limits: { pushMaxEntries: context.settings.pushMaxEntries, pushMaxBytes: context.settings.pushMaxBytes },
    decisionsHead: decisions === undefined ? null : { version: decisions.version, pageHash: decisions.hash },
    feedsFrozen,
    linkToken: token,
    tokenExpiresAt: expiresAt,
    timeAnchor: signedBy(context.keys.signing, SIGNATURE_CONTEXT.timeAnchor, anchor),
    keys: [...statements],
  });
}
