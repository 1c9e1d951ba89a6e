import { sql } from 'kysely';
import { z } from 'zod';
import { decisionItemSchema } from '../../contract/feeds.ts';
import type { SoldLine } from '../../contract/journal-entry.ts';
import { type Assessment, assess, type Refusal } from '../../domain/assessment.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../domain/result.ts';
import type { RulePackSet } from '../../domain/rule-pack.ts';
import { ZERO_RUPIAH } from '../../domain/rupiah.ts';
import type { Claim, VehicleFacts } from '../../domain/vehicle.ts';
import type { Db, Tx } from '../db/open.ts';
import { createRulesReader, type RulesReader } from '../feeds/published-rules.ts';
import { findRecoveredNumber } from '../restore/recovered-number.ts';
import {
  bookedBy,
  type CoreVehicle,
  findCoreVehicle,
  paidPeriods,
  readFacts,
  updateCoreVehicle,
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

const referenceOf = (sale: CoreSale): string => `${sale.deviceId}/${sale.transactionId}`;

/** Books what was paid in full. The constraint booking_once is the last word: a row that is there already is somebody else's. */
async function bookOutcomes(
  tx: Tx,
  sale: CoreSale,
  vehicle: CoreVehicle,
  compared: Comparison,
  own: ReadonlyMap<string, number>,
): Promise<{ readonly compared: Comparison; readonly isNew: boolean }> {
  const isOurs = (outcome: Outcome): boolean =>
    (outcome.state === 'booked' || (outcome.state === 'over' && outcome.expected > 0)) && !own.has(keyOf(outcome));
  const ours = compared.outcomes.filter(isOurs);
  if (ours.length === 0) return { compared: summarise(compared.outcomes), isNew: false };
  const inserted = await tx
    .insertInto('core_booking')
    .values(
      ours.map((outcome) => ({
        vehicle_id: vehicle.vehicleId,
        period_due_on: outcome.periodDueOn,
        component: outcome.component,
        amount: outcome.expected,
        channel: sale.channel,
        paid_on: sale.paidOn,
        reference: referenceOf(sale),
      })),
    )
    .onConflict((conflict) => conflict.columns(['vehicle_id', 'period_due_on', 'component']).doNothing())
    .returning(['period_due_on', 'component'])
    .execute();
  const booked = new Set(inserted.map((row) => `${row.period_due_on}/${row.component}`));
  const isElsewhere = (outcome: Outcome): boolean => isOurs(outcome) && !booked.has(keyOf(outcome));
  const outcomes = compared.outcomes.map(
    (outcome): Outcome =>
      isElsewhere(outcome) ? { ...outcome, state: 'paid-elsewhere', expected: ZERO_RUPIAH } : outcome,
  );
  return { compared: summarise(outcomes), isNew: inserted.length > 0 };
}

/** An official number, taken once; gaps may appear, a number never appears twice, and a sale that had one keeps it. */
async function takeNumber(tx: Tx, sale: CoreSale): Promise<string> {
  const recovered = await findRecoveredNumber(tx, sale.deviceId, sale.transactionId);
  if (recovered !== undefined) return recovered.number;
  const { rows } = await sql<{ no: number }>`select nextval('final_receipt_number') as no`.execute(tx);
  return `TBPKP-${sale.paidOn.slice(0, 4)}-${String(rows[0]?.no ?? 0).padStart(8, '0')}`;
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

async function decide(tx: Tx, readRules: RulesReader, sale: CoreSale): Promise<Settlement> {
  const vehicle = await findCoreVehicle(tx, sale.nrkb, true);
  if (vehicle === undefined || vehicle.record.chassisNumber !== sale.chassisNumber) {
    return undecided('rejected', 'Kendaraan ini tidak ada di register Samsat.');
  }
  if (vehicle.holdReason !== null) return undecided('on-hold', vehicle.holdReason);
  const rules = await readRules(tx);
  const facts = readFacts(vehicle.record, rules, sale.paidOn);
  if (!facts.ok) return undecided('on-hold', `Data kendaraan belum lengkap (${facts.error.path}).`);
  const reference = referenceOf(sale);
  const own = await bookedBy(tx, vehicle.vehicleId, reference);
  const paid = (await paidPeriods(tx, vehicle.vehicleId, reference)).filter(({ periodDueOn }) =>
    sale.periods.includes(periodDueOn),
  );
  const isPaid = (period: LocalDate): boolean =>
    paid.some(({ periodDueOn }) => periodDueOn === period) || period < (facts.value.dueOn ?? period);
  const owed = owedLines(rules, sale, facts.value);
  if (!owed.ok && !sale.periods.every(isPaid)) return settlementOfRefusals(owed.error);
  const lines = compareLines(sale.lines, owed.ok ? owed.value : [], isPaid, own);
  const { compared, isNew } = await bookOutcomes(tx, sale, vehicle, lines, own);
  const moved = isNew ? nextDueOn(compared) : null;
  if (moved !== null) {
    const factsNow = { ...vehicle.record.facts, dueOn: moved.dueOn };
    const record = { ...vehicle.record, facts: factsNow, paidThrough: moved.paidThrough, updatedOn: sale.paidOn };
    await updateCoreVehicle(tx, vehicle.vehicleId, record);
  }
  const { central, difference } = compared;
  const isBooked = central === 'booked' || central === 'over';
  return {
    central,
    outcomes: [...compared.outcomes],
    difference,
    reason: reasonOf(compared, paid),
    number: isBooked ? await takeNumber(tx, sale) : null,
  };
}

type SaleKey = Pick<CoreSale, 'deviceId' | 'transactionId'>;

/** One at a time settles a sale, or asks what became of it. */
async function lockSale(tx: Tx, { deviceId, transactionId }: SaleKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${deviceId}/${transactionId}`}, 2))`.execute(tx);
}

async function findAnswer(tx: Tx, sale: SaleKey, again: string | undefined): Promise<Settlement | undefined> {
  const { deviceId, transactionId } = sale;
  const row =
    again === undefined
      ? await tx
          .selectFrom('core_settlement')
          .select('answer')
          .where('device_id', '=', deviceId)
          .where('transaction_id', '=', transactionId)
          .executeTakeFirst()
      : await tx
          .selectFrom('core_resettlement')
          .select('answer')
          .where('device_id', '=', deviceId)
          .where('transaction_id', '=', transactionId)
          .where('cause', '=', again)
          .executeTakeFirst();
  return row === undefined ? undefined : settlementSchema.parse(row.answer);
}

async function keepAnswer(tx: Tx, sale: CoreSale, again: string | undefined, settlement: Settlement): Promise<void> {
  const row = { device_id: sale.deviceId, transaction_id: sale.transactionId, answer: JSON.stringify(settlement) };
  if (again === undefined) await tx.insertInto('core_settlement').values(row).execute();
  else
    await tx
      .insertInto('core_resettlement')
      .values({ ...row, cause: again })
      .execute();
}

async function settle(db: Db, readRules: RulesReader, sale: CoreSale, again?: string): Promise<Settlement> {
  return db.transaction().execute(async (tx) => {
    await lockSale(tx, sale);
    const before = await findAnswer(tx, sale, again);
    if (before !== undefined) return before;
    const settlement = await decide(tx, readRules, sale);
    await keepAnswer(tx, sale, again, settlement);
    return settlement;
  });
}

/** The core that ships with the product, on the province's own database. */
export function createReferenceSamsatCore(db: Db): SamsatCore {
  const readRules = createRulesReader();
  return {
    inquire: (inquiry) => inquire(db, readRules, inquiry),
    settle: (sale, again) => settle(db, readRules, sale, again),
    findAnswer: (sale) =>
      db.transaction().execute(async (tx) => {
        await lockSale(tx, sale);
        return findAnswer(tx, sale, undefined);
      }),
  };
}
