import { openHandle } from './driver.ts';

/** What a copy of the database holds. */
type CopyContent = {
  readonly isWhole: boolean;
  readonly entries: number;
  readonly lastSeq: number;
  readonly head: string | null;
};

const BUSY_MS = 1000;

/** Opens a copy for reading only, follows every tree of it once, and counts its entries. */
export function readCopy(file: string): CopyContent {
  const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: BUSY_MS });
  try {
    const head = handle.scalar('SELECT hash FROM entry ORDER BY seq DESC LIMIT 1');
    return {
      isWhole: handle.scalar('PRAGMA integrity_check(1)') === 'ok',
      entries: Number(handle.scalar('SELECT count(*) FROM entry')),
      lastSeq: Number(handle.scalar('SELECT coalesce(max(seq), 0) FROM entry')),
      head: typeof head === 'string' ? head : null,
    };
  } finally {
    handle.close();
  }
}
