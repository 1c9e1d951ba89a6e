import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { useProvince } from '../support/enrolled-counter.ts';

const province = useProvince();

const ask = (encoding?: string) =>
  province().server.inject({
    method: 'GET',
    url: '/openapi.json',
    headers: encoding === undefined ? {} : { 'accept-encoding': encoding },
  });

it('packs a long answer for whoever takes gzip, and says so', async () => {
  const [plain, packed] = [await ask(), await ask('br, gzip')];
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(packed.headers.vary).toBe('accept-encoding');
  expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length);
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
});

it('leaves it as it is for whoever does not', async () => {
  for (const encoding of [undefined, 'br', 'gzip;q=0', 'gzip; q=0.0, br']) {
    const answer = await ask(encoding);
    expect(answer.headers['content-encoding'], String(encoding)).toBeUndefined();
    expect(answer.body.startsWith('{"')).toBe(true);
  }
});

it('leaves a short answer as it is', async () => {
  const answer = await province().server.inject({
    method: 'POST',
    url: '/v1/challenge',
    payload: '{}',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
  });
  expect(answer.headers['content-encoding']).toBeUndefined();
});
