import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { SaleDecision } from '../../../domain/transaction.ts';
import { waiversOf } from '../services/service-view.ts';
import { checklistOf } from './draft-view.ts';
import type { GatheredDraft } from './selling-facts.ts';

type Body = EntryBody<'transaction.paid'>;
type Amounts = Pick<
  Body,
  'lines' | 'total' | 'rounding' | 'payable' | 'tendered' | 'change' | 'agentFee' | 'ledgerLines'
>;

/** The papers of a sale as its entry names them; no waivers where none was needed. */
export function papersOf(gathered: GatheredDraft): Pick<Body, 'documents' | 'waivers'> {
  const lines = checklistOf(gathered);
  const waivers = waiversOf(lines);
  const documents = lines.map(({ kind, present }) => ({ kind, present }));
  return waivers.length === 0 ? { documents } : { documents, waivers };
}

/** The money of a sale as its entry names it; a line without the figures behind it. */
export function amountsOf(sale: SaleDecision): Amounts {
  const { total, rounding, payable, tendered, change, agentFee } = sale;
  return {
    lines: sale.lines.map(({ component, periodDueOn, beneficiary, amount, waived, rule, basis }) => ({
      component,
      periodDueOn,
      beneficiary,
      amount,
      waived,
      rule,
      basis,
    })),
    total,
    rounding,
    payable,
    tendered,
    change,
    agentFee,
    ledgerLines: [...sale.ledgerLines],
  };
}
