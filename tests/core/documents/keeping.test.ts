import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { confirmed, enterAs, openForBusiness, prepared, unlock } from '../../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { makeCard } from '../../support/cards/card-set.ts';
import { cardPhoto, keptFile, pagesOnDisk, takenIn, wholePage } from '../../support/test-pages.ts';

const folder = useEnrolledFolder();
const PLATE = 'AG 2345 KD';
const PAYER = { name: 'Budi Pembayar', phone: '081234567890', blankReason: null, isOwner: true };

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

  it('is taken back with a service that was given up: its key, its file, and an entry that says so', async () => {
    const { counter, stream } = await serving();
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const keys = () => Number(counter.rows('SELECT count(*) AS n FROM subject_key')[0]?.['n']);
    expect(keys()).toBe(1);
    await counter.get('transactions.abandon', { transactionId: stream });
    expect(keys()).toBe(0);
    expect(await counter.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_UNKNOWN' });
    expect(counter.rows('SELECT wrapped_key, state FROM document')).toEqual([
      { wrapped_key: null, state: 'discarded' },
    ]);
    expect(counter.bodies('document.discarded')).toEqual([{ documentId, reason: 'abandoned', note: null }]);
    expect(pagesOnDisk(counter)).toEqual([]);
  });

  it('is not shown after the payment, nor after a restart, and its bytes stay for the province', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId: stream } = await prepared(counter, PLATE);
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    await counter.get('documents.show', { documentId });
    const draft = await counter.get('transactions.draft', { transactionId: stream });
    const payable = draft.amount?.payable ?? 0;
    await counter.get('transactions.pay', { transactionId: stream, tendered: payable, expectedPayable: payable });
    expect(await counter.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_NOT_SHOWN' });
    // In the commit of the sale itself, not when somebody comes to clear up.
    expect(counter.rows('SELECT subject FROM subject_key WHERE subject IN (SELECT subject FROM page_view)')).toEqual(
      [],
    );
    expect(counter.rows('SELECT wrapped_key FROM document')).toEqual([{ wrapped_key: null }]);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await again.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_NOT_SHOWN' });
    expect(again.rows('SELECT wrapped_key, state FROM document')).toEqual([{ wrapped_key: null, state: 'local' }]);
    expect(again.rows('SELECT subject FROM subject_key WHERE subject IN (SELECT subject FROM page_view)')).toEqual([]);
    expect(pagesOnDisk(again)).toEqual([documentId]);
  });

  it('is shown again after a power cut while its service is open, and not after the hours that policy gives', async () => {
    const { counter, stream } = await serving();
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const again = await afterPowerCut(counter);
    await enterAs(again, 'petugas-1');
    await again.get('documents.show', { documentId });
    again.clock.pass(25 * 3_600_000);
    await unlock(again);
    expect(await again.refusal('documents.show', { documentId })).toMatchObject({ code: 'PAGE_NOT_SHOWN' });
    const later = await restarted(again);
    expect(later.rows('SELECT closed_at IS NOT NULL AS closed FROM page_view')).toEqual([{ closed: 1 }]);
    expect(later.rows('SELECT subject FROM subject_key')).toEqual([]);
  });

  it('is not taken for another one of its kind: the cards of two people are two pages', async () => {
    const { counter, stream } = await serving();
    const shot = { wide: 1600, degrees: 1, slant: 0.01, blur: 0, noise: 3, light: 1, shadow: 0, glare: 0, quality: 80 };
    for (const person of [7, 8]) {
      const { jpeg } = await makeCard(person, 'ktp', { shot });
      const intakeId = await takenIn(counter, stream, jpeg);
      await counter.get('documents.keep', wholePage(intakeId, 'owner-ktp'));
    }
    expect((await counter.get('documents.of', { stream })).pages).toHaveLength(2);
  });

  it('is noticed when it comes twice, as the same file and as the same picture in another file', async () => {
    const { counter, stream } = await serving();
    const photo = await cardPhoto('CONTOH');
    const documentId = await keptFile(counter, stream, photo);
    const intakeId = await takenIn(counter, stream, photo);
    const repeated = { code: 'PAGE_REPEATED', details: { label: 'stnk', documentId } };
    expect(await counter.refusal('documents.keep', wholePage(intakeId, 'owner-ktp'))).toMatchObject(repeated);
    const other = await takenIn(counter, stream, await sharp(photo).png().toBuffer());
    expect(await counter.refusal('documents.keep', wholePage(other, 'owner-ktp'))).toMatchObject(repeated);
    expect(pagesOnDisk(counter)).toEqual([documentId]);
    await counter.get('documents.keep', wholePage(other, 'owner-ktp', { evenIfRepeated: true }));
    const card = await takenIn(counter, stream, await cardPhoto('WARGA NEGARA LAIN'));
    await counter.get('documents.keep', wholePage(card, 'owner-ktp'));
    const { pages } = await counter.get('documents.of', { stream });
    expect(pages.map(({ kind, pageNo }) => [kind, pageNo])).toEqual([
      ['stnk', 1],
      ['owner-ktp', 1],
      ['owner-ktp', 2],
    ]);
  });

  it('that is taken again replaces the first one, whose file and key are gone', async () => {
    const { counter, stream } = await serving();
    const first = await keptFile(counter, stream, await cardPhoto('BURAM'));
    const intakeId = await takenIn(counter, stream, await cardPhoto('TAJAM SEKALI'));
    const { pages } = await counter.get('documents.keep', wholePage(intakeId, 'stnk', { replaces: first }));
    const second = pages[0]?.documentId;
    expect(counter.bodies('document.captured').at(-1)).toMatchObject({
      documentId: second,
      replaces: first,
      pageNo: 1,
    });
    expect(counter.bodies('document.discarded')).toEqual([{ documentId: first, reason: 'retaken', note: null }]);
    expect(pagesOnDisk(counter)).toEqual([second]);
    expect((await counter.get('documents.of', { stream })).pages).toHaveLength(1);
    expect((await counter.get('transactions.draft', { transactionId: stream })).documents).toMatchObject([
      { kind: 'stnk', pages: 1 },
      { pages: 0 },
      { pages: 0 },
    ]);
  });

  it('is taken back by the officer with a reason, and by nobody after the service is closed', async () => {
    const { counter, stream } = await serving();
    const documentId = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const discard = { documentId, reason: 'wrong-kind', note: null } as const;
    // What lies there now is no file, so that the system refuses to remove it: the officer's word is kept all the same.
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    rmSync(file);
    mkdirSync(file);
    expect(await counter.get('documents.discard', discard)).toEqual({ pages: [] });
    expect(counter.log.lines.map(({ event }) => event)).toContain('pages.not-removed');
    rmSync(file, { recursive: true });
    expect(pagesOnDisk(counter)).toEqual([]);
    expect(await counter.refusal('documents.discard', discard)).toMatchObject({ code: 'PAGE_UNKNOWN' });
    const other = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    await counter.get('transactions.set-payer', { transactionId: stream, ...PAYER });
    await counter.get('transactions.record-arrival', { transactionId: stream });
    expect(await counter.refusal('documents.discard', { ...discard, documentId: other })).toMatchObject({
      code: 'TRANSACTION_CLOSED',
    });
  });

  it('belongs to an open service and to a paper that is asked for', async () => {
    const { counter, stream } = await serving();
    const nowhere = { stream: '019cd5af-0000-7000-8000-000000000000', bytes: 10, camera: false };
    expect(await counter.refusal('documents.begin-intake', nowhere)).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
    const intakeId = await takenIn(counter, stream, await cardPhoto('CONTOH'));
    expect(await counter.refusal('documents.keep', wholePage(intakeId, 'birth-certificate'))).toMatchObject({
      code: 'DOCUMENT_KIND_UNKNOWN',
    });
    await counter.get('transactions.abandon', { transactionId: stream });
    expect(await counter.refusal('documents.keep', wholePage(intakeId, 'stnk'))).toMatchObject({
      code: 'TRANSACTION_CLOSED',
    });
    expect(pagesOnDisk(counter)).toEqual([]);
  });
});
