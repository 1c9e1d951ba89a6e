import type { EntryBody, SalePersonal } from '../../../contract/journal-entry.ts';
import { paymentStatementSchema } from '../../../contract/payments.ts';
import { encodeReceiptProof } from '../../../contract/receipt-statement.ts';
import type { DecisionItem } from '../../../contract/feeds.ts';
import type { TimeTrust } from '../../../contract/primitives.ts';
import { regencyName } from '../../../domain/regency.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Appended, StoredEntry } from '../journal/entry-text.ts';
import { parseEnvelope } from '../journal/entry-text.ts';
import type { FinalReceiptFacts, PaperOrigin, QuoteFacts, ReceiptFacts } from '../printing/paper-facts.ts';
import type { SlipSigner } from '../journal/slip-signer.ts';
import type { VoidFacts } from '../printing/void-document.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { AmountView, VehicleCard } from '../../../contract/views-vehicle.ts';
import type { Sale, SaleVehicle } from './sale-store.ts';

/** What every paper of this counter says about itself. */
export type PaperContext = {
  readonly device: EnrolledDevice;
  readonly policy: Pick<Policy, 'complaintPhone' | 'receiptHost'>;
  readonly training: boolean;
  readonly slips: Pick<SlipSigner, 'slipUrl'>;
};

/** Outlet, device and officer as every paper names them. */
export function originOf({ device, policy, training }: PaperContext, officerName: string): PaperOrigin {
  return {
    outletId: device.outlet.outletId,
    outletName: device.outlet.name,
    regencyName: regencyName(device.outlet.regency),
    deviceNo: device.deviceNo,
    officerName,
    complaintPhone: policy.complaintPhone,
    training,
  };
}

const vehicleOf = ({ nrkb, make, model, yearMade }: SaleVehicle | VehicleCard) => ({ nrkb, make, model, yearMade });

/** The address in the QR: the statement, its signature and the device certificate, nothing of the person. */
function proofUrl(
  { device, policy }: PaperContext,
  entry: Pick<StoredEntry, 'epoch' | 'seq'> & { readonly timeTrust: TimeTrust },
  body: EntryBody<'transaction.paid'>,
  personal: Pick<SalePersonal, 'nrkb' | 'receiptSig'>,
): string {
  const payload = encodeReceiptProof({
    statement: {
      deviceId: device.deviceId,
      epoch: entry.epoch,
      seq: entry.seq,
      transactionId: body.transactionId,
      nrkb: personal.nrkb,
      periods: body.periods,
      total: body.total,
      paidOn: body.paidOn,
      timeTrust: entry.timeTrust,
    },
    receiptSig: personal.receiptSig,
    certificate: device.certificate,
  });
  return `https://${policy.receiptHost}/t#${payload}`;
}

/** What the provider's signed word says of itself. */
function paidByFacts({ means, confirmation }: NonNullable<EntryBody<'transaction.paid'>['paidBy']>) {
  const { provider, reference } = paymentStatementSchema.parse(JSON.parse(confirmation.text));
  return { means, provider, reference: reference ?? '' };
}

/** Facts of a receipt, all of them from the committed entry. */
export function receiptFacts(
  context: PaperContext,
  sale: Sale,
  entry: StoredEntry,
  body: EntryBody<'transaction.paid'>,
  personal: SalePersonal,
): ReceiptFacts {
  const { timeTrust } = parseEnvelope(entry.text);
  return {
    ...originOf(context, sale.officerName),
    ...vehicleOf(sale.vehicle),
    lines: body.lines,
    total: body.total,
    agentFee: body.agentFee,
    agentFeeTo: body.agentFeeTo ?? '',
    ...(body.paidBy === undefined ? {} : { paidBy: paidByFacts(body.paidBy) }),
    ...(body.basket === undefined ? {} : { basket: body.basket }),
    rounding: body.rounding,
    payable: body.payable,
    figure: body.figure,
    receiptNumber: body.receiptNumber,
    tendered: body.tendered,
    change: body.change,
    paidAt: entry.wallMs,
    timeTrust,
    headHash: entry.hash,
    proofUrl: proofUrl(context, { ...entry, timeTrust }, body, personal),
  };
}

export function quoteFacts(
  context: PaperContext,
  quoted: {
    readonly officerName: string;
    readonly vehicle: VehicleCard;
    readonly amount: AmountView;
    readonly quotedAt: number;
    readonly paidOn: QuoteFacts['paidOn'];
  },
): QuoteFacts {
  const { amount } = quoted;
  return {
    ...originOf(context, quoted.officerName),
    ...vehicleOf(quoted.vehicle),
    lines: amount.lines,
    total: amount.total,
    agentFee: amount.agentFee,
    agentFeeTo: amount.agentFeeTo,
    rounding: amount.rounding as QuoteFacts['rounding'], // a difference of two rupiah amounts
    payable: amount.payable,
    figure: amount.figure,
    quotedAt: quoted.quotedAt,
    paidOn: quoted.paidOn,
  };
}

/** Facts of the paper of a sale that was taken back. */
export function voidFacts(
  context: PaperContext,
  officerName: string,
  voided: {
    readonly sale: Sale;
    readonly entry: Appended;
    readonly body: EntryBody<'transaction.voided'>;
    readonly approverName: string;
  },
): VoidFacts {
  const { sale, entry, body } = voided;
  return {
    ...originOf(context, officerName),
    ...vehicleOf(sale.vehicle),
    voidNumber: body.voidNumber,
    receiptNumber: body.receiptNumber,
    returned: body.returned,
    reason: body.reason,
    approvedBy: voided.approverName,
    recordedAt: entry.wallMs,
    timeTrust: entry.timeTrust,
    headHash: entry.hash,
  };
}

/** Facts of the TBPKP as the province booked it. */
export function finalReceiptFacts(
  context: PaperContext,
  settled: {
    readonly sale: Sale;
    readonly body: EntryBody<'transaction.paid'>;
    readonly finalReceipt: NonNullable<DecisionItem['finalReceipt']>;
    readonly printedAt: number;
  },
): FinalReceiptFacts {
  const { sale, body, finalReceipt } = settled;
  return {
    ...originOf(context, sale.officerName),
    ...vehicleOf(sale.vehicle),
    finalNumber: finalReceipt.number,
    issuedOn: finalReceipt.issuedOn,
    receiptNumber: sale.receiptNumber,
    lines: body.lines,
    total: body.total,
    link: finalReceipt.link,
    printedAt: settled.printedAt,
  };
}
