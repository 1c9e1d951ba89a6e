import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../domain/result.ts';
import { type ProvincePlace, runProvinceCommand } from './province-command.ts';

const officerSchema = z.object({
  kind: z.literal('officer'),
  officerId: z.string(),
  outletId: z.string(),
  name: z.string(),
  role: z.string(),
  pin: z.string(),
});
const showPlateSchema = z.object({
  kind: z.literal('show-plate'),
  nrkb: z.string(),
  chassisTail: z.string(),
  shows: z.string(),
});
const demoSchema = z.object({ officers: z.array(officerSchema), plates: z.array(showPlateSchema) });

/** Who may sign in at the demo, with the PINs that are no secret, and the plates that show something. */
export type DemoData = Readonly<z.infer<typeof demoSchema>>;

/** Enough to search in, few enough to be there in seconds. */
const VEHICLES = 2000;
const SEED = 1;
/** The outlet at which the demo counter stands. */
export const DEMO_OUTLET_ID = '3506-017';
/** Whose region the demonstration fills. */
export const DEMO_SUPERVISOR_ID = 'pengawas';

function collect<T>(schema: z.ZodType<T>, lines: readonly unknown[]): readonly T[] {
  return lines.flatMap((line) => {
    const parsed = schema.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Makes the demo data at the first start and remembers what it printed; later starts read that. */
export async function takeDemoData(place: ProvincePlace): Promise<Result<DemoData, string>> {
  const file = join(place.dataFolder, 'demo-data.json');
  if (existsSync(file)) return ok(demoSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const made = await runProvinceCommand(place, ['demo-data', '--vehicles', String(VEHICLES), '--seed', String(SEED)]);
  if (!made.ok) return made;
  const data = { officers: [...collect(officerSchema, made.value)], plates: [...collect(showPlateSchema, made.value)] };
  writeFileSync(file, JSON.stringify(data), { mode: 0o600 });
  return ok(data);
}

/** Days of several outlets for the demo's supervisor: made once, a few seconds; later calls find them. */
export async function makeDemoRegion(place: ProvincePlace): Promise<Result<void, string>> {
  const made = await runProvinceCommand(place, ['demo-region', '--seed', String(SEED)]);
  return made.ok ? ok(undefined) : made;
}
