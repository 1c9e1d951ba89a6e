import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { confirmed, enterAs, openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const reason = 'wajib pajak bertanya';

describe('a page that the counter cannot show any more', () => {
  const province = useProvince();

  /** One page at the province, its service given up to nobody: a supervisor stands at the counter. */
  async function sent(): Promise<{ counter: TestCounter; documentId: string }> {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { transactionId } = await confirmed(counter, 'AG 2345 KD');
    const documentId = await keptFile(counter, transactionId, await cardPhoto('CONTOH'));
    await sync(counter);
    await expect
      .poll(() => counter.rows('SELECT state FROM document'), { timeout: 20_000 })
      .toEqual([{ state: 'stored' }]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    return { counter, documentId };
  }

  it('is opened at the province for a supervisor, recorded on both sides, as a new picture', async () => {
    const { counter, documentId } = await sent();
    const { picture } = await counter.get('documents.open-at-province', { documentId, reason });
    const bytes = Buffer.from(picture.split(',')[1] ?? '', 'base64');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1600 });
    expect(counter.bodies('document.viewed')).toEqual([{ documentId }]);
    const looks = await province().province.context.db.selectFrom('document_look').selectAll().execute();
    expect(looks).toMatchObject([{ document_id: documentId, officer_id: 'pengawas', reason }]);
    const unknown = { documentId: 'A'.repeat(43), reason };
    expect(await counter.refusal('documents.open-at-province', unknown)).toEqual({ code: 'PAGE_UNKNOWN' });
  });

  it('is not opened without a line, nor for an officer, and nothing is noted', async () => {
    const { counter, documentId } = await sent();
    counter.line.set('down');
    expect(await counter.refusal('documents.open-at-province', { documentId, reason })).toMatchObject({
      code: 'NO_LINE',
    });
    expect(counter.bodies('document.viewed')).toEqual([]);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect(await counter.refusal('documents.open-at-province', { documentId, reason })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
