import { SCANNER_TEST_TEXT } from '../../../contract/self-test.ts';
import { formatLocalDate, type LocalDate } from '../../../domain/local-date.ts';
import { formatRupiah, type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import {
  type Block,
  type ChargeRow,
  type PaperDocument,
  QR_MIN_MM,
  rowBlock,
  sumBlock,
  textBlock,
} from './paper-document.ts';
import type {
  CopyFacts,
  FinalReceiptFacts,
  PaperAmount,
  PaperCharge,
  QuoteFacts,
  ReceiptFacts,
} from './paper-facts.ts';
import { CUT, feet, headOf, RULE, shortHash, vehicleBlocks } from './paper-parts.ts';
import { CHARGE_PAIRS, PAPER_TEXT, paperTime, trustWords } from './paper-text.ts';

/** The figure alone: columns are narrow and their head says what they are. */
function figure(amount: Rupiah): string {
  return formatRupiah(amount).replace('Rp', '');
}

function periodsOf(lines: readonly PaperCharge[]): readonly LocalDate[] {
  return [...new Set(lines.map((line) => line.periodDueOn))].toSorted();
}

function rowsOf(lines: readonly PaperCharge[]): readonly ChargeRow[] {
  return CHARGE_PAIRS.flatMap(({ label, principal, fine }) => {
    const own = lines.filter((line) => line.component === principal || line.component === fine);
    if (own.length === 0) return [];
    const sumOf = (component: string | null): Rupiah =>
      sumRupiah(own.filter((line) => line.component === component).map((line) => line.amount));
    const amount = sumRupiah(own.map((line) => line.amount));
    return [{ label, principal: figure(sumOf(principal)), fine: figure(sumOf(fine)), amount: figure(amount) }];
  });
}

function chargeBlocks(lines: readonly PaperCharge[]): readonly Block[] {
  return periodsOf(lines).map((dueOn) => ({
    kind: 'charges',
    caption: PAPER_TEXT.caption(formatLocalDate(dueOn)),
    rows: rowsOf(lines.filter((line) => line.periodDueOn === dueOn)),
  }));
}

function assertSums({ lines, total }: Pick<PaperAmount, 'lines' | 'total'>): void {
  // A paper whose lines do not add up would be believed by somebody: it must never leave the program.
  if (sumRupiah(lines.map((line) => line.amount)) !== total) throw new RangeError('the lines do not make the total');
}

/** The fee of the agent on a line of its own, with whose money it is. */
function feeBlocks({ agentFee, agentFeeTo = '' }: Pick<PaperAmount, 'agentFee' | 'agentFeeTo'>): readonly Block[] {
  if (agentFee === 0) return [];
  const label = agentFeeTo === '' ? PAPER_TEXT.agentFee : PAPER_TEXT.agentFeeTo(agentFeeTo);
  return [rowBlock(label, formatRupiah(agentFee))];
}

/** What was handed over, or who has the money when it was not cash. */
function tenderBlocks({ paidBy, basket, tendered, change }: ReceiptFacts): readonly Block[] {
  if (paidBy !== undefined) {
    return [
      rowBlock(PAPER_TEXT.means, PAPER_TEXT.meansNames[paidBy.means]),
      rowBlock(PAPER_TEXT.provider, paidBy.provider),
      rowBlock(PAPER_TEXT.providerReference, paidBy.reference),
    ];
  }
  const cash = [
    rowBlock(PAPER_TEXT.tendered, formatRupiah(tendered)),
    rowBlock(PAPER_TEXT.change, formatRupiah(change)),
  ];
  if (basket === undefined) return cash;
  return [
    ...cash,
    textBlock(PAPER_TEXT.basket(basket.place, basket.of)),
    rowBlock(PAPER_TEXT.basketTendered, formatRupiah(basket.tendered)),
  ];
}

function amountBlocks(amount: PaperAmount, payableLabel: string): readonly Block[] {
  assertSums(amount);
  if (amount.total + amount.agentFee !== amount.payable + amount.rounding) {
    throw new RangeError('total and fee are not payable and rounding');
  }
  return [
    ...chargeBlocks(amount.lines),
    RULE,
    rowBlock(PAPER_TEXT.total, formatRupiah(amount.total)),
    ...feeBlocks(amount),
    rowBlock(PAPER_TEXT.rounding, formatRupiah(rupiah(-amount.rounding))),
    sumBlock(payableLabel, formatRupiah(amount.payable)),
  ];
}

function receiptBlocks(facts: ReceiptFacts, copy: readonly Block[]): readonly Block[] {
  if (facts.tendered - facts.change !== facts.payable) throw new RangeError('cash and change do not make the payment');
  const [host = ''] = facts.proofUrl.split('/t#');
  return [
    rowBlock(PAPER_TEXT.number, facts.receiptNumber),
    ...copy,
    RULE,
    ...vehicleBlocks(facts),
    RULE,
    ...amountBlocks(facts, PAPER_TEXT.payable),
    ...tenderBlocks(facts),
    RULE,
    textBlock(PAPER_TEXT[facts.figure]),
    rowBlock(PAPER_TEXT.officer, facts.officerName),
    rowBlock(PAPER_TEXT.time, paperTime(facts.paidAt)),
    textBlock(`(${trustWords(facts.timeTrust)})`),
    rowBlock(PAPER_TEXT.hash, shortHash(facts.headHash)),
    { kind: 'qr', payload: facts.proofUrl, minMm: QR_MIN_MM },
    {
      kind: 'text',
      text: facts.paidBy === undefined ? PAPER_TEXT.received : PAPER_TEXT.receivedByProvider,
      align: 'left',
      bold: true,
    },
    textBlock(PAPER_TEXT.check(host)),
    ...feet(facts, facts.agentFee),
  ];
}

/** The provisional receipt (TTS): cash was taken and committed. Throws when its own sums disagree, which is a bug. */
export function receiptPaper(facts: ReceiptFacts): PaperDocument {
  return { head: headOf(facts, 'receipt', PAPER_TEXT.receiptTitle, null), blocks: receiptBlocks(facts, []) };
}

/** A further paper of the same receipt: same number and content, SALINAN n across the head, and the reason. */
export function copyPaper(facts: ReceiptFacts, copy: CopyFacts): PaperDocument {
  const copied = [
    rowBlock(PAPER_TEXT.copyReason, copy.reason),
    rowBlock(PAPER_TEXT.copiedBy, copy.copiedBy),
    rowBlock(PAPER_TEXT.copiedAt, paperTime(copy.copiedAt)),
  ];
  return {
    head: headOf(facts, 'copy', PAPER_TEXT.receiptTitle, PAPER_TEXT.copy(copy.n)),
    blocks: receiptBlocks(facts, copied),
  };
}

/** A price slip headed BUKAN BUKTI BAYAR: no sale, no number, no QR. */
export function quotePaper(facts: QuoteFacts): PaperDocument {
  const title = facts.figure === 'penetapan' ? PAPER_TEXT.quoteTitleBill : PAPER_TEXT.quoteTitle;
  return {
    head: headOf(facts, 'quote', title, PAPER_TEXT.notProof),
    blocks: [
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      ...amountBlocks(facts, PAPER_TEXT.quotePayable),
      RULE,
      textBlock(PAPER_TEXT[facts.figure]),
      textBlock(PAPER_TEXT.validFor(formatLocalDate(facts.paidOn))),
      { kind: 'text', text: PAPER_TEXT.noSale, align: 'left', bold: true },
      rowBlock(PAPER_TEXT.officer, facts.officerName),
      rowBlock(PAPER_TEXT.time, paperTime(facts.quotedAt)),
      ...feet(facts, facts.agentFee),
    ],
  };
}

/** The final receipt (TBPKP) as the province booked it, printed at the counter. */
export function finalReceiptPaper(facts: FinalReceiptFacts): PaperDocument {
  assertSums(facts);
  return {
    head: headOf(facts, 'final-receipt', PAPER_TEXT.finalTitle, null),
    blocks: [
      rowBlock(PAPER_TEXT.finalNumber, facts.finalNumber),
      rowBlock(PAPER_TEXT.issuedOn, formatLocalDate(facts.issuedOn)),
      rowBlock(PAPER_TEXT.settles, facts.receiptNumber),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      ...chargeBlocks(facts.lines),
      RULE,
      sumBlock(PAPER_TEXT.amount, formatRupiah(facts.total)),
      rowBlock(PAPER_TEXT.officer, facts.officerName),
      rowBlock(PAPER_TEXT.time, paperTime(facts.printedAt)),
      { kind: 'qr', payload: facts.link, minMm: QR_MIN_MM },
      { kind: 'text', text: PAPER_TEXT.booked, align: 'left', bold: true },
      ...feet(facts, null),
    ],
  };
}

/** The installer's ruler page: width in columns, letters, a plate with Ø and a QR; no outlet is needed. */
export function testPaper(training = false): PaperDocument {
  return {
    head: { kind: 'test', outlet: [], title: PAPER_TEXT.testTitle, mark: PAPER_TEXT.notProof, training },
    blocks: [
      textBlock(PAPER_TEXT.ruler),
      { kind: 'ruler' },
      textBlock(PAPER_TEXT.plateTest),
      { kind: 'plate', nrkb: 'AG 1234 XØ' },
      textBlock(PAPER_TEXT.sampleText),
      sumBlock(PAPER_TEXT.payable, formatRupiah(rupiah(259_996))),
      textBlock(PAPER_TEXT.qrTest),
      { kind: 'qr', payload: SCANNER_TEST_TEXT, minMm: QR_MIN_MM },
      CUT,
    ],
  };
}

/** Nothing but a code of this length, to be read back. */
export function qrPaper(payload: string): PaperDocument {
  const { head } = testPaper();
  return { head, blocks: [{ kind: 'qr', payload, minMm: QR_MIN_MM }] };
}
