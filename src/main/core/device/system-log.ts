import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { LogPort } from '../ports.ts';

const LOG_FILE = 'counter.log';
/** The log of about a year; the one before is kept. */
const LARGEST_BYTES = 10 * 1024 * 1024;
const STDERR = 2;
/** What waits for a disk that takes nothing; older lines are worth more than newer ones then. */
const LONGEST_WAIT_BYTES = 1024 * 1024;

/** A log that must be closed at the end. */
export type SystemLog = LogPort & { readonly close: () => void };

function turnOver(file: string): void {
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.1`);
}

/**
 * NDJSON into `counter.log` of the data folder, or to stderr where there is none yet. Synchronous: a line that explains
 * a crash must be there after it. References, counts and codes only; never a person, a plate, an amount of one person.
 * A disk that is full or failing never ends the counter: the lines wait, and the log says so when it can be written again.
 */
export function createSystemLog(dataDir: string | null): SystemLog {
  if (dataDir !== null) {
    mkdirSync(dataDir, { recursive: true });
    turnOver(join(dataDir, LOG_FILE));
  }
  const dest = dataDir === null ? STDERR : join(dataDir, LOG_FILE);
  const target = destination({ dest, sync: true, maxLength: LONGEST_WAIT_BYTES });
  const logger = pino({ base: null }, target);
  let fault: string | null = null;
  target.on('error', (error: NodeJS.ErrnoException) => {
    fault = error.code ?? 'UNKNOWN';
  });
  return {
    write: (level, event, facts) => {
      const reason = fault;
      fault = null;
      if (reason !== null) logger.warn({ event: 'log.failed', reason });
      logger[level]({ event, ...facts });
    },
    close: () => {
      if (dataDir === null) target.flushSync();
      else target.end();
    },
  };
}
