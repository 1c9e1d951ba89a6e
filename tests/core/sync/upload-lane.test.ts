import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { CARRIED_PAGE_CONTEXT, documentReceiptsSchema } from '../../../src/contract/uploads.ts';
import { writeBundle } from '../../../src/main/core/bundle/write-bundle.ts';
import type { LineAnswer } from '../../../src/main/core/ports.ts';
import { importBundle } from '../../../src/province/bundles/import-bundle.ts';
import { declareRestore } from '../../../src/province/restore/declare-restore.ts';
import { currentIncarnation } from '../../../src/province/restore/incarnation.ts';
import { billed, confirmed, openForBusiness, payShown, prepared, sync, unlock } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { carried } from '../../support/flashdisk.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { sealPage } from '../../support/sealed-page.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { inPieces, manifestOf } from '../../support/test-bundle.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { canonical, TestDevice } from '../../support/test-device.ts';
import { CAPTIVE_PORTAL, provinceError } from '../../support/test-line.ts';
import { cardPhoto, keptFile } from '../../support/test-pages.ts';

const DAY_MS = 86_400_000;

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
    // A page is no sale: the head of the Kotak Kirim tells the two apart, and the lane of the money shows the rest.
    const { unsentMoney, unsentPages, rows: money } = await counter.get('outbox.view', { lane: 'money' });
    expect([unsentPages, money.length]).toEqual([1, unsentMoney - 1]);
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

/** A page kept by a counter whose line is cut. */
async function keptOffline(): Promise<{ counter: TestCounter; stream: string; documentId: string }> {
  const { counter, stream } = await serving();
  counter.line.set('down');
  return { counter, stream, documentId: await keptFile(counter, stream, await cardPhoto('CONTOH')) };
}

const row = (counter: TestCounter, documentId: string) =>
  counter.rows('SELECT * FROM document WHERE document_id = ?', documentId)[0] ?? {};
const uploads = (counter: TestCounter) => counter.line.requests.filter((request) => request.includes('/v1/uploads'));

describe('the lane of pages', () => {
  it('goes on where the line was cut, and sends nothing twice', async () => {
    const { counter, documentId } = await keptOffline();
    counter.line.set('pass');
    counter.line.next('/v1/uploads', 'lose-answer');
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'uploading', tries: 1, last_reason: 'TIMEOUT' });
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'stored', tries: 2 });
    // Begun and answered nowhere; asked how far it is; the rest.
    const [first, second] = uploads(counter);
    expect([first, second]).toEqual(['POST /v1/uploads', `HEAD /v1/uploads/${documentId}`]);
    expect(uploads(counter).filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('waits with growing patience after a fault, and obeys a province that is busy', async () => {
    const { counter, documentId } = await keptOffline();
    counter.line.set('pass');
    const busy = { answer: provinceError(503, 'BUSY', { 'retry-after': '120' }) };
    counter.line.next('/v1/uploads', busy);
    await sync(counter);
    const { next_try_at: nextTryAt } = row(counter, documentId);
    expect(Number(nextTryAt)).toBeGreaterThanOrEqual(province().clock.now + 120_000);
    expect(await lane(counter)).toMatchObject({ rows: [{ lastReason: 'BUSY', nextTryAt }] });
  });

  it('believes no captive portal and no receipt that another key signed', async () => {
    const { counter, documentId } = await keptOffline();
    counter.line.set('pass');
    counter.line.next('/v1/uploads', { answer: CAPTIVE_PORTAL });
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'uploading', last_reason: 'HTTP_200' });
    const forged = (answer: LineAnswer): LineAnswer => {
      const { receipts } = documentReceiptsSchema.parse(JSON.parse(answer.body));
      const bent = receipts.map((receipt) => ({ ...receipt, text: receipt.text.replace('stored', 'refused') }));
      return { ...answer, body: JSON.stringify({ receipts: bent }) };
    };
    counter.line.next('/v1/documents', { bend: forged });
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'uploading', receipt: null });
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'stored' });
  });

  it('lets the bytes go only after the word of the province, when nobody can be shown them, and after their days', async () => {
    await changePolicy(province(), 'pages.keepStoredDays=2');
    const counter = await openForBusiness(await enrolledCounter(province()));
    const draft = await prepared(counter, PLATE);
    const documentId = await keptFile(counter, draft.transactionId, await cardPhoto('CONTOH'));
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    const days = async (count: number) => {
      counter.clock.pass(count * DAY_MS);
      province().clock.now += count * DAY_MS;
      await counter.ask('outbox.send-now', {});
      return [row(counter, documentId)['state'], existsSync(file)];
    };
    counter.line.next('/v1/uploads', 'down');
    expect(await days(0)).toEqual(['uploading', true]);
    expect(await days(0)).toEqual(['stored', true]);
    // Its citizen is still at the desk.
    expect(await days(3)).toEqual(['stored', true]);
    await unlock(counter);
    counter.line.set('down');
    const shown = await counter.get('transactions.draft', { transactionId: draft.transactionId });
    const { receiptNumber } = await payShown(counter, shown);
    expect((await lane(counter)).rows).toMatchObject([{ documentId, number: receiptNumber }]);
    counter.line.set('pass');
    expect(await days(0)).toEqual(['stored', false]);
    expect(row(counter, documentId)['released_at']).toBeGreaterThan(0);
    expect(await counter.get('documents.space', {})).toMatchObject({ heldBytes: 0 });
  });

  it('keeps the bytes that only an earlier life of the province has confirmed, until the new one does', async () => {
    await changePolicy(province(), 'pages.keepStoredDays=2');
    const counter = await openForBusiness(await enrolledCounter(province()));
    const draft = await prepared(counter, PLATE);
    const documentId = await keptFile(counter, draft.transactionId, await cardPhoto('CONTOH'));
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    await sync(counter);
    await payShown(counter, await billed(counter, draft.transactionId));
    const days = async (count: number) => {
      counter.clock.pass(count * DAY_MS);
      province().clock.now += count * DAY_MS;
      await counter.ask('outbox.send-now', {});
      return [row(counter, documentId)['state'], existsSync(file)];
    };
    await declareRestore(province().province.context);
    counter.line.next('/v1/documents', 'down');
    expect(await days(3)).toEqual(['stored', true]);
    expect(await days(0)).toEqual(['stored', true]);
    expect(await days(3)).toEqual(['stored', false]);
  });

  it('sends no page whose bytes have rotted: it is to be taken again', async () => {
    const { counter, documentId } = await keptOffline();
    const file = join(counter.config.dataDir, 'pages', documentId.slice(0, 2), `${documentId}.page`);
    writeFileSync(file, 'rotten');
    counter.line.set('pass');
    await sync(counter);
    expect(row(counter, documentId)).toMatchObject({ state: 'missing', again_reason: 'UNREADABLE' });
    expect(uploads(counter)).toEqual([]);
  });

  it('counts a page as unsent until it is confirmed', async () => {
    const { counter, stream } = await keptOffline();
    // The cash session and the page; entries about it travel along and count in no limit.
    const unsent = async () => (await counter.get('counter.status', {})).outbox.unsent;
    expect(await unsent()).toBe(2);
    await keptFile(counter, stream, await cardPhoto('LAIN'), 'owner-ktp');
    expect(await unsent()).toBe(3);
    const { limits } = await counter.get('counter.status', {});
    expect(limits.find(({ cap }) => cap === 'unsent')).toMatchObject({ used: 3 });
    counter.line.set('pass');
    await sync(counter);
    expect(await unsent()).toBe(0);
  });

  it('gives a page again that an older backup of the province has lost', async () => {
    const { counter, documentId } = await keptOffline();
    counter.line.set('pass');
    await sync(counter);
    const { context } = province().province;
    await declareRestore(context);
    await sql`alter table document disable trigger all`.execute(context.db);
    await context.db.deleteFrom('document').where('document_id', '=', documentId).execute();
    await context.db.deleteFrom('document_key').where('document_id', '=', documentId).execute();
    await sql`alter table document enable trigger all`.execute(context.db);
    await sync(counter);
    const stored = await context.db.selectFrom('document').selectAll().where('document_id', '=', documentId).execute();
    expect(stored).toMatchObject([{ state: 'stored' }]);
    expect(row(counter, documentId)).toMatchObject({ state: 'stored' });
    expect(String(row(counter, documentId)['receipt'])).toContain(await currentIncarnation(context.db));
  });
});

describe('a page on a flashdisk', () => {
  it('goes out with the entries, comes back as a receipt, and can go out again as often as needed', async () => {
    const { counter, documentId } = await keptOffline();
    const stick = temporaryFolder();
    const { context } = province().province;
    const carry = async () => {
      const exported = await counter.get('bundle.export', { to: stick });
      return { exported, ...(await carried(province(), exported.file)) };
    };
    const once = await carry();
    expect(once).toMatchObject({ exported: { documents: 1 }, imported: { complete: true, problems: [] } });
    expect(await lane(counter)).toMatchObject({ waiting: 1, rows: [{ state: 'exported' }] });
    const again = await carry();
    expect(again.exported.documents).toBe(1);
    expect(await counter.get('answer.import', { file: again.answer })).toMatchObject({ documents: 1 });
    expect(row(counter, documentId)).toMatchObject({ state: 'stored' });
    expect(await counter.get('answer.import', { file: once.answer })).toMatchObject({ problems: [] });
    expect(
      await context.db.selectFrom('document').selectAll().where('document_id', '=', documentId).execute(),
    ).toHaveLength(1);
    expect(uploads(counter)).toEqual([]);
  });

  it('is taken from whole frames only, wherever the file was cut, and from nobody but its device', async () => {
    const { counter, documentId } = await keptOffline();
    const { context } = province().province;
    const exported = await counter.get('bundle.export', { to: temporaryFolder() });
    const file = readFileSync(exported.file);
    const stored = () => context.db.selectFrom('document').selectAll().where('document_id', '=', documentId).execute();
    for (const share of [0.2, 0.6, 0.9]) {
      const { imported } = await importBundle(context, inPieces(file.subarray(0, Math.floor(file.length * share))));
      expect([imported.complete, await stored()]).toEqual([false, []]);
    }
    const device = await TestDevice.enrol(province().server, await province().code());
    const page = await sealPage(device);
    const text = canonical(page.metadata);
    const pages = [
      { head: { text, sig: device.sign('opop/other/1\0', text) }, bytes: page.bytes },
      { head: { text: '{}', sig: device.sign(CARRIED_PAGE_CONTEXT, '{}') }, bytes: page.bytes },
      { head: { text, sig: device.sign(CARRIED_PAGE_CONTEXT, text) }, bytes: page.bytes.subarray(1) },
      { head: { text, sig: device.sign(CARRIED_PAGE_CONTEXT, text) }, bytes: page.bytes },
    ];
    const manifest = manifestOf(device, []);
    const bundle = await writeBundle({ manifest, batches: [], pages }, [device.sealingKeyOfProvince().publicKey]);
    const { imported } = await importBundle(context, inPieces(bundle));
    expect(imported.problems.map(({ reason }) => reason)).toEqual(['PAGE_SIGNATURE', 'PAGE_METADATA', 'WRONG_HASH']);
    expect(imported.devices[0]?.documentReceipts).toHaveLength(1);
  });
});
