/** Bytes that a QR code of version 1, 2, 3 ... holds in byte mode (ISO/IEC 18004, table 7), by error correction. */
const CAPACITY = {
  M: [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
    997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
  ],
  L: [
    17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929, 1003, 1091,
    1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953,
  ],
} as const;

/** 203 dpi: eight dots to the millimetre. */
const DOTS_PER_MM = 8;
/** "A quiet zone of four modules on each side" (ISO/IEC 18004). */
const QUIET_MODULES = 8;
/** Half a millimetre: what the camera of a cheap phone reads from an arm's length. */
const GOOD_MODULE_DOTS = 4;
/** Below this a hot print head closes the gaps. */
const LEAST_MODULE_DOTS = 3;
/** The largest module that `GS ( k` fn 67 takes. */
const LARGEST_MODULE_DOTS = 16;

/** How a QR code is printed on a roll. */
export type QrSize = {
  readonly level: 'L' | 'M';
  /** Modules on an edge, quiet zone not counted. */
  readonly modules: number;
  readonly moduleDots: number;
};

function modulesOf(byteLength: number, level: 'L' | 'M'): number | undefined {
  const version = CAPACITY[level].findIndex((capacity) => byteLength <= capacity) + 1;
  return version === 0 ? undefined : 17 + 4 * version;
}

function sizeAt(byteLength: number, widthDots: number, minMm: number, level: 'L' | 'M'): QrSize | undefined {
  const modules = modulesOf(byteLength, level);
  if (modules === undefined) return undefined;
  const atMost = Math.min(Math.floor(widthDots / (modules + QUIET_MODULES)), LARGEST_MODULE_DOTS);
  const atLeast = Math.ceil((minMm * DOTS_PER_MM) / modules);
  return { level, modules, moduleDots: Math.min(Math.max(GOOD_MODULE_DOTS, atLeast), atMost) };
}

/**
 * Picks error correction and module size for a roll of `widthDots`: level M where half-millimetre modules fit, else L.
 * Throws RangeError for a payload that cannot be printed `minMm` wide, which is a bug of the caller.
 */
export function qrSize(byteLength: number, widthDots: number, minMm: number): QrSize {
  const good = sizeAt(byteLength, widthDots, minMm, 'M');
  if (good !== undefined && good.moduleDots >= GOOD_MODULE_DOTS) return good;
  const dense = sizeAt(byteLength, widthDots, minMm, 'L');
  if (
    dense === undefined ||
    dense.moduleDots < LEAST_MODULE_DOTS ||
    dense.modules * dense.moduleDots < minMm * DOTS_PER_MM
  ) {
    throw new RangeError(`a QR code of ${byteLength} bytes does not fit a roll of ${widthDots} dots`);
  }
  return dense;
}
