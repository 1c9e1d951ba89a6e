import { useCallback, useRef, useState } from 'react';
import type { Step, StepWish } from './service-steps.ts';

/** Where the focus should be, and who may move it. */
export type StepWishes = Readonly<{
  wish: StepWish;
  want: (step: Step) => void;
  /** Taken when something is asked for: moves the focus only if the officer has not gone elsewhere meanwhile. */
  later: () => (step: Step) => void;
}>;

/** The focus follows the officer; an answer that comes late never takes it away from him. */
export function useStepWish(): StepWishes {
  const [wish, setWish] = useState<StepWish>({ step: 'plate', nth: 0 });
  const latest = useRef(0);
  const want = useCallback((step: Step) => {
    latest.current += 1;
    setWish({ step, nth: latest.current });
  }, []);
  const later = useCallback(() => {
    const asked = latest.current;
    return (step: Step) => {
      if (latest.current === asked) want(step);
    };
  }, [want]);
  return { wish, want, later };
}
