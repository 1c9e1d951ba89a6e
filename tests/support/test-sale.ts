import { v7 as uuidV7 } from 'uuid';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import type { ReceiptStatement } from '../../src/contract/receipt-statement.ts';
import type { Bill } from '../../src/contract/sync-protocol.ts';
import { assess } from '../../src/domain/assessment.ts';
import { type LedgerLine, reversedLedgerLines, saleLedgerLines } from '../../src/domain/ledger-lines.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import type { RulePackSet } from '../../src/domain/rule-pack.ts';
import { roundCash, rupiah, ZERO_RUPIAH } from '../../src/domain/rupiah.ts';
import { canonical, type Draft, type TestDevice } from './test-device.ts';
import { RECEIPT_CONTEXT } from '../../src/contract/receipt-statement.ts';

/** What a test changes about a sale that is otherwise in order. */
export type SaleOptions = {
  readonly paidOn: LocalDate;
  readonly rules: RulePackSet;
  readonly bill?: Bill;
  readonly phone?: string | null;
  readonly transactionId?: string;
  readonly anchorId?: string | null;
  readonly arrival?: { readonly arrivalId: string; readonly arrivedOn: LocalDate };
  /** Changes the body after everything was computed, as a broken or hostile counter would. */
  readonly bend?: (body: Record<string, unknown>) => Record<string, unknown>;
  /** Changes the receipt statement that is signed. */
  readonly bendStatement?: (statement: ReceiptStatement) => ReceiptStatement;
  readonly chassisNumber?: string;
  readonly officerId?: string | null;
  readonly cashSessionId?: string;
  readonly wallMs?: number;
};

export type MadeSale = {
  readonly entry: SignedEntry;
  readonly transactionId: string;
  readonly statement: ReceiptStatement;
  readonly total: number;
  readonly subject: string;
};

/** A sale of a vehicle as a counter records it: local assessment or the province's bill, ledger lines, sealed person, receipt. */
export function makeSale(device: TestDevice, record: VehicleRecord, options: SaleOptions): MadeSale {
  const { paidOn, rules, bill, arrival } = options;
  const claim = arrival === undefined ? {} : { arrivedOn: arrival.arrivedOn };
  const assessed = bill === undefined ? assess(record.facts, claim, rules, paidOn) : undefined;
  if (assessed?.ok === false) throw new Error(`not payable: ${JSON.stringify(assessed.error)}`);
  const charged = assessed?.value.lines.map(({ explanation: _explanation, ...line }) => line) ?? bill?.lines ?? [];
  const total = rupiah(charged.reduce((sum, line) => sum + line.amount, 0));
  const { payable, rounding } = roundCash(total, { unit: 100, direction: 'down' });
  const transactionId = options.transactionId ?? uuidV7();
  const periods = [...new Set(charged.map((line) => line.periodDueOn))];
  const signed: ReceiptStatement = {
    deviceId: device.deviceId,
    epoch: device.epoch,
    seq: device.chain.length + 1,
    transactionId,
    nrkb: record.nrkb,
    periods,
    total,
    paidOn,
    timeTrust: 'anchored',
  };
  const statement = options.bendStatement?.(signed) ?? signed;
  const sealed = device.sealPersonal({
    nrkb: record.nrkb,
    ownerName: record.ownerName,
    chassisNumber: options.chassisNumber ?? record.chassisNumber,
    payerName: 'BUDI',
    payerPhone: options.phone === undefined ? '081234567890' : options.phone,
    receiptSig: device.sign(RECEIPT_CONTEXT, canonical(statement)),
  });
  const body = {
    transactionId,
    service: 'annual-tax',
    receiptNumber: device.numberAt(signed.seq),
    paidOn,
    arrivedOn: arrival?.arrivedOn ?? null,
    arrivalId: arrival?.arrivalId ?? null,
    figure: bill === undefined ? 'perkiraan' : 'penetapan',
    inquiryId: bill?.inquiryId ?? null,
    regency: record.facts['regency'],
    periods,
    lines: charged,
    total,
    rounding,
    payable,
    tendered: payable,
    change: 0,
    agentFee: 0,
    documents: [],
    payerIsOwner: true,
    blankReason: null,
    ledgerLines: saleLedgerLines({ charges: charged, agentFee: ZERO_RUPIAH, payable, rounding }),
    sealed,
  };
  const entry = device.append({
    type: 'transaction.paid',
    stream: transactionId,
    body: options.bend?.(body) ?? body,
    ...(options.anchorId === undefined ? {} : { anchorId: options.anchorId }),
    ...(options.officerId === undefined ? {} : { officerId: options.officerId }),
    ...(options.cashSessionId === undefined ? {} : { cashSessionId: options.cashSessionId }),
    ...(options.wallMs === undefined ? {} : { wallMs: options.wallMs }),
  });
  return { entry, transactionId, statement, total, subject: sealed.subject };
}

/** Its void on the counter, which gives the cash back. */
export function voidOf({ transactionId, entry }: Pick<MadeSale, 'transactionId' | 'entry'>): Draft {
  // Made by `makeSale`.
  const { body } = JSON.parse(entry.text) as {
    body: { ledgerLines: LedgerLine[]; receiptNumber: string; payable: number };
  };
  return {
    type: 'transaction.voided',
    stream: transactionId,
    body: {
      transactionId,
      voidNumber: 'B-1',
      receiptNumber: body.receiptNumber,
      paidHash: entry.hash,
      reason: 'salah kendaraan',
      approvedBy: 'pengawas',
      returned: body.payable,
      ledgerLines: reversedLedgerLines(body.ledgerLines),
    },
  };
}
