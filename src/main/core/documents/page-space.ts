import type { pageSpaceSchema } from '../../../contract/views-documents.ts';
import type { PagePolicy } from '../../../domain/policy.ts';
import type { z } from 'zod';

type PageSpace = Readonly<z.infer<typeof pageSpaceSchema>>;

/** Share of the quota from which the bar warns. */
const OLD_SHARE = 0.8;

/**
 * Room for pages: a page is refused while the disk still has room for the journal, because money comes first. `coming` are
 * bytes that are about to be kept.
 */
export function spaceFor(
  policy: PagePolicy,
  facts: { readonly heldBytes: number; readonly freeDiskBytes: number | null; readonly waiting: number },
  coming = 0,
): PageSpace {
  const { heldBytes, freeDiskBytes, waiting } = facts;
  const isFull = heldBytes + coming > policy.quotaBytes;
  const isDiskLow = freeDiskBytes !== null && freeDiskBytes - coming < policy.minFreeDiskBytes;
  const isNearlyFull = heldBytes > policy.quotaBytes * OLD_SHARE;
  const isDiskNearlyLow = freeDiskBytes !== null && freeDiskBytes < policy.minFreeDiskBytes * 2;
  const health = isFull || isDiskLow ? 'stop' : isNearlyFull || isDiskNearlyLow ? 'old' : 'ok';
  return { health, heldBytes, quotaBytes: policy.quotaBytes, freeDiskBytes, waiting };
}
