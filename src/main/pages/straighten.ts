import type { Quad } from '../../contract/views-documents.ts';
import type { Pixels } from './picture.ts';

/** Maps the unit square onto a quad: eight numbers of a homography (Heckbert, 1989, 2.2.3). */
function squareToQuad([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad): readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
] {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = determinant === 0 ? 0 : (dx3 * dy2 - dx2 * dy3) / determinant;
  const h = determinant === 0 ? 0 : (dx1 * dy3 - dx3 * dy1) / determinant;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h];
}

/** Size of the paper in the picture's pixels: the longer of each two facing sides. */
export function sizeOfQuad(
  quad: Quad,
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const side = (one: number, other: number): number => {
    const [from, to] = [quad[one] ?? quad[0], quad[other] ?? quad[0]];
    return Math.hypot((from[0] - to[0]) * width, (from[1] - to[1]) * height);
  };
  return { width: Math.max(side(0, 1), side(3, 2)), height: Math.max(side(0, 3), side(1, 2)) };
}

/** Whether the corners go round clockwise and hold something; a quad that crosses itself gives no page. */
export function isQuadUsable(quad: Quad): boolean {
  return quad.every((corner, at) => {
    const [x, y] = corner;
    const [nextX, nextY] = quad[(at + 1) % 4] ?? corner;
    const [afterX, afterY] = quad[(at + 2) % 4] ?? corner;
    return (nextX - x) * (afterY - nextY) - (nextY - y) * (afterX - nextX) > 0.0005;
  });
}

/** The paper as if seen from above: each pixel of the result is mixed of the four around its place in the picture. */
export function straightened(from: Pixels, quad: Quad, width: number, height: number): Pixels {
  const [a, b, c, d, e, f, g, h] = squareToQuad(quad);
  const data = new Uint8Array(width * height * 3);
  const { data: source } = from;
  const [lastX, lastY, row] = [from.width - 1, from.height - 1, from.width * 3];
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x += 1) {
      const u = (x + 0.5) / width;
      const depth = g * u + h * v + 1;
      const placeX = Math.min(lastX, Math.max(0, ((a * u + b * v + c) / depth) * from.width - 0.5));
      const placeY = Math.min(lastY, Math.max(0, ((d * u + e * v + f) / depth) * from.height - 0.5));
      const [left, top] = [Math.floor(placeX), Math.floor(placeY)];
      const [shareX, shareY] = [placeX - left, placeY - top];
      const upper = top * row + left * 3;
      const aside = left < lastX ? 3 : 0;
      const lower = top < lastY ? upper + row : upper;
      for (let channel = 0; channel < 3; channel += 1) {
        const above = (source[upper + channel] ?? 0) * (1 - shareX) + (source[upper + aside + channel] ?? 0) * shareX;
        const below = (source[lower + channel] ?? 0) * (1 - shareX) + (source[lower + aside + channel] ?? 0) * shareX;
        data[to] = above * (1 - shareY) + below * shareY + 0.5;
        to += 1;
      }
    }
  }
  return { data, width, height };
}
