import { createServerClient } from '../../src/main/core/sync/server-client.ts';
import { createTestLine, type TestLine } from './test-line.ts';

/** The counter's own client over a real socket, to whatever address the test says at the moment. */
export type NetworkLine = TestLine & { readonly connectTo: (origin: string) => void };

/** A line of a test counter that leaves the process: the address in the counter's memory is replaced by `connectTo`'s. */
export function createNetworkLine(origin: string): NetworkLine {
  const held = { origin };
  const client = createServerClient();
  const line = createTestLine();
  return {
    ...line,
    // Its only switch is the address: what becomes of a request is the business of whatever listens there.
    plug: () => undefined,
    exchange: (request) => {
      const { pathname, search } = new URL(request.url);
      return client.exchange({ ...request, url: held.origin + pathname + search });
    },
    connectTo: (next) => {
      held.origin = next;
    },
  };
}
