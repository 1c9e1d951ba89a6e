import { type Nrkb, nrkbParts } from './nrkb.ts';
import type { RegencyCode } from './regency.ts';
import { assertNever } from './result.ts';
import type { Energy, VehicleKind, VehicleUse } from './vehicle.ts';

/** Which kind of vehicle a number block was given to (Perkap 5/2012). */
export type NrkbBlock = 'passenger' | 'motorcycle' | 'bus' | 'goods';

/** 1 to 1999 passenger cars, 2000 to 6999 motorcycles, 7000 to 7999 buses, 8000 to 9999 goods. A soft check only. */
export function nrkbNumberBlock(nrkb: Nrkb): NrkbBlock {
  const { number } = nrkbParts(nrkb);
  if (number < 2000) return 'passenger';
  if (number < 7000) return 'motorcycle';
  return number < 8000 ? 'bus' : 'goods';
}

const KINDS_OF_BLOCK: Readonly<Record<NrkbBlock, readonly VehicleKind[]>> = {
  passenger: ['sedan', 'jeep', 'minibus', 'ambulance', 'hearse'],
  motorcycle: ['motorcycle', 'three-wheeler'],
  bus: ['bus', 'microbus', 'minibus'],
  goods: ['pickup', 'blind-van', 'light-truck', 'truck', 'tractor', 'forklift', 'crane', 'fire-engine'],
};

/** Whether number and kind agree; advice for the officer's eyes, never a reason to refuse. */
export function blockFitsKind(nrkb: Nrkb, kind: VehicleKind): boolean {
  return KINDS_OF_BLOCK[nrkbNumberBlock(nrkb)].includes(kind);
}

/** First letters of a suffix, `A-G` or single letters, and the regency they were given to. */
type SuffixRow = readonly [letters: string, regency: RegencyCode];

/**
 * Secondary sources of different age, two of them from 2011: "advisory only; never block on it". Old W plates persist in
 * Jombang and Mojokerto, and the letter U and P may mean public and government use instead.
 */
const SUFFIX_REGENCIES: Readonly<Record<string, readonly SuffixRow[]>> = {
  L: [['ABCDEFGHIJKLMNOPQRSTUVWXYZØ', '3578']],
  M: [
    ['ABCDEFG', '3528'],
    ['HIJKLMN', '3526'],
    ['OPQRST', '3527'],
    ['UVWXYZ', '3529'],
  ],
  W: [
    ['ABCDEFGHIJKLM', '3525'],
    ['NOPQRSTUVWXYZ', '3515'],
  ],
  S: [
    ['ABCD', '3522'],
    ['EFGH', '3523'],
    ['JKLM', '3524'],
    ['OPQRST', '3516'],
    ['VWXYZØ', '3517'],
  ],
  AG: [
    ['ABC', '3571'],
    ['DEFGHJ', '3506'],
    ['IKLM', '3505'],
    ['PQ', '3572'],
    ['ORST', '3504'],
    ['UVW', '3518'],
    ['YZ', '3503'],
  ],
  AE: [
    ['ABC', '3577'],
    ['DEFG', '3519'],
    ['HIJKL', '3521'],
    ['MNOPQR', '3520'],
    ['STUV', '3502'],
    ['WXYZ', '3501'],
  ],
  N: [
    ['ABCE', '3573'],
    ['DFGHIJ', '3507'],
    ['K', '3579'],
    ['LMN', '3513'],
    ['PQR', '3574'],
    ['SU', '3514'],
    ['VX', '3575'],
    ['WYZ', '3508'],
  ],
  P: [
    ['ABCD', '3511'],
    ['EFGH', '3512'],
    ['KLMNOPQRST', '3509'],
    ['UVWXYZ', '3510'],
  ],
};

/** The regency that a suffix points to, null where no source says; advisory, never blocking. */
export function regencyHintOf(nrkb: Nrkb): RegencyCode | null {
  const { area, suffix } = nrkbParts(nrkb);
  const first = suffix.charAt(0);
  if (first === '') return null;
  const row = SUFFIX_REGENCIES[area]?.find(([letters]) => letters.includes(first));
  return row?.[1] ?? null;
}

/** Ground, letters and mark of a plate, for drawing it. */
export interface PlateColours {
  readonly ground: 'white' | 'black' | 'yellow' | 'red';
  readonly letters: 'black' | 'white';
  /** The blue strip of electric vehicles. */
  readonly electricMark: boolean;
}

/**
 * Perpol 7/2021, Article 45: white with black letters for private persons and legal bodies, yellow with black for public
 * use, red with white for the government. Black with white stays valid until the plate is replaced.
 */
export function plateColours(use: VehicleUse, options: { energy?: Energy; isOldStock?: boolean } = {}): PlateColours {
  const electricMark = options.energy === 'electric';
  switch (use) {
    case 'public':
      return { ground: 'yellow', letters: 'black', electricMark };
    case 'government':
      return { ground: 'red', letters: 'white', electricMark };
    case 'private':
    case 'social':
      return options.isOldStock === true
        ? { ground: 'black', letters: 'white', electricMark }
        : { ground: 'white', letters: 'black', electricMark };
    default:
      return assertNever(use);
  }
}
