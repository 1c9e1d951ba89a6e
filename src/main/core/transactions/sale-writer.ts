import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody, SalePersonal } from '../../../contract/journal-entry.ts';
import type { PaidView } from '../../../contract/views-transaction.ts';
import type { RefusalView } from '../../../contract/views-vehicle.ts';
import { maskName } from '../../../domain/mask.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { isRegencyCode } from '../../../domain/regency.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import { type PayRefusal, priceSale, type SaleDecision, takeCash } from '../../../domain/transaction.ts';
import type { TenderRefusal } from '../../../domain/tender.ts';
import type { WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Append } from '../journal/journal.ts';
import type { ReceiptSigner } from '../journal/receipt-signer.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { HoldPapers } from '../originals/receive-originals.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { heldKinds, missingLines } from '../services/service-view.ts';
import { settleArrivals } from './arrival-store.ts';
import { endDraft } from './draft-store.ts';
import { checklistOf, periodsOf } from './draft-view.ts';
import { payRequestOf, quoteDraft, viewsOfPayRefusal } from './quote.ts';
import { receiptNumberAt } from './receipt-numbers.ts';
import { amountsOf, papersOf, type SaleWays, waysOf } from './sale-body.ts';
import { insertSale, type NewSale, type Sale } from './sale-store.ts';
import type { GatheredDraft } from './selling-facts.ts';

/** Why a sale is not made, whichever way it was to be paid. */
export type SaleCode =
  | RefusalView['code']
  | 'TRANSACTION_UNKNOWN'
  | 'TRANSACTION_CLOSED'
  | 'TRANSACTION_NOT_CONFIRMED'
  | 'AMOUNT_CHANGED'
  | 'DOCUMENTS_INCOMPLETE'
  | 'PAYER_MISSING'
  | 'IN_BASKET';

/** Why cash on the table is not taken. */
export type TenderCode = TenderRefusal['code'];

/** The commit's outcome; the print job is added by whoever sends the paper. */
export type Paid = Omit<PaidView, 'printJobId' | 'secondCopy'> & {
  /** False when the same call came again: nothing new was written, so nothing new is printed. */
  readonly isNew: boolean;
};

/** A sale as it was decided, on which figure. */
export type DecidedSale = { readonly sale: SaleDecision; readonly figure: 'perkiraan' | 'penetapan' };

/** Who writes a sale, on which day. */
export type SaleHand = {
  readonly officerId: string;
  readonly name: string;
  /** The day of the payment. */
  readonly paidOn: LocalDate;
};

type Sold = Pick<Sale, 'transactionId' | 'receiptNumber' | 'total' | 'payable' | 'means'>;

export const paidOf = (sale: Sold, tendered: Rupiah, change: Rupiah, isNew: boolean): Paid => ({
  transactionId: sale.transactionId,
  receiptNumber: sale.receiptNumber,
  total: sale.total,
  payable: sale.payable,
  means: sale.means,
  tendered,
  change,
  isNew,
});

/** A sum that does not fit, in the words of the contract. */
export function tenderRefusal(refusal: TenderRefusal): Refusal<TenderCode> {
  const { code, ...details } = refusal;
  return { code, path: ['tendered'], details };
}

/** What only the moment of payment can refuse; everything else stood on the screen already. */
function payRefusal(refusal: PayRefusal): Refusal<SaleCode> {
  if (refusal.code === 'DOCUMENTS_MISSING') {
    return { code: 'DOCUMENTS_INCOMPLETE', details: { kinds: refusal.kinds.join(', ') } };
  }
  const [view] = viewsOfPayRefusal(refusal);
  // Only confirmed drafts of today by an officer are decided: the codes without a view would be a bug.
  if (view === undefined) throw new Error(`a confirmed draft was refused as ${refusal.code}`);
  return { code: view.code, details: view.details };
}

/** How the money comes: cash that was typed, or the rupiah exactly. */
export type Payment =
  | { readonly means: 'cash'; readonly tendered: Rupiah; readonly confirmedTendered: Rupiah | null }
  | { readonly means: 'qris' | 'transfer' | 'exact-cash' };

/** Decides a sale from its facts; `expected` is what the screen showed, null where nobody was shown a sum. */
export function decideSale(
  gathered: GatheredDraft,
  payment: Payment,
  expected: Rupiah | null,
): Result<DecidedSale, Refusal<SaleCode | TenderCode>> {
  const { draft, facts } = gathered;
  const { payer } = draft.content;
  const quoted = quoteDraft(facts);
  const [refusal] = quoted.refusals;
  if (refusal !== undefined) return err({ code: refusal.code, details: refusal.details });
  if (quoted.quote === null) throw new Error('a draft without refusals has a quote');
  if (payer.name === null && payer.phone === null && payer.blankReason === null) {
    return err({ code: 'PAYER_MISSING', path: ['payer'] });
  }
  const missing = missingLines(checklistOf(gathered)).map((one) => one.kind);
  const request = payRequestOf(facts, quoted.quote, missing);
  const priced = priceSale({ ...request, means: payment.means === 'exact-cash' ? 'cash' : payment.means });
  if (!priced.ok) return err(payRefusal(priced.error));
  // Before the cash is judged: nobody was asked for the sum that it would be held against.
  const { payable } = priced.value;
  if (expected !== null && payable !== expected) {
    return err({ code: 'AMOUNT_CHANGED', details: { shown: expected, payable } });
  }
  const decision = payment.means === 'cash' ? takeCash(priced.value, { ...payment, policy: facts.policy }) : priced;
  if (!decision.ok) return err(tenderRefusal(decision.error));
  return ok({ sale: decision.value, figure: quoted.quote.source === 'province' ? 'penetapan' : 'perkiraan' });
}

type Deps = {
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly signer: ReceiptSigner;
  readonly holdPapers: HoldPapers;
  readonly device: EnrolledDevice;
  readonly now: () => number;
};

/** Writes one decided sale inside the caller's commit: entry, ledger lines, projection, and the end of its draft. */
export type WriteSale = (
  tx: WriteTx,
  append: Append,
  hand: SaleHand,
  gathered: GatheredDraft,
  decided: DecidedSale,
  ways?: SaleWays,
) => Promise<Paid>;

function personalOf(gathered: GatheredDraft, receiptSig: string): SalePersonal {
  const { record } = gathered.vehicle;
  const { payer } = gathered.draft.content;
  return {
    nrkb: record.nrkb,
    ownerName: record.ownerName,
    chassisNumber: record.chassisNumber,
    payerName: payer.name,
    payerPhone: payer.phone,
    receiptSig,
  };
}

/** The one place that writes a sale. */
export function createSaleWriter(deps: Deps): WriteSale {
  const { cipher, device } = deps;
  return async (tx, append, hand, gathered, { sale, figure }, ways = {}) => {
    const { draft, vehicle, facts } = gathered;
    const { record } = vehicle;
    const { transactionId } = draft;
    const regency = record.facts['regency'];
    const periods = periodsOf(sale.lines);
    const until = periods.at(-1);
    if (!isRegencyCode(regency) || until === undefined) throw new Error('a decided sale has a regency and a period');
    // Originals that were given back before the payment have named a person of this stream already.
    const bodyKey = await deps.subjectKeys.takeBodyKey(tx, transactionId);
    const entry = append({
      type: 'transaction.paid',
      stream: transactionId,
      officerId: hand.officerId,
      cashSessionId: sale.cashSessionId,
      rulePackId: gathered.rulePackId,
      registryVersion: vehicle.registryVersion,
      body: ({ epoch, seq, timeTrust }): EntryBody<'transaction.paid'> => {
        const receiptSig = deps.signer.sign({
          deviceId: device.deviceId,
          epoch,
          seq,
          transactionId,
          nrkb: record.nrkb,
          periods,
          total: sale.total,
          paidOn: hand.paidOn,
          timeTrust,
        });
        return {
          transactionId,
          service: 'annual-tax',
          receiptNumber: receiptNumberAt(device, { epoch, seq }),
          paidOn: hand.paidOn,
          arrivedOn: facts.arrivedOn,
          arrivalId: draft.content.arrivalId,
          groups: [...draft.content.groups],
          figure,
          inquiryId: sale.inquiryId,
          regency,
          periods,
          ...amountsOf(sale),
          ...waysOf(facts.policy, ways),
          ...papersOf(gathered),
          payerIsOwner: draft.content.payer.isOwner,
          blankReason: draft.content.payer.blankReason,
          sealed: deps.subjectKeys.sealUnder(bodyKey, transactionId, personalOf(gathered, receiptSig)),
        };
      },
    });
    const kinds = heldKinds(checklistOf(gathered));
    await deps.holdPapers(tx, append, { stream: transactionId, kinds, officerId: hand.officerId });
    const stored: NewSale = {
      transactionId,
      epochN: entry.epoch.n,
      epochNonce: entry.epoch.nonce,
      seq: entry.seq,
      entryHash: entry.hash,
      receiptNumber: receiptNumberAt(device, entry),
      nrkbIndex: nrkbIndex(cipher, record.nrkb),
      paidAt: entry.wallMs,
      paidOn: hand.paidOn,
      periodUntil: until,
      cashSessionId: sale.cashSessionId,
      officerId: hand.officerId,
      officerName: hand.name,
      total: sale.total,
      payable: sale.payable,
      means: sale.means,
      vehicle: {
        nrkb: record.nrkb,
        plateColour: record.plateColour,
        make: record.make,
        model: record.model,
        yearMade: record.yearMade,
        maskedOwner: maskName(record.ownerName),
      },
    };
    await insertSale(tx, cipher, stored);
    await settleArrivals(tx, stored.nrkbIndex, transactionId);
    await endDraft(tx, cipher, draft, 'paid', deps.now());
    return paidOf(stored, sale.tendered, sale.change, true);
  };
}
