import { useEffect, useState } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import type { Answer } from '../../app/client.ts';
import { useClient } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { DraftCommand, Ended, ServiceFlow } from './service-flow.ts';
import { type Step, stepBefore, stepOf } from './service-steps.ts';
import { useEnding } from './use-ending.ts';
import { useOpenDraft } from './use-open-draft.ts';
import { useOrder } from '../../app/use-order.ts';
import { useStepWish } from './use-step-wish.ts';
import { waysToEnd } from './ways-to-end.ts';

/** The whole flow of Layanan. Every change goes to the core and comes back; the screen shows what is on the disk. */
export function useService(): ServiceFlow {
  const client = useClient();
  const { draft, latest, refusal: draftRefusal, resumed, adopt } = useOpenDraft();
  const { busy, once, inOrder } = useOrder();
  const { wish, want, later } = useStepWish();
  const [aside, setAside] = useState(false);
  const [candidates, setCandidates] = useState<readonly VehicleCard[]>([]);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [ended, setEnded] = useState<Ended | undefined>();
  const { ending, finish, noteLost, noteTyping, takeBlind } = useEnding({ once, want, onRefusal: setRefusal });
  const confirmed = draft !== undefined && draft.identity !== null;

  useEffect(() => {
    // Only the moment of resuming moves the focus, not each change of the service.
    if (resumed) want(stepOf(draft));
  }, [resumed]);
  useEffect(() => {
    // The owner shows as soon as the disk has him, which may be before the province has answered.
    if (confirmed && wish.step === 'tail') want(stepOf(draft));
  }, [confirmed]);

  const accept = (answer: Answer<DraftCommand>): DraftView | undefined => {
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return undefined;
    setAside(false);
    adopt(answer.value);
    return answer.value;
  };

  const beginNow = async (
    card: VehicleCard,
    arrivalId: string | undefined,
    go: (step: Step) => void,
  ): Promise<void> => {
    const before = latest();
    if (before !== undefined) await client.command('transactions.abandon', { transactionId: before.transactionId });
    const answer = await client.command('transactions.begin', {
      vehicleId: card.vehicleId,
      arrivalId: arrivalId ?? null,
    });
    setCandidates([]);
    if (answer.ok) setEnded(undefined);
    const begun = accept(answer);
    if (begun !== undefined) go(stepOf(begun));
  };

  const findNow = async (text: string, arrivalId: string | undefined, go: (step: Step) => void): Promise<void> => {
    const answer = await client.query('vehicles.find', { text });
    setCandidates([]);
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) {
      setAside(true);
      go('plate');
      return;
    }
    const [first, second] = answer.value;
    if (first !== undefined && second === undefined) return beginNow(first, arrivalId, go);
    setCandidates(answer.value);
    go('candidates');
  };

  const end = (outcome: Ended, of?: string): void => {
    if (of !== undefined && latest()?.transactionId !== of) return;
    setAside(false);
    setRefusal(undefined);
    setEnded(outcome);
    adopt(undefined);
    want('plate');
  };

  const leave = (): void => {
    setRefusal(undefined);
    setEnded(undefined);
    adopt(undefined);
  };

  return {
    draft: aside ? undefined : draft,
    held: aside ? draft : undefined,
    candidates,
    refusal: refusal ?? draftRefusal,
    ended,
    resumed,
    busy,
    ending,
    wish,
    want,
    back: () => {
      setRefusal(undefined);
      setCandidates([]);
      setAside(false);
      want(aside ? stepOf(draft) : stepBefore(wish.step, draft));
    },
    noteTyping,
    find: async (text, arrivalId) => {
      const go = later();
      await once(`find ${text}`, async () => {
        // The service that was to end first did not: looking for the next one would give it up. Asked again, it may.
        if (!takeBlind()) await findNow(text, arrivalId, go);
      });
    },
    begin: async (card, arrivalId) => {
      const go = later();
      await once('begin', () => beginNow(card, arrivalId, go));
    },
    confirm: async (chassisTail) => {
      const go = later();
      await once('confirm', async () => {
        const now = latest();
        if (now === undefined) return;
        const { transactionId } = now;
        const answer = accept(await client.command('transactions.confirm', { transactionId, chassisTail }));
        go(answer === undefined ? 'tail' : stepOf(answer));
      });
    },
    change: (method, inputFor) =>
      inOrder(async () => {
        const now = latest();
        if (now === undefined) return undefined;
        const answer = await client.command(method, inputFor(now));
        if (!answer.ok) noteLost(answer.error);
        return accept(answer);
      }),
    waive: (kind, reason, approval) =>
      inOrder(async () => {
        const now = latest();
        if (now === undefined) return undefined;
        const { transactionId } = now;
        const answer = await client.command('transactions.waive-document', { transactionId, kind, reason, approval });
        if (!answer.ok) return answer.error;
        adopt(answer.value);
        return undefined;
      }),
    ...waysToEnd({ client, draft, finish, end, want, leave }),
    takeUp: async (transactionId) => {
      await once('take up', async () => {
        const answer = await client.query('transactions.draft', { transactionId });
        setRefusal(answer.ok ? undefined : answer.error);
        if (!answer.ok) return;
        setAside(false);
        adopt(answer.value);
        want(stepOf(answer.value));
      });
    },
    end,
    printQuote: async () => {
      const answer = await once('quote', async () => {
        const now = latest();
        if (now === undefined) return undefined;
        return client.command('transactions.print-quote', { transactionId: now.transactionId });
      });
      if (answer?.ok === false) setRefusal(answer.error);
      return answer?.ok === true;
    },
    abandon: async () => {
      await once('abandon', async () => {
        const now = latest();
        if (now === undefined) return;
        const answer = await client.command('transactions.abandon', { transactionId: now.transactionId });
        if (!answer.ok && answer.error.code !== 'TRANSACTION_CLOSED') {
          setRefusal(answer.error);
          return;
        }
        setRefusal(undefined);
        adopt(undefined);
        want('plate');
      });
    },
  };
}
