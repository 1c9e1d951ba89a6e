import type { Api, Method } from '../../src/contract/api.ts';
import type { ResponseFrame } from '../../src/contract/frames.ts';
import type { OutputOf, SentInputOf } from '../../src/contract/procedure.ts';

/** Calls a served counter through the door that its page uses: POST /rpc with the secret of this start. */
export type CounterDoor = {
  /** The answer as it came, a refusal too. */
  readonly ask: <M extends Method>(
    method: M,
    input?: SentInputOf<Api[M]>,
  ) => Promise<
    | { readonly ok: true; readonly value: OutputOf<Api[M]> }
    | { readonly ok: false; readonly error: { readonly code: string } }
  >;
  readonly get: <M extends Method>(method: M, input?: SentInputOf<Api[M]>) => Promise<OutputOf<Api[M]>>;
  /** An open page: hears every event and asks for the status bar again, one question at a time. */
  readonly openPage: () => Promise<{ readonly questions: () => number; readonly close: () => void }>;
};

/** `url` is the address that `loket serve` printed, with the secret in its fragment. A refused call throws. */
export function counterDoor(url: string): CounterDoor {
  const { origin, hash } = new URL(url);
  const secret = hash.slice(1);
  const headers = { 'content-type': 'application/json', 'x-loket-secret': secret, origin };
  const ask: CounterDoor['ask'] = async (method, input) => {
    const body = JSON.stringify({ id: 'bench', method, input: input ?? {} });
    const response = await fetch(`${origin}/rpc`, { method: 'POST', headers, body });
    // The host checked its answer against the contract before it sent it.
    const frame = (await response.json()) as ResponseFrame;
    return frame.ok ? { ok: true, value: frame.value as OutputOf<Api[typeof method]> } : frame;
  };
  const get: CounterDoor['get'] = async (method, input) => {
    const answer = await ask(method, input);
    if (!answer.ok) throw new Error(`${method} was refused: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };
  return {
    ask,
    get,
    openPage: async () => {
      const closing = new AbortController();
      const response = await fetch(`${origin}/events`, { method: 'POST', headers, signal: closing.signal });
      if (response.body === null) throw new Error('the stream of events is open');
      let questions = 0;
      const listen = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
        for await (const _piece of stream) {
          await get('counter.status');
          questions += 1;
        }
      };
      listen(response.body).catch((error: unknown) => {
        if (!closing.signal.aborted) throw error;
      });
      return { questions: () => questions, close: () => closing.abort() };
    },
  };
}
