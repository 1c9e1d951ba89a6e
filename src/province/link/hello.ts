import { z } from 'zod';
import type { SignedText } from '../../contract/primitives.ts';
import {
  custodyReceiptSchema,
  type HelloAnswer,
  type HelloBody,
  helloBodySchema,
  PROTOCOL_RANGE,
  PUSH_MAX_BYTES,
  PUSH_MAX_ENTRIES,
  SIGNATURE_CONTEXT,
} from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { findDevice, type KnownDevice } from '../enrolment/device-store.ts';
import { findKnownEntry } from '../ingest/entry-store.ts';
import { signedBy } from '../keys/key-ring.ts';
import { keyStatements } from '../keys/key-statements.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isOurChallenge, makeLinkToken } from './link-token.ts';

export type HelloProblem = 'BAD_REQUEST' | 'BAD_SIGNATURE' | 'BAD_TOKEN' | 'DEVICE_UNKNOWN' | 'PROTOCOL_UNSUPPORTED';

const MAX_RADIUS_MS = 1000;

function parseHello(text: string): HelloBody | undefined {
  try {
    const parsed = helloBodySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The newest entry that both sides know, in this epoch or before it: `seq` goes on across epochs. A locator is dense near the head and thin behind it. */
async function commonAncestor(
  context: ProvinceContext,
  device: KnownDevice,
  hello: HelloBody,
): Promise<HelloAnswer['common']> {
  const own = hello.head === null ? [] : [{ seq: hello.seq, hash: hello.head }];
  const newestFirst = [...own, ...hello.locator].sort((left, right) => right.seq - left.seq);
  for (const { seq, hash } of newestFirst) {
    const known = await findKnownEntry(context.db, device.deviceId, hash);
    if (known !== undefined && known.seq === seq && known.verdict !== 'FORK') return { seq, hash };
  }
  return null;
}

/** A custody receipt that we signed but no longer know means that an old backup is at work here (OPOP-Sync/1 section 7). */
async function noticeRollback(
  context: ProvinceContext,
  device: KnownDevice,
  receipt: SignedText | null,
): Promise<void> {
  if (receipt === null) return;
  const { publicKey, keyId } = context.keys.signing;
  if (receipt.keyId !== keyId) return;
  if (!verifyText(publicKey, SIGNATURE_CONTEXT.custodyReceipt, receipt.text, receipt.sig)) return;
  const body = custodyReceiptSchema.safeParse(JSON.parse(receipt.text));
  if (!body.success || body.data.head === null || body.data.deviceId !== device.deviceId) return;
  if ((await findKnownEntry(context.db, device.deviceId, body.data.head)) !== undefined) return;
  context.log('error', 'SERVER_ROLLBACK', { device: device.deviceId, ackSeq: body.data.ackSeq });
  await context.db
    .insertInto('incident')
    .values({
      device_id: device.deviceId,
      kind: 'SERVER_ROLLBACK',
      facts: JSON.stringify({ epoch: body.data.epoch, ackSeq: body.data.ackSeq, head: body.data.head }),
      at: context.now(),
    })
    .execute();
}

async function rememberContact(context: ProvinceContext, device: KnownDevice, hello: HelloBody): Promise<void> {
  const now = context.now();
  await context.db
    .updateTable('device')
    .set({ last_contact_at: now, app_version: hello.appVersion, unsent: hello.outbox.unsent })
    .where('device_id', '=', device.deviceId)
    .execute();
  await context.db
    .insertInto('time_anchor')
    .values({ device_id: device.deviceId, nonce: hello.anchorNonce, server_time: now })
    .onConflict((conflict) => conflict.columns(['device_id', 'nonce']).doNothing())
    .execute();
}

const certificateSchema = z.object({ certificate: z.object({ notAfter: z.number() }) });

/** REENROL after revocation or expiry: that forbids new sales, never custody of older entries, so the line opens all the same. */
async function actionFor(context: ProvinceContext, device: KnownDevice): Promise<HelloAnswer['action']> {
  if (device.revokedAt !== null) return 'REENROL';
  const row = await context.db
    .selectFrom('device')
    .select('certificate')
    .where('device_id', '=', device.deviceId)
    .executeTakeFirstOrThrow();
  if (certificateSchema.parse(row.certificate).certificate.notAfter <= context.now()) return 'REENROL';
  const stopped = await context.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'stop-selling')
    .executeTakeFirst();
  return stopped?.value === 'true' ? 'STOP_SELLING' : 'OK';
}

/** Opens the line: the device proves its key over a fresh challenge, the answer says where both journals part. */
export async function answerHello(
  context: ProvinceContext,
  request: SignedText,
): Promise<Result<HelloAnswer, HelloProblem>> {
  const receivedAt = context.now();
  const hello = parseHello(request.text);
  if (hello === undefined) return err('BAD_REQUEST');
  const device = await findDevice(context.db, hello.deviceId);
  if (device === undefined) return err('DEVICE_UNKNOWN');
  if (request.keyId !== device.keyId) return err('BAD_SIGNATURE');
  if (!verifyText(device.signingKey, SIGNATURE_CONTEXT.hello, request.text, request.sig)) return err('BAD_SIGNATURE');
  if (!isOurChallenge(context, hello.challenge)) return err('BAD_TOKEN');
  const protocol = Math.min(hello.protocol.max, PROTOCOL_RANGE.max);
  if (protocol < Math.max(hello.protocol.min, PROTOCOL_RANGE.min)) return err('PROTOCOL_UNSUPPORTED');
  const incarnation = await currentIncarnation(context.db);
  await noticeRollback(context, device, hello.lastCustodyReceipt);
  const common = await commonAncestor(context, device, hello);
  const action = await actionFor(context, device);
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
    ahead: null,
    limits: { pushMaxEntries: PUSH_MAX_ENTRIES, pushMaxBytes: PUSH_MAX_BYTES },
    decisionsHead: null,
    feedsFrozen: false,
    linkToken: token,
    tokenExpiresAt: expiresAt,
    timeAnchor: signedBy(context.keys.signing, SIGNATURE_CONTEXT.timeAnchor, anchor),
    keys: [...statements],
  });
}
