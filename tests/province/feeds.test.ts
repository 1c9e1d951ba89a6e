import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FeedPage,
  keyStatementSchema,
  officerItemSchema,
  registryItemSchema,
  vehicleRecordSchema,
} from '../../src/contract/feeds.ts';
import { policySchema } from '../../src/contract/policy.ts';
import { parseRulePack } from '../../src/contract/rule-pack.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { changePolicy } from '../../src/province/feeds/change-policy.ts';
import { publishPolicy, publishRules } from '../../src/province/feeds/published-rules.ts';
import { importVehicles } from '../../src/province/registry/vehicle-import.ts';
import { canonical, TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';
import { shippedPack } from '../support/rule-packs.ts';

let world: TestProvince;
let device: TestDevice;
beforeAll(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const hashOf = (page: FeedPage): string => createHash('sha256').update(canonical(page)).digest('base64url');
const policyOf = async (): Promise<unknown> =>
  (await device.pull('policy', 'all')).flatMap(({ items }) => items).at(-1);

/** Versions rise by one from zero, each page names the one before it. */
function expectChained(pages: readonly FeedPage[]): void {
  pages.forEach((page, index) => {
    const before = pages[index - 1];
    expect([page.from, page.to]).toEqual([index, index + 1]);
    expect(page.prevHash).toBe(before === undefined ? null : hashOf(before));
  });
}

describe('feed pages', () => {
  it('are signed, chained, and only rise', async () => {
    for (const change of ['caps.unsent=10', 'caps.unsent=20', 'offlineCash=intake-only']) {
      await publishPolicy(world.province.context, (policy) => changePolicy(policy, [change]));
    }
    const pages = await device.pull('policy', 'all');
    expectChained(pages);
    const versions = pages.flatMap(({ items }) => items.map((item) => policySchema.parse(item).version));
    expect(versions).toEqual(versions.map((_version, index) => index + 1));
    expect((await device.pull('policy', 'all', pages.length - 1)).map(({ to }) => to)).toEqual([pages.length]);
    expect(await device.pull('policy', 'all', pages.length)).toEqual([]);
  });

  it('stay one chain when two of them are made at the same moment', async () => {
    const { context } = world.province;
    const values = [31, 32, 33, 34, 35, 36];
    await Promise.all(
      values.map((value) => publishPolicy(context, (policy) => changePolicy(policy, [`caps.unsent=${String(value)}`]))),
    );
    expectChained(await device.pull('policy', 'all'));
  });

  it('are issued anew, empty, before they go stale', async () => {
    const before = (await device.pull('rules', 'all')).length;
    world.clock.now += 4 * DAY_MS;
    await device.sayHello();
    const pages = await device.pull('rules', 'all');
    expect(pages.slice(before)).toMatchObject([{ items: [], validFrom: world.clock.now }]);
    expect(pages.at(-1)?.freshUntil).toBeGreaterThan(world.clock.now + 6 * DAY_MS);
    expectChained(pages);
    expect(await device.pull('rules', 'all')).toHaveLength(before + 1);
  });

  it('of another device or area are not found', async () => {
    const other = await TestDevice.enrol(world.server, await world.code('3526-009'));
    await device.sayHello();
    const paths = [
      `decisions/${other.deviceId}`,
      `officers/${other.deviceId}`,
      `registry/${other.deviceId}:M`,
      'decisions/all',
      'keys/other',
      `registry/${device.deviceId}:XX`,
    ];
    for (const path of paths) {
      expect(await device.request('GET', `/v1/feeds/${path}?after=0`), path).toMatchObject({
        status: 404,
        json: { error: { code: 'NOT_FOUND' } },
      });
    }
    expect((await other.request('GET', `/v1/feeds/registry/${other.deviceId}:AG?after=0`)).status).toBe(404);
    expect((await device.request('GET', '/v1/feeds/nothing/all?after=0')).status).toBe(400);
    expect((await device.request('GET', '/v1/feeds/keys/all?after=-1')).status).toBe(400);
  });
});

describe('what the feeds carry', () => {
  it('keys: the root’s statements for signing and sealing', async () => {
    const items = (await device.pull('keys', 'all')).flatMap(({ items: found }) =>
      found.map((item) => keyStatementSchema.parse(item)),
    );
    expect(items).toEqual(device.hello?.keys);
  });

  it('rules: the shipped packs, signed at the first start, and the demo’s', async () => {
    const packs = (await device.pull('rules', 'all')).flatMap(({ items }) => items.map((item) => parseRulePack(item)));
    expect(packs.map((pack) => (pack.ok ? pack.value.id : pack.path))).toEqual([
      'jatim-2025',
      'jatim-2026',
      'jatim-2026-demo',
    ]);
  });

  it('rules: a set in which two packs claim one day is refused before anything is signed', async () => {
    const { context } = world.province;
    const before = (await device.pull('rules', 'all')).length;
    const rival = { ...shippedPack('jatim-2026'), id: 'rival' };
    expect(await publishRules(context, [rival])).toMatchObject({
      ok: false,
      error: [{ code: 'PACKS_OVERLAP' }, { code: 'PACKS_OVERLAP' }],
    });
    expect(await publishRules(context, [shippedPack('jatim-2026')])).toEqual({
      ok: true,
      value: { version: null, published: [] },
    });
    expect(await device.pull('rules', 'all')).toHaveLength(before);
  });

  it('policy: intake-only reaches the counter, and saying it again signs nothing', async () => {
    const { context } = world.province;
    await publishPolicy(context, (policy) => changePolicy(policy, ['offlineCash=intake-only']));
    expect(await policyOf()).toMatchObject({ offlineCash: 'intake-only' });
    const before = (await device.pull('policy', 'all')).length;
    await publishPolicy(context, (policy) => changePolicy(policy, ['offlineCash=intake-only']));
    expect(await device.pull('policy', 'all')).toHaveLength(before);
  });

  it('officers: those of the outlet, their PIN verifiers sealed to the device', async () => {
    const items = (await device.pull('officers', device.deviceId)).flatMap(({ items: found }) =>
      found.map((item) => officerItemSchema.parse(item)),
    );
    expect(items.map(({ officerId, role }) => [officerId, role])).toEqual([
      ['petugas-1', 'officer'],
      ['petugas-2', 'officer'],
      ['pengawas', 'supervisor'],
      ['pemasang', 'installer'],
      ['pemeriksa', 'auditor'],
    ]);
    // The installer's alone costs here what the province makes it cost; those of the others are light for the tests.
    const sealed = items.find(({ role }) => role === 'installer')?.pinVerifier ?? '';
    const opened = await device.openSealed(sealed);
    expect(opened).toMatchObject({ argon2id: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) });
    const other = await TestDevice.enrol(world.server, await world.code());
    await expect(other.openSealed(sealed)).rejects.toThrow();
  });

  it('officers: only those who changed come again', async () => {
    const before = await device.pull('officers', device.deviceId);
    const { db } = world.province.context;
    await db
      .updateTable('officer')
      .set((eb) => ({ active: false, change_no: eb.fn<number>('nextval', [eb.val('officer_change')]) }))
      .where('officer_id', '=', 'petugas-2')
      .execute();
    const after = await device.pull('officers', device.deviceId, before.length);
    expect(after.flatMap(({ items }) => items)).toMatchObject([{ officerId: 'petugas-2', active: false }]);
  });

  it('registry: every vehicle of the area as the counters may have it, sealed to the device', async () => {
    const other = await TestDevice.enrol(world.server, await world.code());
    const pages = await other.pull('registry', `${other.deviceId}:W`);
    const [item] = pages.flatMap(({ items }) => items.map((found) => registryItemSchema.parse(found)));
    const records = vehicleRecordSchema.array().parse(await other.openSealed(item?.jwe ?? ''));
    expect(records).toHaveLength(item?.count ?? -1);
    expect(records.every(({ nrkb }) => nrkb.startsWith('W '))).toBe(true);
    expect(records.find(({ nrkb }) => nrkb === 'W 1919 SH')?.facts['njkb']).toBe(118_000_000);
    expect(JSON.stringify(pages)).not.toContain('SITI NUR AISYAH');
    await expect(device.openSealed(item?.jwe ?? '')).rejects.toThrow();
  });

  it('registry: what changed comes with the next pack, a day later, and nothing else', async () => {
    const other = await TestDevice.enrol(world.server, await world.code());
    const scope = `${other.deviceId}:N`;
    const before = await other.pull('registry', scope);
    const record = {
      ...(await world.vehicle('N 2727 AB')),
      vehicleId: '0197aaaa-0000-7000-8000-00000000aaaa',
      nrkb: 'N 1 NEW',
    };
    const { db } = world.province.context;
    await db.transaction().execute((tx) => importVehicles(tx, [{ record, published: null, holdReason: null }]));
    expect(await other.pull('registry', scope)).toHaveLength(before.length);
    world.clock.now += DAY_MS;
    await other.sayHello();
    const added = await other.pull('registry', scope, before.length);
    expect(added).toHaveLength(1);
    const item = registryItemSchema.parse(added[0]?.items[0]);
    expect(await other.openSealed(item.jwe)).toMatchObject([{ nrkb: 'N 1 NEW' }]);
  });

  it('registry: a large area comes in pages of at most 2,000 vehicles, each vehicle once', async () => {
    const { db } = world.province.context;
    const plain = await world.vehicle('M 2828 BK');
    const many = Array.from({ length: 4100 }, (_, index) => ({
      record: {
        ...plain,
        vehicleId: `0197bbbb-0000-7000-8000-${String(index).padStart(12, '0')}`,
        nrkb: `M ${String(2000 + (index % 4999))} ${index < 4999 ? 'ZA' : 'ZB'}`,
      },
      published: null,
      holdReason: null,
    }));
    await db.transaction().execute((tx) => importVehicles(tx, many));
    const other = await TestDevice.enrol(world.server, await world.code());
    const pages = await other.pull('registry', `${other.deviceId}:M`);
    expectChained(pages);
    const items = pages.flatMap(({ items: found }) => found.map((item) => registryItemSchema.parse(item)));
    expect(items.every(({ count }) => count <= 2000)).toBe(true);
    const ids = new Set<string>();
    for (const item of items) {
      for (const { vehicleId } of vehicleRecordSchema.array().parse(await other.openSealed(item.jwe)))
        ids.add(vehicleId);
    }
    const { count } = await db
      .selectFrom('core_vehicle')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('area', '=', 'M')
      .executeTakeFirstOrThrow();
    expect(ids.size).toBe(count);
    expect(items.reduce((sum, item) => sum + item.count, 0)).toBe(count);
  });
});

describe('a change of policy by hand', () => {
  it('takes paths, numbers, null and text, and keeps the rest', () => {
    const changed = changePolicy(DEFAULT_POLICY, [
      'offlineCash=intake-only',
      'caps.perSale=null',
      'caps.unsent=7',
      'receiptHost=a=b.example',
    ]);
    expect(changed).toEqual({
      ok: true,
      value: {
        ...DEFAULT_POLICY,
        offlineCash: 'intake-only',
        caps: { ...DEFAULT_POLICY.caps, perSale: null, unsent: 7 },
        receiptHost: 'a=b.example',
      },
    });
  });

  it('refuses by name what is no policy, and never changes the version', () => {
    for (const [change, path] of [
      ['offlineCash=maybe', 'offlineCash'],
      ['nothing=1', 'nothing'],
      ['caps.none=1', 'caps.none'],
      ['version=9', 'version'],
      ['caps', 'caps'],
      ['caps.unsent=-1', 'caps.unsent'],
    ] as const) {
      expect(changePolicy(DEFAULT_POLICY, [change])).toEqual({ ok: false, error: path });
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = changePolicy(DEFAULT_POLICY, [text]);
        return !result.ok || result.value.version === DEFAULT_POLICY.version;
      }),
    );
  });
});
