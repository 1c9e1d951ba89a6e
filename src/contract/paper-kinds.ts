/** Kinds of paper that the journal speaks of: each print of one is asked for and settled by entries. */
export const JOURNAL_PAPER_KINDS = [
  'receipt',
  'copy',
  'arrival',
  'final-receipt',
  'application',
  'hand-over',
  'ticket',
  'void',
  'cash-close',
  'drawer-hand-over',
  'courier',
  'cash-inspection',
  'case-letter',
  'top-up',
  'refund',
] as const;

/** One of them. */
export type JournalPaperKind = (typeof JOURNAL_PAPER_KINDS)[number];
