import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentReceiptsSchema } from '../../src/contract/uploads.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { buildServer } from '../../src/province/http/server.ts';
import { createProvince } from '../../src/province/province.ts';
import { captured, sealPage, type SealedPage, TusLine } from '../support/sealed-page.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-pages-'));
let world: TestProvince;
let device: TestDevice;
let lines: readonly TusLine[];
const second: { close: () => Promise<void> } = { close: async () => undefined };
beforeAll(async () => {
  world = await openTestProvince();
  // Commands go by the clock on the wall.
  world.clock.now = Date.now();
  device = await TestDevice.enrol(world.server, await world.code());
  // Another node on the same database, keys and folder of documents.
  const other = await buildServer(await createProvince({ context: world.province.context }));
  second.close = () => other.close();
  const origins: string[] = [];
  for (const server of [world.server, other]) {
    await server.listen({ host: '127.0.0.1', port: 0 });
    origins.push(`http://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`); // it listens on a port
  }
  lines = origins.map((origin) => new TusLine(device, origin));
});
afterAll(async () => {
  await second.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

async function province(...args: readonly string[]) {
  const said: unknown[] = [];
  const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const documents = ['--documents', world.documentsFolder];
  const code = await runProvince([...args, ...place, ...documents], (line) => said.push(line), fail);
  return { code, lines: said };
}

function line(node: number): TusLine {
  const found = lines[node % lines.length];
  if (found === undefined) throw new Error('there is no node');
  return found;
}

async function stored(kind = 'stnk'): Promise<SealedPage> {
  const page = await sealPage(device, { kind });
  expect((await line(0).upload(page)).status).toBe(204);
  return page;
}

const idOf = ({ metadata }: SealedPage): string => metadata.documentId;

describe('two nodes', () => {
  it('take one page piece by piece in turn, and each knows it afterwards', async () => {
    const page = await sealPage(device);
    expect((await line(0).begin(page)).status).toBe(201);
    const steps = 7;
    for (let step = 0; step < steps; step += 1) {
      const at = (share: number): number => Math.floor((page.bytes.length * share) / steps);
      expect(await line(step).head(page)).toMatchObject({ status: 200, offset: String(at(step)) });
      expect((await line(step + 1).patch(page, at(step), at(step + 1))).status).toBe(204);
    }
    for (const node of [0, 1]) {
      expect(await line(node).begin(page)).toMatchObject({ status: 201, offset: String(page.bytes.length) });
    }
    const { json } = await device.request('GET', `/v1/documents?ids=${idOf(page)}`);
    expect(documentReceiptsSchema.parse(json).receipts).toHaveLength(1);
  });

  it('that take the same page at the same time keep it once', async () => {
    const page = await sealPage(device);
    await line(0).begin(page);
    await Promise.all([line(0).patch(page, 0), line(1).patch(page, 0)]);
    if ((await line(0).head(page)).offset !== String(page.bytes.length)) await line(0).upload(page);
    const rows = await world.province.context.db
      .selectFrom('document')
      .selectAll()
      .where('document_id', '=', idOf(page))
      .execute();
    expect(rows).toMatchObject([{ state: 'stored' }]);
  });
});

describe('the commands of documents', () => {
  it('open one page for a person with a reason, and list who looked', async () => {
    const page = await stored();
    const out = join(folder, 'page.jpg');
    const asked = ['open-document', `--id=${idOf(page)}`, '--as', 'Rina, Bapenda'];
    expect((await province(...asked, '--reason', 'x', '--out', out)).lines).toMatchObject([
      { error: { path: 'reason' } },
    ]);
    expect(existsSync(out)).toBe(false);
    const opened = await province(...asked, '--reason', 'pengaduan 12/XI', '--out', out);
    expect(opened).toMatchObject({ code: 0, lines: [{ file: out }] });
    expect(await sharp(readFileSync(out)).metadata()).toMatchObject({ format: 'jpeg', width: 320 });
    const looks = await province('document-looks', `--id=${idOf(page)}`);
    expect(looks.lines).toMatchObject([{ by: 'Rina, Bapenda', reason: 'pengaduan 12/XI', officerId: null }]);
    // One page in 64 has a name that begins with a dash.
    const unknown = `-${idOf(page).slice(1)}`;
    const refused = await province('open-document', '--id', unknown, '--as', 'Rina', '--reason', 'tanya', '--out', out);
    expect(refused).toMatchObject({ code: 2, lines: [{ error: { code: 'PAGE_UNKNOWN' } }] });
  });

  it('erase a person by transaction or application, and refuse one of whom nothing is here', async () => {
    const page = await stored();
    const { stream } = page.metadata;
    expect(await province('erase-person', '--application', stream, '--reason', 'permintaan 7')).toMatchObject({
      code: 0,
      lines: [{ devices: 1, pages: 1, keysWaiting: 0 }],
    });
    const again = await province(
      'open-document',
      '--id',
      idOf(page),
      '--as',
      'Rina',
      '--reason',
      'tanya',
      '--out',
      'x',
    );
    expect(again.lines).toMatchObject([{ error: { code: 'PAGE_ERASED' } }]);
    const nobody = ['erase-person', '--transaction', '019cd5af-e380-743a-9667-40a908ceba4a', '--reason', 'permintaan'];
    expect(await province(...nobody)).toMatchObject({ code: 2, lines: [{ error: { code: 'STREAM_UNKNOWN' } }] });
    expect((await province('erase-person', '--reason', 'permintaan')).code).toBe(2);
  });

  it('count and run the retention, set its days, and ask for missing pages', async () => {
    await stored('surat-lain');
    expect((await province('retention')).code).toBe(2);
    expect((await province('retention', '--set', 'wrong=3')).lines).toMatchObject([{ error: { path: 'set' } }]);
    const set = await province('retention', '--set', 'other=10', '--dry-run');
    expect(set.lines).toMatchObject([{ days: { other: 10, vehicle: 1826 }, run: false, pages: { other: 0 } }]);
    expect((await province('retention', '--run')).lines).toMatchObject([
      { run: true, pages: { other: 0, identity: 0 } },
    ]);
    const page = await sealPage(device, { plain: Buffer.from('no picture') });
    await line(0).upload(page);
    captured(device, page);
    await device.verdicts();
    expect((await province('missing-pages')).lines).toEqual([{ decided: 1 }]);
    expect((await province('missing-pages')).lines).toEqual([{ decided: 0 }]);
  });
});
