/** A paper that came out of a printer, whatever became of the computer behind it. */
export type Paper = {
  readonly counter: number;
  readonly at: number;
  readonly kind: string;
  /** Receipt number as it is printed. */
  readonly number: string | null;
  /** The sum to be paid as it is printed, in whole rupiah. */
  readonly payable: number | null;
  /** Address in the QR. */
  readonly proof: string | null;
};

/** What the world itself has done and somebody must have reported. */
export type Evidence = {
  readonly kind: 'device-rollback' | 'clone' | 'server-rollback';
  readonly deviceId: string | null;
  readonly at: number;
};

/** Entries that a fault destroyed on purpose with the only disk that held them. */
export type Destroyed = {
  readonly deviceId: string;
  /** Folder of the second copy, from which they were carried to the province. */
  readonly stick: string;
  /** Sales that the province had too, until it was itself put back; those that it never had are on the second copy. */
  readonly sent: readonly { readonly number: string; readonly payable: number }[];
};

/** What really happened, kept outside of every program that is tested. */
export type Truth = {
  readonly papers: Paper[];
  readonly evidence: Evidence[];
  readonly destroyed: Destroyed[];
  /** Broken invariants that a probe saw on the way; the first one ends the run. */
  readonly seen: { readonly check: string; readonly problem: string }[];
  readonly sales: { count: number };
  /** ms of the world between which what the province knew was lost with its disk. */
  readonly rollback: { from: number; to: number };
};

export function createTruth(): Truth {
  return { papers: [], evidence: [], destroyed: [], seen: [], sales: { count: 0 }, rollback: { from: 0, to: 0 } };
}
