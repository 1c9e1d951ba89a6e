/** Most memory that one picture may cost, in bytes: twice what a picture of the most pixels needs. */
export const MOST_WORKER_BYTES = 900_000_000;
const EVERY_MS = 50;
/** Exit code of a worker that took too much memory. */
export const TOO_MUCH_MEMORY = 71;

/** Ends this process when it takes more than it may; decoding runs beside this thread, so the watch goes on meanwhile. */
export function watchMemory(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > MOST_WORKER_BYTES) process.exit(TOO_MUCH_MEMORY);
  }, EVERY_MS).unref();
}
