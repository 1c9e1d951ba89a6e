import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Compiled once for all the programs that the tests start. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'loket-opop-test-compiled') };
const LOKET = fileURLToPath(new URL('../../bin/loket.mjs', import.meta.url));

/** What a command answered. */
export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as NDJSON; throws where it is prose. */
  readonly lines: readonly unknown[];
};

type RunOptions = { readonly stdin?: string; readonly program?: string; readonly nodeArgs?: readonly string[] };

/** Runs `loket` as a program of its own, as an installer would. */
export function runLoket(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...(options.nodeArgs ?? []), options.program ?? LOKET, ...args], { env });
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      heard.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      heard.stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code,
        ...heard,
        get lines() {
          const lines = heard.stdout.split('\n').filter((line) => line.trim() !== '');
          return lines.map((line): unknown => JSON.parse(line));
        },
      });
    });
    child.stdin.end(options.stdin ?? '');
  });
}

/** A conversation with `loket call`: one question, one answer, in order. */
export type Conversation = {
  readonly ask: (method: string, input?: unknown) => Promise<unknown>;
  /** Closes stdin and answers the exit code. */
  readonly end: () => Promise<number | null>;
};

export function converse(args: readonly string[]): Conversation {
  const child = spawn(process.execPath, [LOKET, 'call', ...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let count = 0;
  return {
    ask: async (method, input) => {
      count += 1;
      child.stdin.write(`${JSON.stringify({ id: count, method, ...(input === undefined ? {} : { input }) })}\n`);
      const next = await answers.next();
      if (next.done === true) throw new Error(`loket call ended before it answered ${method}`);
      const answer: unknown = JSON.parse(next.value);
      return answer;
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}
