import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyData, statusOfData } from '../../../src/main/core/inspect.ts';
import { confirmed, enterAs, openForBusiness } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile, pagesOnDisk, takenIn, wholePage } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();

async function withPage(): Promise<{ counter: TestCounter; stream: string; documentId: string }> {
  const counter = await openForBusiness(await copiedCounter(folder()));
  const stream = (await confirmed(counter, 'AG 2345 KD')).transactionId;
  return { counter, stream, documentId: await keptFile(counter, stream, await cardPhoto('CONTOH')) };
}

const fileOf = (counter: TestCounter, documentId: string): string =>
  join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);

async function problemsOf(counter: TestCounter): Promise<readonly string[]> {
  const report = await verifyData(counter.config, undefined);
  if (!report.ok) throw new Error(report.error.code);
  return report.value.problems.map(({ problem }) => problem);
}

describe('after a power cut', () => {
  it('a page whose commit did not come is removed with what was half written; every other page stays', async () => {
    const { counter, documentId } = await withPage();
    const strange = `${'Z'.repeat(43)}.page`;
    const pages = join(counter.config.dataDir, 'pages');
    mkdirSync(join(pages, 'ZZ'), { recursive: true });
    writeFileSync(join(pages, 'ZZ', strange), 'sealed, and nobody has its key');
    writeFileSync(join(pages, 'ZZ', `${strange}.unfinished`), 'half');
    const again = await afterPowerCut(counter);
    expect(pagesOnDisk(again)).toEqual([documentId]);
    await enterAs(again, 'petugas-1');
    await again.get('documents.show', { documentId });
    expect(await problemsOf(again)).toEqual([]);
  });

  it('a page without its file is a finding of verify and a case to take it again, which the new page settles', async () => {
    const { counter, stream, documentId } = await withPage();
    rmSync(fileOf(counter, documentId));
    expect(await problemsOf(counter)).toEqual(['PAGE_FILE_MISSING']);
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.get('exceptions.list')).toMatchObject([
      { kind: 'document-missing', reason: 'LOST_HERE', transactionId: stream },
    ]);
    expect((await again.get('counter.status')).needsPerson).toBe(1);
    expect(await again.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_DAMAGED' });
    expect((await again.get('transactions.draft', { transactionId: stream })).documents[0]).toMatchObject({ pages: 0 });
    const intakeId = await takenIn(again, stream, await cardPhoto('CONTOH'));
    await again.get('documents.keep', wholePage(intakeId, 'stnk', { replaces: documentId }));
    expect(await again.get('exceptions.list')).toEqual([]);
    expect(await problemsOf(again)).toEqual([]);
  });

  it('a page that is asked for again after the payment can be taken, and is shown to nobody here', async () => {
    const { counter, stream, documentId } = await withPage();
    await counter.get('transactions.set-payer', {
      transactionId: stream,
      name: 'B',
      phone: null,
      blankReason: null,
      isOwner: true,
    });
    await counter.get('transactions.record-arrival', { transactionId: stream });
    const photo = await cardPhoto('SEKALI LAGI');
    expect(
      await counter.refusal('documents.begin-intake', { stream, bytes: photo.length, camera: true }),
    ).toMatchObject({ code: 'TRANSACTION_CLOSED' });
    rmSync(fileOf(counter, documentId));
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    const intakeId = await takenIn(again, stream, photo, true);
    expect(await again.refusal('documents.keep', wholePage(intakeId, 'stnk'))).toMatchObject({
      code: 'TRANSACTION_CLOSED',
    });
    const { pages } = await again.get('documents.keep', wholePage(intakeId, 'stnk', { replaces: documentId }));
    expect(pages).toMatchObject([{ shown: false, pageNo: 1 }]);
    expect(await again.refusal('documents.show', { documentId: pages[0]?.documentId ?? '' })).toMatchObject({
      code: 'PAGE_NOT_SHOWN',
    });
    expect(await problemsOf(again)).toEqual([]);
  });
});

describe('loket verify and status', () => {
  it('hold every page against its identity, and count them', async () => {
    const { counter, documentId } = await withPage();
    const file = fileOf(counter, documentId);
    const bytes = readFileSync(file);
    expect(await statusOfData(counter.config)).toMatchObject({
      value: { pages: { heldBytes: bytes.length, waiting: 1, missing: 0 } },
    });
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await problemsOf(counter)).toEqual(['PAGE_FILE_DIFFERS']);
    expect(await counter.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_DAMAGED' });
    expect(existsSync(file)).toBe(true);
  });
});
