import { useCallback, useEffect, useRef, useState } from 'react';
import type { RegionQuestion } from '../../../contract/views-region.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { useClient } from '../queries.tsx';

/** Keys that run through a list ask for nothing until they rest. */
const RESTS_MS = 200;

/** The loading of one question, beside what the screen already reads from the disk. */
export type RegionLoad = Readonly<{
  busy: boolean;
  /** Why the last try brought nothing. */
  refusal: ScreenRefusal | undefined;
  /** The first page anew. */
  again: () => void;
  /** The page after those that are here. */
  more: () => void;
}>;

/**
 * Asks the province when a question appears, and again when `after` changes; the screen shows what is kept meanwhile.
 * Undefined asks nothing.
 */
export function useRegionLoad(question: RegionQuestion | undefined, after: string | number = 0): RegionLoad {
  const client = useClient();
  const key = question === undefined ? '' : JSON.stringify(question);
  const [state, setState] = useState<Readonly<{ busy: boolean; refusal: ScreenRefusal | undefined }>>({
    busy: false,
    refusal: undefined,
  });
  const latest = useRef('');
  const run = useCallback(
    async (more: boolean): Promise<void> => {
      if (key === '') return;
      latest.current = key;
      setState((before) => ({ ...before, busy: true }));
      // The key is this very question, written out.
      const answer = await client.command('region.load', { question: JSON.parse(key) as RegionQuestion, more });
      // An answer that comes after the next question was put belongs to nothing on the screen.
      if (latest.current === key) setState({ busy: false, refusal: answer.ok ? undefined : answer.error });
    },
    [client, key],
  );
  useEffect(() => {
    const timer = window.setTimeout(() => void run(false), RESTS_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [run, after]);
  return { ...state, again: () => void run(false), more: () => void run(true) };
}
