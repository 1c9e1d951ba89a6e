import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { formatEnrolmentCode } from '../../contract/enrolment-code.ts';
import { CERTIFICATE_CONTEXT, type SignedCertificate } from '../../contract/receipt-statement.ts';
import {
  ENROL_CONTEXT,
  type EnrolAnswer,
  enrolRequestBodySchema,
  type Outlet,
  outletSchema,
} from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { keyIdOf, signText } from '../crypto/ed25519.ts';
import { equalInConstantTime, hmac, sha256 } from '../crypto/hashing.ts';
import type { Db, Tx } from '../db/open.ts';
import { sendSupervisorsAgain } from '../approvals/supervisors.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import type { ProvinceContext } from '../province-context.ts';
import { refuseTraining } from '../training.ts';

/** Why an enrolment was refused. A wrong MAC answers like an unknown code: neither tells which ids exist. */
export type EnrolmentProblem =
  | 'BAD_REQUEST'
  | 'TRAINING_REFUSED'
  | 'CODE_UNKNOWN'
  | 'CODE_USED'
  | 'CODE_EXPIRED'
  | 'OUTLET_FULL';

export type IssuedCode = {
  readonly code: string;
  readonly codeId: string;
  readonly outletId: string;
  readonly expiresAt: number;
};

/** Two digits in a receipt's number; a number is never given twice. */
const MOST_DEVICES = 99;
const CODE_LIFE_MS = 24 * 3_600_000;
const CERTIFICATE_LIFE_MS = 2 * 365 * 86_400_000;
const ID_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomCodeId(): string {
  return [...randomBytes(8)].map((byte) => ID_LETTERS.charAt(byte % ID_LETTERS.length)).join('');
}

export async function findOutlet(db: Db | Tx, outletId: string): Promise<Outlet | undefined> {
  const row = await db.selectFrom('outlet').selectAll().where('outlet_id', '=', outletId).executeTakeFirst();
  if (row === undefined) return undefined;
  return outletSchema.parse({ ...row, outletId: row.outlet_id });
}

/** Makes a code for one device of one outlet; its secret is kept until it is used. `issuedBy`: the supervisor who asked for it. */
export async function issueEnrolmentCode(
  { db, now: clock }: { readonly db: Db | Tx; readonly now: () => number },
  outletId: string,
  issuedBy: string | null = null,
): Promise<Result<IssuedCode, 'OUTLET_UNKNOWN'>> {
  if ((await findOutlet(db, outletId)) === undefined) return err('OUTLET_UNKNOWN');
  const [codeId, secret, now] = [randomCodeId(), randomBytes(16), clock()];
  const expiresAt = now + CODE_LIFE_MS;
  await db
    .insertInto('enrolment_code')
    .values({
      code_id: codeId,
      outlet_id: outletId,
      secret,
      created_at: now,
      expires_at: expiresAt,
      issued_by: issuedBy,
    })
    .execute();
  return ok({ code: formatEnrolmentCode({ codeId, secret }), codeId, outletId, expiresAt });
}

/** Ends a code that nobody has used yet: it counts as expired from now on. */
export async function revokeEnrolmentCode(tx: Tx, codeId: string, now: number): Promise<Result<void, 'CODE_OVER'>> {
  const { rows } = await sql`update enrolment_code set revoked_at = ${now}, expires_at = least(expires_at, ${now})
    where code_id = ${codeId} and used_at is null and revoked_at is null and expires_at > ${now} returning 1`.execute(
    tx,
  );
  return rows.length > 0 ? ok(undefined) : err('CODE_OVER');
}

type RequestBody = ReturnType<typeof enrolRequestBodySchema.parse>;

function signedCertificate(
  context: ProvinceContext,
  facts: { deviceId: string; outletId: string; body: RequestBody; policyVersion: number },
): SignedCertificate {
  const certificate = {
    deviceId: facts.deviceId,
    outletId: facts.outletId,
    signingKey: facts.body.signingKey,
    sealingKey: facts.body.sealingKey,
    notAfter: context.now() + CERTIFICATE_LIFE_MS,
    policyVersion: facts.policyVersion,
  };
  const { root } = context.keys;
  return { certificate, rootKeyId: root.keyId, sig: signText(root, CERTIFICATE_CONTEXT, canonicalJson(certificate)) };
}

/** "Without a key store enrolment MUST be refused, except for demonstration" (OPOP-Sync/1 2.6). A province is a demo after `demo-data`. */
async function isDemo(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', 'demo').executeTakeFirst();
  return row?.value === 'true';
}

/** One key, one device: a key that came back with another code would make two devices of one signer. */
async function isKeyTaken(tx: Tx, signingKey: string): Promise<boolean> {
  const row = await tx
    .selectFrom('device')
    .select('device_id')
    .where('signing_key', '=', signingKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** The text of the answer; undefined when every number of the outlet was given to a device. */
async function registerDevice(
  tx: Tx,
  context: ProvinceContext,
  outlet: Outlet,
  body: RequestBody,
): Promise<string | undefined> {
  const { outletId } = outlet;
  await sql`select 1 from outlet where outlet_id = ${outletId} for update`.execute(tx);
  const newest = await tx
    .selectFrom('device')
    .select((eb) => eb.fn.max('device_no').as('no'))
    .where('outlet_id', '=', outletId)
    .executeTakeFirst();
  const deviceId = uuidV7({ msecs: context.now() });
  const deviceNo = (newest?.no ?? 0) + 1;
  if (deviceNo > MOST_DEVICES) return undefined;
  const { version: policyVersion } = await publishedPolicy(tx);
  const certificate = signedCertificate(context, { deviceId, outletId, body, policyVersion });
  await tx
    .insertInto('device')
    .values({
      device_id: deviceId,
      outlet_id: outletId,
      device_no: deviceNo,
      signing_key: body.signingKey,
      sealing_key: body.sealingKey,
      key_id: keyIdOf(body.signingKey),
      certificate: JSON.stringify(certificate),
      enrolled_at: context.now(),
      app_version: body.appVersion,
    })
    .execute();
  await sendSupervisorsAgain(tx, outletId);
  const answer: EnrolAnswer = {
    nonce: body.nonce,
    deviceId,
    deviceNo,
    outlet,
    rootKey: context.keys.root.publicKey,
    certificate,
    incarnation: await currentIncarnation(tx),
    serverTime: context.now(),
  };
  return canonicalJson(answer);
}

function parseBody(text: string): RequestBody | undefined {
  try {
    const parsed = enrolRequestBodySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Enrols a device by a one-time code that is never sent (OPOP-Sync/1 2.4), over a line or by files. The same request again gets the same answer, because an answer
 * may be lost on the way; any other use of a used code is refused.
 */
export async function enrolDevice(
  context: ProvinceContext,
  request: { readonly text: string; readonly mac: string },
): Promise<Result<{ readonly text: string; readonly mac: string }, EnrolmentProblem>> {
  const body = parseBody(request.text);
  if (body === undefined) return err('BAD_REQUEST');
  if (body.environment !== undefined) return refuseTraining(context, 'enrolment', null);
  return context.db.transaction().execute(async (tx) => {
    const code = await tx
      .selectFrom('enrolment_code')
      .selectAll()
      .where('code_id', '=', body.codeId)
      .forUpdate()
      .executeTakeFirst();
    if (code === undefined) return err('CODE_UNKNOWN');
    const requestHash = sha256(`${request.text}\n${request.mac}`);
    if (code.answer_text !== null && code.answer_mac !== null) {
      return code.request_hash === requestHash
        ? ok({ text: code.answer_text, mac: code.answer_mac })
        : err('CODE_USED');
    }
    if (code.secret === null) return err('CODE_USED');
    if (!equalInConstantTime(hmac(code.secret, ENROL_CONTEXT.request + request.text), request.mac)) {
      return err('CODE_UNKNOWN');
    }
    if (code.expires_at <= context.now()) return err('CODE_EXPIRED');
    const outlet = await findOutlet(tx, code.outlet_id);
    if (outlet === undefined) throw new Error('a code names an outlet that does not exist');
    if (await isKeyTaken(tx, body.signingKey)) return err('BAD_REQUEST');
    if (body.keyStoreKind === 'demo' && !(await isDemo(tx))) return err('BAD_REQUEST');
    const text = await registerDevice(tx, context, outlet, body);
    if (text === undefined) return err('OUTLET_FULL');
    const mac = hmac(code.secret, ENROL_CONTEXT.answer + text);
    await tx
      .updateTable('enrolment_code')
      .set({ secret: null, used_at: context.now(), request_hash: requestHash, answer_text: text, answer_mac: mac })
      .where('code_id', '=', body.codeId)
      .execute();
    return ok({ text, mac });
  });
}
