import type { DecisionItem } from '../../contract/feeds.ts';
import type { SoldLine } from '../../contract/journal-entry.ts';
import type { Bill } from '../../contract/sync-protocol.ts';
import type { LocalDate } from '../../domain/local-date.ts';

/** What a counter asks before it takes cash. */
export type CoreInquiry = {
  readonly nrkb: string;
  readonly chassisTail: string;
  readonly arrivedOn: LocalDate | null;
  readonly groups: readonly string[];
  readonly periods: readonly LocalDate[];
  readonly on: LocalDate;
};

/** What is owed, without the frame of a signed bill. */
export type CoreBill = Pick<Bill, 'state' | 'refusals' | 'lines' | 'total' | 'paidElsewhere'>;

/** A sale in custody, with its dates as the province believes them. */
export type CoreSale = {
  readonly deviceId: string;
  readonly transactionId: string;
  readonly nrkb: string;
  readonly chassisNumber: string;
  readonly periods: readonly LocalDate[];
  readonly lines: readonly SoldLine[];
  readonly paidOn: LocalDate;
  /** A proved arrival, or null. */
  readonly arrivedOn: LocalDate | null;
  readonly groups: readonly string[];
  /** Lines of the bill on which the cash was taken, while it held; null for a sale on the local figure. */
  readonly billed: readonly SoldLine[] | null;
  /** Name of the channel as other channels see it. */
  readonly channel: string;
};

/** What the tax office decided for a sale; `number` is the TBPKP's when it was booked. */
export type Settlement = Pick<DecisionItem, 'central' | 'outcomes' | 'difference' | 'reason'> & {
  readonly number: string | null;
};

/**
 * The system of the tax office: register, bills, bookings. The booking of one (vehicle, period, component) is unique
 * there, whichever channel asks. `settle` is idempotent by (deviceId, transactionId): the same sale again gets the same
 * answer. With `again` a sale that was not booked whole is settled once more, with what was collected or found out since:
 * what it has booked stays booked, and the same cause gets the same answer. `findAnswer` says what `settle` answered for a
 * sale before, and settles nothing: the caller may have lost the answer. A fault of the line is a throw, and the caller
 * tries again.
 */
export type SamsatCore = {
  readonly inquire: (inquiry: CoreInquiry) => Promise<CoreBill>;
  readonly settle: (sale: CoreSale, again?: string) => Promise<Settlement>;
  readonly findAnswer: (sale: Pick<CoreSale, 'deviceId' | 'transactionId'>) => Promise<Settlement | undefined>;
};
