import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findBasketOf } from './basket-store.ts';
import type { BillDesk } from './bill-desk.ts';
import { type Draft, findDraft } from './draft-store.ts';
import { openConfirmed } from './open-draft.ts';
import { decideSale, type Paid, paidOf, type SaleCode, type TenderCode, type WriteSale } from './sale-writer.ts';
import { findSale } from './sale-store.ts';
import { type GatherDeps, gatherDraft } from './selling-facts.ts';

type PayCode = SaleCode | TenderCode;

type PayInput = {
  readonly transactionId: string;
  readonly tendered: Rupiah;
  readonly expectedPayable: Rupiah;
  /** The sum that the officer confirmed after he was asked whether it can be true. */
  readonly confirmedTendered: Rupiah | null;
};

export type PayService = {
  /**
   * Takes the cash: one commit with entry, ledger lines and projection, idempotent by transaction id.
   * Asks the province first where there is a line, for at most 2 s (OPOP-Sync/1 9.1); the order is that of OPOP-Sync/1 13.1.
   */
  readonly pay: (signIn: SignIn, input: PayInput) => Promise<Result<Paid, Refusal<PayCode> | StorageRefusal>>;
  /** "Change that cannot be given is refused, not kept": nothing is sold, and the entry says that the drawer had no change. */
  readonly refuseChange: (
    signIn: SignIn,
    told: { readonly transactionId: string; readonly payable: Rupiah; readonly tendered: Rupiah },
  ) => Promise<Result<Record<string, never>, Refusal<'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED'> | StorageRefusal>>;
};

type Deps = GatherDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly bills: BillDesk;
  readonly inquire: (transactionId: string) => Promise<void>;
  readonly writeSale: WriteSale;
  readonly events: EventsPort;
};

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

  return {
    pay: async (signIn, input) => {
      const { transactionId, expectedPayable, tendered, confirmedTendered } = input;
      const already = await db.read((tx) => findSale(tx, cipher, transactionId));
      if (already === undefined && bills.hasLine() && bills.billOf(transactionId) === null)
        await deps.inquire(transactionId);
      const paid = await journal.record(async (tx, append) => {
        const before = await standing(tx, transactionId);
        if (before !== undefined) return ok(before);
        const draft = await openConfirmed(tx, cipher, transactionId);
        if (!draft.ok) return draft;
        if ((await findBasketOf(tx, transactionId)) !== undefined) return err({ code: 'IN_BASKET' as const });
        // Whoever began the service: the one who takes the money answers for it.
        const taken: Draft = { ...draft.value, officerId: signIn.officerId };
        const gathered = await gatherDraft(tx, deps, taken, bills.billOf(transactionId));
        if (gathered === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const decided = decideSale(gathered, { means: 'cash', tendered, confirmedTendered }, expectedPayable);
        if (!decided.ok) return decided;
        const hand = { officerId: signIn.officerId, name: signIn.name, paidOn: gathered.facts.today };
        return ok(await deps.writeSale(tx, append, hand, gathered, decided.value));
      });
      if (paid.ok && paid.value.isNew) {
        bills.forget(transactionId);
        deps.events.publish('transactions');
        deps.events.publish('outbox');
      }
      return paid;
    },

    refuseChange: (signIn, { transactionId, payable, tendered }) =>
      journal.record(async (tx, append) => {
        const draft = await findDraft(tx, cipher, transactionId);
        if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        if (draft.state !== 'open') {
          return err({ code: 'TRANSACTION_CLOSED' as const, details: { state: draft.state } });
        }
        append({
          type: 'change.unavailable',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { transactionId, payable, tendered },
        });
        return ok({});
      }),
  };
}
