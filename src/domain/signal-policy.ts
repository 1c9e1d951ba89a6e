/** What is worth a look; each is a question to a person and never an answer about him. */
export const SIGNAL_KINDS = [
  'sold-again-lower',
  'booked-otherwise',
  'cash-age',
  'deposit-twice',
  'void-after-leaving',
  'void-rate',
  'reprints',
  'below-cap',
  'lookups-without-sale',
  'clock-changed',
] as const;

/** One of them. */
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** From where on a figure is worth a look: policy of the province. */
export interface SignalPolicy {
  /** Below this number of cases a share says nothing, and the signal says so. */
  readonly fewCases: number;
  /** Share of sales taken back, and of receipts printed again, in thousandths. */
  readonly voidsPermille: number;
  readonly reprintsPermille: number;
  /** Share of confirmed owners who neither paid nor asked for a price, in thousandths. */
  readonly lookupsPermille: number;
  /** How far under the cap counts as just below it, in thousandths of the cap. */
  readonly capBandPermille: number;
  /** Sales just below a cap from which on they are worth a look. */
  readonly capSales: number;
  /** Minutes after the receipt was printed in which a citizen is still at the counter. */
  readonly leavingMinutes: number;
}

/** The values of the design where the province has not yet spoken. */
export const DEFAULT_SIGNAL_POLICY: SignalPolicy = {
  fewCases: 30,
  voidsPermille: 30,
  reprintsPermille: 50,
  lookupsPermille: 500,
  capBandPermille: 20,
  capSales: 3,
  leavingMinutes: 10,
};
