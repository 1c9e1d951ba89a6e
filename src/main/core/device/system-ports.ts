import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { ClockPort, RandomPort } from '../ports.ts';
import { type AskComputer, bootNameOf } from './boot-name.ts';

/** A start waits for the name of its boot no longer than this. */
const ASKING_MS = 3_000;

/** This computer, asked; what does not answer in time has not answered. */
export const computerWithin = (timeoutMs: number): AskComputer => ({
  read: (file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (_noSuchFile) {
      return null; // a boot without a name
    }
  },
  run: ({ program, args }) => {
    const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: timeoutMs, windowsHide: true });
    return status === 0 ? stdout : null;
  },
});

const asked: { bootId: string | undefined } = { bootId: undefined };

/** The name of this boot, asked once. Without one that can be believed the program's own life is the boot. */
function currentBootId(): string {
  const bootedAtMs = Date.now() - uptime() * 1000;
  const ownLife = (): string => `start-${randomBytes(12).toString('hex')}`;
  asked.bootId ??= bootNameOf(process.platform, computerWithin(ASKING_MS), bootedAtMs) ?? ownLife();
  return asked.bootId;
}

/** The computer's clocks. `monoMs` is the time since boot with sleep (os.uptime), held from going back. */
export function systemClock(): ClockPort {
  let newest = 0;
  return {
    wallMs: () => Date.now(),
    monoMs: () => {
      newest = Math.max(newest, Math.floor(uptime() * 1000));
      return newest;
    },
    bootId: currentBootId,
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
