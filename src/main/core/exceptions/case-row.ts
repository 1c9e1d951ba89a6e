import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { EXCEPTION_GUIDES } from '../../../domain/exception-case.ts';
import type { Sale } from '../transactions/sale-store.ts';

/** Money's place and the steps left, as names that the screen words. */
export function guided(kind: ExceptionCaseView['kind']): Pick<ExceptionCaseView, 'moneyPlace' | 'steps'> {
  const guide = EXCEPTION_GUIDES[kind];
  return { moneyPlace: guide.money, steps: guide.steps.map((one) => one.step) };
}

/** What a case says that has nothing to say: of a sale, or of nothing that was sold. */
export const blank = (sale: Sale | undefined) => ({
  cashSessionId: null,
  inspectionId: null,
  transactionId: sale?.transactionId ?? null,
  nrkb: sale?.vehicle.nrkb ?? null,
  receiptNumber: sale?.receiptNumber ?? null,
  counterTotal: sale?.total ?? null,
  provinceTotal: null,
  difference: 0,
  reason: null,
  aside: null,
  approval: null,
  outcomes: [],
  number: null,
  owner: 'officer' as const,
  promisedOn: null,
  seen: [],
  gap: null,
  unclaimed: null,
});
