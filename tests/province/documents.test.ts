import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyDecisionSchema } from '../../src/contract/feeds.ts';
import { documentReceiptsSchema } from '../../src/contract/uploads.ts';
import { documents as migration } from '../../src/province/db/migrations/0005-documents.ts';
import { erasePerson } from '../../src/province/documents/erase-person.ts';
import { openDocument } from '../../src/province/documents/open-document.ts';
import { decideMissingPages } from '../../src/province/documents/page-decisions.ts';
import { keepPages } from '../../src/province/documents/page-keeper.ts';
import { retentionDays, runRetention, setRetentionDays } from '../../src/province/documents/retention.ts';
import { declareRestore } from '../../src/province/restore/declare-restore.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { captured, sealPage, type SealedPage, TusLine } from '../support/sealed-page.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const DAY_MS = 86_400_000;

let world: TestProvince;
let origin: string;
beforeAll(async () => {
  world = await openTestProvince();
  await world.server.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${String((world.server.server.address() as AddressInfo).port)}`; // it listens on a port
});
afterAll(() => world.close());

type Counter = { readonly device: TestDevice; readonly line: TusLine };

async function counter(outlet?: string): Promise<Counter> {
  const device = await TestDevice.enrol(world.server, await world.code(outlet));
  return { device, line: new TusLine(device, origin) };
}

async function stored(one: Counter, over: Parameters<typeof sealPage>[1] = {}): Promise<SealedPage> {
  const page = await sealPage(one.device, over);
  expect((await one.line.upload(page)).status).toBe(204);
  return page;
}

const context = () => world.province.context;
const fileOf = ({ metadata }: SealedPage): string =>
  join(world.documentsFolder, metadata.documentId.slice(0, 2), metadata.documentId);

/** Decisions of the device's feed about pages. */
async function asked({ device }: Counter) {
  const items = (await device.pull('decisions', device.deviceId)).flatMap((page) => page.items);
  return items.map((item) => anyDecisionSchema.parse(item)).filter((item) => 'page' in item);
}

const look = (page: SealedPage, over: Partial<Parameters<typeof openDocument>[1]> = {}) =>
  openDocument(context(), {
    documentId: page.metadata.documentId,
    looker: 'Rina, Bapenda',
    officerId: null,
    outletId: null,
    reason: 'pengaduan 12/XI',
    ...over,
  });

describe('a page that is missed', () => {
  it(`is asked for again once, after the days of the policy (${migration.name})`, async () => {
    const one = await counter();
    const [comes, stays, discarded, retaken] = await Promise.all([1, 2, 3, 4].map(() => sealPage(one.device)));
    if (comes === undefined || stays === undefined || discarded === undefined || retaken === undefined)
      throw new Error();
    for (const page of [comes, stays, discarded, retaken]) captured(one.device, page);
    one.device.append({
      type: 'document.discarded',
      body: { documentId: discarded.metadata.documentId, reason: 'wrong-kind', note: null },
    });
    captured(one.device, await sealPage(one.device), retaken.metadata.documentId);
    await one.device.verdicts();
    world.clock.now += 13 * DAY_MS;
    await one.device.sayHello();
    await one.line.upload(comes);
    expect(await decideMissingPages(context())).toBe(0);
    world.clock.now += 2 * DAY_MS;
    expect(await decideMissingPages(context())).toBe(2);
    await keepPages(context());
    await one.device.sayHello();
    const found = await asked(one);
    expect(found).toMatchObject([{ reason: 'NEVER_CAME' }, { reason: 'NEVER_CAME' }]);
    expect(found.map(({ documentId }) => documentId)).toContain(stays.metadata.documentId);
    expect(found.map(({ documentId }) => documentId)).not.toContain(retaken.metadata.documentId);
  });

  it('that nobody can read is asked for again at once', async () => {
    const one = await counter();
    const page = await stored(one, { plain: Buffer.from('no picture') });
    expect(await decideMissingPages(context())).toBe(0);
    captured(one.device, page);
    await one.device.verdicts();
    expect(await decideMissingPages(context())).toBe(1);
    expect(await asked(one)).toMatchObject([{ documentId: page.metadata.documentId, reason: 'UNREADABLE' }]);
    expect(await decideMissingPages(context())).toBe(0);
  });
});

describe('a look at a page', () => {
  it('gives a new picture of the same pixels to a named person, and is recorded with the reason', async () => {
    const one = await counter();
    const page = await stored(one);
    const shown = await look(page);
    if (!shown.ok) throw new Error(shown.error);
    expect(Buffer.from(shown.value).equals(page.jpeg)).toBe(false);
    expect(await sharp(shown.value).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 200 });
    const rows = await context().db.selectFrom('document_look').selectAll().execute();
    expect(rows).toMatchObject([{ looker: 'Rina, Bapenda', reason: 'pengaduan 12/XI', officer_id: null }]);
    await expect(context().db.deleteFrom('document_look').execute()).rejects.toThrow('only grows');
    expect(await look(await sealPage(one.device))).toEqual({ ok: false, error: 'PAGE_UNKNOWN' });
  });

  it('over the line is for an active supervisor of the outlet alone, and is nothing but a picture', async () => {
    const one = await counter();
    const elsewhere = await counter('3518-004');
    const page = await stored(one);
    const ask = (from: Counter, officerId: string) =>
      from.device.picture('/v1/documents/open', {
        documentId: page.metadata.documentId,
        officerId,
        reason: 'wajib pajak bertanya',
      });
    const shown = await ask(one, 'pengawas');
    expect(shown.status).toBe(200);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'attachment; filename="page.jpg"',
      'cache-control': 'no-store',
    });
    expect(await sharp(shown.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 320 });
    expect((await ask(one, 'petugas-1')).status).toBe(404);
    expect((await ask(elsewhere, 'pengawas')).status).toBe(404);
    // A supervisor too, though of another outlet.
    expect((await ask(elsewhere, 'pengawas-3518-004')).status).toBe(404);
    expect((await ask(one, 'pengawas-3518-004')).status).toBe(404);
    const looks = context()
      .db.selectFrom('document_look')
      .selectAll()
      .where('document_id', '=', page.metadata.documentId);
    const last = await looks.execute();
    expect(last).toMatchObject([{ officer_id: 'pengawas', reason: 'wajib pajak bertanya' }]);
  });
});

describe('erasing a person', () => {
  it('erases the keys of the papers and of the sale, also later ones, and every chain still verifies', async () => {
    const one = await counter();
    const sale = makeSale(one.device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    const stream = sale.transactionId;
    const page = await stored(one, { stream });
    const other = await stored(one);
    await one.device.verdicts();
    await world.book();
    const keysOf = () =>
      context().db.selectFrom('subject_key').selectAll().where('subject', '=', sale.subject).execute();
    expect(await keysOf()).toHaveLength(1);
    const erased = await erasePerson(context(), stream, 'permintaan 7/2026');
    expect(erased).toEqual({ ok: true, value: { devices: 1, pages: 1, keysWaiting: 0 } });
    expect(await look(page)).toEqual({ ok: false, error: 'PAGE_ERASED' });
    expect([existsSync(fileOf(page)), existsSync(fileOf(other))]).toEqual([false, true]);
    expect((await look(other)).ok).toBe(true);
    const late = await stored(one, { stream });
    expect(await look(late)).toEqual({ ok: false, error: 'PAGE_ERASED' });
    await one.device.verdicts();
    expect(await keysOf()).toEqual([]);
    const { problems } = await verifyProvince(context());
    expect(problems).toEqual([]);
    expect(await erasePerson(context(), '019cd5af-e380-743a-9667-40a908ceba4a', 'x')).toMatchObject({ ok: false });
  });

  it('is what an entry of the counter does too', async () => {
    const one = await counter();
    const page = await stored(one);
    one.device.append({ type: 'subject-key.erased', body: { subject: page.metadata.stream, reason: 'permintaan' } });
    await one.device.verdicts();
    expect(await look(page)).toEqual({ ok: false, error: 'PAGE_ERASED' });
    await keepPages(context());
    expect(existsSync(fileOf(page))).toBe(false);
  });
});

describe('retention', () => {
  it('erases by class what is over its days, counts before it does, and keeps the rest', async () => {
    const alone = await openTestProvince();
    await alone.server.listen({ host: '127.0.0.1', port: 0 });
    const device = await TestDevice.enrol(alone.server, await alone.code());
    const port = (alone.server.server.address() as AddressInfo).port; // it listens on a port
    const line = new TusLine(device, `http://127.0.0.1:${String(port)}`);
    for (const kind of ['owner-ktp', 'stnk', 'power-of-attorney', 'surat-lain']) {
      await line.upload(await sealPage(device, { kind }));
    }
    const { context: own } = alone.province;
    alone.clock.now += 366 * DAY_MS;
    const over = { identity: 1, vehicle: 0, authority: 0, other: 1 };
    expect(await runRetention(own, { dryRun: true })).toEqual(over);
    expect(await runRetention(own, { dryRun: false })).toEqual(over);
    expect(await runRetention(own, { dryRun: false })).toEqual({ identity: 0, vehicle: 0, authority: 0, other: 0 });
    expect(await own.db.selectFrom('document_key').select('document_id').execute()).toHaveLength(2);
    await setRetentionDays(own.db, { ...(await retentionDays(own.db)), vehicle: 30 });
    expect(await runRetention(own, { dryRun: true })).toMatchObject({ vehicle: 1, authority: 0 });
    expect(alone.events).toContain('RETENTION');
    await alone.close();
  });
});

describe('the verification', () => {
  it('names a page whose ciphertext is gone or is another', async () => {
    const one = await counter();
    const [gone, bent] = [await stored(one), await stored(one)];
    rmSync(fileOf(gone));
    writeFileSync(fileOf(bent), 'something else');
    const { problems } = await verifyProvince(context());
    const found = problems.map(({ problem, where }) => [problem, where.split('/')[1]]);
    expect(found).toContainEqual(['DOCUMENT_MISSING', gone.metadata.documentId]);
    expect(found).toContainEqual(['DOCUMENT_HASH', bent.metadata.documentId]);
    expect(found).toHaveLength(2);
    expect(await look(bent)).toEqual({ ok: false, error: 'PAGE_DAMAGED' });
    for (const page of [gone, bent]) await context().pages.store.keep(page.metadata.documentId, page.bytes);
  });
});

describe('a province that was restored', () => {
  it('is told of pages that it does not know, and takes them once more', async () => {
    const one = await counter();
    const page = await stored(one);
    const before = await context().db.selectFrom('document').selectAll().execute();
    expect(before.some((row) => row.document_id === page.metadata.documentId)).toBe(true);
    await declareRestore(context());
    await one.device.sayHello();
    const { json } = await one.device.request('GET', `/v1/documents?ids=${page.metadata.documentId}`);
    const [receipt] = documentReceiptsSchema.parse(json).receipts;
    expect(JSON.parse(receipt?.text ?? '{}')).toMatchObject({ incarnation: one.device.hello?.incarnation });
    expect(readFileSync(fileOf(page)).equals(page.bytes)).toBe(true);
  });
});
