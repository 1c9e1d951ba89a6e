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

/** One call that a traced sale made. */
export type TracedCall = { readonly call: string; readonly text: string; readonly injected: boolean };

/** What became of the sale. */
export type SaleEnd =
  | { readonly end: 'sold'; readonly number: string; readonly payable: number }
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'killed' };

/** What is traced, and what a call is given in place of its work: `error=EIO:when=3`. */
export type Trace = { readonly thread: Thread; readonly calls: readonly string[]; readonly inject: string | null };

/** A process that takes cash when told, one sale after the other. */
export type SaleServer = {
  /** Starts a counter on a folder; the sale stands before the cash is taken. */
  readonly prepare: (order: SaleOrder) => Promise<void>;
  /** Takes the cash while the calls of one thread are traced. */
  readonly takeCash: (trace: Trace | null) => Promise<{ readonly end: SaleEnd; readonly calls: readonly TracedCall[] }>;
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Why nothing can be traced on this machine, or null when it can. */
export function obstacleToTracing(): string | null {
  if (process.platform !== 'linux') return 'strace is a program of Linux';
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'strace')));
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

function readCalls(file: string): readonly TracedCall[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text) => {
    const call = /^(\w+)\(/.exec(text)?.[1];
    return call === undefined ? [] : [{ call, text, injected: text.includes('(INJECTED)') }];
  });
}

function endOf(line: string | undefined): SaleEnd {
  if (line === undefined) return { end: 'killed' };
  const frame = JSON.parse(line.slice('answer '.length)) as { ok: boolean; value?: unknown; error?: { code: string } }; // a response frame
  if (!frame.ok) return { end: 'refused', code: frame.error?.code ?? 'NO_CODE' };
  const { receiptNumber, payable } = paidViewSchema.parse(frame.value);
  return { end: 'sold', number: receiptNumber, payable };
}

/** Starts a program that `compiledProgram` made of sale-server.ts. */
export function startSaleServer(program: string): SaleServer {
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

  const traced = async (trace: Trace): ReturnType<SaleServer['takeCash']> => {
    count += 1;
    const file = join(tmpdir(), `loket-trace-${pid}-${count}`);
    const { thread, calls, inject } = trace;
    const injection = inject === null ? [] : ['-e', `inject=${calls.join(',')}:${inject}`];
    const args = [
      '-y',
      '-p',
      String(threadId(pid, thread)),
      '-o',
      file,
      '-e',
      `trace=${calls.join(',')}`,
      ...injection,
    ];
    const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => tracer.once('close', () => resolve()));
    await attached(tracer);
    tell('go');
    const end = endOf(await hear('answer'));
    tracer.kill('SIGTERM');
    await ended;
    const made = readCalls(file);
    rmSync(file);
    return { end, calls: made };
  };

  return {
    prepare: async (order) => {
      tell(JSON.stringify(order));
      await mustHear('ready');
    },
    takeCash: async (trace) => {
      if (trace !== null) return await traced(trace);
      tell('go');
      return { end: endOf(await hear('answer')), calls: [] };
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
