import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { chooseFrame, readFrame } from '../../app/display-preference.ts';
import { CAPTURE_TEXT, cameraTroubleText, LIVE_HINTS, TRY_AGAIN } from '../../text/capture-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Capture.module.css';
import { aspectStyle } from './aspect-style.ts';
import { guideFor } from './frame-hints.ts';
import { type Camera, stillOf, useCamera } from '../../app/use-camera.ts';
import { useLiveHints } from './use-live-hints.ts';

type Shape = 'card' | 'sheet';

/** The live picture with the guide over it; of the same shape as the picture itself, so that the guide fits. */
function LivePicture({ camera, shape }: Readonly<{ camera: Camera; shape: Shape }>): ReactNode {
  const width = camera.size?.width ?? 16;
  const height = camera.size?.height ?? 9;
  const guide = guideFor(shape, width, height);
  return (
    <div className={styles['stage']} style={aspectStyle(width / height)}>
      <video
        ref={camera.video}
        className={styles['video']}
        autoPlay
        muted
        playsInline
        aria-label={CAPTURE_TEXT.live}
        hidden={camera.state === 'trouble'}
      />
      <div
        className={styles['guide']}
        hidden={camera.state !== 'live'}
        style={{
          left: `${guide.left * 100}%`,
          top: `${guide.top * 100}%`,
          width: `${(guide.right - guide.left) * 100}%`,
          height: `${(guide.bottom - guide.top) * 100}%`,
        }}
      />
    </div>
  );
}

function Trouble({ camera }: Readonly<{ camera: Camera }>): ReactNode {
  if (camera.trouble === undefined) return null;
  const { what, next } = cameraTroubleText(camera.trouble);
  return (
    <div className={styles['trouble']} role="alert">
      <EmptyState icon={<IconCameraOff size="2rem" aria-hidden />} text={what} next={next}>
        {camera.trouble === 'unsupported' ? null : (
          <Button variant="default" onClick={camera.again}>
            {TRY_AGAIN}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

/** Which camera, which guide, and whether it takes the picture by itself. */
function Settings({
  camera,
  shape,
  automatic,
  onShape,
  onAutomatic,
}: Readonly<{
  camera: Camera;
  shape: Shape;
  automatic: boolean;
  onShape: (shape: Shape) => void;
  onAutomatic: (automatic: boolean) => void;
}>): ReactNode {
  const { devices, current } = camera;
  return (
    <div className={styles['settings']}>
      <SegmentedControl
        aria-label={CAPTURE_TEXT.frame}
        value={shape}
        onChange={(value) => onShape(value === 'sheet' ? 'sheet' : 'card')}
        data={[
          { value: 'card', label: CAPTURE_TEXT.frames.card },
          { value: 'sheet', label: CAPTURE_TEXT.frames.sheet },
        ]}
      />
      <NativeSelect
        aria-label={CAPTURE_TEXT.device}
        value={current ?? ''}
        disabled={devices.length < 2}
        data={devices.map((device, at) => ({
          value: device.label,
          label: device.label === '' ? CAPTURE_TEXT.nameless(at + 1) : device.label,
        }))}
        onChange={(event) => {
          const chosen = devices.find((device) => device.label === event.currentTarget.value);
          if (chosen !== undefined) camera.choose(chosen);
        }}
      />
      <Checkbox
        color="opop"
        label={CAPTURE_TEXT.automatic}
        checked={automatic}
        onChange={(event) => onAutomatic(event.currentTarget.checked)}
      />
    </div>
  );
}

/** Kamera: the live picture, what is not good about it, and the shutter. */
export function CameraPanel({ onTaken }: Readonly<{ onTaken: (still: Blob) => void }>): ReactNode {
  const camera = useCamera();
  const [shape, setShape] = useState<Shape>(() => readFrame(window));
  const [automatic, setAutomatic] = useState(false);
  const shutter = useRef<HTMLButtonElement>(null);
  const { width, height } = camera.size ?? { width: 16, height: 9 };
  const live = camera.state === 'live';
  const shoot = async (): Promise<void> => {
    const element = camera.video.current;
    const still = element === null || !live ? undefined : await stillOf(element);
    if (still !== undefined) onTaken(still);
  };
  const hint = useLiveHints(
    camera.video,
    guideFor(shape, width, height),
    live,
    automatic ? () => void shoot() : undefined,
  );
  useEffect(() => {
    if (live) shutter.current?.focus();
  }, [live]);
  return (
    <div
      className={styles['panel']}
      onKeyDown={(event) => {
        if (event.key !== ' ' || event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement)
          return;
        event.preventDefault();
        void shoot();
      }}
    >
      <div className={styles['picture']}>
        <LivePicture camera={camera} shape={shape} />
        <Trouble camera={camera} />
      </div>
      <div className={styles['side']}>
        <Settings
          camera={camera}
          shape={shape}
          automatic={automatic}
          onShape={(next) => {
            chooseFrame(window, next);
            setShape(next);
          }}
          onAutomatic={setAutomatic}
        />
        <p className={styles['dim']}>{camera.size === undefined ? '' : CAPTURE_TEXT.size(width, height)}</p>
        <Waiting busy={camera.state === 'starting'} label={CAPTURE_TEXT.starting} />
        <p className={styles['liveHint']} data-good={live && hint === 'good'} aria-live="polite">
          {!live || hint === undefined ? '' : LIVE_HINTS[hint]}
        </p>
        <Button
          ref={shutter}
          size="lg"
          color="opop"
          fullWidth
          leftSection={<IconCamera size="1.5rem" aria-hidden />}
          disabled={!live}
          onClick={() => void shoot()}
        >
          {CAPTURE_TEXT.shoot}
        </Button>
        <p className={styles['dim']}>{CAPTURE_TEXT.shootHint}</p>
      </div>
    </div>
  );
}
