import type { PageSignedIn } from '../../../contract/supervisor-page.ts';
import { pageWordText } from '../../../domain/approval-request.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { toBase64url } from './base64url.ts';
import type { Unsent, VaultContent } from './vault.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const TIMEOUT_MS = 10_000;

/** The province's refusal by its code, or NO_LINE. */
type LineProblem = string;

async function post(path: string, body: unknown): Promise<Result<unknown, LineProblem>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (response.ok) return ok(answer);
    return err((answer as { readonly error?: { readonly code?: string } }).error?.code ?? 'NO_LINE'); // only compared with known codes
  } catch (_noLine) {
    return err('NO_LINE'); // said on the page
  }
}

/** The one question that needs a line: a code for the keys of the counters. The page's own key is born here and stays here. */
export async function signIn(code: string): Promise<Result<VaultContent, LineProblem>> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const answer = await post('/v1/supervisor-page', { code, key: { x, y } });
  if (!answer.ok) return answer;
  const signedIn = answer.value as PageSignedIn; // from our own province over TLS, in the shape of its contract
  return ok({ ...signedIn, signingKey: await crypto.subtle.exportKey('jwk', pair.privateKey), unsent: [] });
}

async function sendWord({ pageId, signingKey }: VaultContent, word: Unsent): Promise<Result<unknown, LineProblem>> {
  const { counterId, request } = word;
  const key = await crypto.subtle.importKey('jwk', signingKey, CURVE, false, ['sign']);
  const text = new TextEncoder().encode(pageWordText(pageId, counterId, request));
  const sig = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, text));
  return post('/v1/supervisor-page/words', { pageId, counterId, request, sig: toBase64url(sig) });
}

/** Sends what was approved, oldest first, until one does not pass; says what the province has now, and whether it ended this page. */
export async function sendUnsent(
  content: VaultContent,
): Promise<{ readonly sent: readonly string[]; readonly isRevoked: boolean }> {
  const sent: string[] = [];
  for (const word of content.unsent) {
    const answer = await sendWord(content, word);
    if (answer.ok) sent.push(word.request);
    else if (answer.error === 'DEVICE_REVOKED') return { sent, isRevoked: true };
    else if (answer.error === 'NO_LINE') break;
  }
  return { sent, isRevoked: false };
}
