import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../../app/client.ts';
import { useAction, useProcedure } from '../../../app/queries.tsx';
import { APPLICATION_TEXT } from '../../../text/application-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { printStateText } from '../../../text/service-text.ts';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Plate } from '../../../ui/Plate.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { FactList } from '../../../ui/FactList.tsx';
import styles from './Application.module.css';

type Received = OutputFor<'applications.receive'>;

/** What became of the slip, and the key to print it again. */
function Slip({ received }: Readonly<{ received: Received }>): ReactNode {
  const [printJobId, setPrintJobId] = useState(received.printJobId);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const jobs = useProcedure('printing.jobs', {});
  const print = useAction('applications.print-slip');
  const printers = useProcedure('printing.printers', {});
  const job = (jobs.value ?? []).find((each) => each.jobId === printJobId);
  const printer = (printers.value ?? []).find((each) => each.printerId === job?.printer)?.name ?? job?.printer ?? '';
  const again = async (): Promise<void> => {
    const answer = await print.run({ applicationId: received.application.applicationId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) setPrintJobId(answer.value.printJobId);
  };
  return (
    <div className={styles['slip']} role="status">
      <p>
        {printJobId === null
          ? APPLICATION_TEXT.slipMissing
          : job === undefined
            ? APPLICATION_TEXT.slipAsked
            : APPLICATION_TEXT.slipState(printer, printStateText(job.state))}
      </p>
      <KeyButton action="reprint" label={APPLICATION_TEXT.slip} onPress={() => void again()} busy={print.busy} />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}

/** After the commit: the number, the promised day, what is missing, the slip, and the way on. */
export function ReceivedPane({
  received,
  onNext,
  onOpen,
}: Readonly<{ received: Received; onNext: () => void; onOpen: () => void }>): ReactNode {
  const { application } = received;
  const complete = application.missing.length === 0;
  return (
    <Pane
      title={APPLICATION_TEXT.tab}
      fill
      foot={
        <div className={styles['actions']}>
          <Button variant="default" onClick={onOpen}>
            {APPLICATION_TEXT.toPage}
          </Button>
          <KeyButton action="primary" primary label={APPLICATION_TEXT.next} onPress={onNext} />
        </div>
      }
    >
      <div className={styles['received']} role="status">
        <IconCircleCheck size="2.5rem" aria-hidden className={styles['done']} />
        <h2>{APPLICATION_TEXT.received}</h2>
        <p className={styles['bigNumber']}>{application.applicationNumber}</p>
        {application.nrkb === null ? null : (
          <span>
            <Plate nrkb={application.nrkb} size="card" />
          </span>
        )}
        <p className={styles['missing']} data-complete={complete}>
          {complete ? APPLICATION_TEXT.complete : APPLICATION_TEXT.incomplete(application.missing)}
        </p>
      </div>
      <div className={styles['receivedFacts']}>
        <FactList
          look="large"
          facts={[
            [APPLICATION_TEXT.columns.service, application.service.name],
            [APPLICATION_TEXT.agency, application.service.agency],
            [APPLICATION_TEXT.promise, APPLICATION_TEXT.promisedOn(application.promisedOn)],
          ]}
        />
      </div>
      <Slip received={received} />
    </Pane>
  );
}
