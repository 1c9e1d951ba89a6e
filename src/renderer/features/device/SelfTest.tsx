import { Button, Progress } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import {
  HAND_STEPS,
  MACHINE_STEPS,
  type MachineStep,
  type SelfTestNote,
  type SelfTestStep,
} from '../../../contract/self-test.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { foundText, SELF_TEST_TEXT, STEP_TEXT } from '../../text/self-test-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { KeysTest } from './KeysTest.tsx';
import { CameraTest } from './PageSources.tsx';
import { Printers } from './Printers.tsx';
import { RulerForm } from './RulerForm.tsx';
import { SaveInto } from './SaveInto.tsx';
import { ScannerTest } from './ScannerTest.tsx';
import { SecondCopy } from './SecondCopy.tsx';
import styles from './SelfTest.module.css';
import { type StepRow, StepList } from './StepList.tsx';

const STEPS: readonly SelfTestStep[] = [...MACHINE_STEPS, ...HAND_STEPS];
const isMachine = (step: SelfTestStep): step is MachineStep => MACHINE_STEPS.some((one) => one === step);

/** The results that are kept, what runs now, and the two ways to add to them. */
function useSelfTest() {
  const reading = useProcedure('self-test.results', {});
  const run = useAction('self-test.run');
  const note = useAction('self-test.note');
  const [running, setRunning] = useState<SelfTestStep | undefined>();
  const [done, setDone] = useState(0);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();

  const runStep = async (step: MachineStep): Promise<boolean> => {
    setRunning(step);
    const answer = await run.run({ step });
    setRunning(undefined);
    setRefusal(answer?.ok === false ? answer.error : undefined);
    if (answer?.ok === true) reading.again();
    return answer?.ok ?? false;
  };
  const runAll = async (onStep: (step: MachineStep) => void): Promise<void> => {
    setDone(0);
    for (const [index, step] of MACHINE_STEPS.entries()) {
      onStep(step);
      if (!(await runStep(step))) return;
      setDone(index + 1);
    }
  };
  const tell = async (noted: SelfTestNote): Promise<void> => {
    const answer = await note.run({ noted });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) reading.again();
  };
  const rows: readonly StepRow[] = STEPS.map((step) => ({
    step,
    result: reading.value?.find((one) => one.step === step),
    running: running === step,
  }));
  return { rows, running, done, refusal, runStep, runAll, tell, again: reading.again };
}

/** Where a person sees to the chosen step: the same parts as on Perangkat. */
function StepWork({
  step,
  onNote,
  onChanged,
}: Readonly<{ step: SelfTestStep; onNote: (noted: SelfTestNote) => void; onChanged: () => void }>): ReactNode {
  const printers = useProcedure('printing.printers', {});
  const first = printers.value?.find(({ role }) => role === 'first');
  const isRoll = first !== undefined && first.kind !== 'pdf' && first.kind !== 'queue-sheet';
  switch (step) {
    case 'printer':
      return (
        <>
          {isRoll ? (
            <RulerForm
              key={first.printerId}
              printer={first}
              onSaved={() => {
                printers.again();
                onChanged();
              }}
            />
          ) : null}
          <Printers />
        </>
      );
    case 'mirror':
      return <SecondCopy />;
    case 'keys':
      return <KeysTest onSave={onNote} />;
    case 'scanner':
      return <ScannerTest onRead={onNote} />;
    case 'camera':
      return <CameraTest onSeen={onNote} />;
    case 'disk':
    case 'durability':
    case 'clock':
    case 'key-store':
    case 'backup':
    case 'line':
    case 'qr':
      return null;
    default:
      return step satisfies never;
  }
}

/** Where the sheet of the hand-over and the facts for support are written. */
function Papers({ disabled }: Readonly<{ disabled: boolean }>): ReactNode {
  const save = useAction('self-test.save');
  const diagnostics = useAction('self-test.diagnostics');
  return (
    <SaveInto>
      {(write) => (
        <>
          <KeyButton action="quote" label={SELF_TEST_TEXT.save} disabled={disabled} onPress={() => void write(save)} />
          <Button variant="default" disabled={disabled} onClick={() => void write(diagnostics)}>
            {SELF_TEST_TEXT.diagnostics}
          </Button>
        </>
      )}
    </SaveInto>
  );
}

/** Uji mandiri: a list that ticks itself, and beside it what a person does about a step. */
export function SelfTest({ onBack }: Readonly<{ onBack: () => void }>): ReactNode {
  const test = useSelfTest();
  const [chosen, setChosen] = useState<SelfTestStep>('disk');
  const { rows, running } = test;
  const row = rows.find(({ step }) => step === chosen);
  const busy = running !== undefined;
  // While keys are tried they do nothing else.
  const keysAreTried = chosen === 'keys' && !busy;
  const good = rows.filter(({ result }) => result?.succeeded === true).length;
  const bad = rows.filter(({ result }) => result?.succeeded === false).length;
  return (
    <Screen
      title={SELF_TEST_TEXT.title}
      aside={<KeyButton action="back" label={SELF_TEST_TEXT.back} onPress={onBack} disabled={busy} />}
      primary={
        <KeyButton
          action="primary"
          label={SELF_TEST_TEXT.runAll}
          onPress={() => void test.runAll(setChosen)}
          primary
          busy={busy}
          disabled={keysAreTried}
        />
      }
    >
      <div className={styles['steps']}>
        <p className={styles['intro']}>{SELF_TEST_TEXT.intro}</p>
        <Progress
          value={busy ? (test.done / MACHINE_STEPS.length) * 100 : ((good + bad) / STEPS.length) * 100}
          size="md"
          aria-label={SELF_TEST_TEXT.progress(
            busy ? test.done : good + bad,
            busy ? MACHINE_STEPS.length : STEPS.length,
          )}
        />
        <p role="status" className={styles['summary']}>
          {busy
            ? SELF_TEST_TEXT.progress(test.done, MACHINE_STEPS.length)
            : SELF_TEST_TEXT.summary(good, bad, STEPS.length - good - bad)}
        </p>
        <StepList rows={rows} chosen={chosen} onChoose={setChosen} />
      </div>
      <div className={styles['work']}>
        <Pane title={STEP_TEXT[chosen]}>
          <p className={styles['message']} data-ok={row?.result?.succeeded ?? true}>
            {row?.running === true ? SELF_TEST_TEXT.running : foundText(row?.result)}
          </p>
          {isMachine(chosen) ? (
            <div>
              <KeyButton
                action="reprint"
                label={SELF_TEST_TEXT.again}
                onPress={() => void test.runStep(chosen)}
                disabled={busy}
              />
            </div>
          ) : null}
          {test.refusal === undefined ? null : <RefusalCard refusal={test.refusal} />}
        </Pane>
        <StepWork key={chosen} step={chosen} onNote={(noted) => void test.tell(noted)} onChanged={test.again} />
        {keysAreTried ? null : <Papers disabled={busy} />}
      </div>
    </Screen>
  );
}
