import { useCallback, useRef, useState } from 'react';

/** Runs work one after the other, so that a quick hand loses nothing and overtakes nothing. */
export type Order = Readonly<{
  busy: boolean;
  /** Also drops the same work (by its name) while it is under way: a key pressed twice does its work once. */
  once: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
  inOrder: <T>(work: () => Promise<T>) => Promise<T>;
}>;

/** An order of its own for each service screen. */
export function useOrder(): Order {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const underWay = useRef<ReadonlySet<string>>(new Set());
  const [waiting, setWaiting] = useState(0);
  const inOrder = useCallback(async <T>(work: () => Promise<T>): Promise<T> => {
    setWaiting((count) => count + 1);
    const mine = last.current.then(work);
    // The next work starts whether this one threw or not; the throw itself goes to whoever awaits `mine`.
    last.current = Promise.allSettled([mine]);
    try {
      return await mine;
    } finally {
      setWaiting((count) => count - 1);
    }
  }, []);
  const once = useCallback(
    async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
      if (underWay.current.has(name)) return undefined;
      underWay.current = new Set([...underWay.current, name]);
      try {
        return await inOrder(work);
      } finally {
        underWay.current = new Set([...underWay.current].filter((other) => other !== name));
      }
    },
    [inOrder],
  );
  return { busy: waiting > 0, once, inOrder };
}
