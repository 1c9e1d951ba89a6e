import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { useClient, useProcedure, useRemember } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';

/** The service that is open at this counter. */
export type OpenDraft = Readonly<{
  draft: DraftView | undefined;
  /** The same, for work that runs later than the screen was drawn. */
  latest: () => DraftView | undefined;
  refusal: ScreenRefusal | undefined;
  resumed: boolean;
  adopt: (draft: DraftView | undefined) => void;
}>;

/** Which service is open: the one that was open when the power went, or the one begun here. */
export function useOpenDraft(): OpenDraft {
  const client = useClient();
  const remember = useRemember();
  const [transactionId, setTransactionId] = useState<string | undefined>();
  const [resumed, setResumed] = useState(false);
  const current = useRef<DraftView | undefined>(undefined);
  const reading = useProcedure(
    'transactions.draft',
    { transactionId: transactionId ?? '' },
    { enabled: transactionId !== undefined, keepPrevious: true },
  );
  const adopt = useCallback(
    (draft: DraftView | undefined): void => {
      current.current = draft;
      if (draft !== undefined) {
        remember('transactions.draft', { transactionId: draft.transactionId }, { ok: true, value: draft });
      }
      setTransactionId(draft?.transactionId);
      setResumed(false);
    },
    [remember],
  );
  useEffect(() => {
    let gone = false;
    void client.query('transactions.unfinished', {}).then((answer) => {
      if (gone || current.current !== undefined || !answer.ok || answer.value === null) return;
      adopt(answer.value);
      setResumed(true);
    });
    return () => {
      gone = true;
    };
  }, [client, adopt]);
  const open = transactionId !== undefined;
  const draft = open && reading.value?.transactionId === transactionId ? reading.value : undefined;
  useEffect(() => {
    if (draft !== undefined) current.current = draft;
  }, [draft]);
  return {
    draft,
    latest: useCallback(() => current.current, []),
    refusal: open ? reading.refusal : undefined,
    resumed,
    adopt,
  };
}
