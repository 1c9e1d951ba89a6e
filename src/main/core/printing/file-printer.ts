import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSink, faultCode, faultOutcome, PRINTED, type Wait } from './printer-port.ts';

/** Small pieces: a printer that stops is noticed where it stopped. */
const PIECE_BYTES = 4096;
/** A busy device is asked again after so long (ms). */
const BUSY_PAUSE_MS = 20;
const BUSY_CODES = new Set(['EAGAIN', 'EBUSY']);
/** `/dev/shm` is a folder of files, in memory. */
const DEVICE = /^(\/dev\/(?!shm\/)|\\\\)/;

/**
 * A device is opened without waiting for it and never made: a printer that is pulled out must not become a file that
 * swallows receipts. Any other path is a file that grows.
 */
function flagsOf(path: string): number {
  const flags = constants.O_WRONLY | constants.O_APPEND;
  if (process.platform === 'win32') return DEVICE.test(path) ? constants.O_WRONLY : flags | constants.O_CREAT;
  return flags | constants.O_NONBLOCK | (DEVICE.test(path) ? 0 : constants.O_CREAT);
}

async function writePiece(handle: FileHandle, piece: Uint8Array, wait: Wait, signal: AbortSignal): Promise<number> {
  try {
    return (await handle.write(piece)).bytesWritten;
  } catch (fault) {
    if (!BUSY_CODES.has(faultCode(fault))) throw fault;
    await wait(BUSY_PAUSE_MS, signal);
    return 0;
  }
}

/** A printer behind a path: `/dev/usb/lp0`, a shared printer of Windows, or a plain file. */
export function fileSink(path: string, wait: Wait): ByteSink {
  return async (bytes, signal) => {
    let written = 0;
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, flagsOf(path), 0o600);
      while (written < bytes.length) {
        if (signal.aborted) return faultOutcome(written, 'TIME_OUT');
        written += await writePiece(handle, bytes.subarray(written, written + PIECE_BYTES), wait, signal);
      }
      return PRINTED;
    } catch (fault) {
      return faultOutcome(written, faultCode(fault));
    } finally {
      await handle?.close();
    }
  };
}
