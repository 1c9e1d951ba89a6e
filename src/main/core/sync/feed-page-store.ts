import type { SignedText } from '../../../contract/primitives.ts';
import type { FeedPage } from '../../../contract/feeds.ts';
import type { WriteTx } from '../db/tx.ts';

/** Keeps a page as received, append-only: every projection of a feed can be rebuilt from these. */
export async function insertFeedPage(
  tx: WriteTx,
  kept: { readonly page: FeedPage; readonly hash: string; readonly signed: SignedText; readonly receivedAt: number },
): Promise<void> {
  const { page, hash, signed, receivedAt } = kept;
  await tx
    .insertInto('feed_page')
    .values({
      feed: page.feed,
      scope: page.scope,
      incarnation: page.incarnation,
      from_version: page.from,
      to_version: page.to,
      hash,
      text: signed.text,
      sig: signed.sig,
      key_id: signed.keyId,
      received_at: receivedAt,
    })
    .execute();
}
