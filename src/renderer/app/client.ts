import { type Api, api, type Method } from '../../contract/api.ts';
import type { EventFrame, FrameError, HostBridge } from '../../contract/frames.ts';
import type { OutputOf, Procedure, SentInputOf } from '../../contract/procedure.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { isScreenErrorCode } from '../text/error-text.ts';

/** Methods that only read. */
export type QueryMethod = { [M in Method]: Api[M]['kind'] extends 'query' ? M : never }[Method];
/** Methods that change something: at most one commit each. */
export type CommandMethod = Exclude<Method, QueryMethod>;

export type InputFor<M extends Method> = SentInputOf<Api[M]>;
export type OutputFor<M extends Method> = OutputOf<Api[M]>;
/** What a call answers: its output, or a refusal that the screens can say. */
export type Answer<M extends Method> = Result<OutputFor<M>, ScreenRefusal>;

/** The typed door to the core. */
export type Client = {
  readonly query: <M extends QueryMethod>(method: M, input: InputFor<M>) => Promise<Answer<M>>;
  readonly command: <M extends CommandMethod>(method: M, input: InputFor<M>) => Promise<Answer<M>>;
  readonly onEvent: (listener: (event: EventFrame) => void) => () => void;
};

function refusalOf(error: FrameError): ScreenRefusal {
  const reference = error.reference === undefined ? {} : { reference: error.reference };
  const details = { ...error.details, ...reference };
  return { code: isScreenErrorCode(error.code) ? error.code : 'INTERNAL', path: error.path ?? [], details };
}

/** Speaks the contract over a bridge. Answers are parsed before a screen sees them; a wrong shape is a bug and throws. */
export function createClient(bridge: HostBridge): Client {
  let calls = 0;

  async function call<M extends Method>(method: M, input: InputFor<M>): Promise<Answer<M>> {
    calls += 1;
    const frame = await bridge.request({ id: String(calls), method, input });
    if (!frame.ok) return err(refusalOf(frame.error));
    const procedure: Procedure = api[method];
    // The schema of this very method made the value, so its type is the output of this method.
    return ok(procedure.output.parse(frame.value) as OutputFor<M>);
  }

  return { query: call, command: call, onEvent: (listener) => bridge.onEvent(listener) };
}
