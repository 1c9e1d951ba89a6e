import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { readPolicyOfDay } from '../approvals/cap-raises.ts';
import type { CashSession } from '../../../domain/cash-session.ts';
import { err, ok } from '../../../domain/result.ts';
import type { StoredCashSession } from '../cash/cash-store.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Service } from '../../../domain/service.ts';
import { findBlock } from '../registry/block-store.ts';
import { findOpenPaymentOf } from '../payments/payment-store.ts';
import { findVehicle, nrkbIndex, type RegisteredVehicle } from '../registry/registry-store.ts';
import { findRelease } from '../rules/release-store.ts';
import { readFreshness } from '../rules/rules-store.ts';
import { readRulesInForce } from '../rules/rules-in-force.ts';
import { getAnnualTax } from '../services/service-store.ts';
import { findSellingStop } from '../sync/province-word.ts';
import { findArrival } from './arrival-store.ts';
import type { Draft } from './draft-store.ts';
import type { MachineFacts, SellingFacts } from './quote.ts';
import { gatherLimits } from './limit-facts.ts';
import type { Sale } from './sale-store.ts';
import { findStandingSale } from './standing-sale.ts';
import type { Bill } from '../../../contract/sync-protocol.ts';

/** What the gathering of a sale's facts needs beside the database. */
export type GatherDeps = {
  readonly cipher: ColumnCipher;
  readonly today: () => LocalDate;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  /** ms UTC at which this device's certificate ends. */
  readonly certificateUntil: number;
  readonly appVersion: string;
  readonly machine: () => MachineFacts;
  /** Pages in safe keeping of one stream, by kind of paper. */
  readonly pagesOf: (tx: ReadTx, stream: string) => Promise<ReadonlyMap<string, number>>;
};

/** The facts of a draft as they stand in this one view of the database. */
export type GatheredDraft = {
  readonly draft: Draft;
  readonly vehicle: RegisteredVehicle;
  readonly facts: SellingFacts;
  readonly session: StoredCashSession | undefined;
  readonly rulePackId: string | null;
  /** The pack of the annual tax: its papers are asked for. */
  readonly service: Service;
  readonly pages: ReadonlyMap<string, number>;
  /** The standing sale of this counter that covers what the registry shows as due. */
  readonly soldHere: Sale | undefined;
};

function sessionForSale(session: StoredCashSession | undefined): CashSession | null {
  if (session === undefined) return null;
  return {
    cashSessionId: session.cashSessionId,
    officerId: session.officerId,
    openedOn: localDateAt(session.openedAt),
    state: session.state,
    float: session.floatTotal,
  };
}

/** A payment for this vehicle that somebody waits for, whichever service asked for it. */
async function openPaymentOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  { record }: RegisteredVehicle,
): Promise<SellingFacts['openPayment']> {
  const payment = await findOpenPaymentOf(tx, cipher, nrkbIndex(cipher, record.nrkb));
  if (payment === undefined) return null;
  const { paymentId, transactionId, means, state } = payment;
  return { paymentId, transactionId, means, state };
}

/** Reads everything that a price and a sale depend on; undefined when the vehicle left the registry. */
export async function gatherDraft(
  tx: ReadTx,
  deps: GatherDeps,
  draft: Draft,
  bill: Bill | null,
): Promise<GatheredDraft | undefined> {
  const { cipher } = deps;
  const vehicle = await findVehicle(tx, cipher, draft.content.vehicleId);
  if (vehicle === undefined) return undefined;
  const block = await findBlock(tx, draft.content.vehicleId);
  const today = deps.today();
  const nowAt = deps.now();
  const fresh = await readFreshness(tx);
  const [policy, rules, session] = [
    await readPolicyOfDay(tx, today),
    await readRulesInForce(tx, today, nowAt, fresh.rules),
    await findOpenSession(tx),
  ];
  const sale = await findStandingSale(tx, cipher, vehicle.record);
  const arrival = draft.content.arrivalId === null ? undefined : await findArrival(tx, cipher, draft.content.arrivalId);
  const facts: SellingFacts = {
    transactionId: draft.transactionId,
    vehicleFacts: vehicle.record.facts,
    block: block !== undefined && block.validFrom >= vehicle.validFrom ? block : null,
    arrivedOn: arrival?.arrivedOn ?? null,
    groups: draft.content.groups,
    paidHere:
      sale === undefined
        ? null
        : { transactionId: sale.transactionId, receiptNumber: sale.receiptNumber, paidOn: sale.paidOn },
    openPayment: await openPaymentOf(tx, cipher, vehicle),
    packs: rules.ok ? ok(rules.value.packs) : err({ code: rules.error.code }),
    policy,
    session: sessionForSale(session),
    sessionOfficer: session?.officerName ?? null,
    officerId: draft.officerId,
    limits: (await gatherLimits(tx, today, fresh, policy)).facts,
    bill,
    today,
    nowAt,
    machine: deps.machine(),
    rulesFreshUntilAt: fresh.rules?.freshUntil ?? null,
    registryFreshUntilAt: fresh.registry?.freshUntil ?? null,
    releaseSellsUntilAt: (await findRelease(tx, deps.appVersion))?.sellsUntil ?? null,
    sellingStop: await findSellingStop(tx, deps.certificateUntil, nowAt),
  };
  return {
    draft,
    vehicle,
    facts,
    session,
    rulePackId: rules.ok ? rules.value.packId : null,
    service: await getAnnualTax(tx),
    pages: await deps.pagesOf(tx, draft.transactionId),
    soldHere: sale,
  };
}
