import type { z } from 'zod';

/** What an independent look at the stored data found; references only, never a person. */
export type StoredProblem = {
  readonly problem:
    | 'ENTRY_SIGNATURE'
    | 'ENTRY_ENVELOPE'
    | 'ENTRY_CHAIN'
    | 'ENTRY_WAITS'
    | 'CERTIFICATE'
    | 'LEDGER_LINES'
    | 'LEDGER_SUM'
    | 'SALE_MISSING'
    | 'SALE_UNREADABLE'
    | 'WORK_MISSING'
    | 'DECISION_MISSING'
    | 'DECISION_NOT_IN_FEED'
    | 'DECISION_UNREADABLE'
    | 'BOOKING_MISSING'
    | 'BOOKING_TWICE'
    | 'SALE_LEDGER_UNBALANCED'
    | 'SALE_LEDGER_ELSEWHERE'
    | 'REFUND_PAID_TWICE'
    | 'PAYMENT_RETURN_DIFFERS'
    | 'RECEIPT_SIGNATURE'
    | 'PAGE_UNREADABLE'
    | 'PAGE_HASH'
    | 'PAGE_SIGNATURE'
    | 'PAGE_CHAIN'
    | 'DOCUMENT_MISSING'
    | 'DOCUMENT_HASH'
    | 'BALANCE'
    | 'DAY_FIGURE'
    | 'DAY_ITEM_MISSING'
    | 'DAY_SIGNATURE';
  readonly where: string;
};

/** Parses a stored text; undefined where the damage is so that it is no JSON of this shape. */
export function readStored<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (_notJson) {
    return undefined; // the caller names it as a problem
  }
}

const MOST_LISTED = 500;

/** Gathers problems; counts all, lists the first 500. */
export class ProblemList {
  readonly listed: StoredProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(problem: StoredProblem['problem'], where: string): void {
    this.#count += 1;
    if (this.listed.length < MOST_LISTED) this.listed.push({ problem, where });
  }
}
