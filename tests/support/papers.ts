import type { ApplicationSlipFacts } from '../../src/main/core/printing/application-document.ts';
import type { ChargeComponent } from '../../src/domain/charge.ts';
import { type LocalDate, parseLocalDate } from '../../src/domain/local-date.ts';
import { rupiah, subtractRupiah, sumRupiah } from '../../src/domain/rupiah.ts';
import type {
  ArrivalFacts,
  FinalReceiptFacts,
  HandOverFacts,
  PaperCharge,
  PaperOrigin,
  PaperVehicle,
  QuoteFacts,
  ReceiptFacts,
  SlipFacts,
  TicketFacts,
} from '../../src/main/core/printing/paper-facts.ts';

/** A date of a test. */
function day(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error(`not a date: ${text}`);
  return parsed.value;
}

const ORIGIN: PaperOrigin = {
  outletId: '3506-017',
  outletName: 'Gerai Ponpes Al-Hikmah',
  regencyName: 'Kab. Kediri',
  deviceNo: 2,
  officerName: 'Siti Rahmawati',
  complaintPhone: '0800-1-401401',
  training: false,
};

const VEHICLE: PaperVehicle = { nrkb: 'AG 4321 EØ', make: 'Honda', model: 'Vario 125', yearMade: 2023 };

const HASH = `Qm9x${'a'.repeat(35)}Zt3K`;

/** As long as a real one: statement, two signatures, three keys. */
export const PROOF_URL = `https://opop.example.go.id/t#1.${[
  '0197f3c2d4e87a1b9c0d1e2f3a4b5c6d.1.AbCdEfGhIjK.131.0197f3c2d4e87a1b9c0d1e2f3a4b5c6d',
  'AG_4321_E~.20251115.344788.20261121.a',
  `${'xY0-'.repeat(22).slice(0, 86)}.3506-017.${'kQ_7'.repeat(11).slice(0, 43)}.${'s9-B'.repeat(11).slice(0, 43)}`,
  `1893456000000+3.${'rT4_'.repeat(25).slice(0, 98)}`,
].join('.')}`;

/** A slip's, as long as a real one. */
export const SLIP_URL = `https://opop.example.go.id/t#S1.${[
  '0197f3c2d4e87a1b9c0d1e2f3a4b5c6d.1.AbCdEfGhIjK.131.a.0197f3c2d4e87a1b9c0d1e2f3a4b5c6d',
  '3506-017-02-3K7-000132-QH.AG_4321_E%C3%98.20261121+.r',
  `${'xY0-'.repeat(22).slice(0, 86)}.3506-017.${'kQ_7'.repeat(11).slice(0, 43)}.${'s9-B'.repeat(11).slice(0, 43)}`,
  `1893456000000+3.${'rT4_'.repeat(25).slice(0, 98)}`,
].join('.')}`;

const AMOUNTS: readonly (readonly [ChargeComponent, number])[] = [
  ['pkb', 180_000],
  ['pkbFine', 1_800],
  ['opsenPkb', 118_800],
  ['opsenPkbFine', 1_188],
  ['swdkllj', 35_000],
  ['swdklljFine', 8_000],
];

/** Six lines of one period, `factor` times as dear. */
export function chargesOf(dueOn: string, factor = 1): readonly PaperCharge[] {
  return AMOUNTS.map(([component, amount]) => ({
    component,
    periodDueOn: day(dueOn),
    amount: rupiah(amount * factor),
  }));
}

/** A receipt of one period, Rp344.788, rounded down to Rp344.700; `change` replaces facts, sums follow the lines. */
export function receiptFacts(change: Partial<ReceiptFacts> = {}): ReceiptFacts {
  const lines = change.lines ?? chargesOf('2025-11-15');
  const total = sumRupiah(lines.map((line) => line.amount));
  const rounding = rupiah(total % 100);
  const payable = subtractRupiah(total, rounding);
  return {
    ...ORIGIN,
    ...VEHICLE,
    lines,
    total,
    agentFee: rupiah(0),
    rounding,
    payable,
    figure: 'perkiraan',
    receiptNumber: '3506-017-02-3K7-000131-X4',
    tendered: rupiah(payable + 5_300),
    change: rupiah(5_300),
    paidAt: Date.UTC(2026, 10, 21, 3, 41),
    timeTrust: 'anchored',
    headHash: HASH,
    proofUrl: PROOF_URL,
    ...change,
  };
}

/** Everything as long and as large as it may be: five periods, a thousand million, names that do not end. */
export function hugeReceiptFacts(): ReceiptFacts {
  const dues = ['2022-11-15', '2023-11-15', '2024-11-15', '2025-11-15', '2026-11-15'];
  return receiptFacts({
    outletName: 'Gerai Samsat OPOP Pondok Pesantren Terpadu Darul Ulum Al-Fadholi Putra Putri Merjosari',
    officerName: 'Raden Mas Muhammad Abdurrahman Wahid Nur Hidayatullah Kusumo Prawiro',
    model: 'CanterSuperSpeedKaroseriDumpTruckLongWheelbaseEdisiKhusus',
    lines: dues.flatMap((dueOn) => [
      ...chargesOf(dueOn, 6_944),
      { component: 'subscriptionParking', periodDueOn: day(dueOn), amount: rupiah(20_000) } as const,
    ]),
  });
}

export function quoteFacts(): QuoteFacts {
  return { ...receiptFacts(), quotedAt: Date.UTC(2026, 10, 21, 3, 41), paidOn: day('2026-11-21') };
}

function slipFacts(number: string): SlipFacts {
  return {
    ...ORIGIN,
    number,
    on: day('2026-11-21'),
    recordedAt: Date.UTC(2026, 10, 21, 3, 41),
    timeTrust: 'rtc',
    headHash: HASH,
    proofUrl: SLIP_URL,
  };
}

export function arrivalFacts(): ArrivalFacts {
  return { ...VEHICLE, ...slipFacts('3506-017-02-3K7-000132-QH') };
}

export function handOverFacts(): HandOverFacts {
  return {
    ...slipFacts('3506-017-02-3K7-000140-QH'),
    subject: VEHICLE.nrkb,
    ofNumber: '3506-017-02-3K7-000131-X4',
    labels: ['STNK asli', 'KTP pemilik'],
    to: 'representative',
    evidence: 'surat kuasa bermaterai',
  };
}

export function applicationFacts(change: Partial<ApplicationSlipFacts> = {}): ApplicationSlipFacts {
  return {
    ...slipFacts('3506-017-02-3K7-000141-QH'),
    serviceName: 'Perpanjangan STNK lima tahunan',
    agency: 'Samsat Induk',
    nrkb: VEHICLE.nrkb,
    promisedOn: day('2026-11-28'),
    received: ['STNK asli', 'KTP pemilik'],
    missing: ['BPKB asli'],
    waived: ['KTP yang diberi kuasa'],
    held: ['STNK asli'],
    state: 'incomplete',
    reason: 'BPKB bukan asli.',
    agencyNumber: 'SI-7/2026',
    notes: ['Bukti ini belum berarti selesai. Berkas diteruskan ke kantor di atas.'],
    ...change,
  };
}

export function ticketFacts(): TicketFacts {
  return { ...slipFacts('12'), ticketNumber: 12, nrkb: VEHICLE.nrkb, reason: 'outage', arrivedOn: null };
}

export function finalReceiptFacts(): FinalReceiptFacts {
  const lines = chargesOf('2025-11-15');
  return {
    ...ORIGIN,
    ...VEHICLE,
    finalNumber: 'TBPKP/3506/2026/000918',
    issuedOn: day('2026-11-22'),
    receiptNumber: '3506-017-02-3K7-000131-X4',
    lines,
    total: sumRupiah(lines.map((line) => line.amount)),
    link: 'https://opop.example.go.id/b/7f3a9c',
    printedAt: Date.UTC(2026, 10, 22, 3, 41),
  };
}
