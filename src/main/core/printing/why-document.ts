import { formatLocalDate } from '../../../domain/local-date.ts';
import { formatRupiah, rupiah } from '../../../domain/rupiah.ts';
import { type Block, type PaperDocument, rowBlock, sumBlock, textBlock } from './paper-document.ts';
import type { WhyFacts, WhyLine } from './paper-facts.ts';
import { feet, headOf, RULE, vehicleBlocks } from './paper-parts.ts';
import { PAPER_TEXT, paperTime } from './paper-text.ts';

function lineBlocks(line: WhyLine): readonly Block[] {
  return [
    rowBlock(line.label, formatRupiah(line.amount)),
    textBlock(PAPER_TEXT.whyPeriod(formatLocalDate(line.dueOn), line.beneficiary)),
    ...line.sentences.map(textBlock),
    ...(line.waived === 0 ? [] : [textBlock(PAPER_TEXT.whyWaived(formatRupiah(line.waived)))]),
    textBlock(PAPER_TEXT.whyRule(line.basis, line.rule)),
    RULE,
  ];
}

/** A reason for every rupiah, for the citizen: without a sale it says across its head that it proves no payment. */
export function whyPaper(facts: WhyFacts): PaperDocument {
  const { receiptNumber } = facts;
  const fee = facts.agentFee === 0 ? [] : [rowBlock(PAPER_TEXT.agentFee, formatRupiah(facts.agentFee))];
  return {
    // Also beside a sale: the receipt alone is the proof.
    head: headOf(facts, 'quote', PAPER_TEXT.whyTitle, PAPER_TEXT.notProof),
    blocks: [
      ...(receiptNumber === null ? [] : [rowBlock(PAPER_TEXT.whyOf, receiptNumber)]),
      RULE,
      ...vehicleBlocks(facts),
      RULE,
      ...facts.lines.flatMap(lineBlocks),
      rowBlock(PAPER_TEXT.total, formatRupiah(facts.total)),
      ...fee,
      rowBlock(PAPER_TEXT.rounding, formatRupiah(rupiah(-facts.rounding))),
      sumBlock(receiptNumber === null ? PAPER_TEXT.quotePayable : PAPER_TEXT.payable, formatRupiah(facts.payable)),
      textBlock(PAPER_TEXT.whyShares),
      ...facts.shares.map(({ name, amount }) => rowBlock(name, formatRupiah(amount))),
      RULE,
      textBlock(PAPER_TEXT[facts.figure]),
      ...(receiptNumber === null ? [textBlock(PAPER_TEXT.noSale)] : []),
      rowBlock(PAPER_TEXT.officer, facts.officerName),
      rowBlock(PAPER_TEXT.time, paperTime(facts.printedAt)),
      ...feet(facts, facts.agentFee),
    ],
  };
}
