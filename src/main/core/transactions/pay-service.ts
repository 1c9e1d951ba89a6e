import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody, SalePersonal } from '../../../contract/journal-entry.ts';
import type { PaidView } from '../../../contract/views-transaction.ts';
import type { RefusalView } from '../../../contract/views-vehicle.ts';
import { isRegencyCode } from '../../../domain/regency.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import { pay, type PayRefusal, type SaleDecision } from '../../../domain/transaction.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { ReceiptSigner } from '../journal/receipt-signer.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { HoldPapers } from '../originals/receive-originals.ts';
import type { EventsPort } from '../ports.ts';
import { maskName } from '../../../domain/mask.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { heldKinds, missingLines } from '../services/service-view.ts';
import { settleArrivals } from './arrival-store.ts';
import type { BillDesk } from './bill-desk.ts';
import { type Draft, endDraft, findDraft } from './draft-store.ts';
import { checklistOf, periodsOf } from './draft-view.ts';
import { payRequestOf, quoteDraft, viewsOfPayRefusal } from './quote.ts';
import { receiptNumberAt } from './receipt-numbers.ts';
import { findSale, insertSale, type NewSale, type Sale } from './sale-store.ts';
import { amountsOf, papersOf } from './sale-body.ts';
import { type GatherDeps, gatherDraft, type GatheredDraft } from './selling-facts.ts';

export type PayCode =
  | RefusalView['code']
  | 'TRANSACTION_UNKNOWN'
  | 'TRANSACTION_CLOSED'
  | 'TRANSACTION_NOT_CONFIRMED'
  | 'AMOUNT_CHANGED'
  | 'TENDERED_TOO_LITTLE'
  | 'DOCUMENTS_INCOMPLETE'
  | 'PAYER_MISSING';

export type PayInput = {
  readonly transactionId: string;
  readonly tendered: Rupiah;
  readonly expectedPayable: Rupiah;
};

/** The commit's outcome; the print job is added by whoever sends the paper. */
export type Paid = Omit<PaidView, 'printJobId' | 'secondCopy'> & {
  /** False when the same call came again: nothing new was written, so nothing new is printed. */
  readonly isNew: boolean;
};

export type PayService = {
  /**
   * Takes the cash: one commit with entry, ledger lines and projection, idempotent by transaction id.
   * Asks the province first where there is a line, for at most 2 s (OPOP-Sync/1 9.1); the order is that of OPOP-Sync/1 13.1.
   */
  readonly pay: (signIn: SignIn, input: PayInput) => Promise<Result<Paid, Refusal<PayCode> | StorageRefusal>>;
};

type Deps = GatherDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly signer: ReceiptSigner;
  readonly holdPapers: HoldPapers;
  readonly device: EnrolledDevice;
  readonly bills: BillDesk;
  readonly inquire: (transactionId: string) => Promise<void>;
  readonly events: EventsPort;
};

/** What only the moment of payment can refuse; everything else stood on the screen already. */
function refusalOf(refusal: PayRefusal): Refusal<PayCode> {
  if (refusal.code === 'DOCUMENTS_MISSING') {
    return { code: 'DOCUMENTS_INCOMPLETE', details: { kinds: refusal.kinds.join(', ') } };
  }
  if (refusal.code === 'TENDERED_TOO_LITTLE') {
    const { payable, short } = refusal;
    return { code: 'TENDERED_TOO_LITTLE', path: ['tendered'], details: { payable, short } };
  }
  const [view] = viewsOfPayRefusal(refusal);
  // The service asks only for confirmed drafts of today by an officer: the codes without a view would be a bug.
  if (view === undefined) throw new Error(`a confirmed draft was refused as ${refusal.code}`);
  return { code: view.code, details: view.details };
}

type Sold = Pick<Sale, 'transactionId' | 'receiptNumber' | 'total' | 'payable'>;

const paidOf = (sale: Sold, tendered: Rupiah, change: Rupiah, isNew: boolean): Paid => ({
  transactionId: sale.transactionId,
  receiptNumber: sale.receiptNumber,
  total: sale.total,
  payable: sale.payable,
  tendered,
  change,
  isNew,
});

export function createPayService(deps: Deps): PayService {
  const { db, journal, cipher, bills } = deps;

  /** The same intention again: the sale that stands is the answer. */
  const standing = async (tx: WriteTx, transactionId: string): Promise<Paid | undefined> => {
    const sale = await findSale(tx, cipher, transactionId);
    if (sale === undefined) return undefined;
    const entry = await journal.find(tx, sale.seq);
    if (entry === undefined) throw new Error('a sale without its entry');
    const body = bodyOf('transaction.paid', entry);
    return paidOf(sale, body.tendered, body.change, false);
  };

  const decide = (
    gathered: GatheredDraft,
    input: PayInput,
  ): Result<{ readonly sale: SaleDecision; readonly figure: 'perkiraan' | 'penetapan' }, Refusal<PayCode>> => {
    const { draft, facts } = gathered;
    const { payer } = draft.content;
    const quoted = quoteDraft(facts);
    const [refusal] = quoted.refusals;
    if (refusal !== undefined) return err({ code: refusal.code, details: refusal.details });
    if (quoted.quote === null) throw new Error('a draft without refusals has a quote');
    if (payer.name === null && payer.phone === null && payer.blankReason === null) {
      return err({ code: 'PAYER_MISSING', path: ['payer'] });
    }
    const missing = missingLines(checklistOf(gathered));
    const decision = pay(
      payRequestOf(facts, quoted.quote, {
        missingDocuments: missing.map((one) => one.kind),
        tendered: input.tendered,
      }),
    );
    if (!decision.ok) return err(refusalOf(decision.error));
    if (decision.value.payable !== input.expectedPayable) {
      return err({
        code: 'AMOUNT_CHANGED',
        details: { shown: input.expectedPayable, payable: decision.value.payable },
      });
    }
    return ok({ sale: decision.value, figure: quoted.quote.source === 'province' ? 'penetapan' : 'perkiraan' });
  };

  const write = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    gathered: GatheredDraft,
    decided: { readonly sale: SaleDecision; readonly figure: 'perkiraan' | 'penetapan' },
  ): Promise<Paid> => {
    const { draft, vehicle, facts, session } = gathered;
    const { sale, figure } = decided;
    const { record } = vehicle;
    const { payer } = draft.content;
    const regency = record.facts['regency'];
    if (session === undefined || !isRegencyCode(regency)) throw new Error('a decided sale has a session and a regency');
    const periods = periodsOf(sale.lines);
    const until = periods.at(-1);
    if (until === undefined) throw new Error('a sale without a period');
    // Originals that were given back before the payment have named a person of this stream already.
    const bodyKey = await deps.subjectKeys.takeBodyKey(tx, draft.transactionId);
    const entry = append({
      type: 'transaction.paid',
      stream: draft.transactionId,
      officerId: signIn.officerId,
      cashSessionId: sale.cashSessionId,
      rulePackId: gathered.rulePackId,
      registryVersion: vehicle.registryVersion,
      body: (position): EntryBody<'transaction.paid'> => {
        const personal: SalePersonal = {
          nrkb: record.nrkb,
          ownerName: record.ownerName,
          chassisNumber: record.chassisNumber,
          payerName: payer.name,
          payerPhone: payer.phone,
          receiptSig: deps.signer.sign({
            deviceId: deps.device.deviceId,
            epoch: position.epoch,
            seq: position.seq,
            transactionId: draft.transactionId,
            nrkb: record.nrkb,
            periods,
            total: sale.total,
            paidOn: facts.today,
            timeTrust: position.timeTrust,
          }),
        };
        const sealed = deps.subjectKeys.sealUnder(bodyKey, draft.transactionId, personal);
        return {
          transactionId: draft.transactionId,
          service: 'annual-tax',
          receiptNumber: receiptNumberAt(deps.device, position),
          paidOn: facts.today,
          arrivedOn: facts.arrivedOn,
          arrivalId: draft.content.arrivalId,
          groups: [...draft.content.groups],
          figure,
          inquiryId: sale.inquiryId,
          regency,
          periods,
          ...amountsOf(sale),
          ...papersOf(gathered),
          payerIsOwner: payer.isOwner,
          blankReason: payer.blankReason,
          sealed,
        };
      },
    });
    const kinds = heldKinds(checklistOf(gathered));
    await deps.holdPapers(tx, append, { stream: draft.transactionId, kinds, officerId: signIn.officerId });
    const stored: NewSale = {
      transactionId: draft.transactionId,
      epochN: entry.epoch.n,
      epochNonce: entry.epoch.nonce,
      seq: entry.seq,
      entryHash: entry.hash,
      receiptNumber: receiptNumberAt(deps.device, entry),
      nrkbIndex: nrkbIndex(cipher, record.nrkb),
      paidAt: entry.wallMs,
      paidOn: facts.today,
      periodUntil: until,
      cashSessionId: sale.cashSessionId,
      officerId: signIn.officerId,
      officerName: signIn.name,
      total: sale.total,
      payable: sale.payable,
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
    await settleArrivals(tx, stored.nrkbIndex, draft.transactionId);
    await endDraft(tx, cipher, draft, 'paid', deps.now());
    return paidOf(stored, sale.tendered, sale.change, true);
  };

  const openConfirmed = async (
    tx: WriteTx,
    transactionId: string,
  ): Promise<Result<Draft, Refusal<'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED' | 'TRANSACTION_NOT_CONFIRMED'>>> => {
    const draft = await findDraft(tx, cipher, transactionId);
    if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
    if (draft.state !== 'open') return err({ code: 'TRANSACTION_CLOSED', details: { state: draft.state } });
    return draft.content.confirmed ? ok(draft) : err({ code: 'TRANSACTION_NOT_CONFIRMED' });
  };

  return {
    pay: async (signIn, input) => {
      const { transactionId } = input;
      const already = await db.read((tx) => findSale(tx, cipher, transactionId));
      if (already === undefined && bills.hasLine() && bills.billOf(transactionId) === null)
        await deps.inquire(transactionId);
      const paid = await journal.record(async (tx, append) => {
        const before = await standing(tx, transactionId);
        if (before !== undefined) return ok(before);
        const draft = await openConfirmed(tx, transactionId);
        if (!draft.ok) return draft;
        // Whoever began the service: the one who takes the money answers for it.
        const taken: Draft = { ...draft.value, officerId: signIn.officerId };
        const gathered = await gatherDraft(tx, deps, taken, bills.billOf(transactionId));
        if (gathered === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const decided = decide(gathered, input);
        return decided.ok ? ok(await write(tx, append, signIn, gathered, decided.value)) : decided;
      });
      if (paid.ok && paid.value.isNew) {
        bills.forget(transactionId);
        deps.events.publish('transactions');
        deps.events.publish('outbox');
      }
      return paid;
    },
  };
}
