import { spawn } from 'node:child_process';
import { compileCacheOf } from './compiled-program.ts';
import type { SellingOrder } from './selling-counter.ts';

/** When something happens to a counter: so long after it has said a word for so many times. */
export type Moment = { readonly after: 'loaded' | 'ready' | 'sold'; readonly times: number; readonly delayMs: number };

/** What a counter said before it ended. */
export type Heard = {
  readonly sold: readonly (readonly [number: string, payable: number])[];
  readonly papers: readonly string[];
  /** The sales that it found when it started; null when it did not come so far. */
  readonly holds: ReadonlyMap<string, number> | null;
  /** What its own verification found wrong; null when it did not come so far. */
  readonly problems: string | null;
  readonly killed: boolean;
};

type RunOptions = {
  /** A program that `compiledProgram` made. */
  readonly program: string;
  readonly order: SellingOrder;
  readonly moment: Moment | null;
  /** What happens in that moment, beside the kill that follows it. */
  readonly strike?: () => void;
  /** Passed to Node before the program. */
  readonly nodeArgs?: readonly string[];
};

function read(printed: string, killed: boolean): Heard {
  // The last line may have been cut by the kill.
  const lines = printed.slice(0, printed.lastIndexOf('\n') + 1);
  const holds = /^holds (.*)$/m.exec(lines)?.[1];
  return {
    sold: [...lines.matchAll(/^sold (\S+) (\d+)$/gm)].map(([, number = '', payable = '']) => [number, Number(payable)]),
    papers: [...lines.matchAll(/^paper (\S+)$/gm)].map(([, number = '']) => number),
    holds: holds === undefined ? null : new Map(JSON.parse(holds) as [string, number][]), // written by selling-counter.ts
    problems: /^verified (?:true|false) (.*)$/m.exec(lines)?.[1] ?? null,
    killed,
  };
}

/** Runs a counter until it is killed (-9) in a moment, or has sold what there is; throws when it ends by itself. */
export function runCounter({ program, order, moment, strike, nodeArgs = [] }: RunOptions): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...compileCacheOf(program) };
    const args = [...nodeArgs, program, JSON.stringify(order)];
    const counter = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const heard = { printed: '', complaints: '', struck: false };
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      strike?.();
      heard.struck = strike !== undefined;
      counter.kill('SIGKILL');
    };
    counter.stdout.on('data', (chunk: Buffer) => {
      heard.printed += chunk.toString();
      if (moment === null || heard.printed.split(`${moment.after}`).length <= moment.times) return;
      timer ??= setTimeout(end, moment.delayMs);
    });
    counter.stderr.on('data', (chunk: Buffer) => {
      heard.complaints += chunk.toString();
    });
    counter.on('error', reject);
    counter.on('close', (code, signal) => {
      clearTimeout(timer);
      // Struck, it may also stop by itself before the kill comes, with the refusal of a disk that is gone.
      const gaveUp = heard.struck && heard.complaints.includes('"STORAGE_FAILED"');
      if (signal === 'SIGKILL' || gaveUp) resolve(read(heard.printed, true));
      else if (code === 0) resolve(read(heard.printed, heard.struck));
      else reject(new Error(`the counter ended by itself (${code}, ${signal}): ${heard.complaints}`));
    });
  });
}
