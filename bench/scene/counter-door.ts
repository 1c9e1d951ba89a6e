import type { Api, Method } from '../../src/contract/api.ts';
import type { ResponseFrame } from '../../src/contract/frames.ts';
import type { OutputOf, SentInputOf } from '../../src/contract/procedure.ts';

/** Calls a served counter through the door that its page uses: POST /rpc with the secret of this start. */
export type CounterDoor = {
  readonly get: <M extends Method>(method: M, input?: SentInputOf<Api[M]>) => Promise<OutputOf<Api[M]>>;
};

/** `url` is the address that `loket serve` printed, with the secret in its fragment. A refused call throws. */
export function counterDoor(url: string): CounterDoor {
  const { origin, hash } = new URL(url);
  const secret = hash.slice(1);
  return {
    get: async (method, input) => {
      const response = await fetch(`${origin}/rpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-loket-secret': secret, origin },
        body: JSON.stringify({ id: 'bench', method, input: input ?? {} }),
      });
      // The host checked its answer against the contract before it sent it.
      const frame = (await response.json()) as ResponseFrame;
      if (!frame.ok) throw new Error(`${method} was refused: ${JSON.stringify(frame.error)}`);
      return frame.value as OutputOf<Api[typeof method]>;
    },
  };
}
