import { describe, expect, it } from 'vitest';
import { deriveSwdklljClass, findFineStep } from '../../src/domain/swdkllj.ts';
import type { SwdklljClass, VehicleKind, VehicleUse } from '../../src/domain/vehicle.ts';
import { VEHICLE_KINDS, VEHICLE_USES } from '../../src/domain/vehicle.ts';
import { shippedPack } from '../support/rule-packs.ts';

const rows: readonly (readonly [VehicleKind, number, VehicleUse, SwdklljClass])[] = [
  ['motorcycle', 0, 'private', 'A'],
  ['motorcycle', 49, 'private', 'A'],
  ['motorcycle', 49.9, 'private', 'A'],
  ['motorcycle', 50, 'private', 'C1'],
  ['motorcycle', 250, 'private', 'C1'],
  ['motorcycle', 251, 'private', 'C2'],
  ['motorcycle', 110, 'public', 'C1'],
  ['three-wheeler', 40, 'private', 'C1'],
  ['three-wheeler', 900, 'public', 'C1'],
  ['ambulance', 2500, 'social', 'A'],
  ['hearse', 2500, 'private', 'A'],
  ['fire-engine', 7000, 'government', 'A'],
  ['tractor', 3000, 'private', 'B'],
  ['forklift', 0, 'private', 'B'],
  ['crane', 9000, 'public', 'B'],
  ['sedan', 5000, 'private', 'DP'],
  ['jeep', 1600, 'government', 'DP'],
  ['minibus', 1500, 'social', 'DP'],
  ['sedan', 1600, 'public', 'DU'],
  ['minibus', 1601, 'public', 'EU'],
  ['jeep', 1601, 'public', 'EU'],
  ['bus', 7000, 'private', 'EP'],
  ['microbus', 2400, 'social', 'EP'],
  ['bus', 7000, 'government', 'EP'],
  ['bus', 7000, 'public', 'EU'],
  ['microbus', 1000, 'public', 'EU'],
  ['pickup', 2400, 'public', 'DP'],
  ['pickup', 2401, 'private', 'F'],
  ['blind-van', 2400, 'private', 'DP'],
  ['blind-van', 2401, 'public', 'F'],
  ['light-truck', 2400, 'private', 'DP'],
  ['light-truck', 2401, 'private', 'F'],
  ['truck', 100, 'private', 'F'],
  ['truck', 7000, 'public', 'F'],
];

describe('the class of SWDKLLJ', () => {
  it.each(rows)('%s of %i cc in %s use is class %s', (kind, engineCc, use, expected) => {
    expect(deriveSwdklljClass({ kind, engineCc, use })).toBe(expected);
  });

  it('exists with a premium for every kind and use', () => {
    const { premiums } = shippedPack('jatim-2026').swdkllj;
    for (const kind of VEHICLE_KINDS) {
      for (const use of VEHICLE_USES)
        expect(premiums[deriveSwdklljClass({ kind, engineCc: 1000, use })]).toBeTypeOf('number');
    }
  });
});

describe('the steps of the fine', () => {
  const { swdkllj } = shippedPack('jatim-2026');

  it('cover every day from the first, and no day on time', () => {
    const rates = [1, 90, 91, 180, 181, 270, 271, 100_000].map((days) => findFineStep(swdkllj, days)?.step.rate);
    expect(rates).toEqual(['0.25', '0.25', '0.50', '0.50', '0.75', '0.75', '1.00', '1.00']);
    expect(findFineStep(swdkllj, 0)).toBeNull();
  });
});
