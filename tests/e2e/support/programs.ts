import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const READY_WITHIN_MS = 90_000;
/** Compiled once for all the programs that the tests start. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'loket-opop-test-compiled') };

/** A running program of the product, with the address that it printed. */
export type Program = { readonly url: string; readonly stop: () => Promise<void> };

type Which = 'loket' | 'province';

function start(which: Which, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'bin', `${which}.mjs`), ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Everything that a finished command printed, one value per line. */
export async function run(which: Which, args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const child = start(which, args);
  let out = '';
  let problems = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${which} ${args.join(' ')} ended with ${String(code)}: ${out}${problems}`);
  return (
    out
      .split('\n')
      .filter((line) => line !== '')
      // Each line is an object: that is what the command line promises, and a test that reads a wrong one fails.
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  );
}

/** Starts a program that serves, and waits for the address in its first line. */
export async function serve(which: Which, args: readonly string[]): Promise<Program> {
  const child = start(which, args);
  let problems = '';
  child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
  const closed = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const timer = setTimeout(() => reject(new Error(`${which} is not ready: ${problems}`)), READY_WITHIN_MS);
    lines.once('line', (line) => {
      clearTimeout(timer);
      // The first line of `serve` is `{"url": ...}`.
      resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once('close', () => reject(new Error(`${which} ended: ${problems}`)));
  });
  return { url, stop };
}
