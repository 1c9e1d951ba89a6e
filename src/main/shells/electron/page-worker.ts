import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { PageWorker } from '../../core/ports.ts';

/** Built beside the entry of the window; see `electron.vite.config.ts`. */
const PROGRAM = join(import.meta.dirname, 'page-worker.js');

/**
 * Starts the page worker as Electron's utility process: no window, no environment, no page of ours. Its memory is watched
 * from inside, because Electron tells of a process only now and then.
 */
export function startElectronPageWorker(): PageWorker {
  const child = utilityProcess.fork(PROGRAM, [], {
    serviceName: 'loket-pages',
    env: {},
    execArgv: ['--max-old-space-size=256'],
    stdio: 'ignore',
  });
  let listener: ((message: unknown) => void) | null = null;
  child.on('message', (message: unknown) => listener?.(message));
  return {
    send: (message) => child.postMessage(message),
    onAnswer: (next) => {
      listener = next;
    },
    onEnd: (tell) => {
      // A process that broke has a code of the operating system's here; which signal it was is not told.
      child.once('exit', (code) => tell(code, null));
    },
    residentBytes: () => null,
    kill: () => void child.kill(),
  };
}
