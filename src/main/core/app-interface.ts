import type { EventFrame, ResponseFrame } from '../../contract/frames.ts';
import type { Refusal } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';

/** The running counter as a shell hosts it: one door in, events out, a start and a stop. */
export type CounterApp = {
  /** Answers any frame, a hostile one too, and never throws. */
  readonly dispatch: (frame: unknown) => Promise<ResponseFrame>;
  /** Calls the listener after each change; answers the function that ends it. */
  readonly subscribe: (listener: (event: EventFrame) => void) => () => void;
  /** Opens the data; a refusal leaves nothing open, and the app may still be asked for `counter.status`. */
  readonly start: () => Promise<Result<void, Refusal>>;
  /** Writes down (0600, in the data folder) how `loket` of the same person reaches this counter; gone after `stop`. */
  readonly openDoor: (door: { readonly url: string; readonly secret: string }) => Promise<void>;
  /** Ends the loops and closes the data; a second call does nothing. */
  readonly stop: () => Promise<void>;
};
