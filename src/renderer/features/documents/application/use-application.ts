import { type RefObject, useRef, useState } from 'react';
import type { ApplicationView } from '../../../../contract/views-documents.ts';
import type { Tick } from '../../../app/checklist/checklist-lines.ts';
import type { Waive } from '../../../app/checklist/WaiveSheet.tsx';
import type { Answer, OutputFor } from '../../../app/client.ts';
import { useClient, useProcedure, useRemember } from '../../../app/queries.tsx';
import { useOrder } from '../../../app/use-order.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';

/** What is typed: whole values, so that a later one takes the place of an earlier one. */
type Typed = Readonly<Partial<Pick<ApplicationView, 'applicant' | 'financed' | 'nrkb' | 'fields'>>>;
type Received = OutputFor<'applications.receive'>;

/** The request that is being taken in now, and every way it can go on. */
export type ApplicationFlow = Readonly<{
  /** The request as it was typed last: what could not be kept yet stands in it too. */
  view: ApplicationView | undefined;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  /** The request itself is being received; work that only saves what was typed does not hold the key back. */
  receiving: boolean;
  begin: (serviceId: string) => Promise<boolean>;
  change: (typed: Typed) => Promise<void>;
  ticks: (from: (lines: ApplicationView['documents']) => Tick[]) => Promise<void>;
  waive: Waive;
  receive: () => Promise<Received | undefined>;
  abandon: () => Promise<boolean>;
}>;

/** What was typed and is not on the disk yet: a ref for the work that waits its turn, a state for the screen. */
function useUnsaved(): readonly [RefObject<Typed>, Typed, (typed: Typed) => void] {
  const latest = useRef<Typed>({});
  const [shown, setShown] = useState<Typed>({});
  const put = (typed: Typed): void => {
    latest.current = typed;
    setShown(typed);
  };
  return [latest, shown, put];
}

/** Every change goes to the core and comes back: what stands on the screen is on the disk, or is sent again. */
export function useApplication(): ApplicationFlow {
  const client = useClient();
  const remember = useRemember();
  const { busy, once, inOrder } = useOrder();
  const reading = useProcedure('applications.unfinished', {});
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [receiving, setReceiving] = useState(false);
  const [unsaved, typedLast, setUnsaved] = useUnsaved();
  const refusals = useRef(0);
  const kept = reading.value ?? undefined;
  const view = kept === undefined ? undefined : { ...kept, ...typedLast };
  const keep = (application: ApplicationView | null): void => {
    if (application === null) setUnsaved({});
    remember('applications.unfinished', {}, { ok: true, value: application });
  };
  const accept = (answer: Answer<'applications.change'>): boolean => {
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) keep(answer.value);
    else refusals.current += 1;
    return answer.ok;
  };
  const save = async (applicationId: string): Promise<boolean> => {
    const sent = unsaved.current;
    if (Object.keys(sent).length === 0) return true;
    const saved = accept(await client.command('applications.change', { ...sent, applicationId }));
    if (saved && unsaved.current === sent) setUnsaved({});
    return saved;
  };
  const change = (typed: Typed): Promise<void> => {
    setUnsaved({ ...unsaved.current, ...typed });
    return inOrder(async () => {
      if (view !== undefined) await save(view.applicationId);
    });
  };
  const receive = async ({ applicationId }: ApplicationView, refusedBefore: number): Promise<Received | undefined> => {
    // What could not be kept is not received without: its refusal stands on the screen.
    if (refusals.current !== refusedBefore || !(await save(applicationId))) return undefined;
    const answer = await client.command('applications.receive', { applicationId });
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return undefined;
    keep(null);
    return answer.value;
  };
  return {
    view,
    refusal: refusal ?? reading.refusal,
    busy,
    receiving,
    begin: async (serviceId) =>
      (await once('begin', async () => accept(await client.command('applications.begin', { serviceId })))) ?? false,
    change,
    ticks: (from) =>
      inOrder(async () => {
        if (view === undefined) return;
        const { applicationId } = view;
        const now = await client.query('applications.unfinished', {});
        const lines = now.ok && now.value?.applicationId === applicationId ? now.value.documents : view.documents;
        accept(await client.command('applications.change', { applicationId, documents: from(lines) }));
      }),
    waive: (kind, reason, approval) =>
      inOrder(async () => {
        if (view === undefined) return undefined;
        const { applicationId } = view;
        const answer = await client.command('applications.waive', { applicationId, kind, reason, approval });
        if (!answer.ok) return answer.error;
        keep(answer.value);
        return undefined;
      }),
    receive: () => {
      const refusedBefore = refusals.current;
      return once('receive', async () => {
        if (view === undefined) return undefined;
        setReceiving(true);
        try {
          return await receive(view, refusedBefore);
        } finally {
          setReceiving(false);
        }
      });
    },
    abandon: async () =>
      (await once('abandon', async () => {
        if (view === undefined) return true;
        const answer = await client.command('applications.abandon', { applicationId: view.applicationId });
        setRefusal(answer.ok ? undefined : answer.error);
        if (answer.ok) keep(null);
        return answer.ok;
      })) ?? false,
  };
}
