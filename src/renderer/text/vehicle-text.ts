import type { ChargeComponent } from '../../domain/charge.ts';
import type { BlockReason, VehicleKind } from '../../domain/vehicle.ts';
import { wordOf } from './word-of.ts';
import * as ENGLISH from './en/vehicle-text.ts';
import { inLanguage } from './language.ts';

const BLOCK_REASONS: Readonly<Record<BlockReason, string>> = inLanguage(
  {
    sold: 'dilaporkan sudah dijual oleh pemilik lama',
    theft: 'dilaporkan hilang atau dicuri',
    creditor: 'diminta oleh pemberi kredit',
    'traffic-fine': 'ada tilang elektronik yang belum diselesaikan',
    'hit-and-run': 'terkait kecelakaan tabrak lari',
  },
  ENGLISH.BLOCK_REASONS,
);

/** Why the police or a court blocked the vehicle. */
export function blockReasonText(reason: string): string {
  return wordOf(BLOCK_REASONS, reason) ?? inLanguage('tanpa keterangan alasan', 'no reason given');
}

const MISSING_FACTS: Readonly<Record<string, string>> = inLanguage(
  {
    kind: 'jenis kendaraan',
    engineCc: 'isi silinder',
    use: 'penggunaan',
    ownerKind: 'jenis pemilik',
    energy: 'bahan bakar',
    rank: 'urutan kepemilikan',
    njkb: 'NJKB',
    weightFactor: 'bobot',
    regency: 'kabupaten atau kota',
    dueOn: 'jatuh tempo',
    stnkValidUntil: 'masa berlaku STNK',
    swdklljClass: 'golongan SWDKLLJ',
  },
  ENGLISH.MISSING_FACTS,
);

/** The missing facts of a record, from their field names joined by commas. */
export function missingFactText(fields: string): string {
  const names = fields
    .split(/[,\s]+/)
    .filter((field) => field !== '')
    .map((field) => MISSING_FACTS[field] ?? field);
  return names.length === 0
    ? inLanguage('ada isian yang kosong di daftar', 'something is empty in the register')
    : names.join(', ');
}

/** What a line charges, as paper and screen say it. */
export const COMPONENT_TEXT: Readonly<Record<ChargeComponent, string>> = inLanguage(
  {
    pkb: 'PKB',
    pkbFine: 'Sanksi PKB',
    opsenPkb: 'Opsen PKB',
    opsenPkbFine: 'Sanksi Opsen',
    swdkllj: 'SWDKLLJ',
    swdklljFine: 'Denda SWDKLLJ',
    subscriptionParking: 'Parkir berlangganan',
  },
  ENGLISH.COMPONENT_TEXT,
);

/** The name of a component that came as plain text. */
export function componentText(component: string): string {
  return wordOf(COMPONENT_TEXT, component) ?? component;
}

/** Papers on the checklist. */
export const DOCUMENT_TEXT: Readonly<Record<string, string>> = inLanguage(
  {
    stnk: 'STNK asli',
    'owner-ktp': 'KTP pemilik',
    'last-notice': 'SKPD tahun lalu',
    'power-of-attorney': 'Surat kuasa',
    'representative-ktp': 'KTP yang diberi kuasa',
    'company-letter': 'Surat keterangan perusahaan',
    'leasing-letter': 'Surat keterangan pembiayaan',
    'emergency-receipt': 'Kuitansi darurat',
  },
  ENGLISH.DOCUMENT_TEXT,
);

const KIND_TEXT: Readonly<Record<VehicleKind, string>> = inLanguage(
  {
    motorcycle: 'sepeda motor',
    'three-wheeler': 'roda tiga',
    sedan: 'sedan',
    jeep: 'jip',
    minibus: 'minibus',
    microbus: 'mikrobus',
    pickup: 'pikap',
    'blind-van': 'blind van',
    bus: 'bus',
    'light-truck': 'truk ringan',
    truck: 'truk',
    ambulance: 'ambulans',
    hearse: 'mobil jenazah',
    'fire-engine': 'pemadam',
    tractor: 'traktor',
    forklift: 'forklift',
    crane: 'derek',
  },
  ENGLISH.KIND_TEXT,
);

/** The kind of a vehicle in words. */
export function kindText(kind: string): string {
  return wordOf(KIND_TEXT, kind) ?? kind;
}

/** Groups that a waiver may name, as the taxpayer says them. */
export const GROUP_TEXT: Readonly<Record<string, string>> = inLanguage(
  {
    dtsen: 'Terdaftar DTSEN',
    ojol: 'Pengemudi ojek daring',
  },
  ENGLISH.GROUP_TEXT,
);

/** The name of a paper that came as plain text. */
export function documentText(kind: string): string {
  return wordOf(DOCUMENT_TEXT, kind) ?? kind;
}
