import type { ProvinceContext } from '../province-context.ts';
import { removeErasedBytes } from './erased-bytes.ts';
import { decideMissingPages } from './page-decisions.ts';

/** Everything that is due about pages now. */
export async function keepPages(context: ProvinceContext): Promise<void> {
  await decideMissingPages(context);
  await removeErasedBytes(context);
  // The disk's own clock: that of its files.
  await context.pages.store.sweepFragments(Date.now() - context.settings.fragmentMs);
}
