import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isIntact, segmentFile, segmentFolder, writeSegment } from '../../../src/main/core/journal/mirror-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DEVICE = '019cd5b0-13a8-7727-83e7-7824ae586a04';
const SPAN = { fromSeq: 12, toSeq: 13, headTag: '32f8b5890b67b692' };

it('a segment that a power cut left half is replaced by the next try, whatever its sealed bytes are', async () => {
  const folder = temporaryFolder();
  const place = segmentFolder(folder, DEVICE);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, `${segmentFile({ ...SPAN, digest: null })}.unfinished`), 'half');
  const written = await writeSegment(folder, DEVICE, SPAN, Buffer.from('sealed anew'));
  expect(readdirSync(place)).toEqual([segmentFile(written)]);
  expect(await isIntact(folder, DEVICE, written)).toBe(true);
});
