import type { ResponseFrame } from '../../contract/frames.ts';
import { createApp } from '../core/app.ts';
import type { CounterConfig } from '../core/config.ts';
import { findRunningCounter } from '../core/inspect.ts';
import type { ShellPort } from '../core/ports.ts';
import { refusalSentence } from '../start-faults.ts';
import { CommandRefusal } from './command.ts';

/** The way into a counter: through the door of the one that runs, or an own one that holds the data's lock. */
export type CounterDoor = {
  readonly call: (method: string, input: unknown) => Promise<ResponseFrame>;
  readonly close: () => Promise<void>;
  /** True when another process runs the counter. */
  readonly isJoined: boolean;
};

/** The command line has no window, no file chooser and no system key store of its own. */
const COMMAND_SHELL: ShellPort = {
  name: 'browser',
  printPdf: undefined,
  keepSecret: undefined,
  openFolder: async () => false,
  quit: () => undefined,
};

function joinRunning(door: { readonly url: string; readonly secret: string }): CounterDoor {
  let count = 0;
  return {
    isJoined: true,
    close: async () => undefined,
    call: async (method, input) => {
      count += 1;
      const response = await fetch(`${door.url}/rpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-loket-secret': door.secret, origin: door.url },
        body: JSON.stringify({ id: `call-${String(count)}`, method, input }),
      });
      // The host is our own and checked its side of the contract before it answered.
      return (await response.json()) as ResponseFrame;
    },
  };
}

/** Opens the counter of a folder for calls; refuses as the counter itself would. */
export async function openCounterDoor(config: CounterConfig): Promise<CounterDoor> {
  const running = findRunningCounter(config.dataDir);
  if (running !== undefined) return joinRunning(running);
  const app = createApp({ ...config, syncLoop: false }, { shell: COMMAND_SHELL });
  const started = await app.start();
  if (!started.ok) throw new CommandRefusal(started.error.code, refusalSentence(started.error), started.error.path);
  let count = 0;
  return {
    isJoined: false,
    close: () => app.stop(),
    call: (method, input) => {
      count += 1;
      return app.dispatch({ id: `call-${String(count)}`, method, input });
    },
  };
}
