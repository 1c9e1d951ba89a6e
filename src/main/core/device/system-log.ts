import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { LogPort } from '../ports.ts';

const LOG_FILE = 'counter.log';
/** The log of about a year; the one before is kept. */
const LARGEST_BYTES = 10 * 1024 * 1024;
const STDERR = 2;

/** A log that must be closed at the end. */
export type SystemLog = LogPort & { readonly close: () => void };

function turnOver(file: string): void {
  if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.1`);
}

/**
 * NDJSON into `counter.log` of the data folder, or to stderr where there is none yet. Synchronous: a line that explains
 * a crash must be there after it. References, counts and codes only; never a person, a plate, an amount of one person.
 */
export function createSystemLog(dataDir: string | null): SystemLog {
  if (dataDir !== null) {
    mkdirSync(dataDir, { recursive: true });
    turnOver(join(dataDir, LOG_FILE));
  }
  const target = destination({ dest: dataDir === null ? STDERR : join(dataDir, LOG_FILE), sync: true });
  const logger = pino({ base: null }, target);
  return {
    write: (level, event, facts) => {
      logger[level]({ event, ...facts });
    },
    close: () => {
      if (dataDir === null) target.flushSync();
      else target.end();
    },
  };
}
