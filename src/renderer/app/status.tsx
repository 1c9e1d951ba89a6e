import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { SignInView, StatusView } from '../../contract/views-counter.ts';

const TICK_MS = 5000;

type CounterState = Readonly<{
  status: StatusView;
  signIn: SignInView;
  /** The counter's clock now, ms UTC: the core's own, carried on by the page between two answers. */
  now: number;
}>;

const CounterStateContext = createContext<CounterState | undefined>(undefined);

/** Carries the counter's clock on from its last answer. */
function useNow(clockNow: number): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const startedAt = performance.now();
    setElapsed(0);
    const timer = window.setInterval(() => setElapsed(performance.now() - startedAt), TICK_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [clockNow]);
  return Math.floor(clockNow + elapsed);
}

/** What every screen knows: the state of the counter, who is signed in, and what time it is. */
export function CounterStateProvider({
  status,
  signIn,
  children,
}: Readonly<{ status: StatusView; signIn: SignInView; children: ReactNode }>): ReactNode {
  const now = useNow(status.clock.now);
  const value = useMemo(
    () => ({ status: { ...status, clock: { ...status.clock, now } }, signIn, now }),
    [status, signIn, now],
  );
  return <CounterStateContext value={value}>{children}</CounterStateContext>;
}

/** The state of the counter; throws before somebody is signed in, which is a bug. */
export function useCounter(): CounterState {
  const state = useContext(CounterStateContext);
  if (state === undefined) throw new Error('the counter state is used outside CounterStateProvider');
  return state;
}
