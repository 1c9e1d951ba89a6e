import { Button, SegmentedControl } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { assertNever } from '../../../../domain/result.ts';
import type { OutputFor } from '../../../app/client.ts';
import { useProcedure } from '../../../app/queries.tsx';
import { APPLICATION_TEXT, applicationMark } from '../../../text/application-text.ts';
import { day } from '../../../text/format.ts';
import { ToneMark } from '../../../ui/AxisMarks.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { Plate } from '../../../ui/Plate.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import styles from './Application.module.css';
import { ApplicationIntake } from './ApplicationIntake.tsx';
import { ApplicationPage } from './ApplicationPage.tsx';
import { ReceivedPane } from './ReceivedPane.tsx';
import { ServiceChooser } from './ServiceChooser.tsx';
import { type ApplicationFlow, useApplication } from './use-application.ts';

type Row = OutputFor<'applications.list'>[number];
type Received = OutputFor<'applications.receive'>;

function RowCells({ row }: Readonly<{ row: Row }>): ReactNode {
  const { tone, word } = applicationMark(row.state);
  return (
    <>
      <span className={styles['two']}>
        <strong className={styles['clip']}>{row.serviceName}</strong>
        <span className={styles['dim']}>{row.applicationNumber}</span>
      </span>
      <span className={styles['two']}>
        <span className={styles['clip']}>{row.applicantName ?? APPLICATION_TEXT.noName}</span>
        {row.nrkb === null ? null : <Plate nrkb={row.nrkb} />}
      </span>
      <span className={styles['two']}>
        <span>{row.promisedOn === null ? '' : day(row.promisedOn)}</span>
        {row.late ? <span className={styles['late']}>{APPLICATION_TEXT.late}</span> : null}
      </span>
      <span className={styles['two']}>
        <ToneMark tone={tone} word={word} />
        <span className={styles['dim']}>
          {row.missing.length > 0
            ? APPLICATION_TEXT.missingCount(row.missing.length)
            : row.pages === 0
              ? ''
              : APPLICATION_TEXT.pages(row.pages)}
        </span>
      </span>
    </>
  );
}

type ListProps = Readonly<{
  flow: ApplicationFlow;
  opened: string | undefined;
  onOpen: (id: string) => void;
  onBegin: () => void;
}>;

/** All requests; Enter opens one, because a look at a person is recorded. */
function ApplicationList({ flow, opened, onOpen, onBegin }: ListProps): ReactNode {
  const [show, setShow] = useState<'open' | 'all'>('open');
  const reading = useProcedure('applications.list', { show }, { keepPrevious: true });
  const [selected, setSelected] = useState<string | undefined>();
  const rows = reading.value ?? [];
  const chosen = rows.find((row) => row.applicationId === selected) ?? rows[0];
  const page = rows.find((row) => row.applicationId === opened);
  const { columns } = APPLICATION_TEXT;
  return (
    <div className={styles['split']}>
      <div className={styles['list']}>
        {flow.view === undefined ? null : (
          <div className={styles['notice']} role="status">
            <span>{APPLICATION_TEXT.unfinished(flow.view.service.name)}</span>
            <Button variant="default" size="compact-sm" onClick={onBegin}>
              {APPLICATION_TEXT.resume}
            </Button>
          </div>
        )}
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <VirtualList<Row>
          label={APPLICATION_TEXT.list}
          rows={rows}
          keyOf={(row) => row.applicationId}
          rowRem={4}
          columns="minmax(0, 1.7fr) minmax(0, 1.1fr) 6rem minmax(0, 1fr)"
          head={[columns.service, columns.name, columns.promised, columns.state]}
          selected={chosen?.applicationId}
          onSelect={(row) => setSelected(row.applicationId)}
          onOpen={(row) => onOpen(row.applicationId)}
          autoFocus
          empty={
            reading.value === undefined ? null : (
              <EmptyState text={APPLICATION_TEXT.empty} next={APPLICATION_TEXT.emptyNext} />
            )
          }
          render={(row) => <RowCells row={row} />}
        />
        <div className={styles['actions']}>
          <SegmentedControl
            aria-label={APPLICATION_TEXT.show}
            value={show}
            onChange={(value) => setShow(value === 'all' ? 'all' : 'open')}
            data={[
              { value: 'open', label: APPLICATION_TEXT.open },
              { value: 'all', label: APPLICATION_TEXT.all },
            ]}
          />
          <KeyButton
            action="primary"
            primary
            label={flow.view === undefined ? APPLICATION_TEXT.begin : APPLICATION_TEXT.resume}
            onPress={onBegin}
          />
        </div>
      </div>
      {opened === undefined ? (
        <EmptyState icon={<IconFileText size="2rem" aria-hidden />} text={APPLICATION_TEXT.choose} />
      ) : (
        // What was handed over leaves the list; its page stays until another one is opened.
        <ApplicationPage key={opened} applicationId={opened} state={page?.state} />
      )}
    </div>
  );
}

type Mode =
  | Readonly<{ kind: 'list'; opened: string | undefined }>
  | Readonly<{ kind: 'taking' }>
  | Readonly<{ kind: 'received'; received: Received }>;

/** Permohonan: the list, the taking-in of a request, and its end. */
export function Applications({ begin }: Readonly<{ begin: boolean }>): ReactNode {
  const flow = useApplication();
  const [mode, setMode] = useState<Mode>(begin ? { kind: 'taking' } : { kind: 'list', opened: undefined });
  const toList = (opened?: string): void => setMode({ kind: 'list', opened });
  switch (mode.kind) {
    case 'list':
      return (
        <ApplicationList flow={flow} opened={mode.opened} onOpen={toList} onBegin={() => setMode({ kind: 'taking' })} />
      );
    case 'taking':
      return flow.view === undefined ? (
        <ServiceChooser
          refusal={flow.refusal}
          busy={flow.busy}
          onBegin={(serviceId) => void flow.begin(serviceId)}
          onLeave={toList}
        />
      ) : (
        <ApplicationIntake
          key={flow.view.applicationId}
          flow={flow}
          view={flow.view}
          onReceived={(received) => setMode({ kind: 'received', received })}
          onLeave={toList}
        />
      );
    case 'received':
      return (
        <ReceivedPane
          received={mode.received}
          onNext={() => setMode({ kind: 'taking' })}
          onOpen={() => toList(mode.received.application.applicationId)}
        />
      );
    default:
      return assertNever(mode);
  }
}
