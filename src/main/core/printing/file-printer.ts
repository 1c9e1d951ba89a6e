import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSink, faultCode, faultOutcome, PRINTED, type Wait } from './printer-port.ts';
import type { Conversation, PrinterStatus } from './printer-status.ts';

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

/** Both directions where the device has them, for it lets itself be opened once only; else the one that prints. */
async function openForPrinting(path: string, asks: boolean): Promise<FileHandle> {
  const flags = flagsOf(path);
  if (!asks || !DEVICE.test(path)) return await open(path, flags, 0o600);
  const both = (flags & ~constants.O_WRONLY) | constants.O_RDWR | constants.O_NOCTTY;
  return await open(path, both).catch(() => open(path, flags)); // its fault is the one that is told
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, wait: Wait, signal: AbortSignal): Promise<void> {
  for (let written = 0; written < bytes.length && !signal.aborted; ) {
    written += await writePiece(handle, bytes.subarray(written), wait, signal);
  }
}

function conversationWith(handle: FileHandle, wait: Wait, signal: AbortSignal): Conversation {
  const piece = new Uint8Array(1);
  return {
    send: (bytes) => writeAll(handle, bytes, wait, signal),
    receive: async () => {
      // Nothing said yet, or a cable with one direction: both tell nothing.
      const { bytesRead } = await handle.read(piece, 0, 1, null).catch(() => ({ bytesRead: 0 }));
      return bytesRead === 0 ? undefined : piece[0];
    },
  };
}

/** A printer behind a path: `/dev/usb/lp0`, a shared printer of Windows, or a plain file. `status` asks what can answer. */
export function fileSink(path: string, wait: Wait, status?: PrinterStatus): ByteSink {
  // A read of Windows waits for ever.
  const asked = process.platform === 'win32' ? undefined : status;
  return async (bytes, signal) => {
    let written = 0;
    let handle: FileHandle | undefined;
    try {
      handle = await openForPrinting(path, asked !== undefined);
      const isDevice = asked !== undefined && (await handle.stat()).isCharacterDevice();
      const talk = conversationWith(handle, wait, signal);
      const before = isDevice ? await asked.before(talk, signal) : null;
      if (before !== null) return faultOutcome(0, before);
      while (written < bytes.length) {
        if (signal.aborted) return faultOutcome(written, 'TIME_OUT');
        written += await writePiece(handle, bytes.subarray(written, written + PIECE_BYTES), wait, signal);
      }
      const after = isDevice ? await asked.after(talk, signal) : null;
      return after === null ? PRINTED : faultOutcome(written, after);
    } catch (fault) {
      return faultOutcome(written, faultCode(fault));
    } finally {
      await handle?.close();
    }
  };
}
