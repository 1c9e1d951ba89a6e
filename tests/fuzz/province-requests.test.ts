import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import {
  provinceErrorSchema,
  REQUEST_HEADERS,
  requestSigningText,
  SIGNATURE_CONTEXT,
} from '../../src/contract/sync-protocol.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import {
  byteDamages,
  cpuMsOf,
  damagedBytes,
  fuzzRuns,
  LONGEST_CPU_MS,
  mutatedText,
  mutations,
} from '../support/hostile-values.ts';
import { enrolRequest, keyIdOf, TestDevice } from '../support/test-device.ts';
import { TEST_TODAY } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const RUNS = fuzzRuns(40);
const province = useProvince();

/** Rows that no request of another device, and no refused request, may change. */
async function stored(deviceId: string) {
  const { db } = province().province.context;
  const of = { entries: db.selectFrom('entry'), sales: db.selectFrom('sale') };
  return {
    entries: await of.entries.selectAll().where('device_id', '=', deviceId).orderBy('hash').execute(),
    sales: await of.sales.selectAll().where('device_id', '=', deviceId).orderBy('transaction_id').execute(),
    keys: await db.selectFrom('subject_key').selectAll().where('device_id', '=', deviceId).orderBy('subject').execute(),
    device: await db.selectFrom('device').selectAll().where('device_id', '=', deviceId).execute(),
  };
}

async function deviceWithSale(): Promise<TestDevice> {
  const { server, code, vehicle, rules } = province();
  const device = await TestDevice.enrol(server, await code());
  const outletId = device.enrolment.outlet.outletId;
  device.append({
    type: 'epoch.opened',
    officerId: null,
    body: { reason: 'enrolment', outletId, lastProven: null, declaredGap: null, appVersion: 'x', keyStoreKind: 'demo' },
  });
  makeSale(device, await vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules });
  expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
  return device;
}

type Sent = {
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
};

/** Sends bytes as they are; the answer must be a value of the protocol, quickly, and the house must not have failed inside. */
async function answerTo({ method = 'POST', url, body, headers = {} }: Sent): Promise<{ status: number; code: string }> {
  const { server, events } = province();
  const failures = events.filter((event) => event === 'REQUEST_FAILED').length;
  const held: { status: number; text: string } = { status: 0, text: '' };
  const cpu = await cpuMsOf(async () => {
    const response = await server.inject({
      method,
      url,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    held.status = response.statusCode;
    held.text = response.body;
  });
  expect(cpu).toBeLessThan(LONGEST_CPU_MS);
  expect(events.filter((event) => event === 'REQUEST_FAILED').length, held.text).toBe(failures);
  if (held.status === 200) return { status: 200, code: '' };
  // A refusal names its reason, in the shape that every counter reads.
  const { error } = provinceErrorSchema.parse(JSON.parse(held.text));
  expect(held.status).toBeGreaterThanOrEqual(400);
  expect(error.code).not.toBe('INTERNAL');
  return { status: held.status, code: error.code };
}

/** A body under a genuine signature of the device: it passes the door whatever is in it. */
function signedBy(device: TestDevice, url: string, body: string | Buffer, method: 'GET' | 'POST' = 'POST'): Sent {
  const token = device.hello?.linkToken ?? '';
  const hash = createHash('sha256').update(body).digest('base64url');
  const signature = device.sign(SIGNATURE_CONTEXT.request, requestSigningText(method, url, hash, token));
  const headers = { [REQUEST_HEADERS.token]: token, [REQUEST_HEADERS.signature]: signature };
  return { method, url, headers, ...(method === 'GET' ? {} : { body }) };
}

const inquiry = () => ({
  inquiryId: uuidV7(),
  nrkb: 'AG 2345 KD',
  chassisTail: '10001',
  arrivedOn: '2026-03-09',
  groups: ['ojol'],
  periods: ['2026-03-20'],
  localTotal: 284_000,
});

describe('requests of the province, under a genuine signature of an enrolled device', () => {
  it.each([
    [
      'push',
      '/v1/push',
      async (device: TestDevice) => ({ entries: device.chain, subjectKeys: await device.subjectKeys(), damaged: [] }),
    ],
    ['inquiry', '/v1/inquiry', async () => inquiry()],
    ['bundle', '/v1/bundle', async () => ({ bundle: 'AAAA' })],
    [
      'returned pages',
      '/v1/returned-pages',
      async (device: TestDevice) => ({
        pages: [{ text: '{"feed":"decisions"}', keyId: keyIdOf(device.signing.publicKey), sig: 'A'.repeat(86) }],
      }),
    ],
  ])(
    'a %s with anything in it is answered by name, and what is in custody stays as it is',
    async (_name, url, valueOf) => {
      const device = await deviceWithSale();
      const valid = await valueOf(device);
      const before = await stored(device.deviceId);
      await fc.assert(
        fc.asyncProperty(mutations, async (changes) => {
          await answerTo(signedBy(device, url, mutatedText(valid, changes)));
        }),
        { numRuns: RUNS },
      );
      await fc.assert(
        fc.asyncProperty(byteDamages, async (damages) => {
          const bytes = damagedBytes(Buffer.from(JSON.stringify(valid)), damages);
          await answerTo(signedBy(device, url, bytes));
        }),
        { numRuns: RUNS },
      );
      const after = await stored(device.deviceId);
      const known = new Set(before.entries.map(({ hash }) => hash));
      expect(after.entries.filter(({ hash }) => known.has(hash))).toEqual(before.entries);
      expect(after.sales).toEqual(before.sales);
      expect(await device.verdicts()).toEqual(device.chain.map(() => ({ verdict: 'DUPLICATE', original: 'ACCEPTED' })));
    },
  );

  it('an entry with anything in it, signed by its own device, is kept or refused and never stands in the way', async () => {
    const victim = await deviceWithSale();
    const before = await stored(victim.deviceId);
    const device = await deviceWithSale();
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const place = { seq: device.chain.length + 1, prev: device.head?.hash ?? null };
        const draft = {
          type: 'cash-session.opened',
          body: { float: [{ denomination: 1000, count: 1 }], total: 1000, ledgerLines: [] },
        };
        const poison = device.seal(mutatedText(JSON.parse(device.build(draft, place).text), changes));
        const request = { entries: [poison], subjectKeys: [], damaged: [] };
        const { status } = await answerTo(signedBy(device, '/v1/push', JSON.stringify(request)));
        expect([200, 400, 413]).toContain(status);
        device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
        const [verdict] = await device.verdicts(device.chain.slice(-1));
        // Where the poison took the place, the good entry is a fork beside it; it is kept in either case.
        expect(['ACCEPTED', 'FORK']).toContain(verdict?.verdict);
        if (verdict?.verdict === 'FORK') device.chain.splice(-1, 1, poison);
      }),
      { numRuns: RUNS },
    );
    expect(await stored(victim.deviceId)).toEqual(before);
  });

  it('a feed with any name, scope and version is answered by name', async () => {
    const device = await deviceWithSale();
    const part = fc.oneof(
      fc.constantFrom('policy', 'registry', 'decisions', 'all', '..', '%00', device.deviceId),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(part, part, fc.oneof(fc.integer(), fc.string()), async (feed, scope, after) => {
        const path = [feed, scope, String(after)].map((text) => encodeURIComponent(text));
        const url = `/v1/feeds/${path[0] ?? ''}/${path[1] ?? ''}?after=${path[2] ?? ''}`;
        await answerTo(signedBy(device, url, '', 'GET'));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('requests of the province, from anybody', () => {
  it('a hello with anything in it is answered by name, signed or not', async () => {
    const device = await deviceWithSale();
    await fc.assert(
      fc.asyncProperty(mutations, fc.boolean(), async (changes, isSigned) => {
        const hello = await device.helloText();
        const text = mutatedText(JSON.parse(hello.text), changes);
        const sig = isSigned ? device.sign(SIGNATURE_CONTEXT.hello, text) : hello.sig;
        const { status } = await answerTo({ url: '/v1/hello', body: JSON.stringify({ ...hello, text, sig }) });
        if (!isSigned && text !== hello.text) expect(status).not.toBe(200);
        await answerTo({ url: '/v1/hello', body: mutatedText(hello, changes) });
      }),
      { numRuns: RUNS },
    );
  });

  it('text that no column holds is refused by name wherever it stands', async () => {
    const device = await deviceWithSale();
    for (const text of ['\u0000', 'a\u0000b']) {
      const hello = await device.helloText({ appVersion: text });
      const refused = { status: 400, code: 'BAD_REQUEST' };
      expect(await answerTo({ url: '/v1/hello', body: JSON.stringify(hello) })).toEqual(refused);
      const asked = JSON.stringify({ ...inquiry(), groups: [text] });
      expect(await answerTo(signedBy(device, '/v1/inquiry', asked))).toEqual(refused);
    }
    expect(await device.verdicts()).toEqual(device.chain.map(() => ({ verdict: 'DUPLICATE', original: 'ACCEPTED' })));
  });

  it('an enrolment with anything in it is refused by name and spends no code', async () => {
    const { server, code } = province();
    const [codeText, device] = [await code(), await deviceWithSale()];
    const keys = { signing: device.signing.publicKey, sealing: device.sealing.publicKey };
    const { text, mac } = enrolRequest(codeText, keys);
    await fc.assert(
      fc.asyncProperty(mutations, byteDamages, async (changes, damages) => {
        const changed = mutatedText(JSON.parse(text), changes);
        if (changed !== text)
          expect((await answerTo({ url: '/v1/enrol', body: JSON.stringify({ text: changed, mac }) })).status).not.toBe(
            200,
          );
        const body = damagedBytes(Buffer.from(JSON.stringify({ text: `${text} `, mac })), damages);
        expect((await answerTo({ url: '/v1/enrol', body })).status).not.toBe(200);
      }),
      { numRuns: RUNS },
    );
    expect((await TestDevice.enrol(server, codeText)).deviceId).not.toBe(device.deviceId);
  });

  it('tokens and signatures that were made up open nothing', async () => {
    const device = await deviceWithSale();
    const genuine = device.hello?.linkToken ?? '';
    const body = JSON.stringify({ entries: device.chain, subjectKeys: [], damaged: [] });
    await fc.assert(
      fc.asyncProperty(byteDamages, fc.boolean(), async (damages, isToken) => {
        const bent = damagedBytes(Buffer.from(isToken ? genuine : 'A'.repeat(86)), damages)
          .toString('latin1')
          .replaceAll(/[^\x20-\x7e]/g, '~');
        fc.pre(bent !== genuine);
        const sent = signedBy(device, '/v1/push', body);
        const name = isToken ? REQUEST_HEADERS.token : REQUEST_HEADERS.signature;
        const { status } = await answerTo({ ...sent, headers: { ...sent.headers, [name]: bent } });
        expect([400, 401]).toContain(status);
      }),
      { numRuns: RUNS },
    );
  });
});
