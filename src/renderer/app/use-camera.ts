import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { chooseCamera, readCamera } from './display-preference.ts';
import type { CameraTrouble } from '../text/capture-text.ts';
import { useHidden } from '../ui/hidden.ts';

/** A camera of this computer. */
export type CameraDevice = Readonly<{ deviceId: string; label: string }>;

/** The live camera as a panel needs it. */
export type Camera = Readonly<{
  video: RefObject<HTMLVideoElement | null>;
  state: 'starting' | 'live' | 'trouble';
  trouble: CameraTrouble | undefined;
  devices: readonly CameraDevice[];
  /** The camera in use. */
  current: string | undefined;
  size: Readonly<{ width: number; height: number }> | undefined;
  choose: (device: CameraDevice) => void;
  again: () => void;
}>;

/** What the browser's name of a failure means for a person. */
export function troubleOf(name: string): CameraTrouble {
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    default:
      return 'unsupported';
  }
}

const WANTED = { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 15, max: 30 } } as const;

async function devicesOf(media: MediaDevices): Promise<readonly CameraDevice[]> {
  const all = await media.enumerateDevices();
  return all.filter((each) => each.kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }));
}

/** Opens the camera that was chosen before, by its name: a browser gives a camera another id at another address. */
async function openCamera(media: MediaDevices, wanted: string): Promise<MediaStream> {
  const first = await media.getUserMedia({ video: WANTED, audio: false });
  const label = first.getVideoTracks()[0]?.label;
  if (wanted === '' || wanted === label) return first;
  const device = (await devicesOf(media)).find((each) => each.label === wanted);
  if (device === undefined) return first;
  for (const track of first.getTracks()) track.stop();
  return media.getUserMedia({ video: { ...WANTED, deviceId: { exact: device.deviceId } }, audio: false });
}

type Opened = Readonly<{
  state: Camera['state'];
  trouble: CameraTrouble | undefined;
  devices: readonly CameraDevice[];
  current: string | undefined;
}>;
/** A camera that was opened and gives no picture for so long is dark. */
const DARK_MS = 15_000;
const STARTING: Opened = { state: 'starting', trouble: undefined, devices: [], current: undefined };

function failed(trouble: CameraTrouble): Opened {
  return { ...STARTING, state: 'trouble', trouble };
}

/** The live picture of a camera, from when the panel is drawn until it goes, and never behind a lock; nothing is recorded. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const [wanted, setWanted] = useState(() => readCamera(window));
  const [nth, setNth] = useState(0);
  const [opened, setOpened] = useState<Opened>(STARTING);
  const [size, setSize] = useState<Camera['size']>();

  const hidden = useHidden();

  useEffect(() => {
    if (hidden) return undefined;
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const element = video.current;
    if (media === undefined || element === null) {
      setOpened(failed('unsupported'));
      return undefined;
    }
    let gone = false;
    let stream: MediaStream | undefined;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      element.srcObject = null;
    };
    let dark: ReturnType<typeof setTimeout> | undefined;
    // A camera is live when its first picture is here, not when it was opened: what is shot before is nothing.
    const onSize = (): void => {
      if (element.videoWidth === 0) return;
      clearTimeout(dark);
      setSize({ width: element.videoWidth, height: element.videoHeight });
      setOpened((was) => (was.state === 'starting' ? { ...was, state: 'live' } : was));
    };
    const start = async (): Promise<void> => {
      try {
        stream = await openCamera(media, wanted);
        const devices = await devicesOf(media);
        if (gone) {
          stop();
          return;
        }
        const [track] = stream.getVideoTracks();
        track?.addEventListener('ended', () => {
          if (!gone) setOpened(failed('lost'));
        });
        setOpened({ ...STARTING, devices, current: track?.label });
        dark = setTimeout(() => setOpened(failed('dark')), DARK_MS);
        element.srcObject = stream;
      } catch (failure) {
        // The browser says with an exception that there is no camera: an expected state, not a bug.
        if (!(failure instanceof DOMException)) throw failure;
        if (!gone) setOpened(failed(troubleOf(failure.name)));
      }
    };
    element.addEventListener('resize', onSize);
    element.addEventListener('loadedmetadata', onSize);
    setOpened(STARTING);
    void start();
    return () => {
      gone = true;
      clearTimeout(dark);
      element.removeEventListener('resize', onSize);
      element.removeEventListener('loadedmetadata', onSize);
      stop();
    };
  }, [wanted, nth, hidden]);

  const choose = useCallback((device: CameraDevice): void => {
    chooseCamera(window, device.label);
    setWanted(device.label);
  }, []);
  return { video, ...opened, size, choose, again: () => setNth((was) => was + 1) };
}

const STILL_QUALITY = 0.92;

/** A still of the live picture in all its pixels, as JPEG; undefined before the camera gave one. */
export async function stillOf(video: HTMLVideoElement): Promise<Blob | undefined> {
  if (video.videoWidth === 0) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', STILL_QUALITY));
}
