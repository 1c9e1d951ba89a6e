import { useRef, useState } from 'react';
import type { Order } from '../../app/use-order.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { Saved } from './service-flow.ts';
import type { Step } from './service-steps.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; error: ScreenRefusal };

/** The last step of a service, and what a hand types while it is under way. */
export type Ending = Readonly<{
  ending: boolean;
  /** One at a time, whichever it is, after `saved`; its refusal leads to the field that mends it. */
  finish: <T>(work: () => Promise<Outcome<T>>, done: (value: T) => void, saved?: Saved) => Promise<void>;
  noteTyping: () => void;
  /** Once after a refusal that came while the next plate was being typed: nobody has seen it yet. */
  takeBlind: () => boolean;
}>;

/** The field that mends a refusal of the last step. */
function stepOfRefusal({ code }: ScreenRefusal): Step {
  if (code === 'DOCUMENTS_INCOMPLETE') return 'documents';
  return code === 'PAYER_MISSING' ? 'payer' : 'cash';
}

/** Ends a service, and keeps what is typed meanwhile where it was typed. */
export function useEnding({
  once,
  want,
  onRefusal,
}: Readonly<{ once: Order['once']; want: (step: Step) => void; onRefusal: (refusal: ScreenRefusal) => void }>): Ending {
  const [ending, setEnding] = useState(false);
  const typing = useRef(false);
  const blind = useRef(false);

  const goOnAt = (step: Step): void => {
    blind.current = typing.current;
    if (!blind.current) want(step);
  };

  return {
    ending,
    finish: async (work, done, saved) => {
      typing.current = false;
      await once('finish', async () => {
        setEnding(true);
        try {
          if (saved !== undefined && (await saved) === undefined) {
            goOnAt('payer');
            return;
          }
          const answer = await work();
          if (answer.ok) {
            done(answer.value);
            return;
          }
          onRefusal(answer.error);
          goOnAt(stepOfRefusal(answer.error));
        } finally {
          setEnding(false);
        }
      });
    },
    noteTyping: () => {
      typing.current = true;
    },
    takeBlind: () => {
      const isBlind = blind.current;
      blind.current = false;
      return isBlind;
    },
  };
}
