import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { ApplicationView, ChecklistLine } from '../../../../contract/views-documents.ts';
import { Checklist } from '../../../app/checklist/Checklist.tsx';
import type { Tick } from '../../../app/checklist/checklist-lines.ts';
import { useAction, useClient } from '../../../app/queries.tsx';
import { APPLICATION_TEXT, applicationMark } from '../../../text/application-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { dateTime, day } from '../../../text/format.ts';
import { ToneMark } from '../../../ui/AxisMarks.tsx';
import { FactList, type Facts } from '../../../ui/FactList.tsx';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Plate } from '../../../ui/Plate.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { type HandOver, HandOverForm } from '../HandOverForm.tsx';
import styles from './Application.module.css';
import { onlyPressedKeys } from './held-key.ts';

type Page = Readonly<{ view: ApplicationView | undefined; refusal: ScreenRefusal | undefined }>;

/** Opens a request once: each look is recorded. `state` is what the list says, so that news is fetched. */
function useApplicationPage(
  applicationId: string,
  state: ApplicationView['state'] | undefined,
): readonly [Page, (view: ApplicationView) => void] {
  const client = useClient();
  const [page, setPage] = useState<Page>({ view: undefined, refusal: undefined });
  const put = useCallback((view: ApplicationView) => setPage({ view, refusal: undefined }), []);
  useEffect(() => {
    let gone = false;
    void client.command('applications.get', { applicationId }).then((answer) => {
      if (gone) return;
      setPage(answer.ok ? { view: answer.value, refusal: undefined } : { view: undefined, refusal: answer.error });
    });
    return () => {
      gone = true;
    };
  }, [client, applicationId, state]);
  return [page, put];
}

function factsOf(view: ApplicationView): Facts {
  return [
    [APPLICATION_TEXT.columns.service, view.service.name],
    [APPLICATION_TEXT.applicant, view.applicant.name ?? APPLICATION_TEXT.noName],
    ...(view.applicant.phone === null ? [] : [[APPLICATION_TEXT.phone, view.applicant.phone] as const]),
    [APPLICATION_TEXT.agency, view.service.agency],
    ...(view.agencyNumber === null ? [] : [[APPLICATION_TEXT.agencyNumber, view.agencyNumber] as const]),
    [APPLICATION_TEXT.receivedOn, view.receivedOn === null ? '' : day(view.receivedOn)],
    [APPLICATION_TEXT.promise, APPLICATION_TEXT.promisedOn(view.promisedOn)],
    ...(view.missing.length === 0 ? [] : [[APPLICATION_TEXT.missing, view.missing.join(', ')] as const]),
    ...(view.reason === null ? [] : [[APPLICATION_TEXT.reason, view.reason] as const]),
  ];
}

/** What happened to it, oldest first. */
function Steps({ view }: Readonly<{ view: ApplicationView }>): ReactNode {
  return (
    <>
      <h3 className={styles['section']}>{APPLICATION_TEXT.life}</h3>
      <ol className={styles['life']}>
        {view.steps.map((step) => {
          const { tone, word } = applicationMark(step.state);
          return (
            <li key={`${step.at}-${step.state}`}>
              <span className={styles['dim']}>{dateTime(step.at)}</span>
              <span>
                <ToneMark tone={tone} word={word} />
                {step.reason === null ? null : <span className={styles['dim']}>{` ${step.reason}`}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** Papers that came later: ticked here, and recorded with a press of its own, so that whoever signs sees what. */
function LatePapers({
  view,
  onView,
}: Readonly<{ view: ApplicationView; onView: (view: ApplicationView) => void }>): ReactNode {
  const client = useClient();
  const complete = useAction('applications.complete');
  const act = useRef<HTMLDivElement>(null);
  const [ticks, setTicks] = useState<readonly Tick[]>([]);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const { applicationId } = view;
  const withTicks = (ticked: readonly Tick[]): readonly ChecklistLine[] =>
    view.documents.map((line) => ({ ...line, ...ticked.find((tick) => tick.kind === line.kind) }));
  const lines = withTicks(ticks);
  const submit = async (): Promise<void> => {
    const documents = lines.map(({ kind, present, held }) => ({ kind, present, held }));
    const answer = await complete.run({ applicationId, documents });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    // What was ticked while this was on its way is not in it.
    setTicks((now) => (now === ticks ? [] : now));
    onView(answer.value);
  };
  const toAct = (): void => {
    // After the drawing that shows the tick and frees the button.
    window.requestAnimationFrame(() => act.current?.querySelector('button')?.focus());
  };
  return (
    <section aria-label={APPLICATION_TEXT.completeTitle} className={styles['form']}>
      <h3 className={styles['section']}>{APPLICATION_TEXT.completeTitle}</h3>
      <Checklist
        stream={applicationId}
        lines={lines}
        financed={view.financed}
        onTicks={(from) => setTicks((now) => from(withTicks(now)))}
        onFinanced={undefined}
        waive={async (kind, reason, approval) => {
          const answer = await client.command('applications.waive', { applicationId, kind, reason, approval });
          if (!answer.ok) return answer.error;
          onView(answer.value);
          return undefined;
        }}
        onDone={toAct}
        onWanted={() => undefined}
      />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div ref={act} className={styles['actions']} onKeyDown={onlyPressedKeys}>
        <KeyButton
          action="exact"
          label={APPLICATION_TEXT.completeNow}
          onPress={() => void submit()}
          disabled={ticks.length === 0}
          busy={complete.busy}
        />
      </div>
    </section>
  );
}

type PageProps = Readonly<{ applicationId: string; state: ApplicationView['state'] | undefined }>;

/** One request: where it stands, why, what is missing, and the hand-over of its result. */
export function ApplicationPage({ applicationId, state }: PageProps): ReactNode {
  const [{ view, refusal }, put] = useApplicationPage(applicationId, state);
  const print = useAction('applications.print-slip');
  const handOver = useAction('applications.hand-over');
  const [handing, setHanding] = useState(false);
  const [note, setNote] = useState('');
  const [failed, setFailed] = useState<ScreenRefusal | undefined>();
  const slip = async (): Promise<void> => {
    const answer = await print.run({ applicationId });
    if (answer === undefined) return;
    setFailed(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? APPLICATION_TEXT.slipAsked : '');
  };
  const give = async (to: HandOver): Promise<void> => {
    const answer = await handOver.run({ applicationId, ...to });
    if (answer === undefined) return;
    setFailed(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    setHanding(false);
    setNote(APPLICATION_TEXT.handedOver);
    put(answer.value.application);
  };
  if (view === undefined) {
    return (
      <Pane title={APPLICATION_TEXT.tab} fill>
        {refusal === undefined ? <Skeleton height="20rem" /> : <RefusalCard refusal={refusal} />}
      </Pane>
    );
  }
  const { tone, word } = applicationMark(view.state);
  const givable = view.state === 'ready' || view.state === 'returned';
  return (
    <Pane
      title={view.applicationNumber ?? view.service.name}
      fill
      aside={
        <>
          {view.nrkb === null ? null : <Plate nrkb={view.nrkb} />}
          <ToneMark tone={tone} word={word} />
        </>
      }
      foot={
        <div className={styles['actions']}>
          <span role="status">{note}</span>
          <Button variant="default" disabled={print.busy} onClick={() => void slip()}>
            {APPLICATION_TEXT.slip}
          </Button>
          {givable ? (
            <KeyButton action="documents" label={APPLICATION_TEXT.handOver} onPress={() => setHanding(true)} />
          ) : null}
        </div>
      }
    >
      <FactList facts={factsOf(view)} />
      {failed === undefined || handing ? null : <RefusalCard refusal={failed} />}
      {view.state === 'incomplete' ? <LatePapers view={view} onView={put} /> : null}
      <Steps view={view} />
      {handing ? (
        <HandOverForm
          title={APPLICATION_TEXT.handOverTitle(view.applicationNumber ?? '')}
          name={view.applicant.name ?? ''}
          busy={handOver.busy}
          refusal={failed}
          onSubmit={(to) => void give(to)}
          onClose={() => setHanding(false)}
        />
      ) : null}
    </Pane>
  );
}
