import type { Grey } from './grey.ts';

/** A straight line by its normal: `x cos(angle) + y sin(angle) = distance`, angle in [0, pi). */
export type Line = { readonly angle: number; readonly distance: number; readonly votes: number };

/** Where brightness changes, and which way. */
export type EdgeMap = {
  readonly width: number;
  readonly height: number;
  /** Pixels with an edge: place and angle of the normal in [0, pi). */
  readonly points: readonly { readonly x: number; readonly y: number; readonly angle: number }[];
  /** Whether an edge with about this normal lies within two pixels. */
  readonly runsAlong: (x: number, y: number, normal: number) => boolean;
};

/** Share of the pixels, the hardest first, that are edges. */
const EDGE_SHARE = 0.1;
/** A change smaller than this is grain, however quiet the rest is. */
const LEAST_CHANGE = 24;
const ANGLES = 90;
/** How far an edge's own angle may be from the line that it votes for. */
const SPREAD = 3;
const MOST_LINES = 14;
const NEAR_ANGLE = 5;
const NEAR_DISTANCE = 7;

const halfTurn = (angle: number): number => ((angle % Math.PI) + Math.PI) % Math.PI;

function thresholdOf(changes: Float32Array): number {
  const counts = new Uint32Array(1024);
  for (const change of changes) {
    const bin = Math.min(1023, Math.floor(change));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  let left = changes.length * EDGE_SHARE;
  for (let bin = 1023; bin > LEAST_CHANGE; bin -= 1) {
    left -= counts[bin] ?? 0;
    if (left <= 0) return bin;
  }
  return LEAST_CHANGE;
}

/** Edges by Sobel's operator, the hardest tenth of the picture. */
export function edgeMapOf({ data, width, height }: Grey): EdgeMap {
  const changes = new Float32Array(width * height);
  const angles = new Float32Array(width * height);
  const at = (x: number, y: number): number => data[y * width + x] ?? 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const [left, right] = [x - 1, x + 1];
      const across =
        at(right, y - 1) + 2 * at(right, y) + at(right, y + 1) - at(left, y - 1) - 2 * at(left, y) - at(left, y + 1);
      const down =
        at(left, y + 1) + 2 * at(x, y + 1) + at(right, y + 1) - at(left, y - 1) - 2 * at(x, y - 1) - at(right, y - 1);
      changes[y * width + x] = Math.hypot(across, down);
      angles[y * width + x] = halfTurn(Math.atan2(down, across));
    }
  }
  const threshold = thresholdOf(changes);
  const points: { x: number; y: number; angle: number }[] = [];
  const isEdge = new Uint8Array(width * height);
  for (let place = 0; place < changes.length; place += 1) {
    if ((changes[place] ?? 0) < threshold) continue;
    isEdge[place] = 1;
    points.push({ x: place % width, y: Math.floor(place / width), angle: angles[place] ?? 0 });
  }
  const isNear = (x: number, y: number, normal: number): boolean => {
    if (x < 0 || y < 0 || x >= width || y >= height || isEdge[y * width + x] !== 1) return false;
    const between = Math.abs(halfTurn(angles[y * width + x] ?? 0) - halfTurn(normal));
    return Math.min(between, Math.PI - between) < Math.PI / 8;
  };
  const runsAlong: EdgeMap['runsAlong'] = (x, y, normal) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    for (let step = -2; step <= 2; step += 1) {
      const [aside, below] = [Math.round(Math.cos(normal) * step), Math.round(Math.sin(normal) * step)];
      if (isNear(column + aside, row + below, normal)) return true;
    }
    return false;
  };
  return { width, height, points, runsAlong };
}

/** The straightest long edges: votes of the Hough transform, each edge for lines of about its own direction. */
export function findLines({ width, height, points }: EdgeMap): readonly Line[] {
  const reach = Math.ceil(Math.hypot(width, height));
  const votes = new Uint16Array(ANGLES * (2 * reach + 1));
  const directions = Array.from({ length: ANGLES }, (_, n) => (n * Math.PI) / ANGLES);
  const cosines = directions.map(Math.cos);
  const sines = directions.map(Math.sin);
  for (const { x, y, angle } of points) {
    const own = Math.round((angle / Math.PI) * ANGLES);
    for (let step = own - SPREAD; step <= own + SPREAD; step += 1) {
      const n = (step + ANGLES) % ANGLES;
      const distance = Math.round(x * (cosines[n] ?? 0) + y * (sines[n] ?? 0)) + reach;
      const place = n * (2 * reach + 1) + distance;
      votes[place] = (votes[place] ?? 0) + 1;
    }
  }
  const least = Math.min(width, height) * 0.2;
  const peaks: { n: number; distance: number; votes: number }[] = [];
  for (const [place, count] of votes.entries()) {
    if (count >= least) {
      peaks.push({ n: Math.floor(place / (2 * reach + 1)), distance: (place % (2 * reach + 1)) - reach, votes: count });
    }
  }
  peaks.sort((one, other) => other.votes - one.votes);
  const lines: typeof peaks = [];
  for (const peak of peaks) {
    if (lines.length >= MOST_LINES) break;
    const isSame = lines.some((line) => {
      const between = Math.abs(line.n - peak.n);
      // Over the half turn the same line has the other sign.
      const wraps = between > ANGLES / 2;
      const turn = wraps ? ANGLES - between : between;
      const apart = wraps ? Math.abs(line.distance + peak.distance) : Math.abs(line.distance - peak.distance);
      return turn <= NEAR_ANGLE && apart <= NEAR_DISTANCE;
    });
    if (!isSame) lines.push(peak);
  }
  return lines.map(({ n, distance, votes: count }) => ({ angle: (n * Math.PI) / ANGLES, distance, votes: count }));
}
