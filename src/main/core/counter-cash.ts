import { type CashService, createCashService } from './cash/cash-service.ts';
import type { DrawerDeps } from './cash/close-session.ts';
import { createDepositService, type DepositService } from './cash/deposit-service.ts';
import { createFloatService, type FloatService } from './cash/float-service.ts';
import { createOversightService, type OversightService } from './cash/oversight-service.ts';
import type { Foundation } from './foundation.ts';
import { readPolicy } from './rules/rules-in-force.ts';

/** Wires the drawer's day: who counts it, what moves in it, and what a supervisor does at it. */
export function wireCash({ db, journal, timekeeper, events, newId }: Foundation): {
  readonly cash: CashService;
  readonly floats: FloatService;
  readonly oversight: OversightService;
  readonly deposits: DepositService;
} {
  const tolerance: DrawerDeps['tolerance'] = async (tx) => (await readPolicy(tx)).varianceTolerance;
  const drawer = { journal, timekeeper, events, tolerance };
  return {
    cash: createCashService({ ...drawer, db, newId }),
    floats: createFloatService(drawer),
    oversight: createOversightService(drawer),
    deposits: createDepositService({ db, journal, timekeeper, events, newId }),
  };
}
