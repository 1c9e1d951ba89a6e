import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
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

/** The province as a program of its own, started by us; its log goes to a file in its folder. */
export function createProvinceProcess(place: ProvincePlace, onDeath: () => void): ProvinceProcess {
  let child: ChildProcess | undefined;
  return {
    isRunning: () => child !== undefined,
    start: async () => {
      mkdirSync(place.dataFolder, { recursive: true });
      const [program, args] = provinceCommand(place, ['serve']);
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      started.stderr.pipe(createWriteStream(join(place.dataFolder, 'province.log'), { flags: 'a', mode: 0o600 }));
      const ready = await untilReady(started);
      if (!ready.ok) {
        started.kill();
        return ready;
      }
      child = started;
      started.once('exit', () => {
        if (child !== started) return;
        child = undefined;
        onDeath();
      });
      return ready;
    },
    stop: async () => {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      const force = setTimeout(() => running.kill('SIGKILL'), STOP_PATIENCE_MS);
      await gone;
      clearTimeout(force);
    },
  };
}
