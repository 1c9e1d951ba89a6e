import { sql } from 'kysely';
import { declareRestore } from '../../../src/province/restore/declare-restore.ts';
import { createChance } from './chance.ts';
import { HOUR_MS } from './virtual-time.ts';
import type { World } from './world.ts';

/** "Restored to 7 days ago"; a shorter world goes back as far as it can. */
const DAYS_BACK = 7;

/** When this world's province is restored, and from which night's backup; null when it is not. */
function rollbackPlan({ options, faults }: World): { readonly backUpOn: number; readonly restoreOn: number } | null {
  if (options.days < 3 || !faults.isChosen('server-rollback')) return null;
  const chance = createChance(options.seed, 'rollback');
  const earliest = Math.min(options.days - 1, DAYS_BACK + 1);
  const restoreOn = Math.min(
    options.days - 1,
    Math.max(2, earliest + chance.below(Math.max(1, options.days - earliest))),
  );
  return { backUpOn: Math.max(0, restoreOn - DAYS_BACK), restoreOn };
}

/** The nights of a rollback: the backup, and days later the province that comes back from it and does not know. */
export async function playRollback(world: World, day: number): Promise<void> {
  const plan = rollbackPlan(world);
  const { province, rollback, truth, trace, time, queue, outlets } = world;
  if (plan === null) return;
  if (plan.backUpOn === day) {
    rollback.backup = await province.backUp();
    truth.rollback.from = time.now;
  }
  if (plan.restoreOn !== day || rollback.backup === null) return;
  await province.restore(rollback.backup);
  truth.rollback.to = time.now;
  world.faults.struck('server-rollback');
  truth.evidence.push({ kind: 'server-rollback', deviceId: null, at: time.now });
  trace.note(null, 'restored', plan.backUpOn);
  // Who was suspended or taken back since the backup is looked through again.
  const officers = outlets.filter((outlet) => outlet.suspendedOn.day < day - 1).map((outlet) => outlet.officerId);
  const { db } = province.context();
  await sql`update officer set active = true, change_no = nextval('officer_change')
    where not active and officer_id = any(${officers})`.execute(db);
  // A person notices some time after the counters did.
  queue.put(time.now + 20 * HOUR_MS, -1, { kind: 'declare' });
}

export async function declare(world: World): Promise<void> {
  await declareRestore(world.province.context());
  world.trace.note(null, 'declared');
}
