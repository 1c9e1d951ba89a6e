import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { parseEnrolmentCode } from '../../src/contract/enrolment-code.ts';
import {
  feedAnswerSchema,
  type FeedPage,
  feedPageSchema,
  keyStatementBodySchema,
  type VehicleRecord,
} from '../../src/contract/feeds.ts';
import { type EntryBody, ENTRY_CONTEXT, type SignedEntry } from '../../src/contract/journal-entry.ts';
import type { SignedText } from '../../src/contract/primitives.ts';
import { RECEIPT_CONTEXT, type ReceiptProof, type ReceiptStatement } from '../../src/contract/receipt-statement.ts';
import { type PushAnswer, pushAnswerSchema } from '../../src/contract/push-answer.ts';
import {
  type Bill,
  billSchema,
  challengeAnswerSchema,
  type CustodyReceipt,
  custodyReceiptSchema,
  ENROL_CONTEXT,
  type EnrolAnswer,
  enrolAnswerBodySchema,
  enrolAnswerSchema,
  type HelloAnswer,
  helloAnswerSchema,
  REQUEST_HEADERS,
  requestSigningText,
  SIGNATURE_CONTEXT,
  type Verdict,
} from '../../src/contract/sync-protocol.ts';
import { formatReceiptNumber, nonceTagOf } from '../../src/domain/receipt-number.ts';

type Signed = { readonly publicKey: string; readonly privateKey: KeyObject };
type Answer = {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
};
/** How a test bends a request on its way. */
export type Bend = {
  readonly token?: string;
  readonly signature?: string;
  readonly gzip?: boolean;
  readonly body?: string;
};

const rawOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'jwk' }).x ?? '';
export const sha = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64url');
export const canonical = (value: unknown): string => canonicalize(value) ?? '';
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest().subarray(0, 9).toString('base64url');

function pair(kind: 'ed25519' | 'x25519'): Signed {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return { privateKey, publicKey: rawOf(privateKey) };
}

/** Whether a raw Ed25519 key signed `context + text`; the test's own code, not the province's. */
export function verifies(publicKey: string, context: string, text: string, sig: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(context + text), key, Buffer.from(sig, 'base64url'));
}

/** What an enrolment sends; `secret` is that of the code unless a test guesses. */
export function enrolRequest(code: string, keys: { signing: string; sealing: string }, secret?: Uint8Array) {
  const parsed = parseEnrolmentCode(code);
  if (!parsed.ok) throw new Error(parsed.error);
  const nonce = randomBytes(16).toString('base64url');
  const text = canonical({
    codeId: parsed.value.codeId,
    nonce,
    signingKey: keys.signing,
    sealingKey: keys.sealing,
    keyStoreKind: 'demo',
    appVersion: 'test',
  });
  const key = secret ?? parsed.value.secret;
  const mac = createHmac('sha256', key)
    .update(ENROL_CONTEXT.request + text)
    .digest('base64url');
  return { text, mac, nonce, secret: parsed.value.secret };
}

export type Draft = {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly stream?: string;
  readonly officerId?: string | null;
  readonly anchorId?: string | null;
  readonly mustUnderstand?: readonly string[];
  readonly cashSessionId?: string | null;
  /** ms UTC of the counter. */
  readonly wallMs?: number;
};

/** What is read of an answer; a test may stand in for the line and give no headers. */
type Received = Pick<LightMyRequestResponse, 'statusCode'> & {
  readonly json: <T>() => T;
  readonly headers?: LightMyRequestResponse['headers'];
};

function answerOf(response: Received): Answer {
  const headers = Object.fromEntries(
    Object.entries(response.headers ?? {}).map(([name, value]) => [
      name,
      value === undefined ? undefined : String(value),
    ]),
  );
  return { status: response.statusCode, json: response.json<unknown>(), headers };
}

/** The counter's side of the wire in its smallest form, with its own cryptography: a second opinion on the protocol. */
export class TestDevice {
  readonly #server: FastifyInstance;
  readonly signing: Signed;
  readonly sealing: Signed;
  readonly enrolment: EnrolAnswer;
  /** Everything appended so far, oldest first. */
  readonly chain: SignedEntry[] = [];
  epoch = { n: 1, nonce: randomBytes(8).toString('base64url') };
  hello: HelloAnswer | undefined;
  readonly bodyKeys = new Map<string, Uint8Array>();
  readonly #sealed = new Map<string, string>();

  constructor(server: FastifyInstance, signing: Signed, sealing: Signed, enrolment: EnrolAnswer) {
    this.#server = server;
    this.signing = signing;
    this.sealing = sealing;
    this.enrolment = enrolment;
  }

  static async post(server: FastifyInstance, url: string, payload: unknown): Promise<Answer> {
    const response = await server.inject({
      method: 'POST',
      url,
      payload: JSON.stringify(payload),
      headers: { 'content-type': 'application/json' },
    });
    return answerOf(response);
  }

  /** Enrols a new device and says hello. */
  static async enrol(server: FastifyInstance, code: string): Promise<TestDevice> {
    const [signing, sealing] = [pair('ed25519'), pair('x25519')];
    const request = enrolRequest(code, { signing: signing.publicKey, sealing: sealing.publicKey });
    const answer = await TestDevice.post(server, '/v1/enrol', { text: request.text, mac: request.mac });
    const { text, mac } = enrolAnswerSchema.parse(answer.json);
    const expected = createHmac('sha256', request.secret)
      .update(ENROL_CONTEXT.answer + text)
      .digest('base64url');
    if (mac !== expected) throw new Error('the answer to the enrolment is not the province’s');
    const device = new TestDevice(server, signing, sealing, enrolAnswerBodySchema.parse(JSON.parse(text)));
    await device.sayHello();
    return device;
  }

  get deviceId(): string {
    return this.enrolment.deviceId;
  }

  get head(): SignedEntry | undefined {
    return this.chain.at(-1);
  }

  /** The number that a paper at a place of this epoch bears. */
  numberAt(seq: number): string {
    const { outlet, deviceNo } = this.enrolment;
    const nonceTag = nonceTagOf(Buffer.from(this.epoch.nonce, 'base64url').toString('hex'));
    return formatReceiptNumber({ outletCode: outlet.outletId, deviceNo, epochN: this.epoch.n, nonceTag, seq });
  }

  async helloText(over: Readonly<Record<string, unknown>> = {}): Promise<SignedText> {
    const { json } = await TestDevice.post(this.#server, '/v1/challenge', {});
    const { challenge } = challengeAnswerSchema.parse(json);
    const text = canonical({
      challenge,
      anchorNonce: randomBytes(8).toString('base64url'),
      deviceId: this.deviceId,
      epoch: this.epoch,
      seq: this.chain.length,
      head: this.head?.hash ?? null,
      locator: this.chain.map(({ hash }, index) => ({ seq: index + 1, hash })).slice(-9),
      lastCustodyReceipt: null,
      protocol: { min: 1, max: 1 },
      appVersion: 'test',
      outbox: { unsent: 0, quarantined: 0 },
      clock: { wallMs: 0, monoMs: 0, bootId: 'boot' },
      ...over,
    });
    return { text, keyId: keyIdOf(this.signing.publicKey), sig: this.sign(SIGNATURE_CONTEXT.hello, text) };
  }

  sign(context: string, text: string): string {
    return sign(null, Buffer.from(context + text), this.signing.privateKey).toString('base64url');
  }

  async sayHello(over: Readonly<Record<string, unknown>> = {}): Promise<HelloAnswer> {
    const { json } = await TestDevice.post(this.#server, '/v1/hello', await this.helloText(over));
    this.hello = helloAnswerSchema.parse(json);
    return this.hello;
  }

  /** A signed request; `bend` changes it after it was signed. */
  async request(method: 'GET' | 'POST', url: string, payload?: unknown, bend: Bend = {}): Promise<Answer> {
    const body = payload === undefined ? '' : JSON.stringify(payload);
    const token = bend.token ?? this.hello?.linkToken ?? '';
    const sig =
      bend.signature ?? this.sign(SIGNATURE_CONTEXT.request, requestSigningText(method, url, sha(body), token));
    const sent = bend.body ?? body;
    const response = await this.#server.inject({
      method,
      url,
      headers: {
        [REQUEST_HEADERS.token]: token,
        [REQUEST_HEADERS.signature]: sig,
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
        ...(bend.gzip === true ? { 'content-encoding': 'gzip' } : {}),
      },
      ...(body === '' ? {} : { payload: bend.gzip === true ? gzipSync(sent) : sent }),
    });
    return answerOf(response);
  }

  /** A signed question whose answer is bytes. */
  async picture(url: string, payload: unknown) {
    const body = JSON.stringify(payload);
    const token = this.hello?.linkToken ?? '';
    const response = await this.#server.inject({
      method: 'POST',
      url,
      headers: {
        [REQUEST_HEADERS.token]: token,
        [REQUEST_HEADERS.signature]: this.sign(
          SIGNATURE_CONTEXT.request,
          requestSigningText('POST', url, sha(body), token),
        ),
        'content-type': 'application/json',
      },
      payload: body,
    });
    return { status: response.statusCode, bytes: response.rawPayload, headers: response.headers };
  }

  #signingKeyOf(keyId: string): string {
    for (const { text, sig } of this.hello?.keys ?? []) {
      const statement = keyStatementBodySchema.parse(JSON.parse(text));
      if (statement.keyId !== keyId) continue;
      if (!verifies(this.enrolment.rootKey, SIGNATURE_CONTEXT.keyStatement, text, sig)) throw new Error('forged key');
      return statement.publicKey;
    }
    throw new Error(`no statement for key ${keyId}`);
  }

  /** The public sealing key of the province, from its statements. */
  sealingKeyOfProvince(): { keyId: string; publicKey: string } {
    const statements = (this.hello?.keys ?? []).map(({ text }) => keyStatementBodySchema.parse(JSON.parse(text)));
    const found = statements.find(({ purpose }) => purpose === 'sealing');
    if (found === undefined) throw new Error('the province has no sealing key');
    return found;
  }

  /** Verifies a signed text of the province before it is parsed. */
  open<T>(schema: z.ZodType<T>, context: string, signed: SignedText): T {
    const key = this.#signingKeyOf(signed.keyId);
    if (!verifies(key, context, signed.text, signed.sig)) throw new Error('the province did not sign this');
    return schema.parse(JSON.parse(signed.text));
  }

  /** Builds an entry at a place without appending it. */
  build(draft: Draft, place: { seq: number; prev: string | null }): SignedEntry {
    const text = canonical({
      v: 1,
      deviceId: this.deviceId,
      epoch: this.epoch,
      ...place,
      type: draft.type,
      stream: draft.stream ?? uuidV7(),
      refs: [],
      officerId: draft.officerId === undefined ? 'petugas-1' : draft.officerId,
      cashSessionId: draft.cashSessionId ?? null,
      rulePackId: null,
      registryVersion: null,
      wallMs: draft.wallMs ?? 1_773_111_600_000,
      monoMs: 1000,
      bootId: 'boot',
      anchorId: draft.anchorId ?? null,
      timeTrust: 'anchored',
      ...(draft.mustUnderstand === undefined ? {} : { mustUnderstand: draft.mustUnderstand }),
      body: draft.body,
      bodyHash: sha(canonical(draft.body)),
      keyId: keyIdOf(this.signing.publicKey),
    });
    return this.seal(text);
  }

  /** Hash and signature over any text. */
  seal(text: string): SignedEntry {
    const hash = sha(ENTRY_CONTEXT + text);
    return {
      text,
      hash,
      sig: sign(null, Buffer.from(hash, 'base64url'), this.signing.privateKey).toString('base64url'),
    };
  }

  append(draft: Draft): SignedEntry {
    const entry = this.build(draft, { seq: this.chain.length + 1, prev: this.head?.hash ?? null });
    this.chain.push(entry);
    return entry;
  }

  async subjectKeys(): Promise<{ subject: string; jwe: string }[]> {
    const { publicKey, keyId } = this.sealingKeyOfProvince();
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' });
    return Promise.all(
      [...this.bodyKeys].map(async ([subject, bodyKey]) => {
        // As a counter does: sealed once for each key of the province, and the same bytes in every push.
        const name = `${keyId}/${subject}/${Buffer.from(bodyKey).toString('base64url')}`;
        const jwe =
          this.#sealed.get(name) ??
          (await new CompactEncrypt(bodyKey)
            .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keyId })
            .encrypt(key));
        this.#sealed.set(name, jwe);
        return { subject, jwe };
      }),
    );
  }

  /** Pushes entries (all of the chain unless given) with the body keys, and answers as the province did. */
  async push(
    entries: readonly SignedEntry[] = this.chain,
    options: Bend & { readonly keys?: boolean } = {},
  ): Promise<PushAnswer> {
    const subjectKeys = options.keys === false ? [] : await this.subjectKeys();
    const { json } = await this.request('POST', '/v1/push', { entries, subjectKeys }, options);
    return pushAnswerSchema.parse(json);
  }

  /** The custody receipt of a push that was stored. */
  receiptOf(answer: PushAnswer): CustodyReceipt {
    if (answer.answer !== 'STORED') throw new Error(`the province answered ${answer.answer}`);
    return this.open(custodyReceiptSchema, SIGNATURE_CONTEXT.custodyReceipt, answer.custodyReceipt);
  }

  /** Verdicts of a push, in order. */
  async verdicts(
    entries?: readonly SignedEntry[],
    options: Bend & { readonly keys?: boolean } = {},
  ): Promise<readonly Verdict[]> {
    return this.receiptOf(await this.push(entries, options)).verdicts.map(({ verdict }) => verdict);
  }

  /** All pages of a feed after a version, verified and chained by their hashes. */
  async pull(feed: string, scope: string, after = 0): Promise<readonly FeedPage[]> {
    const pages: FeedPage[] = [];
    for (let more = true; more; ) {
      const from = pages.at(-1)?.to ?? after;
      const { json } = await this.request('GET', `/v1/feeds/${feed}/${scope}?after=${String(from)}`);
      const answer = feedAnswerSchema.parse(json);
      pages.push(...answer.pages.map((page) => this.open(feedPageSchema, SIGNATURE_CONTEXT.feedPage, page)));
      more = answer.more;
    }
    return pages;
  }

  async openSealed(jwe: string): Promise<unknown> {
    const { plaintext } = await compactDecrypt(jwe, this.sealing.privateKey);
    return JSON.parse(Buffer.from(plaintext).toString('utf8'));
  }

  async inquire(
    record: VehicleRecord,
    periods: readonly string[],
    over: Readonly<Record<string, unknown>> = {},
  ): Promise<Bill> {
    const { json } = await this.request('POST', '/v1/inquiry', {
      inquiryId: uuidV7(),
      nrkb: record.nrkb,
      chassisTail: record.chassisNumber.slice(-5),
      arrivedOn: null,
      groups: [],
      periods,
      localTotal: null,
      ...over,
    });
    return this.open(billSchema, SIGNATURE_CONTEXT.bill, json as SignedText);
  }

  /** Seals personal data under a fresh body key, bound to its subject. */
  sealPersonal(value: unknown): EntryBody<'transaction.paid'>['sealed'] {
    const [subject, key, nonce] = [uuidV7(), randomBytes(32), randomBytes(12)];
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(subject));
    const bytes = Buffer.concat([cipher.update(canonical(value)), cipher.final(), cipher.getAuthTag()]);
    this.bodyKeys.set(subject, key);
    return { subject, nonce: nonce.toString('base64url'), ciphertext: bytes.toString('base64url') };
  }

  /** The paper's proof for a statement, as the QR carries it. */
  proofOf(statement: ReceiptStatement): ReceiptProof {
    return {
      statement,
      receiptSig: this.sign(RECEIPT_CONTEXT, canonical(statement)),
      certificate: this.enrolment.certificate,
    };
  }
}
