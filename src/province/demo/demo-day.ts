import { v7 as uuidV7 } from 'uuid';
import { closeLedgerLines, depositLedgerLines, openFloatLedgerLines } from '../../domain/ledger-lines.ts';
import { type LocalDate, startOfLocalDate } from '../../domain/local-date.ts';
import { type Rupiah, rupiah, subtractRupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import type { DemoCounter } from './demo-counter.ts';

const HOUR = 3_600_000;
const FLOAT = rupiah(200_000);

/** A cash session of a demo counter on a day, entry by entry; whole rupiah. */
export class DemoDay {
  readonly counter: DemoCounter;
  readonly on: LocalDate;
  readonly #sessionId: string;
  #sales = 0;
  #taken = 0;

  constructor(counter: DemoCounter, on: LocalDate, officerId: string) {
    this.counter = counter;
    this.on = on;
    counter.at = startOfLocalDate(on) + 8 * HOUR;
    counter.officerId = officerId;
    this.#sessionId = uuidV7({ msecs: counter.at });
    counter.cashSessionId = this.#sessionId;
    const ledgerLines = openFloatLedgerLines(FLOAT);
    counter.say({
      type: 'cash-session.opened',
      stream: this.#sessionId,
      body: { float: [{ denomination: 50_000, count: 4 }], total: FLOAT, ledgerLines },
    });
  }

  /** Cash of the citizens so far. */
  get taken(): Rupiah {
    return rupiah(this.#taken);
  }

  /** A sale came in, or was taken back. */
  note(payable: Rupiah, sales: 1 | -1): void {
    this.#sales += sales;
    this.#taken += sales * payable;
  }

  /** Counts and closes; `short` is what is missing in the drawer. */
  close(short: Rupiah = ZERO_RUPIAH): void {
    const { counter } = this;
    const expected = rupiah(FLOAT + this.#taken);
    const counted = rupiah(expected - short);
    const stream = this.#sessionId;
    counter.say({ type: 'cash-session.counted', stream, body: { counts: [], total: counted } });
    counter.say({
      type: 'cash-session.closed',
      stream,
      body: {
        counted,
        expected,
        variance: subtractRupiah(counted, expected),
        sales: this.#sales,
        salesTotal: this.#taken,
        firstSeq: 1,
        lastSeq: counter.seq,
        head: counter.head,
        ledgerLines: closeLedgerLines({ counted, expected, floatReturned: FLOAT }),
      },
    });
    counter.cashSessionId = null;
  }

  /** Brings what the session left to the bank; answers the number of the deposit, or null where there was nothing. */
  deposit(amount: Rupiah, slipNumber: string): string | null {
    if (amount <= 0) return null;
    const depositId = uuidV7({ msecs: this.counter.at });
    const ledgerLines = depositLedgerLines('safe-or-courier', amount);
    const body = { depositId, amount, depositedOn: this.on, bank: 'Bank Jatim', slipNumber, ledgerLines };
    this.counter.say({ type: 'cash.deposited', stream: depositId, body });
    return depositId;
  }
}
