import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { mayOpen } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { bytes, count } from '../../text/format.ts';
import { lineCell } from '../../text/status-text.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Device.module.css';
import { DataBackup } from './DataBackup.tsx';
import { DeskCard } from './DeskCard.tsx';
import { DisplaySettings } from './DisplaySettings.tsx';
import { FactList, type Facts } from '../../ui/FactList.tsx';
import { KeysTest } from './KeysTest.tsx';
import { LeaveOutlet } from './LeaveOutlet.tsx';
import { PageSources } from './PageSources.tsx';
import { Printers } from './Printers.tsx';
import { ProgramVersion } from './ProgramVersion.tsx';
import { SecondCopy } from './SecondCopy.tsx';
import { SelfTest } from './SelfTest.tsx';

type Overview = OutputFor<'device.overview'>;
function programFacts(overview: Overview): Facts {
  return [
    [DEVICE_TEXT.version, overview.appVersion],
    [DEVICE_TEXT.shell, DEVICE_TEXT.shells[overview.shell]],
    [DEVICE_TEXT.node, overview.nodeVersion],
    [DEVICE_TEXT.sqlite, overview.sqliteVersion],
    [DEVICE_TEXT.durability, overview.durability],
    [DEVICE_TEXT.keyStore, overview.keyStoreKind],
    [DEVICE_TEXT.deviceId, overview.deviceId ?? DEVICE_TEXT.notEnrolled],
    [DEVICE_TEXT.folder, overview.dataFolder],
    [DEVICE_TEXT.databaseSize, bytes(overview.databaseBytes)],
    [DEVICE_TEXT.freeDisk, overview.freeDiskBytes === null ? DEVICE_TEXT.unknown : bytes(overview.freeDiskBytes)],
  ];
}

function Journal({ overview }: Readonly<{ overview: Overview }>): ReactNode {
  const verify = useAction('device.verify');
  const [result, setResult] = useState<OutputFor<'device.verify'> | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const run = async (): Promise<void> => {
    const answer = await verify.run({});
    if (answer === undefined) return;
    setResult(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  const { head, epoch } = overview;
  return (
    <Pane title={DEVICE_TEXT.journal}>
      <FactList
        facts={[
          [DEVICE_TEXT.entries, count(overview.entries)],
          [
            DEVICE_TEXT.head,
            head === null ? '' : `${count(head.seq)}, ${head.hash.slice(0, 4)}…${head.hash.slice(-4)}`,
          ],
          [DEVICE_TEXT.epoch, epoch === null ? '' : String(epoch.n)],
        ]}
      />
      <KeyButton action="why" label={DEVICE_TEXT.verify} onPress={() => void run()} busy={verify.busy} />
      <Waiting busy={verify.busy} label={DEVICE_TEXT.verifying} />
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div role="status" className={styles['verdict']} data-ok={result?.ok ?? true}>
        {result === undefined
          ? null
          : result.ok
            ? DEVICE_TEXT.verified(result.entries)
            : DEVICE_TEXT.damaged(result.problems.length)}
        <ul>
          {(result?.problems ?? []).slice(0, 20).map((problem) => (
            <li key={`${problem.seq ?? ''}-${problem.problem}`}>
              {DEVICE_TEXT.problemAt(problem.seq, problem.problem)}
            </li>
          ))}
        </ul>
      </div>
    </Pane>
  );
}

function Line(): ReactNode {
  const { status } = useCounter();
  const { title, lines } = lineCell(status);
  return (
    <Pane title={DEVICE_TEXT.line}>
      <strong>{title}</strong>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <FactList facts={[[DEVICE_TEXT.province, status.line.provinceUrl ?? DEVICE_TEXT.notEnrolled]]} />
    </Pane>
  );
}

/** Perangkat: line, printers, journal, program, display, keys. */
export function Device(): ReactNode {
  const { signIn } = useCounter();
  const reading = useProcedure('device.overview', {});
  const overview = reading.value;
  const [isTesting, setTesting] = useState(false);
  if (isTesting) return <SelfTest onBack={() => setTesting(false)} />;
  return (
    <Screen
      title={DEVICE_TEXT.title}
      aside={<KeyButton action="handOver" label={SELF_TEST_TEXT.open} onPress={() => setTesting(true)} />}
    >
      <div className={styles['column']}>
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <Line />
        {overview === undefined ? null : <Journal overview={overview} />}
        <Pane title={DEVICE_TEXT.program} fill>
          {overview === undefined ? null : <FactList facts={programFacts(overview)} />}
          {signIn.role === 'installer' || signIn.role === 'supervisor' ? <LeaveOutlet /> : null}
        </Pane>
      </div>
      <div className={styles['column']}>
        <Printers />
        <PageSources officer={mayOpen(signIn.role, 'documents')} />
      </div>
      <div className={styles['column']}>
        <SecondCopy />
        <DataBackup />
        <ProgramVersion />
        <DeskCard />
        <DisplaySettings />
        <KeysTest />
      </div>
    </Screen>
  );
}
