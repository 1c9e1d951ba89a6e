import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { recoveredFileSchema } from '../../contract/views-custody.ts';
import type { Result } from '../../domain/result.ts';
import { takeDemoData } from './demo-data.ts';
import { type DrillCounter, openDrillCounter, openForDrill, workOffline } from './drill-counter.ts';
import { enrolCounter } from './enrol-counter.ts';
import { runProvinceCommand } from './province-command.ts';
import { createProvinceProcess } from './province-process.ts';

/** One step of the drill as it is printed; `ms` of machine time. */
export type DrillStep = { readonly step: string; readonly ms: number } & Readonly<Record<string, string | number>>;

/** How the drill ended. `replacedMs` is what counts: from the new computer to the last entry at the province. */
export type DrillReport = {
  readonly ok: boolean;
  readonly unsent: number;
  /** Entries that the first carrying brought to the province. */
  readonly accepted: number;
  /** The same entries, carried once more: every one of them was known. */
  readonly knownAgain: number;
  readonly replacedMs: number;
  readonly totalMs: number;
  readonly problems: readonly string[];
};

type Wish = {
  readonly programFolder: string;
  /** Unsent entries of the counter that dies. */
  readonly entries: number;
  readonly print: (step: DrillStep) => void;
};

/** The goal of the drill: ten minutes of machine time. */
const MOST_MS = 600_000;
const COPY_PATIENCE_MS = 60_000;
const LOOK_MS = 250;

const mirrorSchema = z.object({ state: z.string(), uncovered: z.int(), unsent: z.int() });
const recoveredSchema = z.object({ files: z.array(recoveredFileSchema) });
const verifiedSchema = z.object({ ok: z.boolean() });

type Carried = { readonly stored: number; readonly refused: number; readonly accepted: number; readonly known: number };

async function carry(counter: DrillCounter, folder: string): Promise<Carried> {
  const { files } = await counter.get('mirror.recover', { folder }, recoveredSchema);
  const sum = (of: (file: (typeof files)[number]) => number): number => files.reduce((all, file) => all + of(file), 0);
  return {
    stored: files.filter(({ outcome }) => outcome === 'stored').length,
    refused: files.filter(({ outcome }) => outcome === 'refused').length,
    accepted: sum(({ accepted }) => accepted),
    known: sum(({ duplicate }) => duplicate),
  };
}

/** Sales have their second copy before their paper; what else was written follows within seconds. */
async function untilCopied(counter: DrillCounter): Promise<number> {
  const endAt = performance.now() + COPY_PATIENCE_MS;
  for (;;) {
    const { state, uncovered, unsent } = await counter.get('mirror.status', {}, mirrorSchema);
    if (state === 'ok' && uncovered === 0) return unsent;
    if (performance.now() > endAt) throw new Error(`the second copy is ${state}, ${String(uncovered)} without`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** What is wrong with the end of a drill; empty when every entry is at the province exactly once. */
export function drillProblems(facts: {
  readonly unsent: number;
  readonly first: Carried;
  readonly again: Carried;
  readonly provinceOk: boolean;
  readonly replacedMs: number;
}): readonly string[] {
  const { unsent, first, again, provinceOk, replacedMs } = facts;
  return [
    ...(first.refused + again.refused > 0 ? ['FILES_REFUSED'] : []),
    ...(first.accepted === unsent ? [] : ['ENTRIES_MISSING']),
    ...(again.accepted === 0 && again.known === unsent ? [] : ['ENTRIES_TWICE']),
    ...(provinceOk ? [] : ['PROVINCE_VERIFY']),
    ...(replacedMs <= MOST_MS ? [] : ['TOO_SLOW']),
  ];
}

/** Runs one step and prints its time with the facts of what it made. */
async function timed<T>(print: Wish['print'], step: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const made = await work();
  const facts = typeof made === 'object' && made !== null ? made : {};
  const told = Object.entries(facts).filter(
    (fact): fact is [string, string | number] => typeof fact[1] === 'string' || typeof fact[1] === 'number',
  );
  print({ step, ms: Math.round(performance.now() - startedAt), ...Object.fromEntries(told) });
  return made;
}

function must<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

async function rehearse({ programFolder, entries, print }: Wish, folder: string): Promise<DrillReport> {
  const beganAt = performance.now();
  const place = { programFolder, dataFolder: join(folder, 'province') };
  const province = createProvinceProcess(place, () => undefined);
  const [medium, rescued] = [join(folder, 'flashdisk'), join(folder, 'flashdisk-diselamatkan')];
  const open: DrillCounter[] = [];
  try {
    const url = await timed(print, 'province', async () => must(await province.start()));
    const data = await timed(print, 'demo-data', async () => must(await takeDemoData(place)));
    const dead = join(folder, 'old');
    const worked = await timed(print, 'work-offline', async () => {
      const old = must(await openDrillCounter(dead, medium));
      open.push(old);
      must(await enrolCounter(old.app, place, url, null));
      await openForDrill(old, data, join(folder, 'kertas.bin'));
      await province.stop();
      const done = await workOffline(old, data, entries);
      return { ...done, unsent: await untilCopied(old) };
    });
    const unsent = await timed(print, 'computer-dies', async () => {
      // Only the medium is left of it, as it is in this moment: what an orderly end still writes is lost.
      cpSync(medium, rescued, { recursive: true });
      await open.pop()?.app.stop();
      rmSync(medium, { recursive: true });
      for (const end of ['', '.tanda']) rmSync(`${dead}${end}`, { recursive: true, force: true });
      return { unsent: worked.unsent };
    });
    const replacedAt = performance.now();
    const again = await timed(print, 'province-again', async () => must(await province.start()));
    const heir = must(await openDrillCounter(join(folder, 'new'), join(folder, 'flashdisk-baru')));
    open.push(heir);
    await timed(print, 'enrol-new-device', async () => must(await enrolCounter(heir.app, place, again, null)));
    const first = await timed(print, 'carry-second-copy', () => carry(heir, rescued));
    const replacedMs = Math.round(performance.now() - replacedAt);
    const second = await timed(print, 'carry-once-more', () => carry(heir, rescued));
    const verified = await timed(print, 'province-verify', async () => {
      const lines = await runProvinceCommand(place, ['verify']);
      return { ok: lines.ok && lines.value.some((line) => verifiedSchema.safeParse(line).data?.ok === true) };
    });
    const facts = { unsent: unsent.unsent, first, again: second, provinceOk: verified.ok, replacedMs };
    const problems = drillProblems(facts);
    return {
      ok: problems.length === 0,
      unsent: unsent.unsent,
      accepted: first.accepted,
      knownAgain: second.known,
      replacedMs,
      totalMs: Math.round(performance.now() - beganAt),
      problems,
    };
  } finally {
    for (const counter of open) await counter.app.stop();
    await province.stop();
  }
}

/**
 * The replacement drill: a counter with unsent entries dies, a new device takes its place and its second copy, and every
 * entry ends at the province exactly once. Province, counters and media are thrown away afterwards; none of the real ones
 * is ever named to it.
 */
export async function runDrill(wish: Wish): Promise<DrillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-geladi-'));
  try {
    return await rehearse(wish, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
