import { explanationSentences } from '../../../contract/explanation-words.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { ChargeLineView } from '../../../contract/views-vehicle.ts';
import { totalsByBeneficiary } from '../../../domain/charge.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import type { WhyFacts, WhyLine } from '../printing/paper-facts.ts';
import { PAPER_TEXT } from '../printing/paper-text.ts';
import { beneficiaryView } from './charge-views.ts';
import type { WholeSale } from './history-service.ts';
import { originOf, type PaperContext } from './papers.ts';

type Moment = { readonly officerName: string; readonly printedAt: number };

function whyLine(line: ChargeLineView): WhyLine {
  const sentences = explanationSentences(line);
  return {
    label: PAPER_TEXT.components[line.component],
    amount: line.amount,
    dueOn: line.periodDueOn,
    beneficiary: line.beneficiary.name,
    sentences: sentences.length === 0 ? [PAPER_TEXT.whyNoFacts] : sentences,
    waived: line.waived,
    rule: line.rule,
    basis: line.basis,
  };
}

/** Why an open service costs what it costs; null where it has no amount. */
export function whyOfAmount(context: PaperContext, moment: Moment, draft: DraftView | null): WhyFacts | null {
  const amount = draft?.amount ?? null;
  if (draft === null || amount === null) return null;
  const { nrkb, make, model, yearMade } = draft.vehicle;
  return {
    ...originOf(context, moment.officerName),
    ...{ nrkb, make, model, yearMade },
    lines: amount.lines.map(whyLine),
    shares: amount.byBeneficiary.map(({ name, amount: share }) => ({ name, amount: share })),
    total: amount.total,
    agentFee: amount.agentFee,
    agentFeeTo: amount.agentFeeTo,
    rounding: rupiah(amount.rounding),
    payable: amount.payable,
    figure: amount.figure,
    receiptNumber: null,
    printedAt: moment.printedAt,
  };
}

/** Why a sale cost what it cost. */
export function whyOfSale(
  context: PaperContext,
  moment: Moment,
  { sale, body }: WholeSale,
  lines: readonly ChargeLineView[],
): WhyFacts {
  const { nrkb, make, model, yearMade } = sale.vehicle;
  return {
    ...originOf(context, moment.officerName),
    ...{ nrkb, make, model, yearMade },
    lines: lines.map(whyLine),
    shares: totalsByBeneficiary(body.lines).map((one) => ({
      name: beneficiaryView(one.beneficiary).name,
      amount: one.amount,
    })),
    total: body.total,
    agentFee: body.agentFee,
    agentFeeTo: body.agentFeeTo ?? '',
    rounding: body.rounding,
    payable: body.payable,
    figure: body.figure,
    receiptNumber: body.receiptNumber,
    printedAt: moment.printedAt,
  };
}
