import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { confirmed, openForBusiness } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile, takenIn, wholePage } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();
const PLATE = 'AG 2345 KD';

async function serving(): Promise<{ counter: TestCounter; stream: string }> {
  const counter = await openForBusiness(await copiedCounter(folder()));
  return { counter, stream: (await confirmed(counter, PLATE)).transactionId };
}

const pictureOf = (shown: { picture: string }): Buffer => Buffer.from(shown.picture.split(',')[1] ?? '', 'base64');

describe('a page of a paper', () => {
  it('is looked at, kept in one commit, shown while the service is open, and each look is an entry', async () => {
    const { counter, stream } = await serving();
    const intakeId = await takenIn(counter, stream, await cardPhoto('CONTOH'), true);
    const looked = await counter.get('documents.look', { intakeId });
    expect(looked).toMatchObject({ left: 0, pages: [{ pageNo: 1, width: 1600, height: 1200, sharpness: 'good' }] });
    const { pages } = await counter.get('documents.keep', wholePage(intakeId, 'stnk'));
    expect(pages).toMatchObject([{ kind: 'stnk', pageNo: 1, source: 'camera', shown: true, state: 'local' }]);
    const documentId = pages[0]?.documentId ?? '';
    expect(counter.bodies('document.captured')).toMatchObject([{ documentId, kind: 'stnk', replaces: null }]);
    const bytes = pictureOf(await counter.get('documents.show', { documentId }));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1600, height: 1200 });
    expect(counter.bodies('document.viewed')).toEqual([{ documentId }]);
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file).includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
  });

  it('is not shown again when the service was given up, nor is its key anywhere', async () => {
    const { counter, stream } = await serving();
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const keys = () => counter.rows('SELECT count(*) AS n FROM subject_key')[0]?.['n'];
    const before = Number(keys());
    await counter.get('transactions.abandon', { transactionId: stream });
    expect(Number(keys())).toBe(before - 1);
    expect(await counter.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_NOT_SHOWN' });
    expect(counter.rows('SELECT wrapped_key FROM document')).toEqual([{ wrapped_key: null }]);
  });
});
