import { brotliCompressSync, gzipSync } from 'node:zlib';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNATURE_CONTEXT, timeAnchorSchema } from '../../src/contract/sync-protocol.ts';
import { listDevices, revokeDevice, setSelling } from '../../src/province/enrolment/device-administration.ts';
import { declareRestore } from '../../src/province/restore/declare-restore.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';
import { signingPair } from '../support/test-receipt.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const refusal = (status: number, code: string) => ({ status, json: { error: { code } } });

describe('hello', () => {
  it('opens the line with a signed anchor for the nonce that was asked, and with the root’s key statements', async () => {
    const device = await enrolled();
    const hello = await device.sayHello({ anchorNonce: 'AAAAAAAAAAA' });
    expect(hello).toMatchObject({ action: 'OK', protocol: 1, common: null });
    const anchor = device.open(timeAnchorSchema, SIGNATURE_CONTEXT.timeAnchor, hello.timeAnchor);
    expect(anchor).toMatchObject({ nonce: 'AAAAAAAAAAA', serverTime: world.clock.now });
    expect(device.sealingKeyOfProvince().publicKey).toHaveLength(43);
  });

  it('is refused without the device’s key', async () => {
    const device = await enrolled();
    const { text, keyId } = await device.helloText();
    const thief = new TestDevice(world.server, signingPair(), device.sealing, device.enrolment);
    const forged = { text, keyId, sig: thief.sign(SIGNATURE_CONTEXT.hello, text) };
    expect(await TestDevice.post(world.server, '/v1/hello', forged)).toMatchObject(refusal(401, 'BAD_SIGNATURE'));
  });

  it('is refused when its signature is one of another kind', async () => {
    const device = await enrolled();
    const { text, keyId } = await device.helloText();
    const crossed = { text, keyId, sig: device.sign(SIGNATURE_CONTEXT.request, text) };
    expect(await TestDevice.post(world.server, '/v1/hello', crossed)).toMatchObject(refusal(401, 'BAD_SIGNATURE'));
  });

  it('is refused for a challenge that is not ours or two minutes old', async () => {
    const device = await enrolled();
    const invented = await device.helloText({ challenge: 'eyJ1bnRpbCI6OTk5OTk5OTk5OTk5OTl9.AAAA' });
    expect(await TestDevice.post(world.server, '/v1/hello', invented)).toMatchObject(refusal(401, 'BAD_TOKEN'));
    const old = await device.helloText();
    world.clock.now += 120_000;
    expect(await TestDevice.post(world.server, '/v1/hello', old)).toMatchObject(refusal(401, 'BAD_TOKEN'));
  });

  it('is refused for a device of nobody and for a protocol that we do not speak', async () => {
    const device = await enrolled();
    const nobody = await device.helloText({ deviceId: '0197aaaa-0000-7000-8000-000000000000' });
    expect(await TestDevice.post(world.server, '/v1/hello', nobody)).toMatchObject(refusal(404, 'DEVICE_UNKNOWN'));
    const future = await device.helloText({ protocol: { min: 2, max: 3 } });
    expect(await TestDevice.post(world.server, '/v1/hello', future)).toMatchObject(
      refusal(426, 'PROTOCOL_UNSUPPORTED'),
    );
  });

  it('finds the newest entry that both sides know', async () => {
    const device = await enrolled();
    const sent = [1, 2, 3].map(() => device.append({ type: 'officer.signed-in', body: { role: 'officer' } }));
    await device.push();
    device.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
    expect((await device.sayHello()).common).toEqual({ seq: 3, hash: sent[2]?.hash });
    expect(
      (await device.sayHello({ seq: 4, head: 'A'.repeat(43), locator: [{ seq: 1, hash: sent[0]?.hash }] })).common,
    ).toEqual({
      seq: 1,
      hash: sent[0]?.hash,
    });
    expect((await device.sayHello({ locator: [{ seq: 2, hash: sent[0]?.hash }] })).common).toBeNull();
  });

  it('keeps the line open for a revoked device and asks it to enrol again', async () => {
    const device = await enrolled();
    const { context } = world.province;
    const revoked = { ok: true, value: { deviceId: device.deviceId, revokedAt: world.clock.now } };
    expect(await revokeDevice(context, device.deviceId)).toEqual(revoked);
    world.clock.now += 1;
    expect(await revokeDevice(context, device.deviceId)).toEqual(revoked);
    expect((await device.sayHello()).action).toBe('REENROL');
    device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('tells every counter to stop selling, and to go on, when the province says so', async () => {
    const device = await enrolled();
    await setSelling(world.province.context, 'stop');
    expect((await device.sayHello()).action).toBe('STOP_SELLING');
    await setSelling(world.province.context, 'resume');
    expect((await device.sayHello()).action).toBe('OK');
    expect(
      (await listDevices(world.province.context)).find(({ deviceId }) => deviceId === device.deviceId),
    ).toMatchObject({
      outletId: '3506-017',
      lastContactAt: world.clock.now,
      unsent: 0,
    });
  });

  it('asks to enrol again when the certificate has ended', async () => {
    const device = await enrolled();
    const before = world.clock.now;
    world.clock.now = device.enrolment.certificate.certificate.notAfter;
    expect((await device.sayHello()).action).toBe('REENROL');
    world.clock.now = before;
  });

  it('raises an alarm for a custody receipt that we signed but no longer know', async () => {
    const device = await enrolled();
    device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
    const answer = await device.push();
    if (answer.answer !== 'STORED') throw new Error('not stored');
    await device.sayHello({ lastCustodyReceipt: answer.custodyReceipt });
    expect(world.events).not.toContain('SERVER_ROLLBACK');
    const { db, keys } = world.province.context;
    const { signedBy } = await import('../../src/province/keys/key-ring.ts');
    const lost = { ...device.receiptOf(answer), head: 'B'.repeat(43) };
    await device.sayHello({ lastCustodyReceipt: signedBy(keys.signing, SIGNATURE_CONTEXT.custodyReceipt, lost) });
    expect(world.events).toContain('SERVER_ROLLBACK');
    const incidents = await db.selectFrom('incident').select('kind').where('device_id', '=', device.deviceId).execute();
    expect(incidents).toEqual([{ kind: 'SERVER_ROLLBACK' }]);
    await declareRestore(world.province.context);
  });
});

describe('every request after hello', () => {
  const path = '/v1/feeds/keys/all?after=0';

  it('needs a living token of ours', async () => {
    const device = await enrolled();
    expect((await device.request('GET', path)).status).toBe(200);
    const [payload = '', mac = ''] = (device.hello?.linkToken ?? '').split('.');
    const longer = `${Buffer.from(JSON.stringify({ until: 9e15 })).toString('base64url')}.${mac}`;
    expect(await device.request('GET', path, undefined, { token: longer })).toMatchObject(refusal(401, 'BAD_TOKEN'));
    expect(await device.request('GET', path, undefined, { token: payload })).toMatchObject(refusal(401, 'BAD_TOKEN'));
    const before = world.clock.now;
    world.clock.now += 3_600_000;
    expect(await device.request('GET', path)).toMatchObject(refusal(401, 'BAD_TOKEN'));
    world.clock.now = before;
  });

  it('needs the device’s signature over method, path, body and token: the token alone is not enough', async () => {
    const [device, other] = [await enrolled(), await enrolled()];
    const { linkToken = '' } = device.hello ?? {};
    expect(await other.request('GET', path, undefined, { token: linkToken })).toMatchObject(
      refusal(401, 'BAD_SIGNATURE'),
    );
    const elsewhere = device.sign(SIGNATURE_CONTEXT.request, `GET\n/v1/feeds/rules/all?after=0\nx\n${linkToken}`);
    expect(await device.request('GET', path, undefined, { signature: elsewhere })).toMatchObject(
      refusal(401, 'BAD_SIGNATURE'),
    );
    const swapped = { body: JSON.stringify({ entries: [], subjectKeys: [{ subject: device.deviceId, jwe: '....' }] }) };
    expect(await device.request('POST', '/v1/push', { entries: [], subjectKeys: [] }, swapped)).toMatchObject(
      refusal(401, 'BAD_SIGNATURE'),
    );
  });

  it('may be packed with gzip, and the signature is over what was packed', async () => {
    const device = await enrolled();
    device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
    expect(await device.verdicts(device.chain, { gzip: true })).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('is cut off when it is too large, packed or unpacked', async () => {
    const device = await enrolled();
    const large = 'x'.repeat(3 * 1024 * 1024);
    const post = (payload: string | Buffer, encoding: string) =>
      world.server.inject({
        method: 'POST',
        url: '/v1/push',
        payload,
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      });
    expect((await post(JSON.stringify({ large }), 'identity')).json()).toMatchObject({ error: { code: 'TOO_LARGE' } });
    for (const [packing, pack] of [['gzip', gzipSync] as const, ['br', brotliCompressSync] as const]) {
      const packed = await post(pack(JSON.stringify({ large })), packing);
      expect(packed.json(), packing).toMatchObject({ error: { code: 'TOO_LARGE' } });
      const torn = await post(Buffer.from('not packed at all'), packing);
      expect(torn.json(), packing).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    }
    expect((await post('{}', 'zstd')).json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    expect(device.deviceId).toHaveLength(36);
  });
});

describe('the door of the province', () => {
  it('answers its errors in one form, without values', async () => {
    const torn = await world.server.inject({
      method: 'POST',
      url: '/v1/hello',
      payload: '{"text":',
      headers: { 'content-type': 'application/json' },
    });
    expect(torn.json()).toMatchObject({ error: { code: 'BAD_REQUEST' } });
    expect((await world.server.inject({ url: '/nothing' })).json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const wrong = await TestDevice.post(world.server, '/v1/hello', { text: 5, keyId: 'SECRET-VALUE', sig: '' });
    expect(wrong).toMatchObject({ status: 400, json: { error: { code: 'BAD_REQUEST', path: 'text' } } });
    expect(JSON.stringify(wrong.json)).not.toContain('SECRET-VALUE');
  });

  it('refuses text that no database can hold, by name', async () => {
    const device = await enrolled();
    const asked = { inquiryId: '0197aaaa-0000-7000-8000-000000000001', nrkb: 'AG 2345 KD', chassisTail: '12345' };
    const rest = { arrivedOn: null, groups: ['\u0000'], periods: ['2026-03-20'], localTotal: null };
    expect(await device.request('POST', '/v1/inquiry', { ...asked, ...rest })).toMatchObject(
      refusal(400, 'BAD_REQUEST'),
    );
  });

  it('lets one address try enrolment and challenges only so often, and forgets it after a minute', async () => {
    const narrow = await openTestProvince({ limits: { enrol: 3, challenge: 2, receipts: 1 } });
    const status = async (url: string) =>
      (await TestDevice.post(narrow.server, url, { text: '{}', mac: 'A'.repeat(43) })).status;
    expect([
      await status('/v1/enrol'),
      await status('/v1/enrol'),
      await status('/v1/enrol'),
      await status('/v1/enrol'),
    ]).toEqual([400, 400, 400, 429]);
    expect([await status('/v1/challenge'), await status('/v1/challenge'), await status('/v1/challenge')]).toEqual([
      200, 200, 429,
    ]);
    narrow.clock.now += 60_000;
    expect(await status('/v1/challenge')).toBe(200);
    await narrow.close();
  });

  it('describes itself as OpenAPI 3.1 with every route of the protocol', async () => {
    const document = (await world.server.inject({ url: '/openapi.json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, { responses?: object }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/healthz',
      '/v1/bundle',
      '/v1/challenge',
      '/v1/documents',
      '/v1/documents/open',
      '/v1/enrol',
      '/v1/feeds/{feed}/{scope}',
      '/v1/hello',
      '/v1/inquiry',
      '/v1/news',
      '/v1/payments',
      '/v1/people/act',
      '/v1/people/announcements',
      '/v1/people/codes',
      '/v1/people/officers',
      '/v1/people/readers',
      '/v1/push',
      '/v1/receipts/{reference}/state',
      '/v1/region',
      '/v1/region/bundle-answer',
      '/v1/region/bundle-look',
      '/v1/region/bundle-piece',
      '/v1/region/bundle-take',
      '/v1/region/day',
      '/v1/region/day-entries',
      '/v1/region/day-paper',
      '/v1/region/day-transactions',
      '/v1/region/days',
      '/v1/region/decided',
      '/v1/region/month',
      '/v1/region/outcomes',
      '/v1/region/quality',
      '/v1/region/queue',
      '/v1/region/signals',
      '/v1/returned-pages',
      '/v1/slips/{id}/state',
      '/v1/supervisor-page',
      '/v1/supervisor-page/words',
      '/v1/updates/{platform}/{version}',
      '/v1/updates/{platform}/{version}/bytes',
    ]);
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const operation of Object.values(methods))
        expect(Object.keys(operation.responses ?? {}), path).toEqual(['200', '4XX', '5XX']);
    }
    expect(JSON.stringify(document.paths['/v1/push'])).toContain('"maxItems":200');
  });

  it('asks to come back later when the database is away, and when one address asks too often', async () => {
    const away = await openTestProvince({ limits: { enrol: 1, challenge: 0, receipts: 1 } });
    expect((await TestDevice.post(away.server, '/v1/challenge', {})).status).toBe(429);
    expect((await TestDevice.post(away.server, '/v1/enrol', { text: '', mac: 'A'.repeat(43) })).status).toBe(400);
    const often = await away.server.inject({
      method: 'POST',
      url: '/v1/enrol',
      payload: { text: '', mac: 'A'.repeat(43) },
    });
    expect([often.statusCode, often.headers['retry-after']]).toEqual([429, '60']);
    await away.province.context.db.executeQuery(
      CompiledQuery.raw(
        "create function away() returns text language plpgsql as $$ begin raise exception using errcode = '57P03'; end $$",
      ),
    );
    await away.province.context.db.executeQuery(CompiledQuery.raw('alter table meta rename to meta_kept'));
    await away.province.context.db.executeQuery(
      CompiledQuery.raw('create view meta as select away() as key, value from meta_kept'),
    );
    const gone = await away.server.inject({ url: '/healthz' });
    expect([gone.statusCode, gone.json<unknown>()]).toMatchObject([503, { error: { code: 'BUSY' } }]);
    expect(Number(gone.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(gone.headers['retry-after'])).toBeLessThanOrEqual(15);
    await away.close();
  });

  it('says that it is healthy only when its database answers', async () => {
    expect((await world.server.inject({ url: '/healthz' })).json()).toEqual({ ok: true });
    const broken = await openTestProvince();
    await broken.province.context.db.schema.dropTable('meta').execute();
    expect((await broken.server.inject({ url: '/healthz' })).statusCode).toBe(500);
    await broken.close();
  });
});
