import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftView, PaidView } from '../../../contract/views-transaction.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import type { Answer, CommandMethod, InputFor } from '../../app/client.ts';
import { useClient, useProcedure, useRemember } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { PayerInput } from './payer.ts';
import { stepBefore, stepOf, type Step, type StepWish } from './service-steps.ts';

/** What the last service ended with: the money taken, or the papers taken in. */
export type Ended =
  | Readonly<{ kind: 'paid'; paid: PaidView; nrkb: string }>
  | Readonly<{ kind: 'arrived'; arrivalNumber: string; printJobId: string | null; nrkb: string }>;

type DraftCommand = Extract<
  CommandMethod,
  'transactions.confirm' | 'transactions.set-documents' | 'transactions.set-payer' | 'transactions.set-groups'
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
  wish: StepWish;
  want: (step: Step) => void;
  /** Esc: one step back, or back to the service that stands aside. */
  back: () => void;
  find: (text: string, arrivalId?: string) => Promise<void>;
  begin: (card: VehicleCard, arrivalId?: string) => Promise<void>;
  confirm: (chassisTail: string) => Promise<void>;
  /** Changes the open service; the input is made from it as it is when its turn comes. */
  change: <M extends Exclude<DraftCommand, 'transactions.confirm'>>(
    method: M,
    inputFor: (draft: DraftView) => InputFor<M>,
  ) => Promise<DraftView | undefined>;
  pay: (tendered: number) => Promise<void>;
  recordArrival: () => Promise<void>;
  /** For a vehicle that the local registry does not know. */
  recordUnknownArrival: (nrkb: string, payer: PayerInput) => Promise<void>;
  printQuote: () => Promise<boolean>;
  abandon: () => Promise<void>;
}>;

/** Runs work one after the other. `once` also drops a second press of the same kind while the first is under way. */
function useOrder(): Readonly<{
  busy: boolean;
  once: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  inOrder: <T>(work: () => Promise<T>) => Promise<T>;
}> {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const underWay = useRef(false);
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
    async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      try {
        return await inOrder(work);
      } finally {
        underWay.current = false;
      }
    },
    [inOrder],
  );
  return { busy: waiting > 0, once, inOrder };
}

/** Which service is open: the one that was open when the power went, or the one begun here. */
function useOpenDraft(): Readonly<{
  draft: DraftView | undefined;
  refusal: ScreenRefusal | undefined;
  resumed: boolean;
  adopt: (draft: DraftView | undefined) => void;
}> {
  const client = useClient();
  const remember = useRemember();
  const [transactionId, setTransactionId] = useState<string | undefined>();
  const [resumed, setResumed] = useState(false);
  const reading = useProcedure(
    'transactions.draft',
    { transactionId: transactionId ?? '' },
    { enabled: transactionId !== undefined, keepPrevious: true },
  );
  const adopt = useCallback(
    (draft: DraftView | undefined): void => {
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
      if (gone || !answer.ok || answer.value === null) return;
      adopt(answer.value);
      setResumed(true);
    });
    return () => {
      gone = true;
    };
  }, [client, adopt]);
  const open = transactionId !== undefined;
  return {
    draft: open && reading.value?.transactionId === transactionId ? reading.value : undefined,
    refusal: open ? reading.refusal : undefined,
    resumed,
    adopt,
  };
}

/** The whole flow of Layanan. Every change goes to the core and comes back; the screen shows what is on the disk. */
export function useService(): ServiceFlow {
  const client = useClient();
  const { draft, refusal: draftRefusal, resumed, adopt } = useOpenDraft();
  const [aside, setAside] = useState(false);
  const { busy, once, inOrder } = useOrder();
  const latest = useRef<DraftView | undefined>(undefined);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  const [candidates, setCandidates] = useState<readonly VehicleCard[]>([]);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [ended, setEnded] = useState<Ended | undefined>();
  const [wish, setWish] = useState<StepWish>({ step: 'plate', nth: 0 });
  const want = useCallback((step: Step) => setWish((was) => ({ step, nth: was.nth + 1 })), []);
  const transactionId = draft?.transactionId;

  useEffect(() => {
    if (resumed) want(stepOf(draft));
    // Only the moment of resuming moves the focus, not each change of the service.
  }, [resumed]);

  const accept = (answer: Answer<DraftCommand>, next: (now: DraftView) => Step | undefined): DraftView | undefined => {
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return undefined;
    setAside(false);
    latest.current = answer.value;
    adopt(answer.value);
    const step = next(answer.value);
    if (step !== undefined) want(step);
    return answer.value;
  };

  const beginNow = async (card: VehicleCard, arrivalId?: string): Promise<void> => {
    if (transactionId !== undefined) await client.command('transactions.abandon', { transactionId });
    const answer = await client.command('transactions.begin', {
      vehicleId: card.vehicleId,
      arrivalId: arrivalId ?? null,
    });
    setCandidates([]);
    if (answer.ok) setEnded(undefined);
    accept(answer, stepOf);
  };

  return {
    draft: aside ? undefined : draft,
    held: aside ? draft : undefined,
    candidates,
    refusal: refusal ?? draftRefusal,
    ended,
    resumed,
    busy,
    wish,
    want,
    back: () => {
      setRefusal(undefined);
      setCandidates([]);
      setAside(false);
      want(aside ? stepOf(draft) : stepBefore(wish.step, draft));
    },
    find: async (text, arrivalId) => {
      await once(async () => {
        const answer = await client.query('vehicles.find', { text });
        setCandidates([]);
        if (!answer.ok) {
          setRefusal(answer.error);
          setAside(true);
          want('plate');
          return;
        }
        setRefusal(undefined);
        const [first, second] = answer.value;
        if (first !== undefined && second === undefined) return beginNow(first, arrivalId);
        setCandidates(answer.value);
        want('candidates');
      });
    },
    begin: async (card, arrivalId) => {
      await once(() => beginNow(card, arrivalId));
    },
    confirm: async (chassisTail) => {
      if (transactionId === undefined) return;
      await once(async () => {
        const answer = await client.command('transactions.confirm', { transactionId, chassisTail });
        if (accept(answer, stepOf) === undefined) want('tail');
      });
    },
    change: async (method, inputFor) =>
      inOrder(async () => {
        const now = latest.current;
        if (now === undefined) return undefined;
        return accept(await client.command(method, inputFor(now)), () => undefined);
      }),
    pay: async (tendered) => {
      const expectedPayable = draft?.amount?.payable;
      if (draft === undefined || expectedPayable === undefined) return;
      await once(async () => {
        const answer = await client.command('transactions.pay', {
          transactionId: draft.transactionId,
          tendered,
          expectedPayable,
        });
        if (!answer.ok) {
          setRefusal(answer.error);
          want(stepOfRefusal(answer.error));
          return;
        }
        end({ kind: 'paid', paid: answer.value, nrkb: draft.vehicle.nrkb });
      });
    },
    recordArrival: async () => {
      if (draft === undefined) return;
      await once(async () => {
        const answer = await client.command('transactions.record-arrival', { transactionId: draft.transactionId });
        if (!answer.ok) {
          setRefusal(answer.error);
          want(stepOfRefusal(answer.error));
          return;
        }
        const { arrival, printJobId } = answer.value;
        end({ kind: 'arrived', arrivalNumber: arrival.arrivalNumber, printJobId, nrkb: draft.vehicle.nrkb });
      });
    },
    recordUnknownArrival: async (nrkb, { name, phone, blankReason }) => {
      await once(async () => {
        const answer = await client.command('arrivals.record', { nrkb, name, phone, blankReason });
        if (!answer.ok) {
          setRefusal({ ...answer.error, details: { ...answer.error.details, nrkb } });
          return;
        }
        const { arrival, printJobId } = answer.value;
        end({ kind: 'arrived', arrivalNumber: arrival.arrivalNumber, printJobId, nrkb: arrival.nrkb });
      });
    },
    printQuote: async () => {
      if (transactionId === undefined) return false;
      const answer = await once(() => client.command('transactions.print-quote', { transactionId }));
      if (answer?.ok === false) setRefusal(answer.error);
      return answer?.ok === true;
    },
    abandon: async () => {
      if (transactionId === undefined) return;
      await once(async () => {
        const answer = await client.command('transactions.abandon', { transactionId });
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

  function end(outcome: Ended): void {
    setAside(false);
    setRefusal(undefined);
    setEnded(outcome);
    adopt(undefined);
    want('plate');
  }
}

/** The field that mends a refusal of the last step. */
function stepOfRefusal({ code }: ScreenRefusal): Step {
  if (code === 'DOCUMENTS_INCOMPLETE') return 'documents';
  return code === 'PAYER_MISSING' ? 'payer' : 'cash';
}
