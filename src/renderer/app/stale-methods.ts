import { api } from '../../contract/api.ts';
import type { EventTopic } from '../../contract/frames.ts';
import type { Procedure } from '../../contract/procedure.ts';

/** Methods whose answer is stale after an event. */
export function staleMethods(topic: EventTopic): readonly string[] {
  return Object.entries<Procedure>(api).flatMap(([method, procedure]) =>
    procedure.kind === 'query' && procedure.staleAfter.includes(topic) ? [method] : [],
  );
}
