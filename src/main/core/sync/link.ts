import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type KeyStatement, keyStatementBodySchema } from '../../../contract/feeds.ts';
import {
  challengeAnswerSchema,
  type HelloAnswer,
  type HelloBody,
  helloAnswerSchema,
  PROTOCOL_RANGE,
  provinceErrorSchema,
  REQUEST_HEADERS,
  requestSigningText,
  SIGNATURE_CONTEXT,
  timeAnchorSchema,
} from '../../../contract/sync-protocol.ts';
import { remembered } from '../../../domain/remembered.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { uploadSigningText } from '../../../contract/uploads.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import { canonicalJson, sha256 } from '../journal/hash-chain.ts';
import { type BatchLimits, WIDEST_BATCH } from '../journal/push-request.ts';
import { keyIdOf, sign, verify } from '../journal/signing.ts';
import type { ClockPort, LineAnswer, LinePort } from '../ports.ts';
import { findSigningKey } from '../rules/rules-store.ts';
import { parseJson } from './parse-json.ts';

/** Why a contact did not bring what was asked; `detail` is a code, never a value. */
export type LineFault =
  | { readonly fault: 'no-line'; readonly detail: string }
  | { readonly fault: 'busy'; readonly detail: string; readonly retryAfterMs: number }
  | { readonly fault: 'refused'; readonly detail: string }
  | { readonly fault: 'invalid'; readonly detail: string };

/** What the province said in its hello, after its signatures were verified. */
export type Contact = {
  readonly incarnation: string;
  readonly action: HelloAnswer['action'];
  readonly common: { readonly seq: number; readonly hash: string } | null;
  readonly ahead: HelloAnswer['ahead'];
  readonly decisionsHead: HelloAnswer['decisionsHead'];
  readonly feedsFrozen: boolean;
  readonly keys: readonly KeyStatement[];
};

/** One counter's conversation with the province. */
export type Link = {
  /** Challenge and hello; the token is kept for the calls that follow. */
  readonly connect: (facts: HelloFacts, signal: AbortSignal) => Promise<Result<Contact, LineFault>>;
  /** A signed request; `BAD_TOKEN` means: connect again. */
  readonly call: <T>(request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly body: unknown;
    readonly schema: z.ZodType<T>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }) => Promise<Result<T, LineFault>>;
  /** A signed tus request about a page; any answer in the tongue of tus is one, whatever its status. */
  readonly upload: (request: UploadRequest) => Promise<Result<LineAnswer, LineFault>>;
  readonly isOpen: () => boolean;
  /** Open, and its token does not end within the next minute. */
  readonly isFresh: () => boolean;
  readonly drop: () => void;
  /** What one push may carry, by the last hello. */
  readonly limits: () => BatchLimits;
};

export type UploadRequest = {
  readonly method: 'POST' | 'HEAD' | 'PATCH';
  readonly path: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type HelloFacts = Pick<HelloBody, 'epoch' | 'seq' | 'head' | 'locator' | 'lastCustodyReceipt' | 'outbox'>;

export type LinkDeps = {
  readonly line: LinePort;
  readonly provinceUrl: string;
  readonly deviceId: string;
  readonly signingPrivate: KeyObject;
  readonly signingPublic: string;
  /** The province's root key: pinned at enrolment. */
  readonly rootKey: string;
  readonly appVersion: string;
  /** A device of a training says so (OPOP-Sync/1 17.1). */
  readonly training: boolean;
  readonly clock: ClockPort;
  readonly timekeeper: Timekeeper;
  readonly nonce64: () => string;
};

const HELLO_TIMEOUT_MS = 10_000;
/** A token is renewed so long before its end, ms: some rounds lie between, and no request comes with one that has ended. */
const TOKEN_MARGIN_MS = 60_000;
/** Busy servers say when to come again; more than this is not believed. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/** Every hello says them again; signature and bytes together are what was verified. */
const KEPT_STATEMENTS = 32;
const statementOf = remembered(KEPT_STATEMENTS, (said): KeyStatement | undefined => {
  const [rootKey, sig, text] = z.tuple([z.string(), z.string(), z.string()]).parse(JSON.parse(said));
  if (!verify(SIGNATURE_CONTEXT.keyStatement, text, sig, rootKey)) return undefined;
  const parsed = keyStatementBodySchema.safeParse(parseJson(text));
  return parsed.success && keyIdOf(parsed.data.publicKey) === parsed.data.keyId ? parsed.data : undefined;
});

/** Key statements that the root key vouches for; the others are left out. */
export function verifiedKeys(
  statements: readonly { readonly text: string; readonly sig: string }[],
  rootKey: string,
): readonly KeyStatement[] {
  return statements.flatMap(({ text, sig }) => statementOf(JSON.stringify([rootKey, sig, text])) ?? []);
}

function faultOf(status: number, body: string, headers: Readonly<Record<string, string>>): LineFault {
  const parsed = provinceErrorSchema.safeParse(parseJson(body));
  const detail = parsed.success ? parsed.data.error.code : `HTTP_${String(status)}`;
  if (status === 503 || status === 429) {
    const seconds = Number(headers['retry-after'] ?? '');
    const retryAfterMs = Number.isFinite(seconds) ? Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, seconds * 1000)) : 0;
    return { fault: 'busy', detail, retryAfterMs };
  }
  // Without the province's own error shape it is not the province that spoke: a captive portal, a proxy.
  return parsed.success ? { fault: 'refused', detail } : { fault: 'no-line', detail };
}

export function createLink(deps: LinkDeps): Link {
  const { line, provinceUrl, clock, timekeeper } = deps;
  /** `endsAt`: when to renew the token, by this computer's own clock that only goes forward, ms; infinite where not known. */
  const session: { token: string | null; endsAt: number; limits: BatchLimits } = {
    token: null,
    endsAt: Number.POSITIVE_INFINITY,
    limits: WIDEST_BATCH,
  };

  const send = async <T>(request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly text: string | null;
    readonly headers: Readonly<Record<string, string>>;
    readonly schema: z.ZodType<T>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }): Promise<Result<T, LineFault>> => {
    const { method, path, text, headers, timeoutMs, signal } = request;
    const exchanged = await line.exchange({ method, url: provinceUrl + path, headers, body: text, timeoutMs, signal });
    if (!exchanged.ok) return err({ fault: 'no-line', detail: exchanged.reason });
    const { status, body, headers: answered } = exchanged.answer;
    if (status !== 200) return err(faultOf(status, body, answered));
    const json = parseJson(body);
    if (json === undefined) return err({ fault: 'no-line', detail: 'NOT_JSON' });
    const parsed = request.schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : err({ fault: 'invalid', detail: 'ANSWER_SHAPE' });
  };

  const connect: Link['connect'] = async (facts, signal) => {
    const challenge = await send({
      method: 'POST',
      path: '/v1/challenge',
      text: '{}',
      headers: {},
      schema: challengeAnswerSchema,
      timeoutMs: HELLO_TIMEOUT_MS,
      signal,
    });
    if (!challenge.ok) return challenge;
    const anchorNonce = deps.nonce64();
    const bootId = clock.bootId();
    const hello: HelloBody = {
      ...facts,
      challenge: challenge.value.challenge,
      anchorNonce,
      deviceId: deps.deviceId,
      protocol: PROTOCOL_RANGE,
      appVersion: deps.appVersion,
      ...(deps.training ? { environment: 'latihan' } : {}),
      clock: { wallMs: clock.wallMs(), monoMs: Math.floor(clock.monoMs()), bootId },
    };
    const text = canonicalJson(hello);
    const answer = await send({
      method: 'POST',
      path: '/v1/hello',
      text: JSON.stringify({
        text,
        keyId: keyIdOf(deps.signingPublic),
        sig: sign(SIGNATURE_CONTEXT.hello, text, deps.signingPrivate),
      }),
      headers: {},
      schema: helloAnswerSchema,
      timeoutMs: HELLO_TIMEOUT_MS,
      signal,
    });
    if (!answer.ok) return answer;
    const keys = verifiedKeys(answer.value.keys, deps.rootKey);
    const { timeAnchor } = answer.value;
    const anchor = timeAnchorSchema.safeParse(parseJson(timeAnchor.text));
    const anchorKey = findSigningKey(keys, timeAnchor.keyId, anchor.success ? anchor.data.serverTime : null);
    if (
      anchorKey === undefined ||
      !verify(SIGNATURE_CONTEXT.timeAnchor, timeAnchor.text, timeAnchor.sig, anchorKey.publicKey)
    ) {
      return err({ fault: 'invalid', detail: 'ANCHOR_SIGNATURE' });
    }
    // "A signed anchor over the counter's nonce, bound to boot and monotonic time" (OPOP-Sync/1 8.1).
    if (!anchor.success || anchor.data.nonce !== anchorNonce) return err({ fault: 'invalid', detail: 'ANCHOR_NONCE' });
    timekeeper.accept(anchor.data, { monoMs: Math.floor(clock.monoMs()), bootId });
    const { incarnation, action, common, ahead, decisionsHead, feedsFrozen, limits } = answer.value;
    // A province that says of a token that it has ended already is not believed: its refusal will tell.
    const lifeMs = answer.value.tokenExpiresAt - anchor.data.serverTime - TOKEN_MARGIN_MS;
    session.token = answer.value.linkToken;
    session.endsAt = lifeMs > 0 ? clock.monoMs() + lifeMs : Number.POSITIVE_INFINITY;
    session.limits = { maxEntries: limits.pushMaxEntries, maxBytes: limits.pushMaxBytes };
    return ok({ incarnation, action, common, ahead, decisionsHead, feedsFrozen, keys });
  };

  return {
    connect,
    call: async ({ method, path, body, schema, timeoutMs, signal }) => {
      const { token } = session;
      if (token === null) return err({ fault: 'refused', detail: 'BAD_TOKEN' });
      const text = body === null ? null : JSON.stringify(body);
      const toSign = requestSigningText(method, path, sha256(text ?? ''), token);
      const headers = {
        [REQUEST_HEADERS.token]: token,
        [REQUEST_HEADERS.signature]: sign(SIGNATURE_CONTEXT.request, toSign, deps.signingPrivate),
      };
      const answer = await send({ method, path, text, headers, schema, timeoutMs, signal });
      if (!answer.ok && answer.error.fault === 'refused' && answer.error.detail === 'BAD_TOKEN') session.token = null;
      return answer;
    },
    upload: async ({ method, path, headers, body, timeoutMs, signal }) => {
      const { token } = session;
      if (token === null) return err({ fault: 'refused', detail: 'BAD_TOKEN' });
      const signed = {
        ...headers,
        [REQUEST_HEADERS.token]: token,
        [REQUEST_HEADERS.signature]: sign(
          SIGNATURE_CONTEXT.request,
          uploadSigningText({ method, path, token }, headers),
          deps.signingPrivate,
        ),
      };
      const exchanged = await line.exchange({
        method,
        url: provinceUrl + path,
        headers: signed,
        body,
        timeoutMs,
        signal,
      });
      if (!exchanged.ok) return err({ fault: 'no-line', detail: exchanged.reason });
      const { answer } = exchanged;
      // What is not said in the tongue of tus was not said by the one who keeps the pages.
      if (answer.headers['tus-resumable'] !== undefined) return ok(answer);
      // An answer to HEAD has no body in which the reason could stand.
      const isTokenOver = answer.status === 401 && method === 'HEAD';
      const fault: LineFault = isTokenOver
        ? { fault: 'refused', detail: 'BAD_TOKEN' }
        : faultOf(answer.status, answer.body, answer.headers);
      if (fault.fault === 'refused' && fault.detail === 'BAD_TOKEN') session.token = null;
      return err(fault);
    },
    isOpen: () => session.token !== null,
    isFresh: () => session.token !== null && clock.monoMs() < session.endsAt,
    drop: () => {
      session.token = null;
    },
    limits: () => session.limits,
  };
}
