import { Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { SelfTestNote } from '../../../contract/self-test.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCamera } from '../../app/use-camera.ts';
import { CAPTURE_TEXT, cameraTroubleText, TRY_AGAIN } from '../../text/capture-text.ts';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Device.module.css';

/** The chosen camera with its live picture; it lights up only while somebody tries it. */
export function CameraTest({
  onStop,
  onSeen,
}: Readonly<{ onStop?: () => void; onSeen?: (noted: SelfTestNote) => void }>): ReactNode {
  const camera = useCamera();
  const trouble = camera.trouble === undefined ? undefined : cameraTroubleText(camera.trouble);
  return (
    <>
      <video
        ref={camera.video}
        className={styles['live']}
        autoPlay
        muted
        playsInline
        aria-label={CAPTURE_TEXT.live}
        hidden={camera.state === 'trouble'}
      />
      {trouble === undefined ? null : <p role="alert">{`${trouble.what} ${trouble.next}`}</p>}
      <Waiting busy={camera.state === 'starting'} label={CAPTURE_TEXT.starting} />
      <div className={styles['printerActions']}>
        <NativeSelect
          size="xs"
          aria-label={CAPTURE_TEXT.device}
          value={camera.current ?? ''}
          data={camera.devices.map((device, at) => ({
            value: device.label,
            label: device.label === '' ? CAPTURE_TEXT.nameless(at + 1) : device.label,
          }))}
          onChange={(event) => {
            const chosen = camera.devices.find((device) => device.label === event.currentTarget.value);
            if (chosen !== undefined) camera.choose(chosen);
          }}
        />
        {trouble === undefined ? null : (
          <Button size="xs" variant="default" onClick={camera.again}>
            {TRY_AGAIN}
          </Button>
        )}
        {onStop === undefined ? null : (
          <Button size="xs" variant="default" onClick={onStop}>
            {DEVICE_TEXT.cameraStop}
          </Button>
        )}
        {onSeen === undefined || camera.state === 'starting' ? null : (
          <Button
            size="xs"
            onClick={() =>
              onSeen({
                step: 'camera',
                works: camera.state === 'live',
                width: camera.size?.width ?? 0,
                height: camera.size?.height ?? 0,
              })
            }
          >
            {SELF_TEST_TEXT.cameraSeen}
          </Button>
        )}
      </div>
      <p className={styles['dim']}>
        {camera.size === undefined ? '' : CAPTURE_TEXT.size(camera.size.width, camera.size.height)}
      </p>
    </>
  );
}

/** Where a scanner leaves its files. */
function ScanFolder({ officer }: Readonly<{ officer: boolean }>): ReactNode {
  const reading = useProcedure('documents.scans', {}, { enabled: officer });
  const [note, setNote] = useState('');
  const set = useAction('documents.set-scan-folder');
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const scans = reading.value;
  const choose = async (folder: string | null): Promise<void> => {
    const answer = await set.run({ folder });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    setTyped('');
    setNote(DEVICE_TEXT.scanSaved);
    if (officer) reading.again();
  };
  const folder = scans?.folder ?? undefined;
  const state =
    scans === undefined || scans.health === 'none'
      ? DEVICE_TEXT.scanNone
      : scans.health === 'gone'
        ? DEVICE_TEXT.scanGone
        : DEVICE_TEXT.scanFound(scans.files.length);
  return (
    <>
      <FactList facts={[[DEVICE_TEXT.scanFolder, folder === undefined ? state : `${folder}: ${state}`]]} />
      <div className={styles['folder']}>
        <TextInput
          flex={1}
          aria-label={DEVICE_TEXT.scanType}
          placeholder={DEVICE_TEXT.scanType}
          value={typed}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" disabled={typed.trim() === '' || set.busy} onClick={() => void choose(typed.trim())}>
          {DEVICE_TEXT.scanSet}
        </Button>
        {folder === undefined ? null : (
          <Button variant="subtle" disabled={set.busy} onClick={() => void choose(null)}>
            {DEVICE_TEXT.scanClear}
          </Button>
        )}
      </div>
      <p role="status" className={styles['dim']}>
        {note}
      </p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </>
  );
}

/** Room for pages against the quota that policy gives. */
function Space(): ReactNode {
  const space = useProcedure('documents.space', {}).value;
  if (space === undefined) return null;
  const { heldBytes, quotaBytes, health, waiting, freeDiskBytes } = space;
  return (
    <div className={styles['setting']}>
      <FactList facts={[[DEVICE_TEXT.space, DEVICE_TEXT.spaceOf(heldBytes, quotaBytes)]]} />
      <Progress
        value={quotaBytes === 0 ? 100 : Math.min(100, (heldBytes / quotaBytes) * 100)}
        size="md"
        aria-label={DEVICE_TEXT.space}
        color={health === 'ok' ? 'opop' : health === 'old' ? 'var(--loket-waiting)' : 'var(--loket-person)'}
      />
      <p className={styles['dim']}>
        {[DEVICE_TEXT.spaceWaiting(waiting), DEVICE_TEXT.spaceFree(freeDiskBytes)]
          .filter((part) => part !== '')
          .join(', ')}
      </p>
      {health === 'stop' ? <RefusalCard refusal={{ code: 'PAGES_SPACE_LOW', details: {} }} /> : null}
    </div>
  );
}

/** Where pages come from, and how much room they have. */
export function PageSources({ officer }: Readonly<{ officer: boolean }>): ReactNode {
  const [trying, setTrying] = useState(false);
  return (
    <Pane title={DEVICE_TEXT.pages}>
      {trying ? (
        <CameraTest onStop={() => setTrying(false)} />
      ) : (
        <div className={styles['folder']}>
          <p className={styles['dim']}>{DEVICE_TEXT.cameraWhy}</p>
          <Button size="xs" variant="default" onClick={() => setTrying(true)}>
            {DEVICE_TEXT.cameraTry}
          </Button>
        </div>
      )}
      <ScanFolder officer={officer} />
      <Space />
    </Pane>
  );
}
