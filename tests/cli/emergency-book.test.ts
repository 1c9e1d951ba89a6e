import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('loket emergency-book', () => {
  it('writes a book once, and says what is wrong with a range that cannot be', async () => {
    const out = join(temporaryFolder(), 'buku.pdf');
    const book = (from: string, count: string) =>
      runLoket(['emergency-book', '--from', from, '--count', count, '--out', out]);
    const first = await book('101', '2');
    expect(first).toMatchObject({ code: 0, lines: [{ from: 101, to: 102, out, bytes: statSync(out).size }] });
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await book('1', '2')).toMatchObject({ code: 2, lines: [{ error: { code: 'FILE_NOT_WRITTEN' } }] });
    for (const [from, count] of [
      ['0', '25'],
      ['1', '201'],
      ['99999999', '2'],
      ['x', '1'],
    ] as const) {
      expect(await book(from, count), from).toMatchObject({ code: 2, lines: [{ error: { code: 'OPTION_WRONG' } }] });
    }
  });
});
