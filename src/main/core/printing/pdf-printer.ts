import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ByteSink, faultCode, faultOutcome, PRINTED } from './printer-port.ts';

/** A name for a file on every system: letters, digits, hyphens and stops; never empty, never hidden. */
export function fileNameOf(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9.-]+/g, '_').replace(/^[.-]+/, '');
  return safe === '' ? 'cetakan' : safe.slice(0, 100);
}

/** Takes the first free name `x.pdf`, `x_2.pdf`, `x_3.pdf` with an empty file: an older paper is never overwritten. */
async function keepFreeName(folder: string, name: string): Promise<string> {
  for (let n = 1; n < 10_000; n += 1) {
    const path = join(folder, n === 1 ? `${name}.pdf` : `${name}_${n}.pdf`);
    try {
      await (await open(path, 'wx', 0o600)).close();
      return path;
    } catch (fault) {
      if (faultCode(fault) !== 'EEXIST') throw fault;
    }
  }
  throw new Error('no free name for a paper');
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a PDF into a folder: whole and on the disk, or not there under its name. */
export function pdfFolderSink(folder: string, name: string): ByteSink {
  return async (bytes, signal) => {
    let kept: string | undefined;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (signal.aborted) return faultOutcome(0, 'TIME_OUT');
      kept = await keepFreeName(folder, fileNameOf(name));
      await writeWhole(`${kept}.part`, bytes);
      // The empty file kept the name for us; the rename replaces it in one step.
      await rename(`${kept}.part`, kept);
      return PRINTED;
    } catch (fault) {
      if (kept !== undefined) await Promise.all([rm(kept, { force: true }), rm(`${kept}.part`, { force: true })]);
      return faultOutcome(0, faultCode(fault));
    }
  };
}
