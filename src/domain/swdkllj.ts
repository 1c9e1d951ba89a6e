import { assertNever } from './result.ts';
import type { FineStep, SwdklljTariff } from './rule-pack-document.ts';
import type { SwdklljClass, Vehicle } from './vehicle.ts';

/** "Private passenger car" and the like: every use but public counts as private. */
function passengerCarClass(isPublic: boolean, engineCc: number): SwdklljClass {
  if (!isPublic) return 'DP';
  return engineCc <= 1600 ? 'DU' : 'EU';
}

function motorcycleClass(engineCc: number): SwdklljClass {
  if (engineCc < 50) return 'A';
  return engineCc <= 250 ? 'C1' : 'C2';
}

/** The premium class of PMK 16/PMK.010/2017 from kind, engine size and use. */
export function deriveSwdklljClass({ kind, engineCc, use }: Pick<Vehicle, 'kind' | 'engineCc' | 'use'>): SwdklljClass {
  const isPublic = use === 'public';
  switch (kind) {
    case 'ambulance':
    case 'hearse':
    case 'fire-engine':
      return 'A';
    case 'tractor':
    case 'forklift':
    case 'crane':
      return 'B';
    case 'motorcycle':
      return motorcycleClass(engineCc);
    case 'three-wheeler':
      return 'C1';
    case 'sedan':
    case 'jeep':
    case 'minibus':
      return passengerCarClass(isPublic, engineCc);
    case 'bus':
    case 'microbus':
      return isPublic ? 'EU' : 'EP';
    case 'pickup':
    case 'blind-van':
    case 'light-truck':
      return engineCc <= 2400 ? 'DP' : 'F';
    case 'truck':
      return 'F';
    default:
      return assertNever(kind);
  }
}

/** The step of the fine for a number of days late, with its place in the tariff; null when no step covers it. */
export function findFineStep(tariff: SwdklljTariff, days: number): { step: FineStep; index: number } | null {
  for (const [index, step] of tariff.fineSteps.entries()) {
    if (step.fromDay <= days && (step.toDay === null || days <= step.toDay)) return { step, index };
  }
  return null;
}
