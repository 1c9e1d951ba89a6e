import type { DecimalText } from './decimal.ts';
import type { LocalDate } from './local-date.ts';
import type { RegencyCode } from './regency.ts';
import type { Rupiah } from './rupiah.ts';

/** Kinds that the weight table of the rule packs knows. */
export const WEIGHED_KINDS = [
  'motorcycle',
  'three-wheeler',
  'sedan',
  'jeep',
  'minibus',
  'microbus',
  'pickup',
  'blind-van',
  'bus',
  'light-truck',
  'truck',
] as const;

/** Kinds outside the weight table: their record must carry a weight factor of its own to be charged PKB. */
const SPECIAL_KINDS = ['ambulance', 'hearse', 'fire-engine', 'tractor', 'forklift', 'crane'] as const;

export const VEHICLE_KINDS = [...WEIGHED_KINDS, ...SPECIAL_KINDS] as const;
export const VEHICLE_USES = ['private', 'public', 'social', 'government'] as const;
export const OWNER_KINDS = ['person', 'company'] as const;
export const ENERGIES = ['petrol', 'diesel', 'electric', 'hybrid'] as const;
export const SWDKLLJ_CLASSES = ['A', 'B', 'C1', 'C2', 'DP', 'DU', 'EP', 'EU', 'F'] as const;
export const BLOCK_REASONS = ['sold', 'theft', 'creditor', 'traffic-fine', 'hit-and-run'] as const;

export type VehicleKind = (typeof VEHICLE_KINDS)[number];
export type VehicleUse = (typeof VEHICLE_USES)[number];
export type OwnerKind = (typeof OWNER_KINDS)[number];
export type Energy = (typeof ENERGIES)[number];
/** Premium classes of PMK 16/PMK.010/2017. */
export type SwdklljClass = (typeof SWDKLLJ_CLASSES)[number];
/** Why the police or a court blocked the register entry (Perpol 7/2021). */
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** What the registry must know of a vehicle before anything can be assessed. */
export interface Vehicle {
  readonly kind: VehicleKind;
  /** Cylinder capacity in cubic centimetres, zero for a vehicle without an engine. */
  readonly engineCc: number;
  readonly use: VehicleUse;
  readonly ownerKind: OwnerKind;
  readonly energy: Energy;
  /** Order of ownership for the progressive rate, 1 and up; 5 and later pay the same. */
  readonly rank: number;
  /** Sale value by the yearly regulation table, whole rupiah, not negative. */
  readonly njkb: Rupiah;
  /** The record's own weight factor; without one the rule pack's table decides. */
  readonly weightFactor?: DecimalText;
  /** Regency or city of the owner's address. */
  readonly regency: RegencyCode;
  /** Due date of the oldest unpaid period. */
  readonly dueOn: LocalDate;
  readonly stnkValidUntil: LocalDate;
  /** The registry's own class wins over the derived one. */
  readonly swdklljClass?: SwdklljClass;
  readonly blocked?: BlockReason;
  /** Struck off the register for good (UU 22/2009, Article 74). */
  readonly deleted?: boolean;
}

/** A vehicle record as it comes: any fact may be missing, which is the refusal VEHICLE_INCOMPLETE. */
export type VehicleFacts = { readonly [K in keyof Vehicle]?: Vehicle[K] | null | undefined };

/** What the citizen claims beside the record. */
export interface Claim {
  /** A proved arrival; fines and lateness are reckoned from it. Later than the payment counts as the payment. */
  readonly arrivedOn?: LocalDate | undefined;
  /** Groups a waiver may name, such as `dtsen`, `ojol`. */
  readonly groups?: readonly string[] | undefined;
}
