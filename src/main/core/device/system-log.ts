import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { fileFault } from '../db/medium-fault.ts';
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

/** Where lines go: the file, or stderr for a folder that takes none; whoever starts on it says what is wrong with it. */
function openTarget(dataDir: string | null): ReturnType<typeof destination> {
  const options = { sync: true, maxLength: LONGEST_WAIT_BYTES };
  if (dataDir === null) return destination({ dest: STDERR, ...options });
  const dest = join(dataDir, LOG_FILE);
  try {
    mkdirSync(dataDir, { recursive: true });
    turnOver(dest);
    return destination({ dest, ...options });
  } catch (error) {
    if (fileFault(error) === 'UNKNOWN') throw error;
    return destination({ dest: STDERR, ...options });
  }
}

/**
 * NDJSON into `counter.log` of the data folder, or to stderr where there is none yet. Synchronous: a line that explains
 * a crash must be there after it. References, counts and codes only; never a person, a plate, an amount of one person.
 * A disk that is full or failing never ends the counter: the lines wait, and the log says so when it can be written again.
 * The file is opened with the first line, so that a start that is refused leaves no folder behind.
 */
export function createSystemLog(dataDir: string | null): SystemLog {
  let opened: { readonly logger: Logger; readonly target: ReturnType<typeof destination> } | undefined;
  let fault: string | null = null;
  const open = (): NonNullable<typeof opened> => {
    const target = openTarget(dataDir);
    target.on('error', (error: NodeJS.ErrnoException) => {
      fault = error.code ?? 'UNKNOWN';
    });
    return { logger: pino({ base: null }, target), target };
  };
  return {
    write: (level, event, facts) => {
      opened ??= open();
      const reason = fault;
      fault = null;
      if (reason !== null) opened.logger.warn({ event: 'log.failed', reason });
      opened.logger[level]({ event, ...facts });
    },
    close: () => {
      if (dataDir === null) opened?.target.flushSync();
      else opened?.target.end();
    },
  };
}
