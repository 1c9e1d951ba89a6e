import type { BasketShare } from '../../../contract/entry-bodies-payments.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { Policy } from '../../../domain/policy.ts';
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

/** What a sale says beside its amounts: who gets the fee, which basket it was in, and how it was paid when not in cash. */
export type SaleWays = {
  readonly basket?: BasketShare;
  readonly paidBy?: NonNullable<Body['paidBy']>;
};

/** The fields that only some sales have; a cash sale by itself without a fee has none of them. */
export function waysOf(
  { agentFee, agentFeeBeneficiary }: Pick<Policy, 'agentFee' | 'agentFeeBeneficiary'>,
  ways: SaleWays,
): Pick<Body, 'agentFeeTo' | 'paidBy' | 'basket'> {
  return {
    ...(agentFee === 0 || agentFeeBeneficiary === '' ? {} : { agentFeeTo: agentFeeBeneficiary }),
    ...(ways.paidBy === undefined ? {} : { paidBy: ways.paidBy }),
    ...(ways.basket === undefined ? {} : { basket: ways.basket }),
  };
}
