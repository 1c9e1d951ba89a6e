import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { feedAnswerSchema, keyStatementBodySchema, keyStatementSchema } from '../../src/contract/feeds.ts';
import { helloAnswerSchema, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { bookNext } from '../../src/province/booking/booking-worker.ts';
import { buildServer } from '../../src/province/http/server.ts';
import { loadKeyRing } from '../../src/province/keys/key-ring.ts';
import { readStatedKeys, refreshKeys, revokeKey, rotateKey } from '../../src/province/keys/key-statements.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { openForBusiness, sellOffline, sync } from '../support/at-the-counter.ts';
import { changePolicy as publishChange } from '../support/province-policy.ts';
import { enrolledCounter } from '../support/enrolled-counter.ts';
import { TestDevice, verifies } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const DAY_MS = 86_400_000;
let world: TestProvince;
beforeEach(async () => {
  world = await openTestProvince({ ownKeys: true });
});
afterEach(() => world.close());

const rotate = async (purpose: 'signing' | 'sealing') => {
  const rotated = await rotateKey(world.province.context, purpose);
  if (!rotated.ok) throw new Error(rotated.error);
  return rotated.value;
};
const device = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());

async function soldByDevice(seller: TestDevice): Promise<void> {
  makeSale(seller, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
  await seller.push();
}

describe('the province’s keys', () => {
  it('are rotated by statements of the root that overlap by 180 days at least', async () => {
    const { context } = world.province;
    const first = context.keys.signing.keyId;
    expect(await rotateKey(context, 'signing', 179)).toEqual({ ok: false, error: 'OVERLAP_TOO_SHORT' });
    const { keyId, before } = await rotate('signing');
    expect(before).toBe(first);
    expect(context.keys.signing.keyId).toBe(keyId);
    const stated = await readStatedKeys(context.db);
    for (const { text, sig } of stated) {
      expect(verifies(context.keys.root.publicKey, SIGNATURE_CONTEXT.keyStatement, text, sig)).toBe(true);
    }
    const [fresh, old] = [stated.find((key) => key.keyId === keyId), stated.find((key) => key.keyId === first)];
    expect(fresh).toMatchObject({ from: world.clock.now, revoked: false });
    expect(old?.to).toBe(world.clock.now + 180 * DAY_MS);
    const seen = await device();
    const inFeed = (await seen.pull('keys', 'all')).at(-1)?.items.map((item) => keyStatementSchema.parse(item).text);
    expect(inFeed).toEqual([fresh?.text, old?.text]);
    expect(seen.hello?.keys.map(({ text }) => text)).toEqual(stated.map(({ text }) => text));
    expect(seen.hello?.timeAnchor.keyId).toBe(keyId);
  });

  it('open what was sealed to any of them, however often they changed meanwhile', async () => {
    const seller = await device();
    await rotate('sealing');
    await rotate('sealing');
    await soldByDevice(seller);
    await world.book();
    const decisions = await seller.pull('decisions', seller.deviceId);
    expect(decisions.flatMap(({ items }) => items)).toMatchObject([{ central: 'booked' }]);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('are waited for where the file of a new key has not reached this node yet', async () => {
    const seller = await device();
    await rotate('sealing');
    await seller.sayHello();
    await soldByDevice(seller);
    const { sealing } = world.province.context.keys;
    const file = join(world.keysFolder, `sealing-${sealing.keyId}.pem`);
    renameSync(file, `${file}.away`);
    const node = { ...world.province, context: { ...world.province.context, keys: loadKeyRing(world.keysFolder) } };
    world.clock.now += 10_000;
    expect(await bookNext(node)).toBe('postponed');
    renameSync(`${file}.away`, file);
    world.clock.now += 10_000;
    expect(await bookNext(node)).toBe('decided');
  });

  it('are revoked one by one, never the last, and a page that one of them signed is signed again when it is served', async () => {
    const { context } = world.province;
    const first = context.keys.signing.keyId;
    expect(await revokeKey(context, first)).toEqual({ ok: false, error: 'KEY_IS_LAST' });
    expect(await revokeKey(context, 'AAAAAAAAAAAA')).toEqual({ ok: false, error: 'KEY_UNKNOWN' });
    const early = await device();
    const before = await early.pull('policy', 'all');
    const { keyId } = await rotate('signing');
    expect(await revokeKey(context, first)).toMatchObject({ ok: true });
    expect(await revokeKey(context, first)).toMatchObject({ ok: true });
    const late = await device();
    const { json } = await late.request('GET', '/v1/feeds/policy/all?after=0');
    const { pages } = feedAnswerSchema.parse(json);
    expect(pages.map((page) => page.keyId)).toEqual(pages.map(() => keyId));
    expect((await late.pull('policy', 'all')).slice(0, before.length)).toEqual(before);
    const statements = (await late.pull('keys', 'all')).flatMap(({ items }) => items);
    expect(statements.filter((item) => keyStatementSchema.parse(item).text.includes('"revoked":true'))).toHaveLength(1);
  });

  it('are the same on every node: the next request after a rotation is answered by the new one', async () => {
    const seller = await device();
    await seller.sayHello();
    const other = { ...world.province.context, keys: loadKeyRing(world.keysFolder) };
    const rotated = await rotateKey(other, 'signing');
    if (!rotated.ok) throw new Error(rotated.error);
    expect(world.province.context.keys.signing.keyId).not.toBe(rotated.value.keyId);
    // Nothing is signed by a key that this counter was not told of: it is asked for a hello first, which states it.
    const asked = await seller.request('POST', '/v1/push', { entries: [], subjectKeys: [], damaged: [] });
    expect(asked).toMatchObject({ status: 401, json: { error: { code: 'BAD_TOKEN' } } });
    expect(world.province.context.keys.signing.keyId).toBe(rotated.value.keyId);
    expect((await seller.sayHello()).timeAnchor.keyId).toBe(rotated.value.keyId);
    expect((await seller.pull('keys', 'all')).length).toBeGreaterThan(0);
  });

  it('of a revoked kind never sign on a node that lacks the file of the one after it', async () => {
    const { context } = world.province;
    const elsewhere = mkdtempSync(join(tmpdir(), 'loket-keys-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    cpSync(world.keysFolder, elsewhere, { recursive: true });
    const node = { ...context, keys: loadKeyRing(elsewhere) };
    const { before } = await rotate('signing');
    await refreshKeys(context.db, node);
    expect(node.keys.signing.keyId).toBe(before);
    expect(world.events).toContain('KEY_FILE_MISSING');
    await revokeKey(context, before ?? '');
    await expect(refreshKeys(context.db, node)).rejects.toThrow('lacks signing-');
    const server = await buildServer({ ...world.province, context: node });
    onTestFinished(() => server.close());
    const seller = await device();
    const { text, keyId, sig } = await seller.helloText();
    expect(await TestDevice.post(server, '/v1/hello', { text, keyId, sig })).toMatchObject({
      status: 503,
      json: { error: { code: 'BUSY' } },
    });
  });
});

describe('a counter', () => {
  const away = (counter: Awaited<ReturnType<typeof enrolledCounter>>, days: number): void => {
    world.clock.now += days * DAY_MS;
    counter.clock.pass(days * DAY_MS);
  };

  it('that was away for 100 days and two rotations of both keys sends what it sold and goes on', async () => {
    const counter = await openForBusiness(await enrolledCounter(world));
    await sync(counter);
    counter.line.set('down');
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    for (const _rotation of [1, 2]) {
      away(counter, 50);
      await rotate('signing');
      await rotate('sealing');
    }
    await publishChange(world, 'caps.unsent=77');
    counter.line.set('pass');
    await sync(counter);
    await world.book();
    counter.clock.pass(10_000);
    await sync(counter);
    expect(await counter.get('outbox.figures', {})).toMatchObject({ unsent: 0, quarantined: 0 });
    const { context } = world.province;
    const decided = await context.db.selectFrom('decision').select(['transaction_id', 'central']).execute();
    expect(decided).toEqual([{ transaction_id: transactionId, central: 'booked' }]);
    expect(counter.rows('SELECT central FROM decision')).toEqual([{ central: 'booked' }]);
    expect(JSON.stringify(counter.rows('SELECT * FROM policy'))).toContain('77');
  });

  it('that only knew a key which was revoked meanwhile believes the ones after it, and what they sign', async () => {
    const counter = await openForBusiness(await enrolledCounter(world));
    await sync(counter);
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    const { before } = await rotate('signing');
    await revokeKey(world.province.context, before ?? '');
    await publishChange(world, 'caps.unsent=77');
    counter.line.set('pass');
    await sync(counter);
    expect(await counter.get('outbox.figures', {})).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(JSON.stringify(counter.rows('SELECT * FROM policy'))).toContain('77');
    expect(counter.rows('SELECT revoked FROM province_key WHERE key_id = ?', before)).toEqual([{ revoked: 1 }]);
  });

  it('that enrols after a revocation reads every page from the first one on, although the key that signs them is younger', async () => {
    world.clock.now += 30 * DAY_MS;
    const { before } = await rotate('signing');
    await revokeKey(world.province.context, before ?? '');
    const counter = await openForBusiness(await enrolledCounter(world));
    await sync(counter);
    const [cursors] = counter.rows('SELECT count(*) AS n FROM feed_cursor');
    expect(Number(cursors?.['n'])).toBeGreaterThanOrEqual(5);
    expect(counter.rows('SELECT reason FROM feed_problem')).toEqual([]);
    await sellOffline(counter, 'AG 2345 KD');
  });

  it('that is shown a statement which the root did not sign changes nothing', async () => {
    const counter = await openForBusiness(await enrolledCounter(world));
    await sync(counter);
    const known = counter.rows('SELECT * FROM province_key ORDER BY key_id');
    const { text } = (await readStatedKeys(world.province.context.db))[0] ?? { text: '' };
    const forged = { text: text.replace('"revoked":false', '"revoked":true'), sig: 'A'.repeat(86) };
    expect(keyStatementBodySchema.parse(JSON.parse(forged.text)).revoked).toBe(true);
    counter.line.next('/v1/hello', {
      bend: (answer) => {
        const hello = helloAnswerSchema.parse(JSON.parse(answer.body));
        return { ...answer, body: JSON.stringify({ ...hello, keys: [forged, ...hello.keys] }) };
      },
    });
    await sync(counter);
    expect(counter.rows('SELECT * FROM province_key ORDER BY key_id')).toEqual(known);
  });
});
