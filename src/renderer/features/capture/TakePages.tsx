import { Button, Progress, SegmentedControl } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CaptureRequest } from '../../app/capture-request.tsx';
import { assertNever } from '../../../domain/result.ts';
import { CAPTURE_TEXT, type CaptureWay } from '../../text/capture-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { CameraPanel } from './CameraPanel.tsx';
import styles from './Capture.module.css';
import { FilePanel } from './FilePanel.tsx';
import { LookPanel } from './LookPanel.tsx';
import { ScanPanel } from './ScanPanel.tsx';
import { type Intake, type IntakePhase, useIntake } from './use-intake.ts';

const WAYS: readonly CaptureWay[] = ['camera', 'scan', 'file'];

function isWay(value: string): value is CaptureWay {
  return WAYS.some((way) => way === value);
}

function WayPanel({
  way,
  intake,
  onFiles,
}: Readonly<{ way: CaptureWay; intake: Intake; onFiles: (files: readonly File[]) => void }>): ReactNode {
  switch (way) {
    case 'camera':
      return <CameraPanel onTaken={(still) => void intake.send(still, true)} />;
    case 'scan':
      return <ScanPanel onTake={(file) => void intake.takeScan(file)} />;
    case 'file':
      return <FilePanel onFiles={onFiles} />;
    default:
      return assertNever(way);
  }
}

/** The bytes on their way into the core, or the look that the core takes at them. */
function UnderWay({ phase }: Readonly<{ phase: IntakePhase }>): ReactNode {
  if (phase.kind !== 'sending') {
    return (
      <div className={styles['busy']}>
        <Waiting busy label={CAPTURE_TEXT.looking} />
      </div>
    );
  }
  const label = CAPTURE_TEXT.sending(phase.sent, phase.total);
  return (
    <div className={styles['busy']} role="status">
      <span>{label}</span>
      <Progress value={phase.total === 0 ? 0 : (phase.sent / phase.total) * 100} size="md" aria-label={label} />
    </div>
  );
}

type KeepProps = Readonly<{
  intake: Intake;
  phase: Extract<IntakePhase, { kind: 'look' }>;
  onRetake: () => void;
  onKeep: (more: boolean, evenIfRepeated: boolean) => void;
}>;

/** Save, save and take another, or take this one again. The primary has the focus: Enter saves. */
function KeepButtons({ intake, phase, onRetake, onKeep }: KeepProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const chosen = phase.pages.filter((choice) => choice.chosen).length;
  const repeated = intake.refusal?.code === 'PAGE_REPEATED';
  useEffect(() => {
    place.current?.querySelector<HTMLButtonElement>('[data-primary] button')?.focus();
  }, [phase.intakeId]);
  return (
    <div ref={place} className={styles['stack']}>
      {chosen === 0 ? <p className={styles['dim']}>{CAPTURE_TEXT.noneChosen}</p> : null}
      <Waiting busy={phase.keeping} label={CAPTURE_TEXT.keeping} />
      <Button variant="default" onClick={onRetake} disabled={phase.keeping}>
        {CAPTURE_TEXT.retake}
      </Button>
      <KeyButton
        action="documents"
        label={CAPTURE_TEXT.keepAndMore}
        onPress={() => onKeep(true, false)}
        disabled={chosen === 0}
        busy={phase.keeping}
        level={LAYER.question}
        wide
      />
      <div data-primary>
        <KeyButton
          action="primary"
          primary
          wide
          label={repeated ? CAPTURE_TEXT.keepRepeated : CAPTURE_TEXT.keep(chosen)}
          onPress={() => onKeep(false, repeated)}
          disabled={chosen === 0}
          busy={phase.keeping}
          level={LAYER.question}
        />
      </div>
    </div>
  );
}

type TakeProps = Readonly<{ request: CaptureRequest; onDone: () => void }>;

/** What waits behind the file that is looked at, and where Esc leads. */
function useTaking(
  intake: Intake,
  onDone: () => void,
): Readonly<{
  queue: readonly File[];
  aside: boolean;
  files: (files: readonly File[]) => void;
  lookAgain: () => void;
  back: () => void;
  retake: () => void;
  keep: (more: boolean, evenIfRepeated: boolean) => Promise<void>;
}> {
  const [queue, setQueue] = useState<readonly File[]>([]);
  const [aside, setAside] = useState(false);
  const { phase } = intake;
  const files = (all: readonly File[]): void => {
    const [first, ...rest] = all;
    setQueue(rest);
    setAside(false);
    if (first !== undefined) void intake.send(first, false);
  };
  return {
    queue,
    aside: aside && phase.kind === 'look',
    files,
    lookAgain: () => setAside(false),
    // Esc goes back one step: from the look to the ways, where the picture still waits, then out.
    back: () => {
      if (phase.kind === 'idle' || (phase.kind === 'look' && aside)) onDone();
      else if (phase.kind === 'look') setAside(true);
      else intake.drop();
    },
    retake: () => {
      intake.drop();
      if (queue.length > 0) files(queue);
    },
    keep: async (more, evenIfRepeated) => {
      const done = await intake.keep(evenIfRepeated);
      if (!done) return;
      if (queue.length > 0) files(queue);
      else if (!more) onDone();
    },
  };
}

/** Brings pages in: by camera, from the scanner's folder or from files; then a look; then they are kept. */
export function TakePages({ request, onDone }: TakeProps): ReactNode {
  const intake = useIntake(request);
  const { phase, refusal } = intake;
  const [way, setWay] = useState<CaptureWay>('camera');
  const taking = useTaking(intake, onDone);
  useKeys({ back: { run: taking.back } }, { level: LAYER.question, exclusive: true });
  const choosing = phase.kind === 'idle' || taking.aside;
  return (
    <>
      <div className={styles['head']}>
        <SegmentedControl
          aria-label={CAPTURE_TEXT.ways}
          value={way}
          disabled={!choosing}
          onChange={(value) => {
            if (isWay(value)) setWay(value);
          }}
          data={WAYS.map((each) => ({ value: each, label: CAPTURE_TEXT.wayNames[each] }))}
        />
        <span className={styles['kept']} role="status">
          {intake.kept === 0 ? '' : CAPTURE_TEXT.kept(intake.kept)}
        </span>
        <span className={styles['aside']}>
          {taking.aside ? (
            <>
              <span>{CAPTURE_TEXT.aside}</span>
              <Button variant="default" size="compact-sm" onClick={taking.lookAgain}>
                {CAPTURE_TEXT.lookAgain}
              </Button>
            </>
          ) : null}
          <span className={styles['dim']}>{CAPTURE_TEXT.queue(taking.queue.length)}</span>
        </span>
      </div>
      {refusal === undefined ? null : (
        <RefusalCard refusal={refusal}>
          {phase.kind === 'idle' && taking.queue.length > 0 ? (
            <Button variant="default" size="sm" onClick={() => taking.files(taking.queue)}>
              {CAPTURE_TEXT.nextFile}
            </Button>
          ) : null}
        </RefusalCard>
      )}
      {choosing ? <WayPanel way={way} intake={intake} onFiles={taking.files} /> : null}
      {phase.kind === 'sending' || phase.kind === 'looking' ? <UnderWay phase={phase} /> : null}
      {phase.kind === 'look' && !taking.aside ? (
        <LookPanel intake={intake} phase={phase}>
          <KeepButtons
            intake={intake}
            phase={phase}
            onRetake={taking.retake}
            onKeep={(more, repeated) => void taking.keep(more, repeated)}
          />
        </LookPanel>
      ) : null}
    </>
  );
}
