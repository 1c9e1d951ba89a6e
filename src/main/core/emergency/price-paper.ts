import { assess } from '../../../domain/assessment.ts';
import { parseCase } from '../../../domain/assessment-case.ts';
import { normaliseChassisTail } from '../../../domain/chassis.ts';
import { type TakenByHand, takenByHand } from '../../../domain/emergency-paper.ts';
import { type LocalDate, localDateAt, parseLocalDate } from '../../../domain/local-date.ts';
import { isRegencyCode, type RegencyCode } from '../../../domain/regency.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { RulePackSet } from '../../../domain/rule-pack.ts';
import type { SoldCharge } from '../../../domain/transaction.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { chassisTailOf, findVehiclesByNrkb, type RegisteredVehicle } from '../registry/registry-store.ts';
import { readPolicy, readRulesInForce } from '../rules/rules-in-force.ts';
import { readFreshness } from '../rules/rules-store.ts';

/** What a paper says of money and vehicle. */
export type PaperFacts = {
  readonly transactionId: string;
  readonly nrkb: string;
  readonly chassisTail: string;
  readonly amount: Rupiah;
  /** ms UTC. */
  readonly paperAt: number;
};

/** The paper beside the registry and the rules of its own day. */
export type PricedPaper = {
  /** Null where the registry of this counter does not know the plate. */
  readonly vehicle: RegisteredVehicle | null;
  readonly chassisAgrees: boolean | null;
  readonly paperOn: LocalDate;
  readonly taken: TakenByHand;
  readonly rulePackId: string | null;
  readonly regency: RegencyCode;
};

type Deps = {
  readonly cipher: ColumnCipher;
  /** ms UTC. */
  readonly now: () => number;
  /** Where the money of an unknown vehicle is looked for first. */
  readonly outletRegency: RegencyCode;
};

function tailAgrees(vehicle: RegisteredVehicle, typed: string): boolean {
  const tail = normaliseChassisTail(typed);
  return tail.ok && chassisTailOf(vehicle.record.chassisNumber) === tail.value;
}

/** Of several vehicles with one plate the one whose chassis the paper names. */
async function vehicleOf(tx: ReadTx, cipher: ColumnCipher, { nrkb, chassisTail }: PaperFacts) {
  const vehicles = await findVehiclesByNrkb(tx, cipher, nrkb);
  return vehicles.find((vehicle) => tailAgrees(vehicle, chassisTail)) ?? vehicles[0] ?? null;
}

/** What the rules of the paper's day ask, or the period under which the cash stands where they give no figure. */
function askedBy(
  packs: RulePackSet | null,
  vehicle: RegisteredVehicle | null,
  paper: PaperFacts,
  paperOn: LocalDate,
): { readonly charges: readonly SoldCharge[] | null; readonly unassessedDueOn: LocalDate } {
  if (vehicle === null) return { charges: null, unassessedDueOn: paperOn };
  const { facts, paidThrough } = vehicle.record;
  const due = parseLocalDate(facts['dueOn']);
  const unassessedDueOn = due.ok ? due.value : paperOn;
  if (packs === null) return { charges: null, unassessedDueOn };
  const parsed = parseCase({ id: paper.transactionId, vehicle: facts, paidOn: paperOn }, packs);
  if (!parsed.ok) return { charges: null, unassessedDueOn };
  const assessed = assess(parsed.value.vehicle, parsed.value.claim, packs, paperOn);
  if (assessed.ok) return { charges: assessed.value.lines, unassessedDueOn };
  // Not payable yet: somebody paid the period of this paper meanwhile, and the registry has learned of it.
  const isPaidSince = assessed.error.some(({ code }) => code === 'NOT_YET_PAYABLE');
  return { charges: null, unassessedDueOn: isPaidSince && paidThrough !== null ? paidThrough : unassessedDueOn };
}

/**
 * Reads a paper by the rule pack in force on its own day. Old rules, blocks, caps and a vehicle that nobody knows do not
 * refuse it: the cash was taken, and what does not agree is the province's to find.
 */
export async function pricePaper(tx: ReadTx, deps: Deps, paper: PaperFacts): Promise<PricedPaper> {
  const paperOn = localDateAt(paper.paperAt);
  const vehicle = await vehicleOf(tx, deps.cipher, paper);
  const rules = await readRulesInForce(tx, paperOn, deps.now(), (await readFreshness(tx)).rules);
  const policy = await readPolicy(tx);
  const asked = askedBy(rules.ok ? rules.value.packs : null, vehicle, paper, paperOn);
  const { agentFee, cashRounding } = policy;
  const regency = vehicle?.record.facts['regency'];
  return {
    vehicle,
    chassisAgrees: vehicle === null ? null : tailAgrees(vehicle, paper.chassisTail),
    paperOn,
    taken: takenByHand({ amount: paper.amount, ...asked, agentFee, cashRounding }),
    rulePackId: rules.ok ? rules.value.packId : null,
    regency: isRegencyCode(regency) ? regency : deps.outletRegency,
  };
}
