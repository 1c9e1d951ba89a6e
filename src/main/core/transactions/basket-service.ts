import type { Refusal } from '../../../contract/errors.ts';
import type { BasketView } from '../../../contract/views-payments.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import { judgeTender } from '../../../domain/tender.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import {
  addItem,
  type Basket,
  findBasket,
  findBasketAtWork,
  findBasketOf,
  holdsVehicle,
  insertBasket,
  leaveBasket,
  putBasketEnd,
  putTender,
} from './basket-store.ts';
import { afterSales, type BasketDeps, type BasketOutcome, createBasketSales } from './basket-sales.ts';
import { basketView } from './basket-view.ts';
import { decideSale, type SaleCode, type TenderCode, tenderRefusal } from './sale-writer.ts';

/** More vehicles than one payer brings; a fleet comes to the Samsat. */
const MOST_ITEMS = 10;

type Gone = Refusal<'BASKET_UNKNOWN' | 'BASKET_CLOSED'>;

export type BasketPayInput = {
  readonly basketId: string;
  readonly tendered: Rupiah;
  readonly expectedPayable: Rupiah;
  readonly confirmedTendered: Rupiah | null;
};

export type BasketService = {
  readonly current: (signIn: SignIn) => Promise<BasketView | null>;
  readonly add: (
    signIn: SignIn,
    transactionId: string,
  ) => Promise<
    Result<
      BasketView,
      Refusal<SaleCode | TenderCode | 'BASKET_FULL' | 'BASKET_CLOSED' | 'BASKET_VEHICLE_TWICE'> | StorageRefusal
    >
  >;
  readonly takeOut: (
    signIn: SignIn,
    transactionId: string,
  ) => Promise<Result<BasketView | null, Gone | StorageRefusal>>;
  /**
   * Binds one tender to the sum, then makes the sales one after another, one commit each: a power cut in between leaves
   * whole sales and a basket that says how many. Idempotent: the same call goes on where it stands.
   */
  readonly pay: (
    signIn: SignIn,
    input: BasketPayInput,
  ) => Promise<Result<BasketOutcome, Refusal<SaleCode | TenderCode | 'BASKET_TOO_SMALL'> | Gone | StorageRefusal>>;
  readonly resume: (signIn: SignIn, basketId: string) => Promise<Result<BasketOutcome, Gone>>;
  /** The rest of the tender goes back; what was sold stays sold, and what was not goes on by itself. */
  readonly giveBack: (signIn: SignIn, basketId: string) => Promise<Result<BasketView, Gone | StorageRefusal>>;
};

type Deps = BasketDeps & { readonly inquire: (transactionId: string) => Promise<void>; readonly newId: () => string };

export function createBasketService(deps: Deps): BasketService {
  const { db, journal, cipher, bills, events } = deps;

  const { gathered, decideAll, sellAll } = createBasketSales(deps);

  const view = (tx: ReadTx, basket: Basket): Promise<BasketView> => basketView(tx, deps, bills, basket);

  const find = async (tx: ReadTx, signIn: SignIn, basketId: string): Promise<Result<Basket, Gone>> => {
    const basket = await findBasket(tx, basketId);
    return basket === undefined || basket.officerId !== signIn.officerId ? err({ code: 'BASKET_UNKNOWN' }) : ok(basket);
  };

  /** The province's figures for whatever has none, where there is a line. */
  const askBills = async (basket: Basket | undefined): Promise<void> => {
    if (basket === undefined || !bills.hasLine()) return;
    const unbilled = basket.items.filter(({ transactionId }) => bills.billOf(transactionId) === null);
    await Promise.all(unbilled.map(({ transactionId }) => deps.inquire(transactionId)));
  };

  const bind = async (
    tx: WriteTx,
    signIn: SignIn,
    input: BasketPayInput,
  ): Promise<Result<null, Refusal<SaleCode | TenderCode | 'BASKET_TOO_SMALL'> | Gone>> => {
    const found = await find(tx, signIn, input.basketId);
    if (!found.ok) return found;
    const basket = found.value;
    // The same tender again is the same intention; another one for what is being paid is a mistake.
    if (basket.state !== 'open') {
      return basket.state !== 'ended' && basket.tendered === input.tendered
        ? ok(null)
        : err({ code: 'BASKET_CLOSED', details: { state: basket.state, tendered: basket.tendered } });
    }
    if (basket.items.length < 2) return err({ code: 'BASKET_TOO_SMALL' });
    const payables = await decideAll(tx, signIn, basket);
    if (!payables.ok) return payables;
    const payable = sumRupiah([...payables.value.values()]);
    if (payable !== input.expectedPayable) {
      return err({ code: 'AMOUNT_CHANGED', details: { shown: input.expectedPayable, payable } });
    }
    const { tendered, confirmedTendered: confirmed } = input;
    const [first] = basket.items;
    const facts = await gathered(tx, signIn, first?.transactionId ?? '');
    if (!facts.ok) return facts;
    const { unit } = facts.value.facts.policy.cashRounding;
    const change = judgeTender({ payable, tendered, confirmed, unit });
    if (!change.ok) return err(tenderRefusal(change.error));
    await putTender(tx, basket.basketId, tendered, payables.value);
    return ok(null);
  };

  return {
    current: (signIn) =>
      db.read(async (tx) => {
        const basket = await findBasketAtWork(tx, signIn.officerId);
        return basket === undefined ? null : await view(tx, basket);
      }),

    add: async (signIn, transactionId) => {
      const added = await db.write(async (tx) => {
        const own = await gathered(tx, signIn, transactionId);
        if (!own.ok) return own;
        if ((await findBasketOf(tx, transactionId)) !== undefined) return err({ code: 'IN_BASKET' as const });
        const before = await findBasketAtWork(tx, signIn.officerId);
        if (before?.state === 'paying') return err({ code: 'BASKET_CLOSED' as const, details: { state: 'paying' } });
        if ((before?.items.length ?? 0) >= MOST_ITEMS) {
          return err({ code: 'BASKET_FULL' as const, details: { most: MOST_ITEMS } });
        }
        const { vehicleId } = own.value.draft.content;
        const basketId = before?.basketId ?? deps.newId();
        if (before !== undefined && (await holdsVehicle(tx, cipher, basketId, vehicleId))) {
          return err({ code: 'BASKET_VEHICLE_TWICE' as const });
        }
        const earlier = before === undefined ? ok(new Map<string, Rupiah>()) : await decideAll(tx, signIn, before);
        if (!earlier.ok) return earlier;
        const decided = decideSale(afterSales(own.value, [...earlier.value.values()]), { means: 'exact-cash' }, null);
        if (!decided.ok) return decided;
        if (before === undefined) {
          await insertBasket(tx, { basketId, officerId: signIn.officerId, begunAt: deps.now() });
        }
        await addItem(tx, cipher, basketId, { transactionId, vehicleId });
        const basket = await findBasket(tx, basketId);
        if (basket === undefined) throw new Error('a basket that was just written is found');
        return ok(await view(tx, basket));
      });
      if (added.ok) events.publish('transactions');
      return added;
    },

    takeOut: async (signIn, transactionId) => {
      const taken = await db.write(async (tx) => {
        const basket = await findBasketOf(tx, transactionId);
        if (basket?.officerId !== signIn.officerId) return err({ code: 'BASKET_UNKNOWN' as const });
        if (basket.state !== 'open') return err({ code: 'BASKET_CLOSED' as const, details: { state: basket.state } });
        await leaveBasket(tx, basket.basketId, transactionId, deps.now());
        const left = await findBasket(tx, basket.basketId);
        if (left === undefined) throw new Error('a basket that was just changed is found');
        if (left.items.length > 0) return ok(await view(tx, left));
        await putBasketEnd(tx, left, 'ended');
        return ok(null);
      });
      if (taken.ok) events.publish('transactions');
      return taken;
    },

    pay: async (signIn, input) => {
      const before = await db.read((tx) => findBasket(tx, input.basketId));
      if (before?.state === 'open') await askBills(before);
      const bound = await db.write((tx) => bind(tx, signIn, input));
      return bound.ok ? ok(await sellAll(signIn, input.basketId)) : bound;
    },

    resume: async (signIn, basketId) => {
      const found = await db.read((tx) => find(tx, signIn, basketId));
      if (!found.ok) return found;
      if (found.value.state === 'open' || found.value.state === 'ended') {
        return err({ code: 'BASKET_CLOSED', details: { state: found.value.state } });
      }
      if (found.value.state === 'paying') await askBills(found.value);
      return ok(await sellAll(signIn, basketId));
    },

    giveBack: async (signIn, basketId) => {
      const ended = await journal.record(async (tx, append) => {
        const found = await find(tx, signIn, basketId);
        if (!found.ok) return found;
        const basket = found.value;
        if (basket.state === 'ended') return ok(await view(tx, basket));
        if (basket.state !== 'paying' || basket.tendered === null) {
          return err({ code: 'BASKET_CLOSED' as const, details: { state: basket.state } });
        }
        const { paid, taken, giveBack, items } = await view(tx, basket);
        append({
          type: 'basket.broken-off',
          stream: basketId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { basketId, paid, of: items.length, tendered: basket.tendered, taken, returned: giveBack },
        });
        await putBasketEnd(tx, basket, 'ended');
        return ok(await view(tx, { ...basket, state: 'ended' }));
      });
      if (ended.ok) events.publish('transactions');
      return ended;
    },
  };
}
