import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servicePackSchema } from '../../src/contract/service-pack.ts';
import { ANNUAL_TAX } from '../../src/domain/annual-tax.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { findFeedHead } from '../../src/province/feeds/feed-pages.ts';
import {
  publishedServices,
  publishFirstServices,
  publishServices,
} from '../../src/province/feeds/published-services.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-services-'));
let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};
async function province(...args: readonly string[]) {
  const lines: Record<string, unknown>[] = [];
  const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const code = await runProvince([...args, ...place], (line) => lines.push(line as Record<string, unknown>), fail);
  return { code, lines };
}
const refused = (code: string) => ({ code: 2, lines: [{ error: { code } }] });
const inForce = async (serviceId: string) => (await publishedServices(world.province.context.db)).get(serviceId);
const version = async () => (await findFeedHead(world.province.context.db, 'services', 'all'))?.version;

describe('the catalogue of services', () => {
  it('is published at the first start and reaches every counter: the Samsat is on, the examples are off', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    const items = (await device.pull('services', 'all')).flatMap((page) => page.items);
    const packs = items.map((item) => servicePackSchema.parse(item));
    const on = packs.filter((pack) => pack.enabled).map((pack) => pack.serviceId);
    expect(on.toSorted()).toEqual(['address-change', 'annual-tax', 'block-removal', 'five-year-renewal', 'lost-stnk']);
    expect(packs.filter((pack) => !pack.enabled)).toHaveLength(5);
    expect(packs.every((pack) => pack.enabled || pack.mandate === 'other')).toBe(true);
  });

  it('is not published again at the next start, and what is in force already is not signed again', async () => {
    const before = await version();
    await publishFirstServices(world.province.context);
    const again = await publishServices(world.province.context, [
      servicePackSchema.parse({ ...ANNUAL_TAX, version: 1 }),
    ]);
    expect(again).toEqual({ ok: true, value: [] });
    expect(await version()).toBe(before);
  });

  it('takes a changed pack under a version that rises, whatever the file says', async () => {
    const file = join(folder, 'annual.json');
    writeFileSync(file, JSON.stringify({ ...ANNUAL_TAX, version: 1, audience: 'Semua pemilik kendaraan.' }));
    expect(await province('services', 'publish', file)).toEqual({
      code: 0,
      lines: [{ published: [{ serviceId: 'annual-tax', version: 2 }] }],
    });
    expect(await inForce('annual-tax')).toMatchObject({ version: 2, audience: 'Semua pemilik kendaraan.' });
  });
});

describe('a service of another agency', () => {
  it('goes on only with agency, number and both days of an agreement, and off again without a word', async () => {
    const before = await version();
    expect(await province('services', 'enable', '--service', 'family-card')).toMatchObject(
      refused('AGREEMENT_MISSING'),
    );
    const agreement = ['--agency', 'Disdukcapil Kab. Kediri', '--agreement', 'PKS-12/2026', '--from', '2026-03-01'];
    const half = await province('services', 'enable', '--service', 'family-card', ...agreement);
    expect(half).toMatchObject(refused('BAD_ARGUMENTS'));
    const enable = ['services', 'enable', '--service', 'family-card', ...agreement, '--until'];
    expect(await province(...enable, '2026-02-01')).toMatchObject(refused('AGREEMENT_INVALID'));
    expect(await version()).toBe(before);
    expect(await province(...enable, '2027-02-28')).toMatchObject({
      code: 0,
      lines: [{ serviceId: 'family-card', enabled: true, agreement: { number: 'PKS-12/2026', to: '2027-02-28' } }],
    });
    const off = await province('services', 'disable', '--service', 'family-card');
    expect(off).toMatchObject({ code: 0, lines: [{ enabled: false }] });
    expect(await inForce('family-card')).toMatchObject({ enabled: false, version: 3 });
  });

  it('is refused in a file too, also when it claims the mandate of the Samsat without a vehicle', async () => {
    const file = join(folder, 'family.json');
    const pack = await inForce('passport');
    for (const mandate of ['other', 'samsat']) {
      writeFileSync(file, JSON.stringify({ ...pack, mandate, enabled: true }));
      expect(await province('services', 'publish', file)).toMatchObject(refused('AGREEMENT_MISSING'));
    }
    writeFileSync(file, JSON.stringify({ ...pack, documents: [{ kind: 'X' }] }));
    expect(await province('services', 'publish', file)).toMatchObject(refused('SERVICE_INVALID'));
    expect(await inForce('passport')).toMatchObject({ enabled: false, version: 1 });
  });
});

describe('the commands of services', () => {
  it('list what is in force with the reason why it cannot be chosen, and say what they want', async () => {
    const listed = await province('services', 'list');
    expect(listed.lines.find((line) => line['serviceId'] === 'passport')).toMatchObject({ off: 'NOT_ENABLED' });
    expect(listed.lines.find((line) => line['serviceId'] === 'lost-stnk')).toMatchObject({ off: null });
    expect(await province('services')).toMatchObject(refused('BAD_ARGUMENTS'));
    expect(await province('services', 'enable', '--service', 'no-such')).toMatchObject(refused('SERVICE_UNKNOWN'));
    expect(await province('application', 'list')).toEqual({ code: 0, lines: [] });
    const id = '019cd5af-e380-7000-8000-000000000000';
    const state = ['application', 'state', '--id', id, '--state'];
    expect(await province(...state, 'ready')).toMatchObject(refused('APPLICATION_UNKNOWN'));
    expect(await province(...state, 'finished')).toMatchObject(refused('BAD_ARGUMENTS'));
    expect(await province(...state, 'incomplete', '--missing', 'Bukan Jenis')).toMatchObject(refused('BAD_ARGUMENTS'));
  });
});
