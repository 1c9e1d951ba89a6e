import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { err, ok, type Result } from '../../domain/result.ts';
import { jsonLines, provinceCommand, type ProvincePlace } from './province-command.ts';

/** A province on this computer that can be switched off and on while people watch. */
export type ProvinceProcess = {
  /** Starts it and answers its address; the reason when it did not come up. */
  readonly start: () => Promise<Result<string, string>>;
  /** Stops it cleanly; does nothing when it is off. */
  readonly stop: () => Promise<void>;
  readonly isRunning: () => boolean;
};

const readySchema = z.object({ url: z.url() });
/** An agency of a demo takes so long for each step of an application (ms). */
const AGENCY_STEP_MS = 15_000;
/** A province of this computer answers at once (ms). */
const HEALTH_PATIENCE_MS = 2_000;
/** A clean stop closes the database; a stop that takes longer is forced (ms). */
const STOP_PATIENCE_MS = 20_000;

function untilReady(child: ChildProcess): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    const said: string[] = [];
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const ready = readySchema.safeParse(jsonLines(line)[0]);
        if (ready.success) resolve(ok(ready.data.url));
        else said.push(line);
      });
    }
    child.stderr?.on('data', (piece: Buffer) => said.push(piece.toString()));
    child.once('error', (fault) => resolve(err(fault.message)));
    child.once('exit', (code) => resolve(err(`${said.join('\n').trim().slice(-2000)} (kode ${code ?? 'sinyal'})`)));
  });
}

/** The address of a province that serves this folder already; a second one would take its place in the folder's notes. */
export async function findRunningProvince(place: ProvincePlace): Promise<string | undefined> {
  try {
    const noted = readySchema.parse(JSON.parse(readFileSync(join(place.dataFolder, 'server.json'), 'utf8')));
    const answer = await fetch(`${noted.url}/healthz`, { signal: AbortSignal.timeout(HEALTH_PATIENCE_MS) });
    return answer.ok ? noted.url : undefined;
  } catch {
    // No note, a torn note, or nobody answers there: none is running.
    return undefined;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await gone;
  clearTimeout(force);
}

/** The province as a program of its own, started by us; its log goes to a file in its folder. It never outlives us. */
export function createProvinceProcess(place: ProvincePlace, onDeath: () => void): ProvinceProcess {
  let child: ChildProcess | undefined;
  let isReady = false;
  let stopping: Promise<void> = Promise.resolve();
  // A bug of ours that ends this program must not leave a database running.
  process.once('exit', () => child?.kill());
  return {
    isRunning: () => isReady,
    start: async () => {
      mkdirSync(place.dataFolder, { recursive: true });
      const [program, args] = provinceCommand(place, ['serve', '--agency-step', String(AGENCY_STEP_MS)]);
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      child = started;
      const log = createWriteStream(join(place.dataFolder, 'province.log'), { flags: 'a', mode: 0o600 });
      // A log that cannot be written stops nothing: the province goes on, and its messages are read away.
      log.on('error', () => started.stderr.unpipe(log).resume());
      started.stderr.pipe(log);
      const ready = await untilReady(started);
      if (!ready.ok) {
        await end(started);
        return ready;
      }
      isReady = child === started;
      started.once('exit', () => {
        if (child !== started) return;
        child = undefined;
        isReady = false;
        onDeath();
      });
      return ready;
    },
    stop: () => {
      const running = child;
      child = undefined;
      isReady = false;
      if (running !== undefined) stopping = end(running);
      return stopping;
    },
  };
}
