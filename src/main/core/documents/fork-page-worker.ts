import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartPageWorker } from '../ports.ts';

/** The program below this file's folder; Node runs it as it is. */
const PROGRAM = join(import.meta.dirname, '..', '..', 'pages', 'page-worker.ts');
/** The folder of the whole program: its packages are below it. */
const PROGRAM_FOLDER = join(import.meta.dirname, '..', '..', '..', '..');

/**
 * "The worker gets bytes by IPC, no file system, no environment." Node's own permission model closes what it can: writing,
 * other programs, reading outside the program's folder. It does not bind the decoder's native code and it knows no
 * network; those are bounded by what the decoder can do, by memory and by time.
 */
const LIMITS = [
  '--permission',
  `--allow-fs-read=${PROGRAM_FOLDER}`,
  '--allow-addons',
  '--allow-worker',
  '--max-old-space-size=256',
  '--disable-proto=delete',
  '--no-warnings',
];

/** Bytes of one process in memory, as Linux counts them; null elsewhere, where the worker watches itself. */
function residentBytesOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    const pages = readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * 4096;
  } catch (_gone) {
    return null; // it has ended meanwhile, and says so itself
  }
}

/** Starts the page worker as a child of Node: the counter without Electron. `program` is another one in tests of the limits. */
export function forkPageWorker(program = PROGRAM): ReturnType<StartPageWorker> {
  const child = fork(program, [], {
    execArgv: LIMITS,
    // Windows starts no program without this one; nothing else of the environment is given.
    env: process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    cwd: PROGRAM_FOLDER,
  });
  // A worker that cannot be started ends like one that broke; whoever waits is told.
  const ends = new Set<(code: number | null, signal: string | null) => void>();
  const ended = (code: number | null, signal: string | null): void => ends.forEach((tell) => tell(code, signal));
  child.on('error', () => ended(null, null));
  child.on('exit', ended);
  return {
    send: (message) => void child.send(message, () => undefined),
    onAnswer: (listener) => {
      child.removeAllListeners('message');
      child.on('message', listener);
    },
    onEnd: (listener) => void ends.add(listener),
    residentBytes: () => residentBytesOf(child.pid),
    kill: () => void child.kill('SIGKILL'),
  };
}
