import { writeFileSync } from 'node:fs';
import { CommandRefusal } from './command.ts';

/** Writes a file that must not be there yet: what was printed before is never written over by a slip of the keys. */
export function writeNewFile(out: string, bytes: Uint8Array): void {
  try {
    writeFileSync(out, bytes, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandRefusal('FILE_NOT_WRITTEN', `${out} cannot be written (${code})`, ['out']);
  }
}
