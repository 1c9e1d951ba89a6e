import { MOST_WORKER_BYTES, TOO_MUCH_MEMORY } from './page-jobs.ts';

const EVERY_MS = 50;

/** Ends this process when it takes more than it may; decoding runs beside this thread, so the watch goes on meanwhile. */
export function watchMemory(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > MOST_WORKER_BYTES) process.exit(TOO_MUCH_MEMORY);
  }, EVERY_MS).unref();
}
