import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandLine } from './programs.ts';

/** An old counter's machine, for one program: a slow processor and a disk that is slow to sync. */
export type SlowMachine = {
  /** How the processor is slowed, as it is printed with the figures. */
  readonly cpu: string;
  /** How the disk is slowed. */
  readonly disk: string;
  /** The command as it must be started to run slowly. */
  readonly slowed: (line: CommandLine) => CommandLine;
  /** How many times longer the same computation takes there than here. */
  readonly measureSlowdown: () => number;
  /** How many syncs were delayed so far; a profile that delayed none measures nothing. */
  readonly delayedSyncs: () => number;
  readonly end: () => void;
};

const CORE = '1';
const TIMES = 4;
const CGROUP = '/sys/fs/cgroup/cpu';
const PERIOD_US = 10_000;
/** A computation of some hundred ms that prints how long it took (ms). */
const COMPUTATION = `const {createHash}=require('node:crypto');const began=performance.now();
let h='';for(let i=0;i<60000;i+=1)h=createHash('sha256').update(h+i).digest('hex');
console.log(performance.now()-began)`;

type SlowCpu = Pick<SlowMachine, 'cpu' | 'slowed' | 'end'>;

/** A quarter of one core by the kernel's own accounting, where this user may make a control group. */
function byQuota(): SlowCpu | undefined {
  const group = join(CGROUP, `loket-bench-${process.pid}`);
  try {
    accessSync(join(CGROUP, 'cpu.cfs_quota_us'), constants.W_OK);
    mkdirSync(group);
  } catch (error) {
    process.stderr.write(`no control group (${String(error)}): three busy loops share the core instead\n`);
    return undefined;
  }
  writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
  writeFileSync(join(group, 'cpu.cfs_quota_us'), String(PERIOD_US / TIMES));
  const enter = `echo $$ > ${join(group, 'cgroup.procs')} && exec "$@"`;
  return {
    cpu: `a ${TIMES}th of one core by control group (${PERIOD_US / TIMES} of every ${PERIOD_US} microseconds)`,
    slowed: ({ program, args }) => ({
      program: 'taskset',
      args: ['-c', CORE, 'sh', '-c', enter, 'sh', program, ...args],
    }),
    end: () => rmdirSync(group),
  };
}

/** One core that the program shares with three others that never rest. */
function byBusyLoops(): SlowCpu {
  const loop = ['-c', CORE, 'sh', '-c', 'while :; do :; done'];
  const others: ChildProcess[] = Array.from({ length: TIMES - 1 }, () => spawn('taskset', loop, { stdio: 'ignore' }));
  return {
    cpu: `one core shared with ${TIMES - 1} busy loops`,
    slowed: ({ program, args }) => ({ program: 'taskset', args: ['-c', CORE, program, ...args] }),
    end: () => {
      for (const other of others) other.kill('SIGKILL');
    },
  };
}

function computationMs({ program, args }: CommandLine): number {
  return Number(execFileSync(program, args, { encoding: 'utf8' }));
}

/** Makes the profile; `trace` is where the delayed syncs are written down. Needs `taskset` and `strace`. */
export function slowMachine({
  trace,
  syncMs,
  busyLoops,
}: {
  readonly trace: string;
  readonly syncMs: number;
  /** True to use them even where a control group can be had. */
  readonly busyLoops: boolean;
}): SlowMachine {
  const processor = (busyLoops ? undefined : byQuota()) ?? byBusyLoops();
  const delay = `inject=fsync,fdatasync:delay_exit=${syncMs * 1000}`;
  // --seccomp-bpf: only the named calls are stopped, every other one runs at full speed.
  const tracer = ['-f', '--seccomp-bpf', '-o', trace, '-e', 'trace=fsync,fdatasync', '-e', delay];
  const computation = { program: process.execPath, args: ['-e', COMPUTATION] };
  return {
    cpu: processor.cpu,
    disk: `every fsync and fdatasync delayed by ${syncMs} ms with strace`,
    slowed: (line) => {
      const { program, args } = processor.slowed(line);
      return { program: 'strace', args: [...tracer, program, ...args] };
    },
    measureSlowdown: () => {
      // The quickest of each: whatever else the machine does makes a computation longer, never shorter.
      const rounds = [1, 2, 3].map(() => ({
        slow: computationMs(processor.slowed(computation)),
        here: computationMs(computation),
      }));
      const quickest = (of: 'slow' | 'here'): number => Math.min(...rounds.map((round) => round[of]));
      return Math.round((quickest('slow') / quickest('here')) * 10) / 10;
    },
    delayedSyncs: () =>
      readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => line.includes('(DELAYED)')).length,
    end: processor.end,
  };
}
