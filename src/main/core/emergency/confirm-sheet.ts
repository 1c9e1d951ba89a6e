import type { EntryBody, SalePersonal } from '../../../contract/journal-entry.ts';
import { type Rupiah, ZERO_RUPIAH } from '../../../domain/rupiah.ts';
import { maskName } from '../../../domain/mask.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StoredCashSession } from '../cash/cash-store.ts';
import type { WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Append } from '../journal/journal.ts';
import type { ReceiptSigner } from '../journal/receipt-signer.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { periodsOf } from '../transactions/draft-view.ts';
import { receiptNumberAt } from '../transactions/receipt-numbers.ts';
import { insertSale, type NewSale } from '../transactions/sale-store.ts';
import { isSoldAlready } from '../transactions/sold-once.ts';
import { type OpenSheet, putConfirmed } from './emergency-store.ts';
import type { PricedPaper } from './price-paper.ts';

/** The kind under which a photo of the paper is kept. */
export const EMERGENCY_PAGE_KIND = 'emergency-receipt';

/** A sheet that has become a sale. */
export type ConfirmedSheet = {
  readonly transactionId: string;
  readonly receiptNumber: string;
  readonly amount: Rupiah;
};

type Deps = {
  readonly cipher: ColumnCipher;
  readonly device: EnrolledDevice;
  readonly signer: ReceiptSigner;
  readonly subjectKeys: SubjectKeys;
};

type Confirming = {
  readonly sheet: OpenSheet;
  readonly priced: PricedPaper;
  readonly session: StoredCashSession;
  readonly photos: readonly string[];
  readonly confirmedBy: string;
};

type Paid = EntryBody<'transaction.paid'>;

function emergencyOf({ sheet, priced, photos, confirmedBy }: Confirming): NonNullable<Paid['emergency']> {
  return {
    bookNumber: sheet.number,
    paperAt: sheet.paperAt,
    enteredBy: sheet.toldBy,
    enteredAt: sheet.toldAt,
    confirmedBy,
    figure: priced.taken.figure,
    chassisAgrees: priced.chassisAgrees,
    photos: [...photos],
    noPhotoReason: photos.length > 0 ? null : sheet.content.noPhotoReason,
  };
}

/** The lines without the figures behind them. */
function linesOf({ taken }: PricedPaper): Paid['lines'] {
  return taken.lines.map(({ component, periodDueOn, beneficiary, amount, waived, rule, basis }) => ({
    component,
    periodDueOn,
    beneficiary,
    amount,
    waived,
    rule,
    basis,
  }));
}

/** What the registry says of the vehicle, or what the paper says where nothing is known. */
function vehicleOf({ sheet, priced }: Confirming) {
  const record = priced.vehicle?.record;
  if (record !== undefined) return record;
  const { nrkb, chassisTail } = sheet.content;
  const unknown = { plateColour: 'white', make: '', model: '', yearMade: 0 } as const;
  return { ...unknown, nrkb, chassisNumber: chassisTail, ownerName: '' };
}

/**
 * The sale of a sheet: one entry of type `transaction.paid` with its cash in the open session, its business date that of
 * the paper, and `emergency` named in `mustUnderstand`, so that no older province books it as a sale of today.
 */
export async function writeSale(
  tx: WriteTx,
  append: Append,
  { cipher, device, signer, subjectKeys }: Deps,
  signIn: SignIn,
  confirming: Confirming,
): Promise<ConfirmedSheet> {
  const { sheet, priced, session } = confirming;
  const { transactionId, content } = sheet;
  const { taken, paperOn } = priced;
  const vehicle = vehicleOf(confirming);
  const periods = periodsOf(taken.lines);
  const until = periods.at(-1);
  if (until === undefined) throw new Error('a sheet without a period');
  const bodyKey = await subjectKeys.takeBodyKey(tx, transactionId);
  const entry = append({
    type: 'transaction.paid',
    stream: transactionId,
    officerId: signIn.officerId,
    cashSessionId: session.cashSessionId,
    rulePackId: priced.rulePackId,
    registryVersion: priced.vehicle?.registryVersion ?? null,
    mustUnderstand: ['emergency'],
    body: (position): Paid => {
      const { deviceId } = device;
      const { epoch, seq, timeTrust } = position;
      const said = { transactionId, nrkb: vehicle.nrkb, periods, total: taken.total, paidOn: paperOn };
      const personal: SalePersonal = {
        nrkb: vehicle.nrkb,
        ownerName: vehicle.ownerName,
        chassisNumber: vehicle.chassisNumber,
        payerName: content.payerName,
        payerPhone: null,
        receiptSig: signer.sign({ deviceId, epoch, seq, timeTrust, ...said }),
      };
      return {
        transactionId,
        service: 'annual-tax',
        receiptNumber: receiptNumberAt(device, position),
        paidOn: paperOn,
        arrivedOn: null,
        arrivalId: null,
        groups: [],
        figure: 'perkiraan',
        inquiryId: null,
        regency: priced.regency,
        periods,
        lines: linesOf(priced),
        total: taken.total,
        rounding: taken.rounding,
        payable: taken.payable,
        tendered: taken.payable,
        change: ZERO_RUPIAH,
        agentFee: taken.agentFee,
        documents: [{ kind: EMERGENCY_PAGE_KIND, present: confirming.photos.length > 0 }],
        payerIsOwner: false,
        blankReason: null,
        ledgerLines: [...taken.ledgerLines],
        sealed: subjectKeys.sealUnder(bodyKey, transactionId, personal),
        emergency: emergencyOf(confirming),
      };
    },
  });
  const receiptNumber = receiptNumberAt(device, entry);
  const stored: NewSale = {
    transactionId,
    epochN: entry.epoch.n,
    epochNonce: entry.epoch.nonce,
    seq: entry.seq,
    entryHash: entry.hash,
    receiptNumber,
    nrkbIndex: nrkbIndex(cipher, vehicle.nrkb),
    paidAt: entry.wallMs,
    paidOn: paperOn,
    periodUntil: until,
    cashSessionId: session.cashSessionId,
    officerId: signIn.officerId,
    officerName: signIn.name,
    total: taken.total,
    payable: taken.payable,
    means: 'cash',
    vehicle: {
      nrkb: vehicle.nrkb,
      plateColour: vehicle.plateColour,
      make: vehicle.make,
      model: vehicle.model,
      yearMade: vehicle.yearMade,
      maskedOwner: maskName(vehicle.ownerName),
    },
  };
  // The vehicle may have been paid here meanwhile: this cash was taken all the same, and the province judges the second.
  await insertSale(tx, cipher, stored, !(await isSoldAlready(tx, stored)));
  await putConfirmed(tx, transactionId);
  return { transactionId, receiptNumber, amount: taken.payable };
}
