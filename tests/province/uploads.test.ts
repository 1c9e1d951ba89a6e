import { appendFileSync, existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DOCUMENT_RECEIPT_CONTEXT,
  documentReceiptSchema,
  documentReceiptsSchema,
  PAGE_MAX_BYTES,
} from '../../src/contract/uploads.ts';
import { provinceErrorSchema } from '../../src/contract/sync-protocol.ts';
import { fragmentName, settleFragment } from '../../src/province/documents/fragments.ts';
import { keepPages } from '../../src/province/documents/page-keeper.ts';
import { createPictures, PicturesBusy } from '../../src/province/documents/pictures.ts';
import {
  captured,
  sealPage,
  type SealedPage,
  testJpeg,
  TusLine,
  uploadMetadataHeader,
} from '../support/sealed-page.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
let origin: string;
beforeAll(async () => {
  world = await openTestProvince();
  await world.server.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${String((world.server.server.address() as AddressInfo).port)}`; // it listens on a port
});
afterAll(() => world.close());

type Counter = { readonly device: TestDevice; readonly line: TusLine };

async function counter(): Promise<Counter> {
  const device = await TestDevice.enrol(world.server, await world.code());
  return { device, line: new TusLine(device, origin) };
}

async function receipts({ device }: Counter, ...pages: readonly SealedPage[]) {
  const ids = pages.map(({ metadata }) => metadata.documentId).join(',');
  const { json } = await device.request('GET', `/v1/documents?ids=${ids}`);
  return documentReceiptsSchema
    .parse(json)
    .receipts.map((signed) => device.open(documentReceiptSchema, DOCUMENT_RECEIPT_CONTEXT, signed));
}

const fileOf = (page: SealedPage): string =>
  join(world.documentsFolder, page.metadata.documentId.slice(0, 2), page.metadata.documentId);
/** Files of a page that is not whole yet. */
const fragments = ({ device }: Counter, page: SealedPage): readonly string[] => {
  const name = fragmentName(device.deviceId, page.metadata.documentId);
  return readdirSync(join(world.documentsFolder, 'uploads')).filter((file) => file.startsWith(name));
};
const growing = ({ device }: Counter, page: SealedPage): string =>
  join(world.documentsFolder, 'uploads', fragmentName(device.deviceId, page.metadata.documentId));

describe('a page on its way to the province', () => {
  it('comes in pieces, is kept as it was sent, and gets a signed receipt', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    expect(await receipts(one, page)).toEqual([]);
    const begun = await one.line.begin(page);
    expect([begun.status, begun.headers.get('location')]).toEqual([201, `/v1/uploads/${page.metadata.documentId}`]);
    const half = Math.floor(page.bytes.length / 2);
    expect(await one.line.patch(page, 0, half)).toMatchObject({ status: 204, offset: String(half) });
    expect(await one.line.head(page)).toMatchObject({ status: 200, offset: String(half) });
    expect(await receipts(one, page)).toEqual([]);
    expect(await one.line.patch(page, half)).toMatchObject({ status: 204, offset: String(page.bytes.length) });
    expect(await receipts(one, page)).toEqual([
      {
        deviceId: one.device.deviceId,
        documentId: page.metadata.documentId,
        bytes: page.bytes.length,
        state: 'stored',
        reason: null,
        incarnation: one.device.hello?.incarnation,
        serverTime: world.clock.now,
      },
    ]);
    expect(readFileSync(fileOf(page)).equals(page.bytes)).toBe(true);
    expect(fragments(one, page)).toEqual([]);
  });

  it('goes on where a cut left it, at whichever byte that was', async () => {
    const one = await counter();
    for (const share of [0, 0.001, 0.37, 0.999]) {
      const page = await sealPage(one.device);
      const cut = Math.floor(page.bytes.length * share);
      await one.line.begin(page);
      if (cut > 0) await one.line.patch(page, 0, cut);
      expect(await one.line.head(page)).toMatchObject({ status: 200, offset: String(cut) });
      expect((await one.line.patch(page, cut + 1)).status).toBe(409);
      expect(await one.line.patch(page, cut)).toMatchObject({ status: 204, offset: String(page.bytes.length) });
      expect(await receipts(one, page)).toMatchObject([{ state: 'stored' }]);
    }
  });

  it('begun a second time goes on with the first, and one that is here already is told so', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    await one.line.begin(page);
    await one.line.patch(page, 0, 100);
    expect(await one.line.begin(page)).toMatchObject({ status: 201, offset: '100' });
    expect((await one.line.patch(page, 100)).status).toBe(204);
    expect(fragments(one, page)).toEqual([]);
    const length = String(page.bytes.length);
    expect(await one.line.begin(page)).toMatchObject({ status: 201, offset: length });
    expect(await one.line.head(page)).toMatchObject({ status: 200, offset: length });
    expect(await one.line.patch(page, 100)).toMatchObject({ status: 409, offset: length });
    expect(fragments(one, page)).toEqual([]);
    expect(await receipts(one, page)).toHaveLength(1);
  });

  it('that does not hash to its name is thrown away and asked for again', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    const bent = { ...page, bytes: Buffer.from(page.bytes) };
    bent.bytes[500] = (bent.bytes[500] ?? 0) ^ 1;
    await one.line.begin(bent);
    expect((await one.line.patch(bent, 0)).status).toBe(460);
    expect([await receipts(one, page), fragments(one, page), existsSync(fileOf(page))]).toEqual([[], [], false]);
    expect((await one.line.head(page)).status).toBe(404);
    expect((await one.line.upload(page)).status).toBe(204);
    expect(await receipts(one, page)).toMatchObject([{ state: 'stored' }]);
  });

  it('which nobody can read is refused by name, once and for good', async () => {
    const one = await counter();
    const wide = { create: { width: 12_000, height: 40, channels: 3 as const, background: '#fff' } };
    const cases: readonly (readonly [string, SealedPage])[] = [
      ['KEY_UNUSABLE', await sealPage(one.device, { key: Buffer.alloc(32, 7) })],
      ['KEY_UNUSABLE', await sealPage(one.device, { key: Buffer.alloc(5) })],
      ['NOT_A_PICTURE', await sealPage(one.device, { plain: Buffer.from('<html><script>alert(1)</script>') })],
      ['NOT_A_PICTURE', await sealPage(one.device, { plain: (await testJpeg()).subarray(0, 4000) })],
      ['NOT_A_PICTURE', await sealPage(one.device, { plain: await sharp(wide).png().toBuffer() })],
      ['TOO_LARGE', await sealPage(one.device, { plain: await sharp(wide).jpeg().toBuffer() })],
    ];
    for (const [reason, page] of cases) {
      await one.line.upload(page);
      expect(await receipts(one, page), reason).toMatchObject([{ state: 'refused', reason }]);
      expect(existsSync(fileOf(page))).toBe(false);
    }
    const [first] = cases;
    const other = await sealPage(one.device, { stream: first?.[1].metadata.stream ?? '' });
    const moved = { ...other, metadata: { ...other.metadata, kind: 'owner-ktp' } };
    await one.line.upload(moved);
    expect(await receipts(one, moved)).toMatchObject([{ state: 'refused', reason: 'KEY_UNUSABLE' }]);
  });

  it('of one device is nothing to another', async () => {
    const [one, other] = [await counter(), await counter()];
    const page = await sealPage(one.device);
    await one.line.begin(page);
    await one.line.patch(page, 0, 100);
    expect((await other.line.head(page)).status).toBe(404);
    expect((await other.line.patch(page, 100)).status).toBe(404);
    await one.line.patch(page, 100);
    expect((await other.line.head(page)).status).toBe(404);
    expect(await receipts(other, page)).toEqual([]);
    await other.line.upload(page);
    expect(await receipts(other, page)).toMatchObject([{ deviceId: other.device.deviceId, state: 'stored' }]);
  });
});

describe('a request about a page', () => {
  it('is believed only when its signature covers what it says', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    const stranger = await sealPage(one.device);
    const bends = [
      { signature: 'A'.repeat(86) },
      { headers: { 'upload-length': '40' } },
      { headers: { 'upload-metadata': uploadMetadataHeader(stranger.metadata) } },
    ];
    for (const bend of bends) {
      const refused = await one.line.begin(page, {}, bend);
      expect([refused.status, JSON.parse(refused.text)]).toMatchObject([401, { error: { code: 'BAD_SIGNATURE' } }]);
    }
    const replayed = await one.line.begin(page, {}, { headers: { 'opop-link-token': 'x' } });
    expect(JSON.parse(replayed.text)).toMatchObject({ error: { code: 'BAD_TOKEN' } });
    await one.line.begin(page);
    const elsewhere = await one.line.patch(page, 0, 50, { headers: { 'upload-offset': '50' } });
    expect(elsewhere.status).toBe(401);
    expect(await one.line.head(page)).toMatchObject({ offset: '0' });
  });

  it('of hostile metadata or length is refused by field, and nothing is made of it', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    const { metadata } = page;
    const folder = () => readdirSync(world.documentsFolder).toSorted();
    await one.line.upload(await sealPage(one.device));
    const before = folder();
    const headers: readonly (readonly [number, string, Record<string, string>])[] = [
      [400, 'upload-metadata', { 'upload-metadata': '' }],
      [400, 'upload-metadata', { 'upload-metadata': 'documentId' }],
      [400, 'upload-metadata', { 'upload-metadata': 'documentId !!!' }],
      [
        400,
        'upload-metadata',
        { 'upload-metadata': uploadMetadataHeader({ ...metadata, documentId: '../../etc/passwd' }) },
      ],
      [400, 'upload-metadata', { 'upload-metadata': uploadMetadataHeader({ ...metadata, stream: 'x' }) }],
      [400, 'upload-metadata', { 'upload-metadata': uploadMetadataHeader({ ...metadata, pageKey: 'x' }) }],
      [
        400,
        'upload-metadata',
        { 'upload-metadata': `${uploadMetadataHeader(metadata)},${uploadMetadataHeader(metadata)}` },
      ],
      [400, 'upload-length', { 'upload-length': '0' }],
      [400, 'upload-length', { 'upload-length': '-1' }],
      [400, 'upload-length', { 'upload-length': '1e3' }],
      [413, 'upload-length', { 'upload-length': String(PAGE_MAX_BYTES + 1) }],
    ];
    for (const [status, path, over] of headers) {
      const refused = await one.line.begin(page, over);
      expect(
        [refused.status, provinceErrorSchema.parse(JSON.parse(refused.text)).error.path],
        JSON.stringify(over).slice(0, 80),
      ).toEqual([status, path]);
    }
    expect(folder()).toEqual(before);
    await one.line.begin(page);
    const tooMuch = { ...page, bytes: Buffer.concat([page.bytes, Buffer.from('x')]) };
    expect((await one.line.patch(tooMuch, 0)).status).toBe(413);
    expect((await one.line.patch(page, 0)).status).toBe(204);
  });

  it('finds no room where the disk runs full, and pushes go on', async () => {
    const full = await openTestProvince({ settings: { pageMinFreeBytes: Number.MAX_SAFE_INTEGER } });
    await full.server.listen({ host: '127.0.0.1', port: 0 });
    const port = (full.server.server.address() as AddressInfo).port; // it listens on a port
    const device = await TestDevice.enrol(full.server, await full.code());
    const line = new TusLine(device, `http://127.0.0.1:${String(port)}`);
    const refused = await line.begin(await sealPage(device));
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(full.events).toContain('PAGES_SPACE_LOW');
    captured(device, await sealPage(device));
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
    await full.close();
  });
});

describe('an upload', () => {
  it('that ended a moment before a crash is settled when its receipt is asked for', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    await one.line.begin(page);
    await one.line.patch(page, 0, page.bytes.length - 1);
    appendFileSync(growing(one, page), page.bytes.subarray(-1));
    expect(await receipts(one, page)).toMatchObject([{ state: 'stored' }]);
    expect(fragments(one, page)).toEqual([]);
  });

  it('that nobody goes on with is swept, and begins anew', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    await one.line.begin(page);
    await one.line.patch(page, 0, 100);
    const old = Date.now() / 1000 - 30 * 86_400;
    utimesSync(growing(one, page), old, old);
    await keepPages(world.province.context);
    expect(fragments(one, page)).toEqual([]);
    expect((await one.line.head(page)).status).toBe(404);
    expect((await one.line.upload(page)).status).toBe(204);
  });

  it('waits while nothing decodes pictures here, and is stored when something does', async () => {
    const one = await counter();
    const page = await sealPage(one.device);
    await one.line.begin(page);
    await one.line.patch(page, 0, page.bytes.length - 1);
    appendFileSync(growing(one, page), page.bytes.subarray(-1));
    const { context } = world.province;
    const { documentId } = page.metadata;
    const pictures = createPictures({ program: '/nowhere.ts' });
    const broken = { ...context, pages: { ...context.pages, pictures } };
    await expect(settleFragment(broken, one.device.deviceId, documentId)).rejects.toThrow(PicturesBusy);
    pictures.close();
    expect(fragments(one, page)).toHaveLength(2);
    expect(await receipts(one, page)).toMatchObject([{ state: 'stored' }]);
    expect(fragments(one, page)).toEqual([]);
  });

  it('is refused when the process dies of it alone', async () => {
    const program = fileURLToPath(new URL('../support/poisoned-program.ts', import.meta.url));
    const pictures = createPictures({ program });
    expect(await pictures.check(await testJpeg())).toMatchObject({ verdict: 'NOT_A_PICTURE' });
    pictures.close();
  });

  it('is not judged where the process that decodes dies or hangs, and others do not wait for ever', async () => {
    const program = fileURLToPath(new URL('../support/deaf-program.ts', import.meta.url));
    const pictures = createPictures({ program, timeoutMs: 300, mostWaiting: 1 });
    const jpeg = await testJpeg();
    const first = pictures.check(jpeg);
    await expect(pictures.check(jpeg)).rejects.toThrow(PicturesBusy);
    await expect(first).rejects.toThrow(PicturesBusy);
    pictures.close();
    const dying = createPictures({ program: '/nowhere.ts' });
    await expect(dying.check(jpeg)).rejects.toThrow(PicturesBusy);
    dying.close();
    const own = createPictures();
    expect(await own.check(jpeg)).toEqual({ verdict: 'PICTURE', width: 320, height: 200 });
    expect(await sharp(await own.redraw(jpeg)).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 200 });
    own.close();
  });
});
