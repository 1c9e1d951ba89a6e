import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { ClockPort, RandomPort } from '../ports.ts';

const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id';

/** Linux names each boot; elsewhere the moment of the boot, to ten seconds, is name enough for one machine. */
function readBootId(wallMs: number): string {
  if (process.platform === 'linux') return readFileSync(BOOT_ID_FILE, 'utf8').trim();
  return `boot-${Math.round((wallMs / 1000 - uptime()) / 10)}`;
}

/** The computer's clocks. `monoMs` is the time since boot with sleep (os.uptime), held from going back. */
export function systemClock(): ClockPort {
  const bootId = readBootId(Date.now());
  let newest = 0;
  return {
    wallMs: () => Date.now(),
    monoMs: () => {
      newest = Math.max(newest, Math.floor(uptime() * 1000));
      return newest;
    },
    bootId: () => bootId,
  };
}

/** The operating system's randomness. */
export function systemRandom(): RandomPort {
  return {
    bytes: (length) => randomBytes(length),
    fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}

/** A wait that ends early, without an error, when the signal is aborted. */
export function systemWait(): (ms: number, signal: AbortSignal) => Promise<void> {
  return (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
}
