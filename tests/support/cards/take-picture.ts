import sharp from 'sharp';
import type { CardRandom } from './card-random.ts';

/** How a picture was taken; every figure is drawn from the seed. */
export type Shot = {
  readonly wide: number;
  readonly degrees: number;
  /** How far a corner is out of its place, as a fraction of the side. */
  readonly slant: number;
  readonly blur: number;
  readonly noise: number;
  readonly light: number;
  readonly shadow: number;
  readonly glare: number;
  readonly quality: number;
};

type Point = readonly [x: number, y: number];
type Grid = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A picture as somebody at a counter takes it: most are fair, some are poor. */
export function drawShot(random: CardRandom): Shot {
  const chance = (share: number, from: number, to: number): number =>
    random.fraction() < share ? random.between(from, to) : 0;
  return {
    wide: random.whole(1200, 1600),
    degrees: random.between(-8, 8),
    slant: random.between(0, 0.04),
    blur: chance(0.6, 0.4, 1.3),
    noise: random.between(2, 11),
    light: random.fraction() < 0.25 ? random.between(0.38, 0.6) : random.between(0.75, 1.05),
    shadow: chance(0.4, 0.15, 0.5),
    glare: chance(0.3, 0.4, 0.9),
    quality: random.whole(40, 80),
  };
}

/** The eight numbers that carry four points onto four others (Gauss with a pivot). */
function perspectiveOf(from: readonly Point[], to: readonly Point[]): readonly number[] {
  const rows = from.flatMap(([x, y], at) => {
    const [u, v] = to[at] ?? [0, 0];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column += 1) {
    const size = (row: number[]): number => Math.abs(row[column] ?? 0);
    const rest = rows.slice(column).sort((left, right) => size(right) - size(left));
    rows.splice(column, rest.length, ...rest);
    const pivot = rows[column] ?? [];
    const lead = pivot[column] ?? 1;
    for (let cell = column; cell < 9; cell += 1) pivot[cell] = (pivot[cell] ?? 0) / lead;
    for (const row of rows) {
      const factor = row[column] ?? 0;
      if (row === pivot || factor === 0) continue;
      for (let cell = column; cell < 9; cell += 1) row[cell] = (row[cell] ?? 0) - factor * (pivot[cell] ?? 0);
    }
  }
  return rows.map((row) => row[8] ?? 0);
}

/** Where the corners of the card come to lie on the picture. */
function cornersOn(wide: number, high: number, shot: Shot, random: CardRandom): readonly Point[] {
  const [middleX, middleY] = [wide / 2, high / 2];
  const reach = 0.43;
  const turn = (shot.degrees * Math.PI) / 180;
  const flat: readonly Point[] = [
    [-reach, -reach],
    [reach, -reach],
    [reach, reach],
    [-reach, reach],
  ];
  return flat.map(([x, y]) => {
    const slanted = [x + random.between(-shot.slant, shot.slant), y + random.between(-shot.slant, shot.slant)] as const;
    const [px, py] = [slanted[0] * wide, slanted[1] * high];
    return [
      middleX + (px * Math.cos(turn) - py * Math.sin(turn)) * 0.94,
      middleY + (px * Math.sin(turn) + py * Math.cos(turn)) * 0.94,
    ];
  });
}

/** The card laid on a table, seen from aside: bilinear, RGB. */
function layOut(
  card: Grid,
  wide: number,
  high: number,
  corners: readonly Point[],
  table: readonly number[],
): Uint8Array {
  const picture = new Uint8Array(wide * high * 3);
  const sides: readonly Point[] = [
    [0, 0],
    [card.width - 1, 0],
    [card.width - 1, card.height - 1],
    [0, card.height - 1],
  ];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = perspectiveOf(corners, sides);
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const depth = g * x + h * y + 1;
      const [u, v] = [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
      const inside = u >= 0 && v >= 0 && u < card.width - 1 && v < card.height - 1;
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const at = (top * card.width + left) * 3;
      for (let band = 0; band < 3; band += 1) {
        const spot = (y * wide + x) * 3 + band;
        if (!inside) {
          picture[spot] = table[band] ?? 0;
          continue;
        }
        const [du, dv] = [u - left, v - top];
        const next = at + band + card.width * 3;
        const upper = (card.data[at + band] ?? 0) * (1 - du) + (card.data[at + band + 3] ?? 0) * du;
        const lower = (card.data[next] ?? 0) * (1 - du) + (card.data[next + 3] ?? 0) * du;
        picture[spot] = upper * (1 - dv) + lower * dv;
      }
    }
  }
  return picture;
}

/** Light, a shadow's edge, a spot of glare and the noise of a cheap lens, in place. */
function spoil(picture: Uint8Array, wide: number, high: number, shot: Shot, random: CardRandom): void {
  const glareAt: Point = [random.between(0.2, 0.8) * wide, random.between(0.2, 0.8) * high];
  const glareSize = random.between(0.06, 0.13) * wide;
  const shadowFrom = random.between(0.3, 0.8) * wide;
  const lean = random.between(-0.5, 0.5);
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const far = ((x - glareAt[0]) ** 2 + (y - glareAt[1]) ** 2) / glareSize ** 2;
      const glare = far < 4 ? 255 * shot.glare * Math.exp(-far) : 0;
      const shaded = Math.min(1, Math.max(0, (x + lean * y - shadowFrom) / (wide * 0.08)));
      const light = shot.light * (1 - shot.shadow * shaded);
      const grain = (random.fraction() + random.fraction() + random.fraction() - 1.5) * 2 * shot.noise;
      const spot = (y * wide + x) * 3;
      for (let band = 0; band < 3; band += 1) {
        const value = (picture[spot + band] ?? 0) * light + glare + grain;
        picture[spot + band] = Math.min(255, Math.max(0, value));
      }
    }
  }
}

/** Takes a picture of a drawing: a JPEG, and where the card lies in it (corners from 0 to 1, clockwise from upper left). */
export async function takePicture(
  svg: string,
  shot: Shot,
  random: CardRandom,
): Promise<{ readonly jpeg: Buffer; readonly corners: readonly Point[] }> {
  const flat = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [wide, high] = [shot.wide, Math.round(shot.wide * 0.68)];
  const corners = cornersOn(wide, high, shot, random);
  const table = random.oneOf([
    [92, 70, 52],
    [60, 64, 70],
    [148, 128, 104],
    [40, 52, 44],
  ] as const);
  const card = { data: flat.data, width: flat.info.width, height: flat.info.height };
  const picture = layOut(card, wide, high, corners, table);
  spoil(picture, wide, high, shot, random);
  const raw = sharp(picture, { raw: { width: wide, height: high, channels: 3 } });
  const blurred = shot.blur === 0 ? raw : raw.blur(shot.blur);
  const jpeg = await blurred.jpeg({ quality: shot.quality }).toBuffer();
  return { jpeg, corners: corners.map(([x, y]) => [x / wide, y / high] as const) };
}
