import type { Quad } from '../../../contract/views-documents.ts';
import { assertNever } from '../../../domain/result.ts';

/** A place in a picture, both from 0 to 1. */
export type Corner = Quad[number];
/** Clockwise. */
export type Turn = 0 | 90 | 180 | 270;

/** The whole picture. */
export const WHOLE: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Where the handles stand first when no edges were found: a little inside, so that they can be seen and taken. */
export const INSIDE: Quad = [
  [0.05, 0.05],
  [0.95, 0.05],
  [0.95, 0.95],
  [0.05, 0.95],
];

/** Two neighbouring corners never come nearer than this share of the picture. */
const NEAREST = 0.05;
const STEP = 0.005;
const LONG_STEP = 0.05;

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** A quarter turn to the right. */
export function turned(turn: Turn): Turn {
  switch (turn) {
    case 0:
      return 90;
    case 90:
      return 180;
    case 180:
      return 270;
    case 270:
      return 0;
    default:
      return assertNever(turn);
  }
}

/** Where a place of the picture stands on the screen when the picture is shown turned. */
export function onScreen([x, y]: Corner, turn: Turn): Corner {
  switch (turn) {
    case 0:
      return [x, y];
    case 90:
      return [1 - y, x];
    case 180:
      return [1 - x, 1 - y];
    case 270:
      return [y, 1 - x];
    default:
      return assertNever(turn);
  }
}

/** The place of the picture under a place of the screen: undoes `onScreen`. */
export function inPicture([x, y]: Corner, turn: Turn): Corner {
  switch (turn) {
    case 0:
      return [x, y];
    case 90:
      return [y, 1 - x];
    case 180:
      return [1 - x, 1 - y];
    case 270:
      return [1 - y, x];
    default:
      return assertNever(turn);
  }
}

/** Twice the area of the triangle of three corners; positive when they go round clockwise (y points down). */
function area(first: Corner, second: Corner, third: Corner): number {
  return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0]);
}

/** Whether a quad goes round clockwise without a dent and no two corners are as good as one. */
export function isUsable(quad: Quad): boolean {
  const [upperLeft, upperRight, lowerRight, lowerLeft] = quad;
  const sides: readonly (readonly [Corner, Corner, Corner])[] = [
    [upperLeft, upperRight, lowerRight],
    [upperRight, lowerRight, lowerLeft],
    [lowerRight, lowerLeft, upperLeft],
    [lowerLeft, upperLeft, upperRight],
  ];
  return sides.every(
    ([first, second, third]) =>
      area(first, second, third) > 0 && Math.hypot(second[0] - first[0], second[1] - first[1]) >= NEAREST,
  );
}

function withCorner(quad: Quad, index: number, corner: Corner): Quad {
  const [first, second, third, fourth] = quad;
  return [
    index === 0 ? corner : first,
    index === 1 ? corner : second,
    index === 2 ? corner : third,
    index === 3 ? corner : fourth,
  ];
}

/** The quad with one corner at another place; unchanged when that would fold it. */
export function moveCorner(quad: Quad, index: number, to: Corner): Quad {
  const moved = withCorner(quad, index, [clamp(to[0]), clamp(to[1])]);
  return isUsable(moved) ? moved : quad;
}

const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What an arrow does to a corner, as it is seen on the screen; undefined when the key moves nothing. */
export function nudgeCorner(quad: Quad, index: number, key: string, far: boolean, turn: Turn): Quad | undefined {
  const arrow = Object.hasOwn(ARROWS, key) ? ARROWS[key] : undefined;
  const corner = quad[index];
  if (arrow === undefined || corner === undefined) return undefined;
  const step = far ? LONG_STEP : STEP;
  const [x, y] = onScreen(corner, turn);
  return moveCorner(quad, index, inPicture([x + arrow[0] * step, y + arrow[1] * step], turn));
}

/** What is sent for a quad: the whole picture is no crop. */
export function cropOf(quad: Quad): [Corner, Corner, Corner, Corner] | null {
  const isWhole = quad.every((corner, index) => {
    const end = WHOLE[index];
    return end !== undefined && Math.abs(corner[0] - end[0]) < 0.002 && Math.abs(corner[1] - end[1]) < 0.002;
  });
  return isWhole ? null : [...quad];
}
