import type { ExceptionKind } from '../../../domain/exception-case.ts';
import { formatLocalDate, type LocalDate } from '../../../domain/local-date.ts';
import { formatRupiah, type Rupiah } from '../../../domain/rupiah.ts';
import { CASE_PAPER, CASE_PAPER_KINDS } from './case-paper-text.ts';
import { type Block, type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { PaperCharge, PaperVehicle, SlipFacts } from './paper-facts.ts';
import { feet, headOf, proofBlocks, RULE, signed, vehicleBlocks } from './paper-parts.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { recordBlocks } from './slip-documents.ts';

const bold = (text: string): Block => ({ kind: 'text', text, align: 'left', bold: true });
const mark = (copyNo: number): string | null => (copyNo === 0 ? null : PAPER_TEXT.copy(copyNo));

/** Facts of the receipt for what was collected after a sale came short. */
export type TopUpFacts = SlipFacts &
  PaperVehicle & {
    readonly receiptNumber: string;
    readonly parts: readonly PaperCharge[];
    readonly total: Rupiah;
    readonly rounding: Rupiah;
    readonly payable: Rupiah;
    readonly tendered: Rupiah;
    readonly change: Rupiah;
  };

/** Tanda terima tambahan: its own number, its own QR, and the number of the receipt that it completes. */
export function topUpPaper(facts: TopUpFacts, copyNo: number): PaperDocument {
  return {
    head: headOf(facts, 'top-up', CASE_PAPER.topUpTitle, mark(copyNo)),
    blocks: [
      rowBlock(PAPER_TEXT.number, facts.number),
      rowBlock(CASE_PAPER.topUpOf, facts.receiptNumber),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      ...facts.parts.map(({ component, periodDueOn, amount }) =>
        rowBlock(`${PAPER_TEXT.components[component]} ${periodDueOn.slice(0, 4)}`, formatRupiah(amount)),
      ),
      rowBlock(CASE_PAPER.shortage, formatRupiah(facts.total)),
      ...(facts.rounding === 0 ? [] : [rowBlock(PAPER_TEXT.rounding, formatRupiah(facts.rounding))]),
      sumBlock(PAPER_TEXT.payable, formatRupiah(facts.payable)),
      rowBlock(PAPER_TEXT.tendered, formatRupiah(facts.tendered)),
      rowBlock(PAPER_TEXT.change, formatRupiah(facts.change)),
      ...recordBlocks(facts),
      bold(CASE_PAPER.topUpMeans),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** Facts of the letter of a case. */
export type CaseLetterFacts = SlipFacts & {
  readonly caseKind: ExceptionKind;
  /** Empty where the case is about no vehicle. */
  readonly nrkb: string;
  readonly receiptNumber: string | null;
  readonly promisedOn: LocalDate;
  readonly isEscalated: boolean;
};

/** Surat Keterangan: the case has a number, a day by which somebody calls, and somebody to call. */
export function caseLetterPaper(facts: CaseLetterFacts, copyNo: number): PaperDocument {
  return {
    head: headOf(facts, 'case-letter', CASE_PAPER.letterTitle, mark(copyNo)),
    blocks: [
      sumBlock(CASE_PAPER.caseNumber, facts.number),
      ...(facts.nrkb === '' ? [] : [{ kind: 'plate', nrkb: facts.nrkb } as const]),
      ...(facts.receiptNumber === null ? [] : [rowBlock(CASE_PAPER.ofReceipt, facts.receiptNumber)]),
      RULE,
      rowBlock(CASE_PAPER.about, CASE_PAPER_KINDS[facts.caseKind]),
      sumBlock(CASE_PAPER.promised, formatLocalDate(facts.promisedOn)),
      ...recordBlocks(facts),
      bold(CASE_PAPER.letterMeans),
      ...(facts.isEscalated ? [bold(CASE_PAPER.escalated)] : []),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** Facts of the slip for cash that went back. */
export type CashRefundFacts = SlipFacts &
  PaperVehicle & {
    readonly receiptNumber: string;
    readonly amount: Rupiah;
    readonly reason: string;
    readonly approvedBy: string;
  };

/** Both numbers, the sum, and three places to sign. */
export function cashRefundPaper(facts: CashRefundFacts, copyNo: number): PaperDocument {
  return {
    head: headOf(facts, 'refund', CASE_PAPER.refundTitle, mark(copyNo)),
    blocks: [
      rowBlock(CASE_PAPER.refundNumber, facts.number),
      rowBlock(CASE_PAPER.refundOf, facts.receiptNumber),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      sumBlock(PAPER_TEXT.returned, formatRupiah(facts.amount)),
      textBlock(`${PAPER_TEXT.voidReason}: ${facts.reason}`),
      rowBlock(PAPER_TEXT.approvedBy, facts.approvedBy),
      ...recordBlocks(facts),
      bold(CASE_PAPER.refundMeans),
      ...signed(PAPER_TEXT.payerSigns, PAPER_TEXT.giverSigns, PAPER_TEXT.approverSigns),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}

/** Facts of the form of an application; the account is written by hand: a printer's queue holds no person. */
export type RefundFormFacts = SlipFacts & PaperVehicle & { readonly receiptNumber: string; readonly amount: Rupiah };

/** The form that the applicant signs. */
export function refundFormPaper(facts: RefundFormFacts, copyNo: number): PaperDocument {
  return {
    head: headOf(facts, 'refund', CASE_PAPER.formTitle, mark(copyNo)),
    blocks: [
      rowBlock(CASE_PAPER.formNumber, facts.number),
      rowBlock(CASE_PAPER.refundOf, facts.receiptNumber),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      sumBlock(CASE_PAPER.asked, formatRupiah(facts.amount)),
      textBlock(CASE_PAPER.account),
      { kind: 'fill', label: CASE_PAPER.accountHolder },
      { kind: 'fill', label: CASE_PAPER.bank },
      { kind: 'fill', label: CASE_PAPER.accountNumber },
      ...recordBlocks(facts),
      bold(CASE_PAPER.formMeans),
      ...signed(CASE_PAPER.applicantSigns, PAPER_TEXT.giverSigns),
      ...proofBlocks(facts.proofUrl),
      ...feet(facts, null),
    ],
  };
}
