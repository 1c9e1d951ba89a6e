import type { SignalKind } from './signal-policy.ts';

/** A figure behind a signal: whole rupiah, a number, thousandths, minutes or days. */
export interface SignalFigure {
  readonly name:
    | 'before'
    | 'after'
    | 'difference'
    | 'taken'
    | 'booked'
    | 'amount'
    | 'days'
    | 'papers'
    | 'times'
    | 'minutes'
    | 'cases'
    | 'of'
    | 'permille'
    | 'cap';
  readonly value: number;
}

/** Something worth a look: what, by whose hand, in figures, and which entries show it. */
export interface FraudSignal {
  readonly kind: SignalKind;
  /** `few`: too few cases to say anything by a share. */
  readonly level: 'look' | 'few';
  readonly officerId: string | null;
  readonly figures: readonly SignalFigure[];
  /** Entries that show it, oldest first; at most twenty. */
  readonly seqs: readonly number[];
}
