import { describe, expect, it } from 'vitest';
import { confirmed, openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const province = useProvince();
const PLATE = 'AG 2345 KD';

async function serving(): Promise<{ counter: TestCounter; stream: string }> {
  const counter = await openForBusiness(await enrolledCounter(province()));
  return { counter, stream: (await confirmed(counter, PLATE)).transactionId };
}

const lane = (counter: TestCounter) => counter.get('documents.lane', { show: 'all' });

describe('a page on its way', () => {
  it('waits without a line, goes after the money, and is confirmed by a signed receipt', async () => {
    const { counter, stream } = await serving();
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    expect(await lane(counter)).toMatchObject({
      waiting: 1,
      rows: [{ documentId, state: 'local', sentBytes: 0, tries: 0 }],
    });
    await sync(counter);
    const [row] = (await lane(counter)).rows;
    expect(row).toMatchObject({ documentId, state: 'stored', sentBytes: row?.bytes, tries: 1, lastReason: null });
    expect(await lane(counter)).toMatchObject({ waiting: 0, waitingBytes: 0, secondsLeft: null });
    const { context } = province().province;
    const stored = await context.db.selectFrom('document').selectAll().where('document_id', '=', documentId).execute();
    expect(stored).toMatchObject([{ state: 'stored', stream, kind: 'stnk', bytes: row?.bytes }]);
    expect((await context.pages.store.read(documentId))?.length).toBe(row?.bytes);
  });
});
