import type { CashSessionView } from '../../../contract/views-cash.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { signedMoney } from '../../text/format.ts';

/** Only where change has moved: most days have none. */
export function floatMovedFacts({
  floatMoved,
}: Pick<CashSessionView, 'floatMoved'>): readonly (readonly [string, string])[] {
  return floatMoved === 0 ? [] : [[CASH_TEXT.floatMoved, signedMoney(floatMoved)]];
}
