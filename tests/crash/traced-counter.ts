import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { paidViewSchema } from '../../src/contract/views-transaction.ts';
import type { SaleOrder } from './sale-server.ts';

/** The two threads of a counter that call the disk: SQLite is on the main one, the marks are on the pool's only one. */
export const THREADS = ['main', 'pool'] as const;
export type Thread = (typeof THREADS)[number];

/** One call that a traced sale made; the path is that of the file, or of what else it went to. */
export type TracedCall = {
  readonly call: string;
  readonly path: string;
  readonly text: string;
  readonly injected: boolean;
};

/** A call that can be met again in another run: the nth of its kind by this thread to this file. */
export type Target = {
  readonly thread: Thread;
  readonly call: string;
  /** The counter's folder is written as `FOLDER`. */
  readonly path: string;
  readonly index: number;
};

/** What became of the sale. */
export type SaleEnd =
  | { readonly end: 'sold'; readonly number: string; readonly payable: number }
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'killed' };

/** What is traced, and what one call is given in place of its work: `error=EIO`. */
export type Trace =
  | { readonly thread: Thread; readonly calls: readonly string[] }
  | { readonly target: Target; readonly inject: string };

/** A process that takes cash when told, one sale after the other. */
export type SaleServer = {
  /** Starts a counter on a folder; the sale stands before the cash is taken. */
  readonly prepare: (order: SaleOrder) => Promise<void>;
  /** Takes the cash while the calls of one thread are traced. */
  readonly takeCash: (trace: Trace | null) => Promise<{ readonly end: SaleEnd; readonly calls: readonly TracedCall[] }>;
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Why nothing can be traced on this machine, or null when it can; strace is looked for in `path`. */
export function obstacleToTracing(path = process.env['PATH'] ?? ''): string | null {
  if (process.platform !== 'linux') return 'strace is a program of Linux';
  const found = path.split(delimiter).some((folder) => existsSync(join(folder, 'strace')));
  return found ? null : 'strace is not on this machine';
}

/** The number of a thread of a process; the pool has one, because `UV_THREADPOOL_SIZE` is 1. */
function threadId(pid: number, thread: Thread): number {
  if (thread === 'main') return pid;
  const tasks = `/proc/${pid}/task`;
  const pool = readdirSync(tasks).filter((id) => /^libuv/.test(readFileSync(join(tasks, id, 'comm'), 'utf8')));
  if (pool.length !== 1) throw new Error(`the pool has ${pool.length} threads`);
  return Number(pool[0]);
}

/** Waits for the line in which strace says that it is attached; throws with its own words when it cannot. */
function attached(tracer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    tracer.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('attached')) resolve();
    });
    tracer.once('error', reject);
    tracer.once('close', () => reject(new Error(`strace: ${said}`)));
  });
}

/** Calls whose file is named; every other has it open. */
const BY_NAME = /^(openat|rename|renameat2|unlink)$/;

function readCalls(file: string): readonly TracedCall[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text) => {
    const call = /^(\w+)\(/.exec(text)?.[1];
    if (call === undefined) return [];
    const path = (BY_NAME.test(call) ? /"([^"]*)"/ : /^\w+\(\d+<([^>]*)>/).exec(text)?.[1] ?? '';
    return [{ call, path, text, injected: text.includes('(INJECTED)') }];
  });
}

/** Every call of a thread to a file, as it can be met again. */
export function targetsOf(thread: Thread, folder: string, made: readonly TracedCall[]): readonly Target[] {
  const seen = new Map<string, number>();
  return made.flatMap(({ call, path }) => {
    // Threads wake each other through what is no file.
    if (!path.startsWith('/')) return [];
    const known = path.replace(folder, 'FOLDER');
    const index = (seen.get(`${call} ${known}`) ?? 0) + 1;
    seen.set(`${call} ${known}`, index);
    return [{ thread, call, path: known, index }];
  });
}

function argumentsOf(trace: Trace, folder: string): readonly string[] {
  if ('calls' in trace) return ['-e', `trace=${trace.calls.join(',')}`];
  const { call, path, index } = trace.target;
  const inject = `inject=${call}:${trace.inject}:when=${index}`;
  return ['-P', path.replace('FOLDER', folder), '-e', `trace=${call}`, '-e', inject];
}

type Sold = { readonly number: string; readonly payable: number };

const paidOf = (value: unknown): Sold => {
  const { receiptNumber, payable } = paidViewSchema.parse(value);
  return { number: receiptNumber, payable };
};

function endOf(line: string | undefined, soldOf: (value: unknown) => Sold): SaleEnd {
  if (line === undefined) return { end: 'killed' };
  const frame = JSON.parse(line.slice('answer '.length)) as { ok: boolean; value?: unknown; error?: { code: string } }; // a response frame
  if (!frame.ok) return { end: 'refused', code: frame.error?.code ?? 'NO_CODE' };
  return { end: 'sold', ...soldOf(frame.value) };
}

/** Starts a program that `compiledProgram` made of sale-server.ts; `soldOf` reads the answer of another program like it. */
export function startSaleServer(program: string, soldOf: (value: unknown) => Sold = paidOf): SaleServer {
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'], env });
  const pid = child.pid;
  if (pid === undefined) throw new Error('the counter did not start');
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const heard = { complaints: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    heard.complaints += chunk.toString();
  });
  child.stdin.on('error', () => undefined); // a counter that was killed reads no more; its end is seen on stdout
  const tell = (line: string): void => void child.stdin.write(`${line}\n`);
  const hear = async (word: string): Promise<string | undefined> => {
    const next = await lines.next();
    if (next.done === true) return undefined;
    if (!next.value.startsWith(word)) throw new Error(`expected ${word}, heard ${next.value}`);
    return next.value;
  };
  const mustHear = async (word: string): Promise<void> => {
    if ((await hear(word)) === undefined) throw new Error(`the counter ended by itself: ${heard.complaints}`);
  };
  let count = 0;
  let folder = '';

  const traced = async (trace: Trace): ReturnType<SaleServer['takeCash']> => {
    count += 1;
    const file = join(tmpdir(), `loket-trace-${pid}-${count}`);
    const thread = 'calls' in trace ? trace.thread : trace.target.thread;
    const args = ['-y', '-p', String(threadId(pid, thread)), '-o', file, ...argumentsOf(trace, folder)];
    const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => tracer.once('close', () => resolve()));
    await attached(tracer);
    tell('go');
    const end = endOf(await hear('answer'), soldOf);
    tracer.kill('SIGTERM');
    await ended;
    const made = readCalls(file);
    rmSync(file);
    return { end, calls: made };
  };

  return {
    prepare: async (order) => {
      folder = order.folder;
      tell(JSON.stringify(order));
      await mustHear('ready');
    },
    takeCash: async (trace) => {
      if (trace !== null) return await traced(trace);
      tell('go');
      return { end: endOf(await hear('answer'), soldOf), calls: [] };
    },
    stop: async () => {
      tell('stop');
      await mustHear('stopped');
    },
    close: async () => {
      child.stdin.end();
      child.kill('SIGKILL');
      await closed;
    },
  };
}
