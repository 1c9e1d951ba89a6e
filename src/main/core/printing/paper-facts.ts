import type { TimeTrust } from '../../../contract/primitives.ts';
import type { ChargeComponent } from '../../../domain/charge.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';

/** Where a paper comes from and who answers for it; on every paper. */
export type PaperOrigin = {
  readonly outletId: string;
  readonly outletName: string;
  readonly regencyName: string;
  readonly deviceNo: number;
  /** The officer who did what the paper says. */
  readonly officerName: string;
  /** `policy.complaintPhone`; empty when the province has not given one. */
  readonly complaintPhone: string;
  /** True in mode `training`: every line then says LATIHAN on its left. */
  readonly training: boolean;
};

/** What is printed of a vehicle; the owner is never on the paper. */
export type PaperVehicle = {
  /** Canonical plate text; may hold Ø. */
  readonly nrkb: string;
  readonly make: string;
  readonly model: string;
  readonly yearMade: number;
};

/** One amount of one period; a `ChargeLine` of the domain fits as it is. */
export type PaperCharge = {
  readonly component: ChargeComponent;
  readonly periodDueOn: LocalDate;
  readonly amount: Rupiah;
};

/** The amount as every paper lists it: `total + agentFee = payable + rounding`. */
export type PaperAmount = {
  readonly lines: readonly PaperCharge[];
  /** Sum of the lines. */
  readonly total: Rupiah;
  /** Zero prints "tanpa biaya tambahan". */
  readonly agentFee: Rupiah;
  /** Whose money the fee is; empty where nobody is named. */
  readonly agentFeeTo?: string;
  /** Positive when rounded down, in the citizen's favour. */
  readonly rounding: Rupiah;
  readonly payable: Rupiah;
  readonly figure: 'perkiraan' | 'penetapan';
};

/** Facts of a provisional receipt (TTS), all of them from the committed entry. */
export type ReceiptFacts = PaperOrigin &
  PaperVehicle &
  PaperAmount & {
    readonly receiptNumber: string;
    readonly tendered: Rupiah;
    readonly change: Rupiah;
    /** How it was paid when not in cash, by whose word. */
    readonly paidBy?: { readonly means: 'qris' | 'transfer'; readonly provider: string; readonly reference: string };
    /** One of several vehicles of one payer, and what he handed over for all of them. */
    readonly basket?: { readonly place: number; readonly of: number; readonly tendered: Rupiah };
    /** ms UTC. */
    readonly paidAt: number;
    readonly timeTrust: TimeTrust;
    /** Hash of the sale's entry (the head when it was printed), base64url; its first and last four are printed. */
    readonly headHash: string;
    /** The whole address in the QR, `https://<host>/t#<payload>`. */
    readonly proofUrl: string;
  };

/** What a further paper of the same receipt adds. */
export type CopyFacts = {
  /** SALINAN n, from 1. */
  readonly n: number;
  readonly reason: string;
  /** ms UTC of the reprint. */
  readonly copiedAt: number;
  readonly copiedBy: string;
};

/** Facts of a price slip; no number and no sale. */
export type QuoteFacts = PaperOrigin &
  PaperVehicle &
  PaperAmount & {
    /** ms UTC. */
    readonly quotedAt: number;
    /** The day for which the amount holds. */
    readonly paidOn: LocalDate;
  };

/** Facts of a slip: a paper that proves a day or a hand-over, and no money. */
export type SlipFacts = PaperOrigin & {
  readonly number: string;
  /** The day that counts. */
  readonly on: LocalDate;
  /** ms UTC. */
  readonly recordedAt: number;
  readonly timeTrust: TimeTrust;
  /** Hash of its entry, base64url; the first and last four are printed. */
  readonly headHash: string;
  /** The whole address in the QR, `https://<host>/t#<payload>`. */
  readonly proofUrl: string;
};

/** Facts of a proof of arrival (bukti kedatangan): no cash was taken. `on` is the day that counts for fines. */
export type ArrivalFacts = SlipFacts & PaperVehicle;

/** Facts of a hand-over of originals. Who took them writes name and signature by hand: a printer's queue holds no person. */
export type HandOverFacts = SlipFacts & {
  /** Plate or service that the papers belong to; empty when nobody may be named any more. */
  readonly subject: string;
  /** Receipt, arrival or application number; null for a service that was not finished. */
  readonly ofNumber: string | null;
  /** The papers, in words. */
  readonly labels: readonly string[];
  readonly to: 'owner' | 'representative' | 'agency';
  readonly evidence: string;
};

/** Facts of a number in the queue. */
export type TicketFacts = SlipFacts & {
  readonly ticketNumber: number;
  /** Null where no plate was named. */
  readonly nrkb: string | null;
  readonly reason: 'walk-in' | 'outage';
  /** Day of a proved arrival whose place the ticket keeps; null without one. */
  readonly arrivedOn: LocalDate | null;
};

/** Facts of a reprinted final receipt (TBPKP), as the province booked it. */
export type FinalReceiptFacts = PaperOrigin &
  PaperVehicle & {
    readonly finalNumber: string;
    readonly issuedOn: LocalDate;
    /** The provisional receipt that it settles. */
    readonly receiptNumber: string;
    readonly lines: readonly PaperCharge[];
    readonly total: Rupiah;
    /** Address of the final receipt at the province; also the QR. */
    readonly link: string;
    /** ms UTC of this print. */
    readonly printedAt: number;
  };

/** Why one line is what it is, in sentences. */
export type WhyLine = {
  readonly label: string;
  readonly amount: Rupiah;
  readonly dueOn: LocalDate;
  readonly beneficiary: string;
  readonly sentences: readonly string[];
  readonly waived: Rupiah;
  readonly rule: string;
  readonly basis: string;
};

/** Facts of the page that explains an amount to a citizen. */
export type WhyFacts = PaperOrigin &
  PaperVehicle &
  Omit<PaperAmount, 'lines'> & {
    readonly lines: readonly WhyLine[];
    readonly shares: readonly { readonly name: string; readonly amount: Rupiah }[];
    /** Receipt of the sale; null while there is none, and then it is no proof of anything. */
    readonly receiptNumber: string | null;
    /** ms UTC of this print. */
    readonly printedAt: number;
  };
