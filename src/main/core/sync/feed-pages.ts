import { type FeedName, type FeedPage, feedPageSchema } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { verify } from '../journal/signing.ts';
import type { FeedCursor, ProvinceKey } from '../rules/rules-store.ts';

/** Why a page was not applied; an older page is refused, never an error of the counter. */
export type PageProblem = 'UNKNOWN_KEY' | 'BAD_SIGNATURE' | 'BAD_PAGE' | 'OTHER_FEED' | 'OLDER' | 'GAP' | 'OTHER_CHAIN';

/** A page whose signature, place and predecessor are verified. */
export type VerifiedPage = { readonly page: FeedPage; readonly hash: string };

/**
 * Checks one signed page against what was applied before it. "Versions only rise, an older page is refused, the client
 * recomputes the hash itself and never adopts the server's."
 */
export function verifyPage(
  signed: SignedText,
  expected: { readonly feed: FeedName; readonly scope: string; readonly cursor: FeedCursor | undefined },
  keys: readonly ProvinceKey[],
): Result<VerifiedPage, PageProblem> {
  const key = keys.find((one) => one.keyId === signed.keyId && one.purpose === 'signing' && !one.revoked);
  if (key === undefined) return err('UNKNOWN_KEY');
  if (!verify(SIGNATURE_CONTEXT.feedPage, signed.text, signed.sig, key.publicKey)) return err('BAD_SIGNATURE');
  const parsed = feedPageSchema.safeParse(parseJson(signed.text));
  if (!parsed.success || parsed.data.to <= parsed.data.from) return err('BAD_PAGE');
  const page = parsed.data;
  if (page.feed !== expected.feed || page.scope !== expected.scope) return err('OTHER_FEED');
  const version = expected.cursor?.version ?? 0;
  if (page.to <= version) return err('OLDER');
  if (page.from !== version) return err('GAP');
  if (page.prevHash !== (expected.cursor?.pageHash ?? null)) return err('OTHER_CHAIN');
  return ok({ page, hash: sha256(signed.text) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
