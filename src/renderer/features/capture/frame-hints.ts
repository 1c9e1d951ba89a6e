import type { LiveHint } from '../../text/capture-text.ts';

/** Pixels as a canvas gives them: four bytes each. */
export type Pixels = Readonly<{ data: Readonly<Uint8ClampedArray>; width: number; height: number }>;

/** The part of the picture inside the guide, both ends from 0 to 1. */
export type Guide = Readonly<{ left: number; top: number; right: number; bottom: number }>;

/** What was measured in a live picture. */
export type FrameMeasure = Readonly<{
  /** Mean light inside the guide, 0 to 255. */
  light: number;
  /** Share of burnt pixels inside the guide. */
  burnt: number;
  /** Variance of the Laplacian of a piece at full size. */
  sharpness: number;
  /** Sides of the guide, 0 to 4, along which an edge of paper runs. */
  edges: number;
}>;

const DARK = 60;
const BRIGHT = 225;
const BURNT = 252;
const GLARE_SHARE = 0.03;
const SHARP = 60;
/** A step of this many grey levels from one side of the guide's line to the other is an edge. */
const EDGE_STEP = 18;
/** A side counts when the edge is seen along this share of it. */
const EDGE_SHARE = 0.4;
const EDGES_WANTED = 3;

/** Brightness of each pixel, 0 to 255 (ITU-R BT.601). */
function greyOf({ data, width, height }: Pixels): Float32Array {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
  }
  return grey;
}

/** Variance of the Laplacian: high where there are fine lines, low where everything is soft. */
function sharpnessOf(pixels: Pixels): number {
  const { width, height } = pixels;
  const grey = greyOf(pixels);
  let sum = 0;
  let squares = 0;
  let seen = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
      const laplacian = around - 4 * (grey[at] ?? 0);
      sum += laplacian;
      squares += laplacian * laplacian;
      seen += 1;
    }
  }
  return seen === 0 ? 0 : squares / seen - (sum / seen) ** 2;
}

type Box = Readonly<{ x0: number; y0: number; x1: number; y1: number }>;

function boxOf({ width, height }: Pixels, guide: Guide): Box {
  return {
    x0: Math.floor(guide.left * width),
    y0: Math.floor(guide.top * height),
    x1: Math.min(width - 1, Math.ceil(guide.right * width)),
    y1: Math.min(height - 1, Math.ceil(guide.bottom * height)),
  };
}

/** Share of a side's places where the two sides of its line differ; the paper may lie a little off the line. */
function edgeShare(differs: (along: number, off: number) => boolean, from: number, to: number, reach: number): number {
  let hits = 0;
  for (let along = from; along <= to; along += 1) {
    for (let off = -reach; off <= reach; off += 1) {
      if (!differs(along, off)) continue;
      hits += 1;
      break;
    }
  }
  return hits / Math.max(1, to - from + 1);
}

function edgesOf(grey: Float32Array, width: number, height: number, box: Box): number {
  const reach = Math.max(2, Math.round(Math.min(width, height) / 16));
  const inside = (x: number, y: number): boolean => x >= 2 && y >= 2 && x < width - 2 && y < height - 2;
  const step = (x: number, y: number, dx: number, dy: number): boolean =>
    inside(x, y) &&
    Math.abs((grey[(y + 2 * dy) * width + x + 2 * dx] ?? 0) - (grey[(y - 2 * dy) * width + x - 2 * dx] ?? 0)) >=
      EDGE_STEP;
  const shares = [
    edgeShare((x, off) => step(x, box.y0 + off, 0, 1), box.x0, box.x1, reach),
    edgeShare((x, off) => step(x, box.y1 + off, 0, 1), box.x0, box.x1, reach),
    edgeShare((y, off) => step(box.x0 + off, y, 1, 0), box.y0, box.y1, reach),
    edgeShare((y, off) => step(box.x1 + off, y, 1, 0), box.y0, box.y1, reach),
  ];
  return shares.filter((share) => share >= EDGE_SHARE).length;
}

/** Measures a small copy of the live picture, and a piece of it at full size for the sharpness. */
export function measureFrame(small: Pixels, piece: Pixels, guide: Guide): FrameMeasure {
  const grey = greyOf(small);
  const box = boxOf(small, guide);
  let sum = 0;
  let burnt = 0;
  let seen = 0;
  for (let y = box.y0; y <= box.y1; y += 1) {
    for (let x = box.x0; x <= box.x1; x += 1) {
      const level = grey[y * small.width + x] ?? 0;
      sum += level;
      if (level >= BURNT) burnt += 1;
      seen += 1;
    }
  }
  return {
    light: seen === 0 ? 0 : sum / seen,
    burnt: seen === 0 ? 0 : burnt / seen,
    sharpness: sharpnessOf(piece),
    edges: edgesOf(grey, small.width, small.height, box),
  };
}

/** The first thing to mend, the gravest first; `good` when nothing is. */
export function liveHint({ light, burnt, sharpness, edges }: FrameMeasure): LiveHint {
  if (light < DARK) return 'dark';
  if (light > BRIGHT) return 'bright';
  if (burnt > GLARE_SHARE) return 'glare';
  if (edges < EDGES_WANTED) return 'edges';
  return sharpness < SHARP ? 'blur' : 'good';
}

/** How many good looks in a row let the automatic shutter go: a second and a quarter. */
export const STEADY_LOOKS = 5;

/** Good looks in a row, so far. */
export function steadyLooks(before: number, hint: LiveHint): number {
  return hint === 'good' ? before + 1 : 0;
}

const CARD_RATIO = 85.6 / 54;
const SHEET_RATIO = 210 / 297;
const MOST = 0.86;

/** The guide in a picture of this size: a card lies, an A4 stands; as large as 86 % of the picture allow. */
export function guideFor(shape: 'card' | 'sheet', width: number, height: number): Guide {
  const ratio = shape === 'card' ? CARD_RATIO : SHEET_RATIO;
  const byWidth = width * MOST;
  const tall = Math.min(height * MOST, byWidth / ratio);
  const across = (tall * ratio) / Math.max(1, width);
  const down = tall / Math.max(1, height);
  return { left: (1 - across) / 2, top: (1 - down) / 2, right: (1 + across) / 2, bottom: (1 + down) / 2 };
}
