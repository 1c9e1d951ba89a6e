import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { REQUEST_HEADERS, requestSigningText, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { startTestCounter } from '../support/test-counter.ts';
import { enrolRequest, TestDevice } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const province = useProvince();
const DAY_MS = 86_400_000;

/** A device with an epoch and two sales that nobody has sent yet. */
async function sellingDevice(): Promise<TestDevice> {
  const { server, code, vehicle, rules } = province();
  const device = await TestDevice.enrol(server, await code());
  const outletId = device.enrolment.outlet.outletId;
  device.append({
    type: 'epoch.opened',
    officerId: null,
    body: { reason: 'enrolment', outletId, lastProven: null, declaredGap: null, appVersion: 'x', keyStoreKind: 'demo' },
  });
  for (const nrkb of ['AG 2345 KD', 'AG 1111 HI']) makeSale(device, await vehicle(nrkb), { paidOn: TEST_TODAY, rules });
  return device;
}

/** Everything that is kept of a device. */
async function stored(deviceId: string) {
  const { db } = province().province.context;
  return {
    entries: await db.selectFrom('entry').selectAll().where('device_id', '=', deviceId).orderBy('hash').execute(),
    sales: await db
      .selectFrom('sale')
      .selectAll()
      .where('device_id', '=', deviceId)
      .orderBy('transaction_id')
      .execute(),
    lines: await db
      .selectFrom('ledger_line')
      .selectAll()
      .where('device_id', '=', deviceId)
      .orderBy('account')
      .execute(),
  };
}

const accepted = { verdict: 'ACCEPTED' };
const duplicate = { verdict: 'DUPLICATE', original: 'ACCEPTED' };

describe('moves of somebody who means harm', () => {
  it('a live push of another device’s entries changes nothing for that device, whose own push is still good', async () => {
    const [victim, thief] = [await sellingDevice(), await sellingDevice()];
    const before = await stored(victim.deviceId);
    const sent = { entries: victim.chain, subjectKeys: [], damaged: [] };
    const push = () => thief.request('POST', '/v1/push', sent);
    const refused = { status: 400, json: { error: { code: 'BAD_REQUEST', path: 'entries' } } };
    expect(await push()).toMatchObject(refused);
    expect(await stored(victim.deviceId)).toEqual(before);
    expect((await stored(thief.deviceId)).sales).toEqual([]);
    expect(await victim.verdicts()).toEqual(victim.chain.map(() => accepted));
    expect(await thief.verdicts(thief.chain)).toEqual(thief.chain.map(() => accepted));
    const taken = await stored(victim.deviceId);
    expect(await push()).toMatchObject(refused);
    expect(await stored(victim.deviceId)).toEqual(taken);
  });

  it('a replay after 40 days is refused by its token, and under a new one it is known word for word', async () => {
    const device = await sellingDevice();
    const { clock, server } = province();
    const body = JSON.stringify({ entries: device.chain, subjectKeys: [], damaged: [] });
    const token = device.hello?.linkToken ?? '';
    const hash = createHash('sha256').update(body).digest('base64url');
    const signature = device.sign(SIGNATURE_CONTEXT.request, requestSigningText('POST', '/v1/push', hash, token));
    const replay = () =>
      server.inject({
        method: 'POST',
        url: '/v1/push',
        headers: {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          [REQUEST_HEADERS.token]: token,
          [REQUEST_HEADERS.signature]: signature,
        },
        payload: gzipSync(body),
      });
    expect((await replay()).statusCode).toBe(200);
    const before = await stored(device.deviceId);
    clock.now += 40 * DAY_MS;
    const late = await replay();
    expect(late.json()).toMatchObject({ error: { code: 'BAD_TOKEN' } });
    await device.sayHello();
    expect(await device.verdicts()).toEqual(device.chain.map(() => duplicate));
    expect(await stored(device.deviceId)).toEqual(before);
    clock.now -= 40 * DAY_MS;
  });

  it('entries in reverse, or with one missing, are a gap of which nothing is stored; in order they are taken once', async () => {
    const device = await sellingDevice();
    const [first, second, third] = device.chain;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three entries were made');
    for (const entries of [[third, second, first], [second, third], [third], [first, third]]) {
      expect(await device.push(entries)).toEqual({ answer: 'GAP', common: null });
      expect(await stored(device.deviceId)).toEqual({ entries: [], sales: [], lines: [] });
    }
    expect(await device.verdicts([first])).toEqual([accepted]);
    expect(await device.push([third])).toMatchObject({ answer: 'GAP', common: { seq: 1, hash: first.hash } });
    expect(await device.verdicts([second, third])).toEqual([accepted, accepted]);
    expect(await device.verdicts([second, first, third])).toEqual([duplicate, duplicate, duplicate]);
    expect((await stored(device.deviceId)).sales).toHaveLength(2);
  });

  it('a body of nested arrays, of nothing but length, or packed from nothing is refused before it costs anything', async () => {
    const { server } = province();
    const post = async (payload: Buffer | string, headers: Record<string, string> = {}) => {
      const answer = await server.inject({
        method: 'POST',
        url: '/v1/push',
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
      return { status: answer.statusCode, code: answer.json<{ error: { code: string } }>().error.code };
    };
    const before = process.memoryUsage().rss;
    expect(await post(`{"entries":${'['.repeat(400_000)}${']'.repeat(400_000)}}`)).toMatchObject({ status: 400 });
    expect(await post('['.repeat(900_000))).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(await post('x'.repeat(3_000_000))).toEqual({ status: 413, code: 'TOO_LARGE' });
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(bomb.length).toBeLessThan(500_000);
    expect(await post(bomb, { 'content-encoding': 'gzip' })).toEqual({ status: 413, code: 'TOO_LARGE' });
    // The bomb itself stood in memory here once, before it was packed; the house never held it.
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });

  it('an enrolment answered by somebody else, or for somebody else, enrols nobody and leaves the code good', async () => {
    const { server, code } = province();
    const counter = await startTestCounter();
    counter.line.plug(server);
    const [own, other] = [await code(), await code()];
    const keys = { signing: 'A'.repeat(43), sealing: 'B'.repeat(43) };
    const request = enrolRequest(other, keys);
    const { json } = await TestDevice.post(server, '/v1/enrol', { text: request.text, mac: request.mac });
    // A genuine answer of this very province, made for another device and under another code.
    counter.line.next('/v1/enrol', { answer: { status: 200, body: JSON.stringify(json), headers: {} } });
    const wish = { provinceUrl: 'http://province.example', code: own };
    expect(await counter.refusal('enrolment.enrol', wish)).toMatchObject({
      code: 'PROVINCE_ANSWER_INVALID',
      details: { reason: 'MAC' },
    });
    expect((await counter.get('counter.status', {})).enrolled).toBe(false);
    await counter.get('enrolment.enrol', wish);
    expect((await counter.get('counter.status', {})).enrolled).toBe(true);
  });
});
