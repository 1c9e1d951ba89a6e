import type { Refusal } from '../../../contract/errors.ts';
import type { BasketView } from '../../../contract/views-payments.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import { shareTender } from '../../../domain/tender.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { type Basket, findBasket, putBasketEnd } from './basket-store.ts';
import { basketView } from './basket-view.ts';
import type { BillDesk } from './bill-desk.ts';
import { openConfirmed } from './open-draft.ts';
import { decideSale, type SaleCode, type TenderCode, type WriteSale } from './sale-writer.ts';
import { findSale } from './sale-store.ts';
import { type GatherDeps, gatherDraft, type GatheredDraft } from './selling-facts.ts';

/** What became of one tender. */
export type BasketOutcome = {
  readonly basket: BasketView;
  /** Sales that this very call wrote, in order. */
  readonly sold: readonly string[];
  /** Why it stopped on the way; null when every sale is on the disk. */
  readonly stopped: Refusal<SaleCode | TenderCode> | StorageRefusal | null;
};

/** What the sales of a basket need. */
export type BasketDeps = GatherDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly bills: BillDesk;
  readonly writeSale: WriteSale;
  readonly events: EventsPort;
};

/** The facts of a later sale as they will be once the earlier ones are in the drawer. */
export function afterSales(gathered: GatheredDraft, earlier: readonly Rupiah[]): GatheredDraft {
  const { limits } = gathered.facts;
  const drawerCash = limits.drawerCash + sumRupiah(earlier);
  return {
    ...gathered,
    facts: { ...gathered.facts, limits: { ...limits, drawerCash, unsent: limits.unsent + earlier.length } },
  };
}

/** The sales of several services: decided together, written one by one. */
export function createBasketSales(deps: BasketDeps): {
  readonly gathered: (
    tx: ReadTx,
    signIn: SignIn,
    transactionId: string,
  ) => Promise<Result<GatheredDraft, Refusal<SaleCode>>>;
  readonly decideAll: (
    tx: ReadTx,
    signIn: SignIn,
    basket: Basket,
  ) => Promise<Result<ReadonlyMap<string, Rupiah>, Refusal<SaleCode | TenderCode>>>;
  readonly sellAll: (signIn: SignIn, basketId: string) => Promise<BasketOutcome>;
} {
  const { db, journal, cipher, bills, events } = deps;

  const gathered = async (
    tx: ReadTx,
    signIn: SignIn,
    transactionId: string,
  ): Promise<Result<GatheredDraft, Refusal<SaleCode>>> => {
    const draft = await openConfirmed(tx, cipher, transactionId);
    if (!draft.ok) return draft;
    const own = { ...draft.value, officerId: signIn.officerId };
    const facts = await gatherDraft(tx, deps, own, bills.billOf(transactionId));
    return facts === undefined ? err({ code: 'TRANSACTION_UNKNOWN' }) : ok(facts);
  };

  /** Every sale of the basket as it would be made now, none of them written; the first refusal names its plate. */
  const decideAll = async (
    tx: ReadTx,
    signIn: SignIn,
    basket: Basket,
  ): Promise<Result<ReadonlyMap<string, Rupiah>, Refusal<SaleCode | TenderCode>>> => {
    const payables = new Map<string, Rupiah>();
    for (const { transactionId } of basket.items) {
      const facts = await gathered(tx, signIn, transactionId);
      if (!facts.ok) return facts;
      const decided = decideSale(afterSales(facts.value, [...payables.values()]), { means: 'exact-cash' }, null);
      if (!decided.ok) {
        const { nrkb } = facts.value.vehicle.record;
        return err({ ...decided.error, details: { ...decided.error.details, nrkb } });
      }
      payables.set(transactionId, decided.value.sale.payable);
    }
    return ok(payables);
  };

  /** Writes the next sale that is missing; null when none is. */
  const sellNext = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    basketId: string,
  ): Promise<Result<string | null, Refusal<SaleCode | TenderCode>>> => {
    const basket = await findBasket(tx, basketId);
    if (basket?.state !== 'paying' || basket.tendered === null) return ok(null);
    const { items, tendered } = basket;
    const payables = items.map((item) => item.expectedPayable ?? rupiah(0));
    const shares = shareTender(payables, tendered);
    for (const [index, { transactionId, expectedPayable }] of items.entries()) {
      if ((await findSale(tx, cipher, transactionId)) !== undefined) continue;
      const facts = await gathered(tx, signIn, transactionId);
      if (!facts.ok) return facts;
      const decided = decideSale(facts.value, { means: 'exact-cash' }, expectedPayable);
      if (!decided.ok) return decided;
      const share = shares[index];
      if (share === undefined) throw new Error('every item has its share of the tender');
      const sale = { ...decided.value, sale: { ...decided.value.sale, ...share } };
      const hand = { officerId: signIn.officerId, name: signIn.name, paidOn: facts.value.facts.today };
      const basketShare = { basketId, place: index + 1, of: items.length, tendered };
      await deps.writeSale(tx, append, hand, facts.value, sale, { basket: basketShare });
      if (index === items.length - 1) await putBasketEnd(tx, basket, 'paid');
      return ok(transactionId);
    }
    await putBasketEnd(tx, basket, 'paid');
    return ok(null);
  };

  const sellAll = async (signIn: SignIn, basketId: string): Promise<BasketOutcome> => {
    const sold: string[] = [];
    let stopped: BasketOutcome['stopped'] = null;
    for (let isDone = false; !isDone && stopped === null; ) {
      const next = await journal.record((tx, append) => sellNext(tx, append, signIn, basketId));
      if (!next.ok) stopped = next.error;
      else if (next.value === null) isDone = true;
      else {
        sold.push(next.value);
        bills.forget(next.value);
      }
    }
    for (const topic of ['transactions', 'outbox'] as const) events.publish(topic);
    const basket = await db.read(async (tx) => {
      const found = await findBasket(tx, basketId);
      if (found === undefined) throw new Error('a basket that was just paid is found');
      return await basketView(tx, deps, bills, found);
    });
    return { basket, sold, stopped };
  };

  return { gathered, decideAll, sellAll };
}
