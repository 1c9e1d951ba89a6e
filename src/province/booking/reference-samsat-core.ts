import { sql } from 'kysely';
import { z } from 'zod';
import { decisionItemSchema, type VehicleRecord } from '../../contract/feeds.ts';
import type { SoldLine } from '../../contract/journal-entry.ts';
import { type Assessment, assess, type Refusal } from '../../domain/assessment.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { RulePackSet } from '../../domain/rule-pack.ts';
import { ZERO_RUPIAH } from '../../domain/rupiah.ts';
import type { Claim, VehicleFacts } from '../../domain/vehicle.ts';
import type { Db, Tx } from '../db/open.ts';
import { createRulesReader, type RulesReader } from '../feeds/published-rules.ts';
import { writeTogether } from '../db/together.ts';
import {
  type CoreStanding,
  type CoreVehicle,
  findCoreVehicle,
  findStanding,
  lockOf,
  lockSaleAndVehicle,
  paidPeriods,
  readFacts,
  referenceOf,
  vehicleUpdate,
} from './core-vehicle.ts';
import { refusalDetail, refusalSentence } from './refusal-words.ts';
import type { CoreBill, CoreInquiry, CoreSale, SamsatCore, Settlement } from './samsat-core.ts';
import { type Comparison, compareLines, keyOf, nextDueOn, summarise } from './settle-sale.ts';

const settlementSchema = z.object({
  ...decisionItemSchema.pick({ central: true, outcomes: true, difference: true, reason: true }).shape,
  number: z.string().nullable(),
});

const soldLine = ({ explanation: _explanation, ...line }: Assessment['lines'][number]): SoldLine => line;

const claimOf = (arrivedOn: LocalDate | null, groups: readonly string[]): Claim => ({
  groups,
  ...(arrivedOn === null ? {} : { arrivedOn }),
});

/* -- inquiry --------------------------------------------------------------------------------------------------- */

const NO_BILL = { lines: [], total: ZERO_RUPIAH, paidElsewhere: [] };

async function inquire(db: Db, readRules: RulesReader, inquiry: CoreInquiry): Promise<CoreBill> {
  const vehicle = await findCoreVehicle(db, inquiry.nrkb);
  if (vehicle === undefined || !vehicle.record.chassisNumber.endsWith(inquiry.chassisTail)) {
    return { ...NO_BILL, state: 'unknown-vehicle', refusals: [] };
  }
  const rules = await readRules(db);
  const facts = readFacts(vehicle.record, rules, inquiry.on);
  if (!facts.ok)
    return { ...NO_BILL, state: 'refused', refusals: [{ code: 'VEHICLE_INCOMPLETE', detail: facts.error.path }] };
  const paid = await paidPeriods(db, vehicle.vehicleId);
  const isPaid = (period: LocalDate): boolean =>
    paid.some(({ periodDueOn }) => periodDueOn === period) || period < (facts.value.dueOn ?? period);
  const paidElsewhere = paid.filter(({ periodDueOn }) => inquiry.periods.includes(periodDueOn));
  const known = { ...NO_BILL, paidElsewhere: [...paidElsewhere] };
  if (inquiry.periods.length > 0 && inquiry.periods.every(isPaid))
    return { ...known, state: 'already-paid', refusals: [] };
  if (vehicle.holdReason !== null) {
    return { ...known, state: 'refused', refusals: [{ code: 'BLOCKED', detail: vehicle.holdReason }] };
  }
  const assessed = assess(facts.value, claimOf(inquiry.arrivedOn, inquiry.groups), rules, inquiry.on);
  if (!assessed.ok) {
    const refusals = assessed.error.map((refusal) => ({ code: refusal.code, detail: refusalDetail(refusal) }));
    return { ...known, state: 'refused', refusals };
  }
  const { lines, total } = assessed.value;
  return { ...known, state: 'payable', refusals: [], lines: lines.map(soldLine), total };
}

/* -- settlement ------------------------------------------------------------------------------------------------ */

const undecided = (central: 'on-hold' | 'rejected', reason: string): Settlement => ({
  central,
  outcomes: [],
  difference: ZERO_RUPIAH,
  reason,
  number: null,
});

/** A block, a missing fact or a missing rule needs a person; what this channel may not take at all is rejected. */
function settlementOfRefusals(refusals: readonly Refusal[]): Settlement {
  const reason = refusals.map(refusalSentence).join('; ').slice(0, 300);
  const waits = refusals.every(({ code }) => {
    switch (code) {
      case 'BLOCKED':
      case 'VEHICLE_INCOMPLETE':
      case 'NO_RULES_FOR_DATE':
        return true;
      case 'DELETED_FROM_REGISTER':
      case 'NOT_YET_PAYABLE':
      case 'PAYABLE_AT_SAMSAT_INDUK':
      case 'RENEWAL_YEAR':
        return false;
      default:
        return assertNever(code);
    }
  });
  return undecided(waits ? 'on-hold' : 'rejected', reason);
}

/** The bill of a sale as of its own date: from the oldest period that it or the register names, unless a bill was promised. */
function owedLines(
  rules: RulePackSet,
  sale: CoreSale,
  facts: VehicleFacts,
): Result<readonly SoldLine[], readonly Refusal[]> {
  if (sale.billed !== null) return ok(sale.billed);
  const dueOn = [...sale.periods, ...(facts.dueOn ? [facts.dueOn] : [])].sort()[0];
  const asOfSale = dueOn === undefined ? facts : { ...facts, dueOn };
  const assessed = assess(asOfSale, claimOf(sale.arrivedOn, sale.groups), rules, sale.paidOn);
  return assessed.ok ? ok(assessed.value.lines.map(soldLine)) : err(assessed.error);
}

type Outcome = Comparison['outcomes'][number];

/** The number that a row of the sequence stands for. */
const officialNumber = (sale: CoreSale, no: number): string =>
  `TBPKP-${sale.paidOn.slice(0, 4)}-${String(no).padStart(8, '0')}`;

const isBooked = ({ central }: Pick<Comparison, 'central'>): boolean => central === 'booked' || central === 'over';

type Booked = {
  readonly compared: Comparison;
  readonly isNew: boolean;
  /** An official number that was drawn in the same breath; null when none was. */
  readonly no: number | null;
};

/**
 * Books what was paid in full. The constraint booking_once is the last word: a row that is there already is somebody else's.
 * A sale that is booked whole draws its number here, unless it `hasNumber`.
 */
async function bookOutcomes(
  tx: Tx,
  sale: CoreSale,
  vehicle: CoreVehicle,
  lines: Comparison,
  { own, hasNumber }: { readonly own: CoreStanding['own']; readonly hasNumber: boolean },
): Promise<Booked> {
  const isOurs = (outcome: Outcome): boolean =>
    (outcome.state === 'booked' || (outcome.state === 'over' && outcome.expected > 0)) && !own.has(keyOf(outcome));
  const ours = lines.outcomes.filter(isOurs);
  if (ours.length === 0) return { compared: lines, isNew: false, no: null };
  const column = <T>(of: (outcome: Outcome) => T): T[] => ours.map(of);
  const { rows } = await sql<{
    readonly booked: readonly { readonly period_due_on: string; readonly component: string }[];
    readonly no: number | null;
  }>`with booked as (
      insert into core_booking (vehicle_id, period_due_on, component, amount, channel, paid_on, reference)
      select ${vehicle.vehicleId}::uuid, o.*, ${sale.channel}, ${sale.paidOn}::date, ${referenceOf(sale)}
      from unnest(${column((one) => one.periodDueOn)}::date[], ${column((one) => one.component)}::text[],
        ${column((one) => one.expected)}::bigint[]) as o
      on conflict (vehicle_id, period_due_on, component) do nothing
      returning period_due_on, component)
    select (select coalesce(json_agg(booked), '[]') from booked) as booked,
      case when ${isBooked(lines) && !hasNumber}::boolean and (select count(*) from booked) = ${ours.length}
        then nextval('final_receipt_number') end as no`.execute(tx);
  const [row] = rows;
  const booked = new Set((row?.booked ?? []).map((one) => `${one.period_due_on}/${one.component}`));
  const isElsewhere = (outcome: Outcome): boolean => isOurs(outcome) && !booked.has(keyOf(outcome));
  const outcomes = lines.outcomes.map(
    (outcome): Outcome =>
      isElsewhere(outcome) ? { ...outcome, state: 'paid-elsewhere', expected: ZERO_RUPIAH } : outcome,
  );
  return { compared: summarise(outcomes), isNew: booked.size > 0, no: row?.no ?? null };
}

/** An official number, taken once; gaps may appear, a number never appears twice. */
async function drawNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ no: number }>`select nextval('final_receipt_number') as no`.execute(tx);
  return rows[0]?.no ?? 0;
}

const PAID_ELSEWHERE = 'Masa pajak ini sudah lunas melalui kanal lain.';

function reasonOf({ central }: Comparison, paid: readonly { channel: string }[]): string | null {
  if (central === 'paid-elsewhere') {
    const channels = [...new Set(paid.map(({ channel }) => channel))].join(', ');
    return channels === '' ? PAID_ELSEWHERE : `Masa pajak ini sudah lunas melalui ${channels}.`;
  }
  if (central === 'short') return 'Data Bapenda lebih baru: tagihan sebenarnya lebih besar.';
  return central === 'over' ? 'Data Bapenda lebih baru: tagihan sebenarnya lebih kecil.' : null;
}

/** What the tax office decides, and the record of the vehicle that follows from it. */
type Decided = {
  readonly settlement: Settlement;
  readonly moved?: { readonly vehicleId: string; readonly record: VehicleRecord };
};

const nothingMoves = (settlement: Settlement): Decided => ({ settlement });

async function decide(
  tx: Tx,
  readRules: RulesReader,
  sale: CoreSale,
  vehicle: CoreVehicle | undefined,
  standing: CoreStanding,
): Promise<Decided> {
  if (vehicle === undefined || vehicle.record.chassisNumber !== sale.chassisNumber) {
    return nothingMoves(undecided('rejected', 'Kendaraan ini tidak ada di register Samsat.'));
  }
  if (vehicle.holdReason !== null) return nothingMoves(undecided('on-hold', vehicle.holdReason));
  const rules = await readRules(tx, standing.newestRules);
  const facts = readFacts(vehicle.record, rules, sale.paidOn);
  if (!facts.ok) {
    return nothingMoves(undecided('on-hold', `Data kendaraan belum lengkap (${facts.error.path}).`));
  }
  // A sale that had a number keeps it.
  const { own, recoveredNumber } = standing;
  const paid = standing.paid.filter(({ periodDueOn }) => sale.periods.includes(periodDueOn));
  const isPaid = (period: LocalDate): boolean =>
    paid.some(({ periodDueOn }) => periodDueOn === period) || period < (facts.value.dueOn ?? period);
  const owed = owedLines(rules, sale, facts.value);
  if (!owed.ok && !sale.periods.every(isPaid)) return nothingMoves(settlementOfRefusals(owed.error));
  const lines = compareLines(sale.lines, owed.ok ? owed.value : [], isPaid, own);
  const hasNumber = recoveredNumber !== null;
  const { compared, isNew, no } = await bookOutcomes(tx, sale, vehicle, lines, { own, hasNumber });
  const next = isNew ? nextDueOn(compared) : null;
  const { central, difference } = compared;
  const number = isBooked(compared) ? (recoveredNumber ?? officialNumber(sale, no ?? (await drawNumber(tx)))) : null;
  const settlement = {
    central,
    outcomes: [...compared.outcomes],
    difference,
    reason: reasonOf(compared, paid),
    number,
  };
  if (next === null) return nothingMoves(settlement);
  const factsNow = { ...vehicle.record.facts, dueOn: next.dueOn };
  const record = { ...vehicle.record, facts: factsNow, paidThrough: next.paidThrough, updatedOn: sale.paidOn };
  return { settlement, moved: { vehicleId: vehicle.vehicleId, record } };
}

const readAnswer = (answer: unknown): Settlement | undefined =>
  answer === null || answer === undefined ? undefined : settlementSchema.parse(answer);

function answerInsert(tx: Tx, sale: CoreSale, again: string | undefined, settlement: Settlement) {
  const row = { device_id: sale.deviceId, transaction_id: sale.transactionId, answer: JSON.stringify(settlement) };
  return again === undefined
    ? tx.insertInto('core_settlement').values(row)
    : tx.insertInto('core_resettlement').values({ ...row, cause: again });
}

async function settle(db: Db, readRules: RulesReader, sale: CoreSale, again?: string): Promise<Settlement> {
  return db.transaction().execute(async (tx) => {
    const vehicle = await lockSaleAndVehicle(tx, sale, sale.nrkb);
    const standing = await findStanding(tx, sale, vehicle?.vehicleId ?? null, again);
    const before = readAnswer(standing.answer);
    if (before !== undefined) return before;
    const { settlement, moved } = await decide(tx, readRules, sale, vehicle, standing);
    await writeTogether(tx, [
      ...(moved === undefined ? [] : [vehicleUpdate(tx, moved.vehicleId, moved.record)]),
      answerInsert(tx, sale, again, settlement),
    ]);
    return settlement;
  });
}

/** The core that ships with the product, on the province's own database. */
export function createReferenceSamsatCore(db: Db): SamsatCore {
  const readRules = createRulesReader();
  return {
    inquire: (inquiry) => inquire(db, readRules, inquiry),
    settle: (sale, again) => settle(db, readRules, sale, again),
    findAnswer: ({ deviceId, transactionId }) =>
      db.transaction().execute(async (tx) => {
        await sql`select ${lockOf({ deviceId, transactionId })}`.execute(tx);
        const row = await tx
          .selectFrom('core_settlement')
          .select('answer')
          .where('device_id', '=', deviceId)
          .where('transaction_id', '=', transactionId)
          .executeTakeFirst();
        return readAnswer(row?.answer);
      }),
  };
}
