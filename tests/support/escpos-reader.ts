/** What a roll printer did with some bytes. */
export type PrintedRoll = {
  readonly codePage: number | undefined;
  readonly doubleByteMode: boolean;
  readonly lines: readonly PrintedLine[];
  readonly qrs: readonly PrintedQr[];
  readonly cuts: number;
};
export type PrintedLine = { readonly text: string; readonly columns: number; readonly largest: number };
export type PrintedQr = {
  readonly payload: string;
  readonly moduleDots: number;
  readonly level: 'L' | 'M' | 'Q' | 'H';
};

/** Signs of code page 850 that our papers can hold, from the page's own table; another byte fails the test. */
const UPPER: Readonly<Record<number, string>> = { 0x82: 'é', 0x9d: 'Ø', 0x9e: '×', 0xe9: 'Ú', 0xfa: '·' };

/**
 * A small ESC/POS printer: obeys the commands that it knows, and throws at any other byte. `otherSign` stands for the
 * signs of the upper half that it has no name for.
 */
export function readEscpos(bytes: Uint8Array, otherSign?: string): PrintedRoll {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('the bytes end inside a command');
    at += 1;
    return byte;
  };
  const lines: PrintedLine[] = [];
  const qrs: PrintedQr[] = [];
  let [text, columns, largest, scale] = ['', 0, 1, 1];
  let [codePage, doubleByteMode, cuts] = [undefined as number | undefined, true, 0];
  let qr: { payload: string; moduleDots: number; level: string } = { payload: '', moduleDots: 3, level: 'L' };

  const feed = (): void => {
    lines.push({ text, columns, largest });
    [text, columns, largest] = ['', 0, 1];
  };
  const esc = (): void => {
    const command = next();
    if (command === 0x40) [scale, codePage, doubleByteMode] = [1, undefined, true];
    else if (command === 0x74) codePage = next();
    else if (command === 0x45 || command === 0x61) next();
    else if (command === 0x64) for (let n = next(); n > 0; n -= 1) feed();
    else throw new Error(`unknown ESC ${command}`);
  };
  const qrCommand = (): void => {
    const length = next() + 256 * next();
    const parameters = bytes.subarray(at, at + length);
    at += length;
    const [cn, fn, first] = parameters;
    if (cn !== 0x31 || parameters.length !== length) throw new Error('a torn QR command');
    if (fn === 0x43) qr = { ...qr, moduleDots: first ?? 0 };
    else if (fn === 0x45) qr = { ...qr, level: 'LMQH'[(first ?? 0) - 0x30] ?? '?' };
    else if (fn === 0x50) qr = { ...qr, payload: new TextDecoder().decode(parameters.subarray(3)) };
    else if (fn === 0x51) qrs.push(qr as PrintedQr);
    else if (fn !== 0x41) throw new Error(`unknown QR function ${String(fn)}`);
  };
  const gs = (): void => {
    const command = next();
    if (command === 0x21) {
      const size = next();
      if (size !== 0x00 && size !== 0x11) throw new Error(`unexpected size ${size}`);
      scale = size === 0x11 ? 2 : 1;
    } else if (command === 0x56) {
      cuts += 1;
      if (next() !== 66) throw new Error('unexpected cut');
      next();
    } else if (command === 0x28 && next() === 0x6b) qrCommand();
    else throw new Error(`unknown GS ${command}`);
  };
  const character = (byte: number): void => {
    const sign =
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : (UPPER[byte] ?? (byte >= 0x80 ? otherSign : undefined));
    if (sign === undefined) throw new Error(`a byte that no paper of ours holds: ${byte}`);
    text += sign;
    columns += scale;
    largest = Math.max(largest, scale);
  };

  while (at < bytes.length) {
    const byte = next();
    if (byte === 0x1b) esc();
    else if (byte === 0x1d) gs();
    else if (byte === 0x1c && next() === 0x2e) doubleByteMode = false;
    else if (byte === 0x0a) feed();
    else character(byte);
  }
  return { codePage, doubleByteMode, lines, qrs, cuts };
}
