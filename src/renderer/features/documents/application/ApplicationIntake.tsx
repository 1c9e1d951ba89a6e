import { Button } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ApplicationView } from '../../../../contract/views-documents.ts';
import { formProblems } from '../../../../domain/form-values.ts';
import type { ReadingTakes } from '../../../app/capture-request.tsx';
import { Checklist } from '../../../app/checklist/Checklist.tsx';
import type { OutputFor } from '../../../app/client.ts';
import { APPLICATION_TEXT } from '../../../text/application-text.ts';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { useKeys } from '../../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { Waiting } from '../../../ui/Waiting.tsx';
import styles from './Application.module.css';
import { withValue } from './form-entry.ts';
import { onlyPressedKeys } from './held-key.ts';
import { ApplicantPane, FieldsPane } from './ServiceForm.tsx';
import type { ApplicationFlow } from './use-application.ts';

type Received = OutputFor<'applications.receive'>;
type IntakeProps = Readonly<{
  flow: ApplicationFlow;
  view: ApplicationView;
  onReceived: (received: Received) => void;
  onLeave: () => void;
}>;

/** The service that is being asked for, in a line. */
function ServiceLine({ view, flow, onLeave }: Omit<IntakeProps, 'onReceived'>): ReactNode {
  const { service } = view;
  const abandon = async (): Promise<void> => {
    if (await flow.abandon()) onLeave();
  };
  return (
    <header className={styles['serviceLine']}>
      <strong>{service.name}</strong>
      <span className={styles['dim']}>
        {`${APPLICATION_TEXT.agency} ${service.agency} · ${APPLICATION_TEXT.promise} ${APPLICATION_TEXT.promised(service.promisedDays)}`}
      </span>
      <span className={styles['lineActions']}>
        <Button size="compact-sm" variant="subtle" onClick={() => void abandon()}>
          {APPLICATION_TEXT.abandon}
        </Button>
        <KeyButton action="back" small label={APPLICATION_TEXT.back} onPress={onLeave} />
      </span>
    </header>
  );
}

/** Moves the focus to the first field, to the papers, or to what must be mended. */
function useFocus(): readonly [React.RefObject<HTMLDivElement | null>, (selector: string) => void] {
  const place = useRef<HTMLDivElement>(null);
  const focus = (selector: string): void => {
    // After the drawing that marks what is wrong.
    window.requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(selector)?.focus());
  };
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('[data-application-first]')?.focus();
  }, []);
  return [place, focus];
}

/** A field of the form: Enter leads on from it. Ticks of the checklist have their own Enter. */
function isField(target: EventTarget): target is HTMLInputElement | HTMLSelectElement {
  if (target instanceof HTMLInputElement) return target.closest('[data-documents]') === null;
  return target instanceof HTMLSelectElement;
}

/** The fields that may take what was read from a page: the plate, and the first field that asks for a NIK. */
function readingTakes(flow: ApplicationFlow, view: ApplicationView, onPlate: () => void): ReadingTakes {
  const nik = view.service.fields.find((field) => field.format === 'nik');
  const takePlate = (nrkb: string): void => {
    void flow.change({ nrkb });
    onPlate();
  };
  return {
    ...(view.service.vehicle === 'required' ? { nrkb: takePlate } : {}),
    ...(nik === undefined
      ? {}
      : { nik: (value: string) => void flow.change({ fields: withValue(view.fields, nik.name, value) }) }),
  };
}

/** Taking a request in: who, the form of the service, the papers; one commit at the end. */
export function ApplicationIntake({ flow, view, onReceived, onLeave }: IntakeProps): ReactNode {
  const [asked, setAsked] = useState(false);
  const [platesRead, setPlatesRead] = useState(0);
  const [place, focus] = useFocus();
  const ready =
    formProblems(view.service.fields, view.fields).length === 0 &&
    view.applicant.name !== null &&
    (view.service.vehicle === 'none' || view.nrkb !== null);
  const receive = async (): Promise<void> => {
    // What still stands in a field is settled first: leaving the field sends it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setAsked(true);
    const received = await flow.receive();
    if (received === undefined) focus('[aria-invalid="true"]');
    else onReceived(received);
  };
  const onEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || !isField(event.target)) return;
    const fields = [...(place.current?.querySelectorAll('input, select') ?? [])].filter(isField);
    const next = fields[fields.indexOf(event.target) + 1];
    event.preventDefault();
    if (next === undefined) focus('[data-step="documents"]');
    else next.focus();
  };
  useKeys({ plate: { run: () => focus('[data-application-first]'), label: APPLICATION_TEXT.applicant } });
  return (
    <div ref={place} className={styles['intake']}>
      <ServiceLine view={view} flow={flow} onLeave={onLeave} />
      <div className={styles['columns']} onKeyDown={onEnter}>
        <div className={styles['column']}>
          <ApplicantPane flow={flow} view={view} asked={asked} platesRead={platesRead} />
          {flow.refusal === undefined ? null : <RefusalCard refusal={flow.refusal} />}
        </div>
        <FieldsPane flow={flow} view={view} asked={asked} />
        <Pane
          title={APPLICATION_TEXT.documents}
          step={3}
          fill
          foot={
            <>
              <p className={styles['missing']} data-complete={view.missing.length === 0}>
                {APPLICATION_TEXT.missingNow(view.missing)}
              </p>
              <p className={styles['dim']}>{view.missing.length === 0 ? '' : APPLICATION_TEXT.incompleteAllowed}</p>
              <Waiting busy={flow.busy} label={APPLICATION_TEXT.saving} />
              <div data-receive="" data-ready={ready} onKeyDown={onlyPressedKeys}>
                <KeyButton
                  action="primary"
                  primary
                  wide
                  label={APPLICATION_TEXT.receive}
                  onPress={() => void receive()}
                  busy={flow.receiving}
                />
              </div>
            </>
          }
        >
          <Checklist
            stream={view.applicationId}
            lines={view.documents}
            financed={view.financed}
            onTicks={(from) => void flow.ticks(from)}
            onFinanced={(financed) => void flow.change({ financed })}
            waive={flow.waive}
            takes={readingTakes(flow, view, () => setPlatesRead((before) => before + 1))}
            onDone={() => focus('[data-receive] button')}
            onWanted={() => focus('[data-step="documents"]')}
          />
        </Pane>
      </div>
    </div>
  );
}
