import { CHARGE_COMPONENTS } from '../../domain/charge.ts';
import { assess } from '../../domain/assessment.ts';
import { addYears, type LocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db } from '../db/open.ts';
import { publishedRules } from '../feeds/published-rules.ts';
import { findCoreVehicle, readFacts, updateCoreVehicle } from './core-vehicle.ts';

export type OutsidePayment = {
  readonly nrkb: string;
  /** The newest period that is paid; every unpaid one before it is paid along. */
  readonly dueOn: LocalDate;
  readonly paidOn: LocalDate;
  readonly channel: string;
};

export type OutsidePaymentProblem = 'VEHICLE_UNKNOWN' | 'ALREADY_PAID' | 'NOT_A_DUE_DATE';

/** Periods from the oldest unpaid one to `last`; null when `last` is not an anniversary of it. */
function periodsUpTo(first: LocalDate, last: LocalDate): readonly LocalDate[] | null {
  const periods: LocalDate[] = [];
  for (let years = 0; ; years += 1) {
    const period = addYears(first, years);
    if (period > last) return null;
    periods.push(period);
    if (period === last) return periods;
  }
}

/** Records what a citizen paid at another channel; every component of the periods is taken from then on. */
export async function recordOutsidePayment(
  db: Db,
  payment: OutsidePayment,
): Promise<Result<{ readonly periods: readonly LocalDate[] }, OutsidePaymentProblem>> {
  return db.transaction().execute(async (tx) => {
    const vehicle = await findCoreVehicle(tx, payment.nrkb, true);
    if (vehicle === undefined) return err('VEHICLE_UNKNOWN');
    const facts = readFacts(vehicle.record, await publishedRules(tx), payment.paidOn);
    const first = facts.ok ? facts.value.dueOn : undefined;
    if (!first) return err('VEHICLE_UNKNOWN');
    if (payment.dueOn < first) return err('ALREADY_PAID');
    const periods = periodsUpTo(first, payment.dueOn);
    if (periods === null) return err('NOT_A_DUE_DATE');
    const assessed = facts.ok ? assess(facts.value, {}, await publishedRules(tx), payment.paidOn) : undefined;
    const lines = assessed?.ok === true ? assessed.value.lines : [];
    await tx
      .insertInto('core_booking')
      .values(
        periods.flatMap((period) =>
          CHARGE_COMPONENTS.map((component) => ({
            vehicle_id: vehicle.vehicleId,
            period_due_on: period,
            component,
            amount: lines.find((line) => line.periodDueOn === period && line.component === component)?.amount ?? 0,
            channel: payment.channel,
            paid_on: payment.paidOn,
            reference: `outside/${payment.channel}`,
          })),
        ),
      )
      .onConflict((conflict) => conflict.columns(['vehicle_id', 'period_due_on', 'component']).doNothing())
      .execute();
    const factsNow = { ...vehicle.record.facts, dueOn: addYears(payment.dueOn, 1) };
    await updateCoreVehicle(tx, vehicle.vehicleId, {
      ...vehicle.record,
      facts: factsNow,
      paidThrough: payment.dueOn,
      updatedOn: payment.paidOn,
    });
    return ok({ periods });
  });
}
