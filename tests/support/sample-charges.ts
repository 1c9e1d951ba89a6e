import fc from 'fast-check';
import { type Assessment, assess } from '../../src/domain/assessment.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import type { VehicleFacts } from '../../src/domain/vehicle.ts';
import { on } from './dates.ts';
import { shippedPacks } from './rule-packs.ts';

const packs = shippedPacks();

/** A motorcycle of Kab. Mojokerto, where parking is charged too, due on 15 March 2026. */
const sampleVehicle: VehicleFacts = {
  kind: 'motorcycle',
  engineCc: 110,
  use: 'private',
  ownerKind: 'person',
  energy: 'petrol',
  rank: 1,
  njkb: rupiah(15_000_000),
  regency: '3516',
  dueOn: on('2026-03-15'),
  stnkValidUntil: on('2030-03-15'),
};

/** A real assessment of the engine; throws when the vehicle is refused. */
export function sampleAssessment(vehicle: VehicleFacts = sampleVehicle, paidOn = '2026-03-16'): Assessment {
  const assessed = assess(vehicle, {}, packs, on(paidOn));
  if (!assessed.ok) throw new Error(`refused: ${JSON.stringify(assessed.error)}`);
  return assessed.value;
}

/** Assessments over values, kinds, regencies and lateness. */
export const assessments: fc.Arbitrary<Assessment> = fc
  .record({
    njkb: fc.integer({ min: 0, max: 2_000_000_000 }).map(rupiah),
    kind: fc.constantFrom('motorcycle', 'minibus', 'truck'),
    regency: fc.constantFrom('3516', '3526', '3578'),
    day: fc.integer({ min: 16, max: 31 }),
  })
  .map(({ day, ...facts }) => sampleAssessment({ ...sampleVehicle, ...facts }, `2026-03-${day}`));
