import type { ReadTx } from '../db/open.ts';
import type { PageRow } from './document-store.ts';
import type { PageViews } from './page-views.ts';
import type { PreparedPage } from './prepared-page.ts';

/**
 * Of 1,024 fields so many may differ in one picture that was stored twice, as another kind of file or smaller (measured: 7);
 * two drawn cards of the same kind differ in about a hundred.
 */
const SAME_LOOK_BITS = 15;

/** Number of bits in which two looks differ. */
function differingBits(one: Uint8Array, other: Uint8Array): number {
  let bits = 0;
  for (const [at, byte] of one.entries()) {
    for (let rest = byte ^ (other[at] ?? 0); rest !== 0; rest &= rest - 1) bits += 1;
  }
  return bits;
}

type Coming = Pick<PreparedPage, 'repeatIndex' | 'picture'>;

/**
 * The first page that is here already, by its file or by its look; null when none is. Looks lie under the view key, so
 * that they end with it.
 */
export async function findRepeated(
  tx: ReadTx,
  views: PageViews,
  rows: readonly PageRow[],
  coming: readonly Coming[],
): Promise<{ readonly label: string; readonly documentId: string } | null> {
  for (const row of rows) {
    const here = await views.open(tx, row);
    const isSame = ({ repeatIndex, picture }: Coming): boolean =>
      repeatIndex === row.repeat_index ||
      (here !== undefined && differingBits(here.look, picture.look) <= SAME_LOOK_BITS);
    if (coming.some(isSame)) return { label: row.kind, documentId: row.document_id };
  }
  return null;
}
