import type { LocalDate } from '../../../domain/local-date.ts';
import type { ReadTx } from '../db/open.ts';

/** What a sale is of: a vehicle, by the HMAC of its plate, and its newest period. */
type SoldOf = { readonly nrkbIndex: string; readonly periodUntil: LocalDate };

/** What a standing sale occupies; no second sale that stands has the same. */
export const standsFor = ({ nrkbIndex, periodUntil }: SoldOf): string => `${nrkbIndex}/${periodUntil}`;

/** Whether a sale of the same vehicle and period stands at this counter. */
export async function isSoldAlready(tx: ReadTx, sold: SoldOf): Promise<boolean> {
  const row = await tx.selectFrom('sale').select('seq').where('stands_for', '=', standsFor(sold)).executeTakeFirst();
  return row !== undefined;
}
