import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

/** A sale of a life. */
export type Sold = {
  readonly transactionId: string;
  readonly receiptNumber: string;
  readonly payable: number;
  readonly cashSessionId: string;
  /** A byte of it has left. */
  sent: boolean;
  /** Whether the payer's cash is still here. */
  held: boolean;
};

/** What a pencil would write beside the drawer, apart from every ledger line; whole rupiah. */
export type Pencil = {
  drawer: number;
  float: number;
  safe: number;
  atBank: number;
  readonly sold: Sold[];
  sheets: number;
};
/** A counter with its province, and what was done at them. */
export type Life = {
  readonly counter: TestCounter;
  readonly province: TestProvince;
  readonly refunds: string[];
  /** How often each method was asked with success, and refused by a rule. */
  readonly acts: Acts;
};
/** Of all lives together. */
export type Acts = Map<string, { done: number; refused: number }>;
