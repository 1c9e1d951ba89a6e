import { mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { confirmed, openForBusiness } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { pdfOf } from '../../support/hostile-pages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, wholePage } from '../../support/test-pages.ts';

const enrolled = useEnrolledFolder();

/** A file that the scanner has finished a minute before the counter's clock, or is still writing. */
function scanned(counter: TestCounter, folder: string, name: string, bytes: Buffer, ageMs = 60_000): void {
  writeFileSync(join(folder, name), bytes);
  const at = (counter.clock.wallMs() - ageMs) / 1000;
  utimesSync(join(folder, name), at, at);
}

async function watching(): Promise<{ counter: TestCounter; stream: string; folder: string }> {
  const counter = await openForBusiness(await copiedCounter(enrolled()));
  const folder = join(temporaryFolder(), 'pindai');
  mkdirSync(folder);
  await counter.get('documents.set-scan-folder', { folder });
  return { counter, folder, stream: (await confirmed(counter, 'AG 2345 KD')).transactionId };
}

describe('the folder of a scanner', () => {
  it('is listed newest first by name and size: no folder, no link, no other kind, nothing half written', async () => {
    const { counter, folder } = await watching();
    scanned(counter, folder, 'a.jpg', Buffer.alloc(10), 90_000);
    scanned(counter, folder, 'b.pdf', Buffer.alloc(20));
    scanned(counter, folder, 'c.tif', Buffer.alloc(30), 200);
    scanned(counter, folder, 'd.exe', Buffer.alloc(40));
    mkdirSync(join(folder, 'e.jpg'));
    symlinkSync('/etc/passwd', join(folder, 'f.jpg'));
    const { files, health } = await counter.get('documents.scans');
    expect([health, files.map(({ file, bytes }) => [file, bytes])]).toEqual([
      'ok',
      [
        ['b.pdf', 20],
        ['a.jpg', 10],
      ],
    ]);
  });

  it.each(['../keys.json', '..', '/etc/passwd', 'sub/a.jpg', 'sub\\a.jpg', 'C:a.jpg', ''])(
    'gives nothing outside of it: %s',
    async (file) => {
      const { counter, stream } = await watching();
      const refusal = await counter.refusal('documents.take-scan', { stream, file });
      expect(refusal).toMatchObject({ code: 'SCAN_FILE_GONE' });
    },
  );

  it('follows no link, and takes no file that is still being written', async () => {
    const { counter, stream, folder } = await watching();
    const elsewhere = temporaryFolder();
    scanned(counter, elsewhere, 'rahasia.jpg', await cardPhoto('RAHASIA'));
    symlinkSync(join(elsewhere, 'rahasia.jpg'), join(folder, 'f.jpg'));
    scanned(counter, folder, 'c.jpg', await cardPhoto('CONTOH'), 200);
    for (const file of ['f.jpg', 'c.jpg', 'none.jpg']) {
      expect(await counter.refusal('documents.take-scan', { stream, file })).toMatchObject({ code: 'SCAN_FILE_GONE' });
    }
    scanned(counter, folder, 'empty.jpg', Buffer.alloc(0));
    expect(await counter.refusal('documents.take-scan', { stream, file: 'empty.jpg' })).toMatchObject({
      code: 'PAGE_EMPTY',
    });
  });

  it('keeps a file until every page of it is kept, and then it is gone from there', async () => {
    const { counter, stream, folder } = await watching();
    scanned(counter, folder, 'surat.pdf', pdfOf(2));
    const { intakeId } = await counter.get('documents.take-scan', { stream, file: 'surat.pdf' });
    expect((await counter.get('documents.look', { intakeId })).pages.map(({ pageNo }) => pageNo)).toEqual([1, 2]);
    const { pages } = await counter.get('documents.keep', wholePage(intakeId, 'last-notice'));
    expect(pages).toMatchObject([{ source: 'scan-folder', pageNo: 1 }]);
    expect(readdirSync(folder)).toEqual(['surat.pdf']);
    await counter.get('documents.keep', {
      ...wholePage(intakeId, 'last-notice', { evenIfRepeated: true }),
      pages: [{ pageNo: 2, quad: null, turn: 90 }],
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that goes away is said, and nothing of the service changes', async () => {
    const { counter, stream, folder } = await watching();
    renameSync(folder, `${folder}-gone`);
    expect(await counter.get('documents.scans')).toMatchObject({ health: 'gone', files: [] });
    expect(await counter.refusal('documents.take-scan', { stream, file: 'a.jpg' })).toMatchObject({
      code: 'SCAN_FOLDER_GONE',
    });
    expect(await counter.refusal('documents.set-scan-folder', { folder: 'relative/folder' })).toMatchObject({
      code: 'SCAN_FOLDER_GONE',
    });
    await counter.get('documents.set-scan-folder', { folder: null });
    expect(await counter.get('documents.scans')).toEqual({ folder: null, health: 'none', files: [] });
  });
});
