import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEnrolmentCode, parseEnrolmentCode } from '../../src/contract/enrolment-code.ts';
import { CERTIFICATE_CONTEXT } from '../../src/contract/receipt-statement.ts';
import { ENROL_CONTEXT, enrolAnswerBodySchema, enrolAnswerSchema } from '../../src/contract/sync-protocol.ts';
import { canonical, enrolRequest, keyIdOf, TestDevice, verifies } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';
import { signingPair } from '../support/test-receipt.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('an enrolment code', () => {
  const codes = fc.record({
    codeId: fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 8, maxLength: 8 }),
    secret: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  });

  it('is read back however it was typed', () => {
    fc.assert(
      fc.property(codes, fc.boolean(), ({ codeId, secret }, lower) => {
        const written = formatEnrolmentCode({ codeId, secret });
        expect(written).toMatch(/^([0-9A-Z]{5}-){6}[0-9A-Z]{5}$/);
        const typed = written.replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        const read = parseEnrolmentCode(lower ? typed.toLowerCase() : typed);
        expect(read).toEqual({ ok: true, value: { codeId, secret } });
      }),
    );
  });

  it('is refused when one character is another', () => {
    fc.assert(
      fc.property(codes, fc.nat({ max: 34 }), fc.nat({ max: 30 }), (code, at, shift) => {
        const plain = formatEnrolmentCode(code).replaceAll('-', '');
        const other = LETTERS.charAt((LETTERS.indexOf(plain.charAt(at)) + 1 + shift) % LETTERS.length);
        expect(parseEnrolmentCode(plain.slice(0, at) + other + plain.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('is refused when it is too short, too long, or has a letter that codes never have', () => {
    const code = formatEnrolmentCode({ codeId: '0123ABCD', secret: randomBytes(16) });
    expect(parseEnrolmentCode(code.slice(1))).toEqual({ ok: false, error: 'WRONG_LENGTH' });
    expect(parseEnrolmentCode(`${code}0`)).toEqual({ ok: false, error: 'WRONG_LENGTH' });
    expect(parseEnrolmentCode(`U${code.slice(1)}`)).toEqual({ ok: false, error: 'WRONG_CHARACTER' });
  });
});

describe('enrolment at the province', () => {
  let world: TestProvince;
  beforeAll(async () => {
    world = await openTestProvince();
  });
  afterAll(() => world.close());

  const keys = () => ({ signing: signingPair().publicKey, sealing: randomBytes(32).toString('base64url') });
  const send = (request: { text: string; mac: string }) =>
    TestDevice.post(world.server, '/v1/enrol', { text: request.text, mac: request.mac });

  it('answers a certificate of the root key, under the MAC of a code that was never sent', async () => {
    const own = keys();
    const code = await world.code();
    const request = enrolRequest(code, own);
    expect(request.text).not.toContain(code.replaceAll('-', '').slice(8, 34));
    const { status, json } = await send(request);
    expect(status).toBe(200);
    const { text, mac } = enrolAnswerSchema.parse(json);
    expect(mac).toBe(
      createHmac('sha256', request.secret)
        .update(ENROL_CONTEXT.answer + text)
        .digest('base64url'),
    );
    const answer = enrolAnswerBodySchema.parse(JSON.parse(text));
    expect(answer).toMatchObject({
      nonce: request.nonce,
      deviceNo: 1,
      outlet: { outletId: '3506-017', regency: '3506' },
    });
    const { certificate, rootKeyId, sig } = answer.certificate;
    expect(certificate).toMatchObject({ outletId: '3506-017', signingKey: own.signing, sealingKey: own.sealing });
    expect(rootKeyId).toBe(keyIdOf(answer.rootKey));
    expect(verifies(answer.rootKey, CERTIFICATE_CONTEXT, canonical(certificate), sig)).toBe(true);
  });

  it('numbers the devices of an outlet one after the other, also when they come at once', async () => {
    const codes = await Promise.all([1, 2, 3].map(() => world.code('3526-009')));
    const devices = await Promise.all(codes.map((code) => TestDevice.enrol(world.server, code)));
    expect(devices.map(({ enrolment }) => enrolment.deviceNo).sort()).toEqual([1, 2, 3]);
  });

  it('gives the same answer to the same request, because an answer may be lost, and refuses any other use', async () => {
    const code = await world.code();
    const request = enrolRequest(code, keys());
    const first = await send(request);
    expect(await send(request)).toEqual(first);
    const other = await send(enrolRequest(code, keys()));
    expect(other).toMatchObject({ status: 409, json: { error: { code: 'CODE_USED' } } });
  });

  it('enrols once when the same code is used twice at the same moment', async () => {
    const code = await world.code();
    const answers = await Promise.all([send(enrolRequest(code, keys())), send(enrolRequest(code, keys()))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('does not say whether the id or the secret was wrong', async () => {
    const guess = await send(enrolRequest(await world.code(), keys(), randomBytes(16)));
    const nobody = await send(
      enrolRequest(formatEnrolmentCode({ codeId: '00000000', secret: randomBytes(16) }), keys()),
    );
    expect(guess).toMatchObject({ status: 403, json: { error: { code: 'CODE_UNKNOWN' } } });
    expect(nobody).toEqual(guess);
  });

  it('refuses a text that was changed under its MAC', async () => {
    const request = enrolRequest(await world.code(), keys());
    const changed = { ...request, text: request.text.replace('"demo"', '"machine"') };
    expect(await send(changed)).toMatchObject({ status: 403, json: { error: { code: 'CODE_UNKNOWN' } } });
    expect((await send(request)).status).toBe(200);
  });

  it('refuses a code after its day', async () => {
    const code = await world.code();
    world.clock.now += 24 * 3_600_000;
    expect(await send(enrolRequest(code, keys()))).toMatchObject({
      status: 410,
      json: { error: { code: 'CODE_EXPIRED' } },
    });
  });

  it('says that an outlet has no number left, and leaves the code for another day', async () => {
    const { db } = world.province.context;
    const device = await TestDevice.enrol(world.server, await world.code('3516-002'));
    await db.updateTable('device').set({ device_no: 99 }).where('device_id', '=', device.deviceId).execute();
    const request = enrolRequest(await world.code('3516-002'), keys());
    expect(await send(request)).toMatchObject({ status: 409, json: { error: { code: 'OUTLET_FULL' } } });
    await db.updateTable('device').set({ device_no: 1 }).where('device_id', '=', device.deviceId).execute();
    expect((await send(request)).status).toBe(200);
  });

  it('keeps no secret of a used code', async () => {
    await TestDevice.enrol(world.server, await world.code());
    const rows = await world.province.context.db.selectFrom('enrolment_code').select(['secret', 'used_at']).execute();
    expect(rows.filter((row) => row.used_at !== null).every((row) => row.secret === null)).toBe(true);
  });

  it('refuses a device without a key store, except where the province itself is a demo', async () => {
    const { db } = world.province.context;
    await db.updateTable('meta').set({ value: 'false' }).where('key', '=', 'demo').execute();
    const request = enrolRequest(await world.code(), keys());
    expect(await send(request)).toMatchObject({ status: 400, json: { error: { code: 'BAD_REQUEST' } } });
    await db.updateTable('meta').set({ value: 'true' }).where('key', '=', 'demo').execute();
    expect((await send(request)).status).toBe(200);
  });

  it('refuses a key that another device has', async () => {
    const own = keys();
    expect((await send(enrolRequest(await world.code(), own))).status).toBe(200);
    expect(await send(enrolRequest(await world.code(), own))).toMatchObject({
      status: 400,
      json: { error: { code: 'BAD_REQUEST' } },
    });
  });
});
