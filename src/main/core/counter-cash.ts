import { createCashService } from './cash/cash-service.ts';
import type { DrawerDeps } from './cash/close-session.ts';
import { createCourierService } from './cash/courier-service.ts';
import { createDepositService } from './cash/deposit-service.ts';
import { createFloatService } from './cash/float-service.ts';
import { createHandOverService } from './cash/hand-over-service.ts';
import { createInspectionService } from './cash/inspection-service.ts';
import { createOversightService } from './cash/oversight-service.ts';
import { createPauseService } from './cash/pause-service.ts';
import { createSlipService } from './cash/slip-service.ts';
import { createStandingService } from './cash/standing-service.ts';
import { pagesOfStreams } from './documents/document-store.ts';
import type { CashFeatures } from './features.ts';
import type { Foundation } from './foundation.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { receiptNumberAt } from './transactions/receipt-numbers.ts';

/** Wires the drawer's day: who counts it, what moves in it, who takes it over, and what a supervisor does at it. */
export function wireCash({ db, journal, timekeeper, subjectKeys, device, events, newId }: Foundation): CashFeatures {
  const tolerance: DrawerDeps['tolerance'] = async (tx) => (await readPolicy(tx)).varianceTolerance;
  const numberAt: CashFeatures['numberAt'] = (position) => receiptNumberAt(device, position);
  const drawer = { db, journal, timekeeper, events, tolerance, newId, numberAt };
  return {
    cash: createCashService(drawer),
    floats: createFloatService(drawer),
    oversight: createOversightService(drawer),
    deposits: createDepositService(drawer),
    pauses: createPauseService(drawer),
    handOvers: createHandOverService(drawer),
    inspections: createInspectionService(drawer),
    couriers: createCourierService({ ...drawer, subjectKeys }),
    standings: createStandingService({ ...drawer, pagesOf: pagesOfStreams }),
    drawerSlips: createSlipService(drawer),
    numberAt,
  };
}
