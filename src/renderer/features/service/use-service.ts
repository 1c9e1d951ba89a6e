import { useEffect, useState } from 'react';
import type { DraftView, PaidView } from '../../../contract/views-transaction.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import type { Waive } from '../../app/checklist/WaiveSheet.tsx';
import type { Answer, CommandMethod, InputFor } from '../../app/client.ts';
import { useClient } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { PayerInput } from './payer.ts';
import { type Step, type StepWish, stepBefore, stepOf } from './service-steps.ts';
import { useOpenDraft } from './use-open-draft.ts';
import { useOrder } from '../../app/use-order.ts';
import { useStepWish } from './use-step-wish.ts';

/** What the last service ended with: the money taken, or the papers taken in. */
export type Ended =
  | Readonly<{ kind: 'paid'; paid: PaidView; nrkb: string }>
  | Readonly<{ kind: 'arrived'; arrivalNumber: string; printJobId: string | null; nrkb: string }>;

type DraftCommand = Extract<
  CommandMethod,
  'transactions.set-documents' | 'transactions.set-financed' | 'transactions.set-payer' | 'transactions.set-groups'
>;

/** The service at the counter: what is known of it, and every way it can go on. */
export type ServiceFlow = Readonly<{
  draft: DraftView | undefined;
  /** An open service that stands aside while another vehicle is looked for and not found. */
  held: DraftView | undefined;
  candidates: readonly VehicleCard[];
  refusal: ScreenRefusal | undefined;
  ended: Ended | undefined;
  resumed: boolean;
  busy: boolean;
  /** The money or the papers are being taken right now. */
  ending: boolean;
  wish: StepWish;
  want: (step: Step) => void;
  /** Esc: one step back, or back to the service that stands aside. */
  back: () => void;
  find: (text: string, arrivalId?: string) => Promise<void>;
  begin: (card: VehicleCard, arrivalId?: string) => Promise<void>;
  confirm: (chassisTail: string) => Promise<void>;
  /** Changes the open service; the input is made from it as it is when its turn comes. */
  change: <M extends DraftCommand>(
    method: M,
    inputFor: (draft: DraftView) => InputFor<M>,
  ) => Promise<DraftView | undefined>;
  /** Lets a missing paper pass, with its reason and, where policy wants one, a supervisor. */
  waive: Waive;
  pay: (tendered: number) => Promise<void>;
  recordArrival: () => Promise<void>;
  /** For a vehicle that the local registry does not know. */
  recordUnknownArrival: (nrkb: string, payer: PayerInput) => Promise<void>;
  printQuote: () => Promise<boolean>;
  abandon: () => Promise<void>;
}>;

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
  const [ending, setEnding] = useState(false);
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

  const end = (outcome: Ended): void => {
    setAside(false);
    setRefusal(undefined);
    setEnded(outcome);
    adopt(undefined);
    want('plate');
  };

  /** The last step, whichever it is: one at a time, and its refusal leads to the field that mends it. */
  const finish = async <T>(
    work: () => Promise<{ ok: true; value: T } | { ok: false; error: ScreenRefusal }>,
    outcomeOf: (value: T) => Ended,
  ): Promise<void> => {
    await once('finish', async () => {
      setEnding(true);
      try {
        const answer = await work();
        if (answer.ok) {
          end(outcomeOf(answer.value));
          return;
        }
        setRefusal(answer.error);
        want(stepOfRefusal(answer.error));
      } finally {
        setEnding(false);
      }
    });
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
    find: async (text, arrivalId) => {
      const go = later();
      await once(`find ${text}`, () => findNow(text, arrivalId, go));
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
        return now === undefined ? undefined : accept(await client.command(method, inputFor(now)));
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
    pay: async (tendered) => {
      const expectedPayable = draft?.amount?.payable;
      if (draft === undefined || expectedPayable === undefined) return;
      const { transactionId, vehicle } = draft;
      await finish(
        () => client.command('transactions.pay', { transactionId, tendered, expectedPayable }),
        (paid) => ({ kind: 'paid', paid, nrkb: vehicle.nrkb }),
      );
    },
    recordArrival: async () => {
      if (draft === undefined) return;
      const { transactionId, vehicle } = draft;
      await finish(
        () => client.command('transactions.record-arrival', { transactionId }),
        ({ arrival, printJobId }) => ({
          kind: 'arrived',
          arrivalNumber: arrival.arrivalNumber,
          printJobId,
          nrkb: vehicle.nrkb,
        }),
      );
    },
    recordUnknownArrival: async (nrkb, { name, phone, blankReason }) => {
      await finish(
        async () => {
          const answer = await client.command('arrivals.record', { nrkb, name, phone, blankReason });
          // The plate stays with the refusal: it is what the screen is about.
          return answer.ok
            ? answer
            : { ...answer, error: { ...answer.error, details: { ...answer.error.details, nrkb } } };
        },
        ({ arrival, printJobId }) => ({ kind: 'arrived', arrivalNumber: arrival.arrivalNumber, printJobId, nrkb }),
      );
    },
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

/** The field that mends a refusal of the last step. */
function stepOfRefusal({ code }: ScreenRefusal): Step {
  if (code === 'DOCUMENTS_INCOMPLETE') return 'documents';
  return code === 'PAYER_MISSING' ? 'payer' : 'cash';
}
