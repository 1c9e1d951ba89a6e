import type { DecisionItem } from '../../src/contract/feeds.ts';
import type { EntryBody } from '../../src/contract/journal-entry.ts';
import { saleLedgerLines } from '../../src/domain/ledger-lines.ts';
import { addYears, type LocalDate, localDateAt } from '../../src/domain/local-date.ts';
import { isRegencyCode } from '../../src/domain/regency.ts';
import { roundCash, rupiah, ZERO_RUPIAH } from '../../src/domain/rupiah.ts';
import type { WriteTx } from '../../src/main/core/db/open.ts';
import { insertDecision } from '../../src/main/core/exceptions/decision-store.ts';
import { sha256 } from '../../src/main/core/journal/hash-chain.ts';
import type { Append, Appended } from '../../src/main/core/journal/journal.ts';
import { createReceiptSigner } from '../../src/main/core/journal/receipt-signer.ts';
import { createSubjectKeys } from '../../src/main/core/journal/subject-keys.ts';
import type { RandomPort } from '../../src/main/core/ports.ts';
import { insertJob, setJobState } from '../../src/main/core/printing/print-store.ts';
import { nrkbIndex } from '../../src/main/core/registry/registry-store.ts';
import { type Draft, endDraft, insertDraft } from '../../src/main/core/transactions/draft-store.ts';
import { receiptNumberAt } from '../../src/main/core/transactions/receipt-numbers.ts';
import { applyDecision, insertSale } from '../../src/main/core/transactions/sale-store.ts';
import type { OpenedData, PayableVehicle } from './opened-data.ts';

/** Entries of one past sale: the look at the owner, the sale, the paper asked for and settled, the screen opened again. */
export const SALE_ENTRIES = 5;
/** One sale in so many still waits for a person. */
const OPEN_CASE_EVERY = 500;

export type PastMoment = {
  readonly cashSessionId: string;
  readonly soldAt: number;
  readonly signInStream: string;
};

/** Writes sales that were made, printed and booked, as the counter's own features write them. */
export type PastSales = { readonly sell: (tx: WriteTx, append: Append, moment: PastMoment) => Promise<void> };

type Deps = {
  readonly data: OpenedData;
  readonly random: RandomPort;
  readonly newId: () => string;
  readonly officer: { readonly officerId: string; readonly name: string };
  readonly vehicles: readonly PayableVehicle[];
};

type Amounts = Pick<
  EntryBody<'transaction.paid'>,
  'lines' | 'total' | 'rounding' | 'payable' | 'periods' | 'ledgerLines'
>;

/** `yearsAgo` moves the periods back: no vehicle pays one of them twice. */
function amountsOf({ assessment }: PayableVehicle, yearsAgo: number): Amounts {
  const { total } = assessment;
  const before = (dueOn: LocalDate): LocalDate => addYears(dueOn, -yearsAgo);
  const { payable, rounding } = roundCash(total, { unit: 100, direction: 'down' });
  const ledgerLines = saleLedgerLines({ charges: assessment.lines, agentFee: ZERO_RUPIAH, payable, rounding });
  return {
    lines: assessment.lines.map(({ explanation: _explanation, ...line }) => ({
      ...line,
      periodDueOn: before(line.periodDueOn),
    })),
    total,
    rounding,
    payable,
    periods: assessment.periods.map(before),
    ledgerLines: [...ledgerLines],
  };
}

function bookedDecision(transactionId: string, sale: Appended, newId: () => string, isOpen: boolean): DecisionItem {
  const issuedOn = localDateAt(sale.wallMs);
  const number = `TBPKP-${String(sale.seq).padStart(8, '0')}`;
  return {
    decisionId: newId(),
    transactionId,
    decidedAt: sale.wallMs + 1500,
    central: isOpen ? 'short' : 'booked',
    outcomes: [],
    finalReceipt: isOpen ? null : { number, issuedOn, link: `https://opop.example/f/${transactionId}` },
    difference: rupiah(0),
    reason: null,
  };
}

export function createPastSales({ data, random, newId, officer, vehicles }: Deps): PastSales {
  const { cipher, device, secrets } = data;
  const signer = createReceiptSigner(secrets.signingPrivate);
  const subjectKeys = createSubjectKeys(secrets, random);
  const next = { sale: 0 };

  const bodyOf = (
    vehicle: PayableVehicle,
    amounts: Amounts,
    transactionId: string,
    paidOn: LocalDate,
    position: Parameters<typeof receiptNumberAt>[1] & {
      readonly timeTrust: 'anchored' | 'rtc' | 'clamped' | 'suspect';
    },
  ): { readonly body: EntryBody<'transaction.paid'>; readonly bodyKey: Uint8Array } => {
    const { record } = vehicle;
    const regency = record.facts['regency'];
    if (!isRegencyCode(regency)) throw new Error('an assessed vehicle has a regency');
    const receiptSig = signer.sign({
      deviceId: device.deviceId,
      epoch: position.epoch,
      seq: position.seq,
      transactionId,
      nrkb: record.nrkb,
      periods: amounts.periods,
      total: amounts.total,
      paidOn,
      timeTrust: position.timeTrust,
    });
    const { nrkb, ownerName, chassisNumber } = record;
    const personal = { nrkb, ownerName, chassisNumber, payerName: ownerName, payerPhone: '081234567890', receiptSig };
    const { sealed, bodyKey } = subjectKeys.sealPersonal(transactionId, personal);
    const body: EntryBody<'transaction.paid'> = {
      transactionId,
      service: 'annual-tax',
      receiptNumber: receiptNumberAt(device, position),
      paidOn,
      arrivedOn: null,
      arrivalId: null,
      groups: [],
      figure: 'perkiraan',
      inquiryId: null,
      regency,
      ...amounts,
      tendered: amounts.payable,
      change: rupiah(0),
      agentFee: rupiah(0),
      documents: [
        { kind: 'stnk', present: true },
        { kind: 'owner-ktp', present: true },
      ],
      payerIsOwner: true,
      blankReason: null,
      sealed,
    };
    return { body, bodyKey };
  };

  const project = async (
    tx: WriteTx,
    vehicle: PayableVehicle,
    amounts: Amounts,
    sale: Appended,
    paidOn: LocalDate,
  ): Promise<void> => {
    const { record } = vehicle;
    const { nrkb, plateColour, make, model, yearMade } = record;
    const until = amounts.periods.at(-1);
    if (until === undefined || sale.cashSessionId === null) throw new Error('a sale has a period and a session');
    await insertSale(tx, cipher, {
      transactionId: sale.stream,
      epochN: sale.epoch.n,
      epochNonce: sale.epoch.nonce,
      seq: sale.seq,
      entryHash: sale.hash,
      receiptNumber: receiptNumberAt(device, sale),
      nrkbIndex: nrkbIndex(cipher, nrkb),
      paidAt: sale.wallMs,
      paidOn,
      periodUntil: until,
      cashSessionId: sale.cashSessionId,
      officerId: officer.officerId,
      officerName: officer.name,
      total: amounts.total,
      payable: amounts.payable,
      means: 'cash',
      vehicle: { nrkb, plateColour, make, model, yearMade, maskedOwner: 'C***** N*** P******' },
    });
  };

  const print = async (tx: WriteTx, append: Append, sale: Appended): Promise<void> => {
    const jobId = newId();
    const { stream, officerId, cashSessionId } = sale;
    const entry = { stream, officerId, cashSessionId };
    const job = { jobId, kind: 'receipt', copyNo: 0, printer: 'roll' } as const;
    const requested = append({
      ...entry,
      type: 'print.requested',
      body: { ...job, reason: null, paperHash: sha256(sale.text) },
    });
    await insertJob(tx, { ...job, stream, state: 'requested', detail: null, requestedAt: requested.wallMs });
    append({ ...entry, type: 'print.settled', body: { jobId, result: 'printed', detail: null } });
    await setJobState(tx, jobId, 'printed', null);
  };

  /** What the tax office decided. */
  const settle = async (tx: WriteTx, sale: Appended, isOpen: boolean): Promise<void> => {
    const { stream } = sale;
    const decision = bookedDecision(stream, sale, newId, isOpen);
    await insertDecision(tx, decision);
    await applyDecision(tx, {
      transactionId: stream,
      central: decision.central,
      decidedAt: decision.decidedAt,
      finalNumber: decision.finalReceipt?.number ?? null,
    });
  };

  return {
    sell: async (tx, append, { cashSessionId, soldAt, signInStream }) => {
      const vehicle = vehicles[next.sale % vehicles.length];
      if (vehicle === undefined) throw new Error('there are vehicles to sell');
      const yearsAgo = Math.floor(next.sale / vehicles.length);
      next.sale += 1;
      const transactionId = newId();
      const paidOn = localDateAt(soldAt);
      const { officerId } = officer;
      const looked = { stream: transactionId, officerId, cashSessionId: null };
      append({ ...looked, type: 'personal-data.viewed', body: { what: 'owner-name', count: 1 } });
      const draft: Draft = {
        transactionId,
        state: 'open',
        officerId,
        begunAt: soldAt,
        content: {
          vehicleId: vehicle.record.vehicleId,
          tries: 0,
          confirmed: true,
          arrivalId: null,
          groups: [],
          documents: [{ kind: 'stnk', present: true, held: false }],
          waivers: [],
          financed: false,
          payer: { name: vehicle.record.ownerName, phone: '081234567890', blankReason: null, isOwner: true },
        },
      };
      await insertDraft(tx, cipher, draft);
      const amounts = amountsOf(vehicle, yearsAgo);
      const held: { bodyKey?: Uint8Array } = {};
      const sale = append({
        type: 'transaction.paid',
        stream: transactionId,
        officerId,
        cashSessionId,
        rulePackId: vehicle.assessment.rulePackIds[0] ?? null,
        registryVersion: vehicle.registryVersion,
        body: (position) => {
          const { body, bodyKey } = bodyOf(vehicle, amounts, transactionId, paidOn, position);
          held.bodyKey = bodyKey;
          return body;
        },
      });
      if (held.bodyKey === undefined) throw new Error('an appended sale has sealed its person');
      await subjectKeys.storeSubjectKey(tx, transactionId, held.bodyKey);
      await project(tx, vehicle, amounts, sale, paidOn);
      await endDraft(tx, cipher, draft, 'paid', sale.wallMs);
      await print(tx, append, sale);
      append({
        type: 'officer.signed-in',
        stream: signInStream,
        officerId,
        cashSessionId: null,
        body: { role: 'officer' },
      });
      await settle(tx, sale, next.sale % OPEN_CASE_EVERY === 0);
    },
  };
}
