import type { Quad } from '../../contract/views-documents.ts';
import { type Line, findLines, type EdgeMap, edgeMapOf } from './edge-lines.ts';
import { blurred, type Grey, shrunkGrey } from './grey.ts';

const WIDTH = 320;
type Point = readonly [number, number];

/** A paper fills at least so much of the picture; a smaller quad is a photo on the card or a stamp. */
const LEAST_AREA = 0.12;
/** Share of a side on which an edge must be seen; a thumb may cover the rest. */
const LEAST_SUPPORT = 0.55;
const LEAST_SIDE = 0.4;
/** Corners of a paper seen at a slant; sharper ones are something else. */
const LEAST_ANGLE = Math.PI / 3.2;

/** Where two lines cross; undefined when they are nearly parallel. */
function crossing(one: Line, other: Line): Point | undefined {
  const determinant = Math.cos(one.angle) * Math.sin(other.angle) - Math.sin(one.angle) * Math.cos(other.angle);
  if (Math.abs(determinant) < 0.3) return undefined;
  return [
    (one.distance * Math.sin(other.angle) - other.distance * Math.sin(one.angle)) / determinant,
    (other.distance * Math.cos(one.angle) - one.distance * Math.cos(other.angle)) / determinant,
  ];
}

const areaOf = (corners: readonly Point[]): number =>
  Math.abs(
    corners.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = corners[(at + 1) % corners.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

/** Whether every corner turns the same way and none is too sharp. */
function isPaperShape(corners: readonly Point[]): boolean {
  return corners.every((corner, at) => {
    const before = corners[(at + 3) % 4] ?? corner;
    const after = corners[(at + 1) % 4] ?? corner;
    const [ax, ay] = [before[0] - corner[0], before[1] - corner[1]];
    const [bx, by] = [after[0] - corner[0], after[1] - corner[1]];
    const angle = Math.acos((ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by)));
    return angle > LEAST_ANGLE && angle < Math.PI - LEAST_ANGLE;
  });
}

/** Share of a side on which an edge lies that runs along it. */
function support(edges: EdgeMap, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const normal = Math.atan2(toX - fromX, -(toY - fromY));
  const steps = Math.max(8, Math.round(length / 2));
  let seen = 0;
  for (let step = 1; step < steps; step += 1) {
    const [x, y] = [fromX + ((toX - fromX) * step) / steps, fromY + ((toY - fromY) * step) / steps];
    if (edges.runsAlong(x, y, normal)) seen += 1;
  }
  return seen / (steps - 1);
}

/** Corners from the upper left, clockwise. */
function ordered(corners: readonly Point[]): readonly Point[] {
  const [middleX, middleY] = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / 4);
  const round = [...corners].sort(
    (one, other) =>
      Math.atan2(one[1] - (middleY ?? 0), one[0] - (middleX ?? 0)) -
      Math.atan2(other[1] - (middleY ?? 0), other[0] - (middleX ?? 0)),
  );
  const first = round.reduce((best, corner, at) => {
    const [x, y] = round[best] ?? corner;
    return corner[0] + corner[1] < x + y ? at : best;
  }, 0);
  return [...round.slice(first), ...round.slice(0, first)];
}

type Candidate = { readonly corners: readonly Point[]; readonly score: number };

/** The quad of two pairs of lines, with how much of it is really seen; undefined when it is no paper. */
function candidateOf(edges: EdgeMap, pairs: readonly [Line, Line, Line, Line]): Candidate | undefined {
  const [top, bottom, left, right] = pairs;
  const found = [crossing(top, left), crossing(top, right), crossing(bottom, right), crossing(bottom, left)];
  const corners = found.filter((corner) => corner !== undefined);
  const slack = 4;
  const isInside = ([x, y]: Point): boolean =>
    x >= -slack && y >= -slack && x <= edges.width + slack && y <= edges.height + slack;
  if (corners.length < 4 || !corners.every(isInside) || !isPaperShape(corners)) return undefined;
  const share = areaOf(corners) / (edges.width * edges.height);
  if (share < LEAST_AREA) return undefined;
  const sides = corners.map((corner, at) => support(edges, corner, corners[(at + 1) % 4] ?? corner));
  const mean = sides.reduce((sum, side) => sum + side, 0) / 4;
  if (mean < LEAST_SUPPORT || Math.min(...sides) < LEAST_SIDE) return undefined;
  return { corners, score: mean * mean * Math.sqrt(share) };
}

/** Pairs of lines that face each other, far enough apart to be two sides of a paper. */
function facingPairs(lines: readonly Line[], apart: number): readonly (readonly [Line, Line])[] {
  return lines.flatMap((one, at) =>
    lines
      .slice(at + 1)
      .filter((other) => {
        const between = Math.abs(one.angle - other.angle);
        const slant = Math.min(between, Math.PI - between);
        const distance = between > Math.PI / 2 ? one.distance + other.distance : one.distance - other.distance;
        return slant < Math.PI / 6 && Math.abs(distance) > apart;
      })
      .map((other) => [one, other] as const),
  );
}

/**
 * Where a paper lies on its table: four straight edges of a convex quad, the largest that is well seen. Null when unsure,
 * for a wrong crop is worse than none.
 */
export function findPaper(picture: Grey): Quad | null {
  const small = shrunkGrey(picture, WIDTH);
  const edges = edgeMapOf(blurred(blurred(small)));
  const lines = findLines(edges);
  const pairs = facingPairs(lines, Math.min(edges.width, edges.height) * 0.25);
  let best: Candidate | undefined;
  for (const [at, [top, bottom]] of pairs.entries()) {
    for (const [left, right] of pairs.slice(at + 1)) {
      const candidate = candidateOf(edges, [top, bottom, left, right]);
      if (candidate !== undefined && candidate.score > (best?.score ?? 0)) best = candidate;
    }
  }
  if (best === undefined) return null;
  const inside = (value: number, size: number): number => Math.min(1, Math.max(0, (value + 0.5) / size));
  const [a, b, c, d] = ordered(best.corners).map(([x, y]): [number, number] => [
    inside(x, edges.width),
    inside(y, edges.height),
  ]);
  return a === undefined || b === undefined || c === undefined || d === undefined ? null : [a, b, c, d];
}
