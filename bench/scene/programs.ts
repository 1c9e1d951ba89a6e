import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** The folder of the checkout. */
const ROOT = join(import.meta.dirname, '..', '..');

export type Which = 'loket' | 'province';

/** A program with its arguments, ready for `spawn`. */
export type CommandLine = { readonly program: string; readonly args: readonly string[] };

/** A program that serves: its address, its first line, and when that line came (ms of `performance.now`). */
export type Served = {
  readonly url: string;
  readonly child: ChildProcess;
  readonly startedAt: number;
  readonly readyAt: number;
  readonly stop: () => Promise<void>;
};

/** The line that starts one of our two programs from this checkout, on the Node that runs the bench. */
export function commandLine(which: Which, args: readonly string[]): CommandLine {
  return { program: process.execPath, args: [join(ROOT, 'bin', `${which}.mjs`), ...args] };
}

/** The first line of `serve`, of both programs. */
const readySchema = z.object({ url: z.url(), pid: z.int().positive() });

/** Runs a command to its end and answers what it printed, one value per line; throws when it was refused. */
export async function run(which: Which, args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const line = commandLine(which, args);
  const child = spawn(line.program, line.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let problems = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (problems += piece.toString()));
  const ended: unknown[] = await once(child, 'close');
  const [code] = ended;
  if (code !== 0) throw new Error(`${which} ${args.join(' ')} ended with ${String(code)}: ${out}${problems}`);
  const lines = out.split('\n').filter((one) => one !== '');
  // Every line of stdout is an object: that is what the command line promises.
  return lines.map((one) => JSON.parse(one) as Record<string, unknown>);
}

/** Starts a program that serves and waits for the `{"url"}` line; throws with its own words when it ends before. */
export async function serve(line: CommandLine): Promise<Served> {
  const startedAt = performance.now();
  const child = spawn(line.program, line.args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let problems = '';
  child.stderr.on('data', (piece: Buffer) => (problems += piece.toString()));
  const closed = once(child, 'close');
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${line.args.join(' ')} ended before it was ready: ${problems}`)));
  });
  const readyAt = performance.now();
  const ready = readySchema.safeParse(JSON.parse(first));
  if (!ready.success) throw new Error(`${line.args.join(' ')} did not start: ${first}`);
  const { url, pid } = ready.data;
  // Under a tracer the child is not the program: signals go to the one that printed its number.
  const kill = (): void => void process.kill(pid, 'SIGTERM');
  // A bench that throws leaves no program behind.
  process.once('exit', kill);
  return {
    url,
    child,
    startedAt,
    readyAt,
    stop: async () => {
      process.off('exit', kill);
      kill();
      await closed;
    },
  };
}
