import { sql } from 'kysely';
import { reinterpretQuarantined } from '../../../src/province/ingest/reinterpret.ts';
import { createChance } from './chance.ts';
import type { SimOutlet } from './registry.ts';
import type { World } from './world.ts';

/** Nights until the list with the officer comes. */
const NIGHTS = 2;

async function loseOfficer({ province, trace }: World, outlet: SimOutlet, day: number): Promise<void> {
  const { rows } = await sql<{ row: Readonly<Record<string, unknown>> }>`delete from officer o
    where officer_id = ${outlet.officerId} returning to_jsonb(o) as row`.execute(province.context().db);
  outlet.late.row = rows[0]?.row ?? null;
  outlet.late.since = day;
  outlet.late.isAway = true;
  trace.note(null, 'unknown-officer', outlet.outletId);
}

/** From tonight on the province does not know some of the officers; their counters have known them since before. */
export async function loseOfficers(world: World, day: number): Promise<void> {
  for (const outlet of world.outlets) {
    const chance = createChance(world.options.seed, `officers ${String(day)} ${outlet.outletId}`);
    const isFree = !outlet.late.isAway && outlet.suspendedOn.day < day - 3;
    if (isFree && world.faults.strikes('late-officer', chance, 0.06)) await loseOfficer(world, outlet, day);
  }
}

/** The lists come: what their officers did meanwhile is judged again. A province that came back from a backup may need them once more. */
export async function learnOfOfficers(world: World, day: number): Promise<void> {
  const { province, outlets, trace } = world;
  const { db } = province.context();
  const known = outlets.filter(({ late }) => late.since >= 0 && late.since <= day - NIGHTS);
  for (const { late } of known) {
    if (late.row === null) continue;
    late.isAway = false;
    await sql`insert into officer select * from jsonb_populate_record(null::officer, ${JSON.stringify(late.row)}::jsonb)
      on conflict do nothing`.execute(db);
  }
  if (known.length > 0) trace.note(null, 'judged-again', await judgeAgain(world));
}

/** How many entries that were set aside count from now on. */
export async function judgeAgain({ province }: World): Promise<number> {
  const judged = await reinterpretQuarantined(province.context());
  return judged.ok ? judged.value.accepted : 0;
}
