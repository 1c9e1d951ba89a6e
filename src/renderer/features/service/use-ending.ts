import { useRef, useState } from 'react';
import type { Order } from '../../app/use-order.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { Saved } from './service-flow.ts';
import type { Step } from './service-steps.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; error: ScreenRefusal };

/** The last step of a service, and what a hand types while it is under way. */
export type Ending = Readonly<{
  ending: boolean;
  /**
   * One at a time, whichever it is, after `saved`; its refusal leads to the field that mends it. What was refused while
   * this waited for its turn (a tick, the payer) ends nothing either: its card stands on the screen.
   */
  finish: <T>(work: () => Promise<Outcome<T>>, done: (value: T) => void, saved?: Saved) => Promise<void>;
  /** A change of the service was not kept: what waits behind it does not end. */
  noteLost: (refusal: ScreenRefusal) => void;
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
  // The last change that was not kept; each refusal is an object of its own.
  const lastLost = useRef<ScreenRefusal | undefined>(undefined);

  const goOnAt = (step: Step): void => {
    blind.current = typing.current;
    if (!blind.current) want(step);
  };

  return {
    ending,
    finish: async (work, done, saved) => {
      typing.current = false;
      const lostBefore = lastLost.current;
      await once('finish', async () => {
        setEnding(true);
        try {
          const isSaved = saved === undefined || (await saved) !== undefined;
          const lost = lastLost.current;
          const isLost = lost !== undefined && lost !== lostBefore;
          // A later change that was kept has taken its card away.
          if (isLost) onRefusal(lost);
          if (isLost || !isSaved) {
            goOnAt(isSaved ? 'documents' : 'payer');
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
    noteLost: (refusal) => {
      lastLost.current = refusal;
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
