import { sql } from 'kysely';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { BasketState } from '../db/schema-payments.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

/** Baskets are told apart by an HMAC of their vehicles: which one was served is nobody's business at rest. */
const VEHICLE_CONTEXT = 'basket.vehicle';

/** Word by word the condition of the partial index. */
const IS_AT_WORK = sql<boolean>`state IN ('open', 'paying')`;

/** One vehicle of a basket. */
export type BasketItem = {
  readonly place: number;
  readonly transactionId: string;
  /** What the payer saw when he put the money on the table. */
  readonly expectedPayable: Rupiah | null;
};

/** Several services of one payer: working paper until its sales are entries. */
export type Basket = {
  readonly basketId: string;
  readonly officerId: string;
  readonly state: BasketState;
  /** What was handed over for all of them; null until the money lies on the table. */
  readonly tendered: Rupiah | null;
  /** In order; who was taken out again is not among them. */
  readonly items: readonly BasketItem[];
};

async function itemsOf(tx: ReadTx, basketId: string): Promise<readonly BasketItem[]> {
  const rows = await tx
    .selectFrom('basket_item')
    .selectAll()
    .where('basket_id', '=', basketId)
    .where('left_at', 'is', null)
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    place: row.place,
    transactionId: row.transaction_id,
    expectedPayable: row.expected_payable === null ? null : rupiah(row.expected_payable),
  }));
}

export async function findBasket(tx: ReadTx, basketId: string): Promise<Basket | undefined> {
  const row = await tx.selectFrom('basket').selectAll().where('basket_id', '=', basketId).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    basketId,
    officerId: row.officer_id,
    state: row.state,
    tendered: row.tendered === null ? null : rupiah(row.tendered),
    items: await itemsOf(tx, basketId),
  };
}

/** What this officer has put together and not finished, also before a power cut. */
export async function findBasketAtWork(tx: ReadTx, officerId: string): Promise<Basket | undefined> {
  const row = await tx
    .selectFrom('basket')
    .select('basket_id')
    .where('officer_id', '=', officerId)
    .where(IS_AT_WORK)
    .executeTakeFirst();
  return row === undefined ? undefined : await findBasket(tx, row.basket_id);
}

const selectBasketOf = prepared<{ transactionId: string }>()((from, of) =>
  from
    .selectFrom('basket_item')
    .innerJoin('basket', 'basket.basket_id', 'basket_item.basket_id')
    .select('basket.basket_id')
    .where('basket_item.transaction_id', '=', of('transactionId'))
    .where('basket_item.left_at', 'is', null)
    .where('basket.state', 'in', ['open', 'paying']),
);

/** The basket at work in which a service lies. */
export async function findBasketOf(tx: ReadTx, transactionId: string): Promise<Basket | undefined> {
  const [row] = selectBasketOf(tx, { transactionId });
  return row === undefined ? undefined : await findBasket(tx, row.basket_id);
}

export async function insertBasket(
  tx: WriteTx,
  basket: { readonly basketId: string; readonly officerId: string; readonly begunAt: number },
): Promise<void> {
  await tx
    .insertInto('basket')
    .values({
      basket_id: basket.basketId,
      officer_id: basket.officerId,
      state: 'open',
      tendered: null,
      begun_at: basket.begunAt,
    })
    .execute();
}

/** Whether a vehicle lies in a basket already. */
export async function holdsVehicle(
  tx: ReadTx,
  cipher: ColumnCipher,
  basketId: string,
  vehicleId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('basket_item')
    .select('place')
    .where('basket_id', '=', basketId)
    .where('vehicle_index', '=', cipher.index(vehicleId, VEHICLE_CONTEXT))
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts a service at the end; places are never given out twice. */
export async function addItem(
  tx: WriteTx,
  cipher: ColumnCipher,
  basketId: string,
  item: { readonly transactionId: string; readonly vehicleId: string },
): Promise<void> {
  const last = await tx
    .selectFrom('basket_item')
    .select((eb) => eb.fn.max<number | null>('place').as('place'))
    .where('basket_id', '=', basketId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('basket_item')
    .values({
      basket_id: basketId,
      place: (last.place ?? 0) + 1,
      transaction_id: item.transactionId,
      vehicle_index: cipher.index(item.vehicleId, VEHICLE_CONTEXT),
      expected_payable: null,
      left_at: null,
    })
    .execute();
}

/** Takes a service out; it goes on by itself. */
export async function leaveBasket(tx: WriteTx, basketId: string, transactionId: string, atMs: number): Promise<void> {
  await tx
    .updateTable('basket_item')
    .set({ left_at: atMs })
    .where('basket_id', '=', basketId)
    .where('transaction_id', '=', transactionId)
    .execute();
}

/** Binds a tender to the sums that it is for; the database refuses another one. */
export async function putTender(
  tx: WriteTx,
  basketId: string,
  tendered: Rupiah,
  payables: ReadonlyMap<string, Rupiah>,
): Promise<void> {
  await tx.updateTable('basket').set({ state: 'paying', tendered }).where('basket_id', '=', basketId).execute();
  for (const [transactionId, payable] of payables) {
    await tx
      .updateTable('basket_item')
      .set({ expected_payable: payable })
      .where('basket_id', '=', basketId)
      .where('transaction_id', '=', transactionId)
      .execute();
  }
}

/** Ends a basket. One that was never paid ends too, with nothing on the table. */
export async function putBasketEnd(tx: WriteTx, basket: Basket, state: 'paid' | 'ended'): Promise<void> {
  await tx
    .updateTable('basket')
    .set({ state, tendered: basket.tendered ?? rupiah(0) })
    .where('basket_id', '=', basket.basketId)
    .execute();
}
