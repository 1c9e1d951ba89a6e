import type { BasketView } from '../../../contract/views-payments.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import type { ReadTx } from '../db/open.ts';
import type { Basket, BasketItem } from './basket-store.ts';
import type { BillDesk } from './bill-desk.ts';
import { findDraft } from './draft-store.ts';
import { draftView } from './draft-view.ts';
import { findSale } from './sale-store.ts';
import { type GatherDeps, gatherDraft } from './selling-facts.ts';

type ItemView = BasketView['items'][number];

async function itemView(
  tx: ReadTx,
  deps: GatherDeps,
  bills: Pick<BillDesk, 'billOf'>,
  { transactionId, expectedPayable }: BasketItem,
): Promise<ItemView> {
  const sale = await findSale(tx, deps.cipher, transactionId);
  if (sale !== undefined) {
    const { nrkb, plateColour, make, model } = sale.vehicle;
    const makeModel = `${make} ${model}`;
    const { payable, receiptNumber } = sale;
    return { transactionId, nrkb, plateColour, makeModel, payable, receiptNumber, refusals: [] };
  }
  const draft = await findDraft(tx, deps.cipher, transactionId);
  const bill = bills.billOf(transactionId);
  const gathered = draft === undefined ? undefined : await gatherDraft(tx, deps, draft, bill);
  const refused = { transactionId, receiptNumber: null, nrkb: '', plateColour: 'white' as const, makeModel: '' };
  // A vehicle that left the registry meanwhile keeps its place, and says that it cannot be sold.
  if (gathered === undefined)
    return { ...refused, payable: null, refusals: [{ code: 'VEHICLE_INCOMPLETE', details: {} }] };
  const view = draftView(gathered, bill);
  return {
    ...refused,
    nrkb: view.vehicle.nrkb,
    plateColour: view.vehicle.plateColour,
    makeModel: `${view.vehicle.make} ${view.vehicle.model}`,
    payable: expectedPayable ?? view.amount?.payable ?? null,
    refusals: view.refusals,
  };
}

const sumOf = (items: readonly ItemView[]): Rupiah => sumRupiah(items.map((item) => item.payable ?? rupiah(0)));

/** A basket as the screen shows it, each vehicle as it stands now. */
export async function basketView(
  tx: ReadTx,
  deps: GatherDeps,
  bills: Pick<BillDesk, 'billOf'>,
  basket: Basket,
): Promise<BasketView> {
  const items: ItemView[] = [];
  for (const item of basket.items) items.push(await itemView(tx, deps, bills, item));
  const sold = items.filter((item) => item.receiptNumber !== null);
  const taken = sumOf(sold);
  const { basketId, state, tendered } = basket;
  const giveBack = tendered === null ? rupiah(0) : rupiah(tendered - taken);
  return { basketId, state, items, payable: sumOf(items), paid: sold.length, taken, tendered, giveBack };
}
