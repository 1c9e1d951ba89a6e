import { vi } from 'vitest';
import type { Api } from '../../src/contract/api.ts';
import type { OutputOf } from '../../src/contract/procedure.ts';
import { demoOfficers } from '../../src/province/demo/demo-data.ts';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import type { TestCounter } from './test-counter.ts';

type DraftView = OutputOf<Api['transactions.draft']>;
type PaidView = OutputOf<Api['transactions.pay']>;

/** The seed of the test province's demo data. */
const DEMO_SEED = 7;
const PINS = new Map(demoOfficers(DEMO_SEED).map(({ officerId, pin }) => [officerId, pin]));
const TAILS = new Map(SHOW_PLATES.map(({ nrkb, chassisTail }) => [nrkb, chassisTail]));

export function pinOf(officerId: string): string {
  const pin = PINS.get(officerId);
  if (pin === undefined) throw new Error(`no officer ${officerId} in the demo data`);
  return pin;
}

/** A PIN of the same length that is not this officer's. */
export function wrongPinOf(officerId: string): string {
  const pin = pinOf(officerId);
  return pin.replace(/^./, pin.startsWith('1') ? '2' : '1');
}

/** Last five characters of the chassis number of a show plate. */
export function tailOf(nrkb: string): string {
  const tail = TAILS.get(nrkb);
  if (tail === undefined) throw new Error(`no show plate ${nrkb}`);
  return tail;
}

export async function enterAs(counter: TestCounter, officerId: string): Promise<void> {
  await counter.get('sign-in.begin', { officerId, pin: pinOf(officerId) });
}

/** Opens the screen again after a long absence. */
export async function unlock(counter: TestCounter, officerId = 'petugas-1'): Promise<void> {
  await counter.get('sign-in.unlock', { pin: pinOf(officerId) });
}

/** Sign-in and an open cash session with Rp200.000 of change: ready to serve. */
export async function openForBusiness(counter: TestCounter, officerId = 'petugas-1'): Promise<TestCounter> {
  await enterAs(counter, officerId);
  await counter.get('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
  return counter;
}

/** Finds a vehicle by its plate and begins to serve it; nothing is confirmed. */
export async function begun(counter: TestCounter, nrkb: string): Promise<DraftView> {
  const [card] = await counter.get('vehicles.find', { text: nrkb });
  if (card === undefined) throw new Error(`no vehicle ${nrkb}`);
  return await counter.get('transactions.begin', { vehicleId: card.vehicleId });
}

export async function confirmed(counter: TestCounter, nrkb: string): Promise<DraftView> {
  const { transactionId } = await begun(counter, nrkb);
  return await counter.get('transactions.confirm', { transactionId, chassisTail: tailOf(nrkb) });
}

/** Every page that the checklist asks for is there, and the payer has a name and a phone. */
export async function prepared(counter: TestCounter, nrkb: string): Promise<DraftView> {
  const { transactionId, documents } = await confirmed(counter, nrkb);
  await counter.get('transactions.set-documents', {
    transactionId,
    documents: documents.map(({ kind }) => ({ kind, present: true })),
  });
  const payer = { name: 'Budi Pembayar', phone: '081234567890', blankReason: null, isOwner: true };
  return await counter.get('transactions.set-payer', { transactionId, ...payer });
}

/** The draft once the province's bill is on the screen. */
export async function billed(counter: TestCounter, transactionId: string): Promise<DraftView> {
  return await vi.waitFor(
    async () => {
      const draft = await counter.get('transactions.draft', { transactionId });
      if ((draft.amount?.bill ?? null) === null) throw new Error(`no bill yet: ${JSON.stringify(draft.refusals)}`);
      return draft;
    },
    { timeout: 20_000, interval: 5 },
  );
}

export function payableOf(draft: DraftView): number {
  if (draft.amount === null) throw new Error(`nothing to pay: ${JSON.stringify(draft.refusals)}`);
  return draft.amount.payable;
}

/** Takes what the screen shows, to the rupiah. */
export async function payShown(counter: TestCounter, draft: DraftView): Promise<PaidView> {
  const payable = payableOf(draft);
  const { transactionId } = draft;
  return await counter.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
}

/** The whole main job without a line. */
export async function sellOffline(counter: TestCounter, nrkb: string): Promise<PaidView> {
  return await payShown(counter, await prepared(counter, nrkb));
}

/** The whole main job with a line: the province's bill is what is paid. */
export async function sellOnline(counter: TestCounter, nrkb: string): Promise<PaidView> {
  const { transactionId } = await prepared(counter, nrkb);
  return await payShown(counter, await billed(counter, transactionId));
}

/** Everything that waits goes to the province, and everything new comes back. */
export async function sync(counter: TestCounter): Promise<OutputOf<Api['outbox.send-now']>> {
  return await counter.get('outbox.send-now', {});
}
