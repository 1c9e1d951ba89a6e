// Stands in place of src/main/core/device/system-ports.ts in a simulated world (`register.ts`): nobody waits for real time.
export { systemClock, systemRandom } from '../../../src/main/core/device/system-ports.ts';

/** A wait that only an abort ends: what would come by itself after seconds comes with the next thing that is done. */
export function systemWait(): (ms: number, signal: AbortSignal) => Promise<void> {
  return (_ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
}
