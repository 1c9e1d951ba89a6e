import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const REGISTER = fileURLToPath(new URL('edges/register.ts', import.meta.url));
const SIMULATE = fileURLToPath(new URL('simulate.ts', import.meta.url));

/** What one world said at its end. */
export type WorldResult = {
  readonly code: number | null;
  readonly sales: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Problems per checker. */
  readonly checks: Readonly<Record<string, number>>;
  readonly traceHash: string;
  /** Everything that was said on the way, for whoever reads a failed test. */
  readonly told: string;
};

/** Runs a world in a program of its own, with a mutant in the product's code where one is named. */
export function runWorldProcess(args: readonly string[], mutant = ''): Promise<WorldResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', REGISTER, SIMULATE, ...args],
      { cwd: ROOT, env: { ...process.env, LOKET_MUTANT: mutant }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [out, told] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (out === '') {
        reject(new Error(`the world ended without a result: ${told.slice(-3000)}`));
        return;
      }
      // The one line of `simulate.ts`.
      const result = JSON.parse(out) as Omit<WorldResult, 'code' | 'told'>;
      resolve({ ...result, code, told: told.slice(-3000) });
    });
  });
}

/** The checkers that found something. */
export function brokenChecks({ checks }: WorldResult): readonly string[] {
  return Object.entries(checks).flatMap(([name, problems]) => (problems > 0 ? [name] : []));
}
