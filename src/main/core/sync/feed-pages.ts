import { type FeedName, type FeedPage, feedPageSchema } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { sha256 } from '../journal/hash-chain.ts';
import { verify } from '../journal/signing.ts';
import { type FeedCursor, findSigningKey, type ProvinceKey } from '../rules/rules-store.ts';
import { parseJson } from './parse-json.ts';

/** Why a page was not applied; an older page is refused, never an error of the counter. */
export type PageProblem =
  | 'UNKNOWN_KEY'
  | 'KEY_EXPIRED'
  | 'BAD_SIGNATURE'
  | 'BAD_PAGE'
  | 'OTHER_FEED'
  | 'OLDER'
  | 'GAP'
  | 'OTHER_CHAIN'
  | 'FROZEN';

/** A page whose signature and scope are verified; where it stands is `placeOf`'s to say. */
export type VerifiedPage = { readonly page: FeedPage; readonly hash: string };

/**
 * Checks what one signed page says of itself. "The counter recomputes the hash itself" (OPOP-Sync/1 9.2). A key that had
 * ended when the page was made cannot have signed it (2.3); a key that is younger than the page may: it signed it again.
 */
export function verifyPage(
  signed: SignedText,
  expected: { readonly feed: FeedName; readonly scope: string },
  keys: readonly ProvinceKey[],
): Result<VerifiedPage, PageProblem> {
  const key = findSigningKey(keys, signed.keyId, null);
  if (key === undefined) return err('UNKNOWN_KEY');
  if (!verify(SIGNATURE_CONTEXT.feedPage, signed.text, signed.sig, key.publicKey)) return err('BAD_SIGNATURE');
  const parsed = feedPageSchema.safeParse(parseJson(signed.text));
  if (!parsed.success || parsed.data.to <= parsed.data.from) return err('BAD_PAGE');
  const page = parsed.data;
  if (page.validFrom > key.to) return err('KEY_EXPIRED');
  if (page.feed !== expected.feed || page.scope !== expected.scope) return err('OTHER_FEED');
  return ok({ page, hash: sha256(signed.text) });
}

/** What this counter holds of the pages that one page speaks of. */
export type HeldPages = {
  /** The page itself was applied before. */
  readonly itself: boolean;
  /** `to` of the page that it stands on, where that was applied; null where it was not, or where there is none. */
  readonly base: number | null;
};

/** `next`: to be applied; `held`: it was applied before the cursor went back, so only the cursor moves. */
export type PagePlace = 'next' | 'held';

function continues(page: FeedPage, cursor: FeedCursor | undefined): boolean {
  return page.from === (cursor?.version ?? 0) && page.prevHash === (cursor?.pageHash ?? null);
}

/**
 * Where a page belongs. "Pages are ordered by (incarnation, version)" (OPOP-Sync/1 7.2); after a restore a page stands on
 * any page that this counter holds (7.3). Incarnations are UUIDv7, so their text order is their order.
 */
export function placeOf(
  page: FeedPage,
  cursor: FeedCursor | undefined,
  held: HeldPages,
): Result<PagePlace, PageProblem> {
  const isNewer = cursor !== undefined && page.incarnation > cursor.incarnation;
  if (continues(page, cursor)) {
    if (held.itself) return ok('held');
    return cursor !== undefined && page.incarnation < cursor.incarnation ? err('OLDER') : ok('next');
  }
  if (held.itself) return err('OLDER');
  if (isNewer && (page.prevHash === null ? page.from === 0 : held.base === page.from)) return ok('next');
  if (cursor !== undefined && page.incarnation < cursor.incarnation) return err('OLDER');
  const version = cursor?.version ?? 0;
  if (!isNewer && page.to <= version) return err('OLDER');
  return err(page.from === version ? 'OTHER_CHAIN' : 'GAP');
}
