import { useCallback, useEffect, useRef, useState } from 'react';
import type { StickFile, StickView, TakenBundle } from '../../../contract/views-sticks.ts';
import { useAction, useClient } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';

/** What came of one file: an outcome, or why there is none. */
export type FileOutcome =
  | Readonly<{ name: string; taken: TakenBundle; refusal: null }>
  | Readonly<{ name: string; taken: null; refusal: ScreenRefusal }>;

/** Files of which something is to be taken: not refused, and new or without an answer yet. */
export const isToTake = ({ problem, facts, answered }: StickFile): boolean =>
  problem === null && facts !== null && (facts.missing > 0 || !answered);

/** What an answer is asked to hold, and where it is written; null: beside its bundle. */
export type Order = Readonly<{ withRegistry: boolean; answerFolder: string | null }>;

type Stick = Readonly<{
  view: StickView | undefined;
  refusal: ScreenRefusal | undefined;
  looking: boolean;
  look: () => void;
  outcomes: readonly FileOutcome[];
  /** Which of how many is on its way. */
  taking: Readonly<{ at: number; all: number }> | undefined;
  take: (files: readonly StickFile[], order: Order) => void;
}>;

/** One folder of a stick: looked at when it is chosen, its files taken one after the other. */
export function useStick(folder: string | undefined): Stick {
  const client = useClient();
  const taken = useAction('region.take-bundle');
  const [view, setView] = useState<StickView | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [outcomes, setOutcomes] = useState<readonly FileOutcome[]>([]);
  const [taking, setTaking] = useState<Stick['taking']>();
  const [looking, setLooking] = useState(false);
  const chosen = useRef(folder);
  const look = useCallback(async (): Promise<void> => {
    const asked = chosen.current;
    if (asked === undefined) return;
    setLooking(true);
    const answer = await client.command('region.look-stick', { folder: asked });
    // Another one was chosen meanwhile: it has a look of its own, and this answer is not about it.
    if (chosen.current !== asked) return;
    setLooking(false);
    setView(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  }, [client]);
  useEffect(() => {
    chosen.current = folder;
    setLooking(false);
    setView(undefined);
    setOutcomes([]);
    setRefusal(undefined);
    void look();
  }, [folder, look]);
  const take = async (files: readonly StickFile[], order: Order): Promise<void> => {
    const found: FileOutcome[] = [];
    for (const [index, { file, name }] of files.entries()) {
      setTaking({ at: index + 1, all: files.length });
      const answer = await taken.run({ file, ...order });
      if (answer === undefined) break;
      found.push(
        answer.ok ? { name, taken: answer.value, refusal: null } : { name, taken: null, refusal: answer.error },
      );
      setOutcomes([...found]);
      // Without a line, or without the stick, the others would say the same.
      if (!answer.ok && (answer.error.code === 'NO_LINE' || answer.error.code === 'STICK_UNREADABLE')) break;
    }
    setTaking(undefined);
    await look();
  };
  return {
    ...{ view, refusal, looking, outcomes, taking },
    look: () => void look(),
    take: (files, order) => void take(files, order),
  };
}
