import { useState } from 'react';
import type { ApplicationView } from '../../../../contract/views-documents.ts';
import type { Tick } from '../../../app/checklist/checklist-lines.ts';
import type { Waive } from '../../../app/checklist/WaiveSheet.tsx';
import type { Answer, InputFor, OutputFor } from '../../../app/client.ts';
import { useClient, useProcedure, useRemember } from '../../../app/queries.tsx';
import { useOrder } from '../../../app/use-order.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';

type Change = Omit<InputFor<'applications.change'>, 'applicationId'>;
type Received = OutputFor<'applications.receive'>;

/** The request that is being taken in now, and every way it can go on. */
export type ApplicationFlow = Readonly<{
  view: ApplicationView | undefined;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  begin: (serviceId: string) => Promise<boolean>;
  change: (change: Change) => Promise<void>;
  ticks: (from: (lines: ApplicationView['documents']) => Tick[]) => Promise<void>;
  waive: Waive;
  receive: () => Promise<Received | undefined>;
  abandon: () => Promise<boolean>;
}>;

/** Every change goes to the core and comes back: what stands on the screen is on the disk. */
export function useApplication(): ApplicationFlow {
  const client = useClient();
  const remember = useRemember();
  const { busy, once, inOrder } = useOrder();
  const reading = useProcedure('applications.unfinished', {});
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const view = reading.value ?? undefined;
  const keep = (application: ApplicationView | null): void =>
    remember('applications.unfinished', {}, { ok: true, value: application });
  const accept = (answer: Answer<'applications.change'>): boolean => {
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) keep(answer.value);
    return answer.ok;
  };
  const change = (sent: Change): Promise<void> =>
    inOrder(async () => {
      if (view !== undefined)
        accept(await client.command('applications.change', { ...sent, applicationId: view.applicationId }));
    });
  return {
    view,
    refusal: refusal ?? reading.refusal,
    busy,
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
    receive: () =>
      once('receive', async () => {
        if (view === undefined) return undefined;
        const answer = await client.command('applications.receive', { applicationId: view.applicationId });
        setRefusal(answer.ok ? undefined : answer.error);
        if (!answer.ok) return undefined;
        keep(null);
        return answer.value;
      }),
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
