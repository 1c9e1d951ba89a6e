import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { ProvinceContext } from '../province-context.ts';
import { currentIncarnation } from './incarnation.ts';
import { unfreeze } from './server-rollback.ts';

/**
 * Numbers left out after a restore, for counters that have not yet returned theirs: more than two weeks of 60,000 payments
 * a day.
 */
const NUMBER_MARGIN = 1_000_000;

/** What the declaration of a restore made; `nextNumber` is the running number of the next official receipt. */
export type DeclaredRestore = {
  readonly before: string;
  readonly incarnation: string;
  readonly nextNumber: number;
};

/** ms UTC inside a UUIDv7. */
const madeAt = (uuid: string): number => Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);

/**
 * A person says that this database is an older backup: a new incarnation, numbers far beyond every one that was issued, and
 * feeds and bookings go on. "Each restore makes a new incarnation" (OPOP-Sync/1 7.2).
 */
export async function declareRestore(context: ProvinceContext): Promise<DeclaredRestore> {
  return context.db.transaction().execute(async (tx) => {
    await sql`select value from meta where key = 'incarnation' for update`.execute(tx);
    const before = await currentIncarnation(tx);
    const incarnation = uuidV7({ msecs: Math.max(context.now(), madeAt(before) + 1) });
    await tx.updateTable('meta').set({ value: incarnation }).where('key', '=', 'incarnation').execute();
    const { rows } = await sql<{ no: number }>`select setval('final_receipt_number',
      (select last_value from final_receipt_number) + ${NUMBER_MARGIN}::bigint) as no`.execute(tx);
    await unfreeze(tx);
    // Counters ask anew after what was set aside; what this database still knows of it they are told again.
    await tx.updateTable('reverdict').set({ told_in: null }).execute();
    await tx
      .insertInto('incident')
      .values({
        device_id: null,
        kind: 'RESTORE_DECLARED',
        facts: JSON.stringify({ before, incarnation }),
        at: context.now(),
      })
      .execute();
    context.log('warn', 'RESTORE_DECLARED', { before, incarnation });
    return { before, incarnation, nextNumber: (rows[0]?.no ?? 0) + 1 };
  });
}
