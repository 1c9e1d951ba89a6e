import type { LocalDate } from './local-date.ts';
import type { RefundPapersPolicy } from './refund-papers.ts';
import type { CashRounding, Rupiah } from './rupiah.ts';
import { rupiah } from './rupiah.ts';
import { DEFAULT_SIGNAL_POLICY, type SignalPolicy } from './signal-policy.ts';

/** What happens at the counter when signed data is older than its `freshUntil`. */
export type StaleData = 'sell' | 'warn' | 'intake-only';

/** Caps on work without an answer of the province (OPOP-Sync/1 14.1); null is no cap. */
export interface SaleCaps {
  readonly perSale: Rupiah | null;
  readonly drawerCash: Rupiah | null;
  readonly unconfirmedDeposits: Rupiah | null;
  /** Age of the oldest unconfirmed deposit in working days of the bank. */
  readonly unconfirmedDepositBankDays: number | null;
  /** Transactions, cash events and documents that the province has not acknowledged. */
  readonly unsent: number | null;
  readonly daysSinceContact: number | null;
  readonly rulesAgeDays: number | null;
  readonly registryAgeDays: number | null;
}

/** Pages of papers at a counter. */
export interface PagePolicy {
  /** What a page should weigh when it is kept, in bytes; a page that needs more to be readable takes more. */
  readonly targetBytes: number;
  /** Pages of one transaction or application. */
  readonly maxPages: number;
  /** Bytes of pages that a counter holds at most; further pages are refused before the disk is full. */
  readonly quotaBytes: number;
  /** Free bytes of the disk below which no further page is taken: the journal comes first. */
  readonly minFreeDiskBytes: number;
  /** Bytes per second that pages may take of the line; null is no cap. */
  readonly uploadBytesPerSecond: number | null;
  /** Days for which a page stays at the counter, locked, after the province has confirmed it. */
  readonly keepStoredDays: number;
}

/** The values of the design where the province has not yet spoken. */
export const DEFAULT_PAGE_POLICY: PagePolicy = {
  targetBytes: 220_000,
  maxPages: 40,
  quotaBytes: 4_000_000_000,
  minFreeDiskBytes: 1_000_000_000,
  uploadBytesPerSecond: null,
  keepStoredDays: 7,
};

/** Cases: what is promised to citizens, and what a counter may decide of them. */
export interface CasePolicy {
  /** Days within which a citizen hears what became of his case. */
  readonly promisedDays: number;
  /** Days from the approval of a refund to its transfer. */
  readonly refundDays: number;
  /** Days after which a refund that nobody could be paid counts as unclaimed; it stays owed. */
  readonly unclaimedDays: number;
  /** Hour of the day in Jakarta until which a sent sale may be asked back. */
  readonly cancellationUntilHour: number;
  /** Up to what sum a supervisor may waive what a sale came short; zero waives nothing. */
  readonly waiveShortUpTo: Rupiah;
  /** Whether identity and original paper must be photographed before an application for a refund. */
  readonly refundPapers: RefundPapersPolicy;
}

/** The values of the design where the province has not yet spoken. */
export const DEFAULT_CASE_POLICY: CasePolicy = {
  promisedDays: 5,
  refundDays: 14,
  unclaimedDays: 365,
  cancellationUntilHour: 15,
  waiveShortUpTo: rupiah(10_000),
  refundPapers: 'needed',
};

/** The province's choices for its counters: a signed feed, never constants of the program. */
export interface Policy {
  readonly version: number;
  /** Whether cash may be taken on the local figure, without the province's bill. */
  readonly offlineCash: 'allowed' | 'intake-only';
  readonly staleRules: StaleData;
  readonly staleRegistry: StaleData;
  /** Whether a sale goes on when the second copy of the entry cannot be written. */
  readonly mirrorFailure: 'warn' | 'stop';
  readonly cashRounding: CashRounding;
  /** Added to what the citizen pays, in its own ledger account; zero prints "tanpa biaya tambahan". */
  readonly agentFee: Rupiah;
  /** Whose money the agent fee is, as paper and reports name it; empty while there is none. */
  readonly agentFeeBeneficiary: string;
  /** Variance of a closed drawer, either way, up to which no supervisor is asked. */
  readonly varianceTolerance: Rupiah;
  readonly caps: SaleCaps;
  readonly complaintPhone: string;
  /** Host of the receipt page, without scheme or path. */
  readonly receiptHost: string;
  readonly idleLockMinutes: number;
  /** Jumps of the clock beyond which the officer must acknowledge (OPOP-Sync/1 8.3). */
  readonly clock: { readonly backwardMinutes: number; readonly forwardHours: number };
  /** Further papers of one receipt that an officer may print alone. */
  readonly reprintsWithoutSupervisor: number;
  readonly voidApproval: 'same-place' | 'remote-allowed';
  /** Days after which an approval that no supervisor has signed for is a case. */
  readonly approvalConfirmDays: number;
  /** Working days of the bank after the day on which cash was taken, by the end of which it is to be at the bank. */
  readonly depositDeadlineDays: number;
  /** Days on which the bank is closed beside weekends; one that is missing makes a deposit look older, never younger. */
  readonly bankHolidays: readonly LocalDate[];
  /** Hours for which a captured page can be shown at the counter. */
  readonly documentViewHours: number;
  /** Hours of line faults after which they are shown as a case. */
  readonly lineFaultShownAfterHours: number;
  /** Days after which a page that never arrived is asked for again. */
  readonly missingDocumentDays: number;
  readonly pages: PagePolicy;
  readonly cases: CasePolicy;
  /** From where on a figure of the journal is worth a look. */
  readonly signals: SignalPolicy;
}

/** The values of the design where the province has not yet spoken. */
export const DEFAULT_POLICY: Policy = {
  version: 0,
  offlineCash: 'allowed',
  staleRules: 'warn',
  staleRegistry: 'warn',
  mirrorFailure: 'warn',
  cashRounding: { unit: 100, direction: 'down' },
  agentFee: rupiah(0),
  agentFeeBeneficiary: '',
  varianceTolerance: rupiah(1000),
  caps: {
    perSale: rupiah(10_000_000),
    drawerCash: rupiah(10_000_000),
    // Five full drawers, and a week of the bank: the province confirms in its feed (docs/decisions/0044-drawer-day.md).
    unconfirmedDeposits: rupiah(50_000_000),
    unconfirmedDepositBankDays: 5,
    unsent: 500,
    daysSinceContact: 7,
    rulesAgeDays: 30,
    registryAgeDays: 60,
  },
  complaintPhone: '',
  receiptHost: 'opop.example',
  idleLockMinutes: 5,
  clock: { backwardMinutes: 2, forwardHours: 36 },
  reprintsWithoutSupervisor: 2,
  voidApproval: 'remote-allowed',
  approvalConfirmDays: 3,
  depositDeadlineDays: 1,
  bankHolidays: [],
  documentViewHours: 24,
  lineFaultShownAfterHours: 24,
  missingDocumentDays: 14,
  pages: DEFAULT_PAGE_POLICY,
  cases: DEFAULT_CASE_POLICY,
  signals: DEFAULT_SIGNAL_POLICY,
};
