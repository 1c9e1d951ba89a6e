import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DOCUMENT_RECEIPT_CONTEXT,
  documentReceiptSchema,
  documentReceiptsSchema,
  PAGE_MAX_BYTES,
} from '../../src/contract/uploads.ts';
import { sealPage, type SealedPage, TusLine, uploadMetadataHeader } from '../support/sealed-page.ts';
import { sha, TestDevice } from '../support/test-device.ts';
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
const fragments = (): readonly string[] => readdirSync(join(world.documentsFolder, 'uploads'));

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
    expect(fragments()).toEqual([]);
  });
});
