import { useState } from 'react';
import type { PeopleAct } from '../../../contract/people.ts';
import type { PeopleDoneView } from '../../../contract/views-people.ts';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';

/** One act of a sheet: what became of it, or why nothing did. */
export type Acting = Readonly<{
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  done: PeopleDoneView | undefined;
  run: (asked: PeopleAct, pin: string) => Promise<void>;
}>;

/** Acts over the line; `onDone` hears of one that was done, so that the lists are loaded again. */
export function useAct(onDone: () => void): Acting {
  const act = useAction('people.act');
  const [state, setState] = useState<Pick<Acting, 'refusal' | 'done'>>({ refusal: undefined, done: undefined });
  return {
    ...state,
    busy: act.busy,
    run: async (asked, pin) => {
      const answer = await act.run({ asked, pin });
      if (answer === undefined) return;
      setState(answer.ok ? { refusal: undefined, done: answer.value } : { refusal: answer.error, done: undefined });
      if (answer.ok) onDone();
    },
  };
}
