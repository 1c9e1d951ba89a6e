import type { CashSessionView } from '../../../contract/views-cash.ts';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money, signedMoney } from '../../text/format.ts';

/** Only where change has moved: most days have none. */
export function floatMovedFacts({
  floatMoved,
}: Pick<CashSessionView, 'floatMoved'>): readonly (readonly [string, string])[] {
  return floatMoved === 0 ? [] : [[CASH_TEXT.floatMoved, signedMoney(floatMoved)]];
}

/** What the officer before left in the drawer; most sessions begin with an empty one. */
export function carriedFacts({ carried }: Pick<CashSessionView, 'carried'>): readonly (readonly [string, string])[] {
  return carried === 0 ? [] : [[DRAWER_TEXT.nextCarried, money(carried)]];
}
