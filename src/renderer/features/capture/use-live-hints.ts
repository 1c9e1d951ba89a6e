import { type RefObject, useEffect, useRef, useState } from 'react';
import type { LiveHint } from '../../text/capture-text.ts';
import { type Guide, liveHint, measureFrame, type Pixels, STEADY_LOOKS, steadyLooks } from './frame-hints.ts';

const EVERY_MS = 250;
const SMALL_WIDTH = 192;
const PIECE = 256;

type Canvases = Readonly<{ small: CanvasRenderingContext2D | null; piece: CanvasRenderingContext2D | null }>;

function canvas(): CanvasRenderingContext2D | null {
  return document.createElement('canvas').getContext('2d', { willReadFrequently: true });
}

/** A part of the picture drawn small; undefined where the browser gives no canvas. */
function pixelsOf(
  context: CanvasRenderingContext2D | null,
  video: HTMLVideoElement,
  from: Readonly<{ x: number; y: number; width: number; height: number }>,
  width: number,
  height: number,
): Pixels | undefined {
  if (context === null) return undefined;
  context.canvas.width = width;
  context.canvas.height = height;
  context.drawImage(video, from.x, from.y, from.width, from.height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function hintOf(video: HTMLVideoElement, { small, piece }: Canvases, guide: Guide): LiveHint | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  const whole = { x: 0, y: 0, width, height };
  const side = Math.min(PIECE, width, height);
  const middle = { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
  const overview = pixelsOf(small, video, whole, SMALL_WIDTH, Math.round((SMALL_WIDTH * height) / width));
  const detail = pixelsOf(piece, video, middle, side, side);
  if (overview === undefined || detail === undefined) return undefined;
  return liveHint(measureFrame(overview, detail, guide));
}

/** Looks at the live picture four times a second; `onSteady` runs once after a row of good looks. */
export function useLiveHints(
  video: RefObject<HTMLVideoElement | null>,
  guide: Guide,
  live: boolean,
  onSteady: (() => void) | undefined,
): LiveHint | undefined {
  const [hint, setHint] = useState<LiveHint | undefined>();
  const latest = useRef({ guide, onSteady });
  useEffect(() => {
    latest.current = { guide, onSteady };
  });
  useEffect(() => {
    if (!live) {
      setHint(undefined);
      return undefined;
    }
    const canvases = { small: canvas(), piece: canvas() };
    let looks = 0;
    const timer = window.setInterval(() => {
      const element = video.current;
      if (element === null) return;
      const now = hintOf(element, canvases, latest.current.guide);
      setHint(now);
      looks = now === undefined ? 0 : steadyLooks(looks, now);
      if (looks === STEADY_LOOKS) latest.current.onSteady?.();
    }, EVERY_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [live, video]);
  return hint;
}
