import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceTag } from '../../src/main/core/approvals/approval-codes.ts';
import { pageWordText, requestCharacters } from '../../src/domain/approval-request.ts';
import { settleApprovals } from '../../src/province/approvals/settle-approvals.ts';
import { pairKey } from '../../src/province/approvals/pair-keys.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { issuePageCode, revokePages } from '../../src/province/supervisor-page/supervisor-pages.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const DAY_MS = 86_400_000;
let world: TestProvince;
let counter: TestDevice;
beforeAll(async () => {
  world = await openTestProvince({ ownKeys: true });
  counter = await TestDevice.enrol(world.server, await world.code());
});
afterAll(() => world.close());

type Keys = { readonly key: { readonly x: string; readonly y: string }; readonly privateKey: KeyObject };

function pageKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { key: { x, y }, privateKey };
}

async function newCode(): Promise<string> {
  const issued = await issuePageCode(world.province.context, 'pengawas');
  if (!issued.ok) throw new Error(issued.error);
  return issued.value.code;
}

const signIn = async (code: string, keys = pageKeys()) =>
  TestDevice.post(world.server, '/v1/supervisor-page', { code, key: keys.key });
const refusal = (status: number, code: string) => ({ status, json: { error: { code } } });

async function openPage(): Promise<{ readonly pageId: string; readonly keys: Keys }> {
  const keys = pageKeys();
  const { json } = await signIn(await newCode(), keys);
  return { pageId: (json as { pageId: string }).pageId, keys };
}

const requestOf = (counterId: string): string =>
  requestCharacters({
    action: 'void',
    deviceTag: deviceTag(counterId),
    amount: 284_000,
    head: '0A1B2',
    nonce: 'C3D4E',
    askedAt: world.clock.now,
  });

async function sendWord(pageId: string, { privateKey }: Keys, request: string, signed = request) {
  const text = Buffer.from(pageWordText(pageId, counter.deviceId, signed), 'utf8');
  const sig = sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return TestDevice.post(world.server, '/v1/supervisor-page/words', {
    pageId,
    counterId: counter.deviceId,
    request,
    sig,
  });
}

describe('the sign-in of a supervisor’s page', () => {
  it('gives the keys of the counters under him for a code that works once, in any spelling', async () => {
    const code = await newCode();
    const answer = await signIn(` ${code.toLowerCase().replaceAll(' ', '-')}`);
    const key = pairKey(world.province.context.keys.approval, 'pengawas', counter.deviceId);
    expect(answer).toMatchObject({
      status: 200,
      json: { supervisorId: 'pengawas', counters: [{ counterId: counter.deviceId, key }] },
    });
    expect(await signIn(code)).toMatchObject(refusal(409, 'CODE_USED'));
  });

  it('is refused a day later, for a code that a newer one replaced, and for a code of nobody', async () => {
    const [old, late] = [await newCode(), await newCode()];
    expect(await signIn(old)).toMatchObject(refusal(403, 'CODE_UNKNOWN'));
    expect(await signIn('0000 0000 0000 0000 0000')).toMatchObject(refusal(403, 'CODE_UNKNOWN'));
    world.clock.now += DAY_MS;
    expect(await signIn(late)).toMatchObject(refusal(410, 'CODE_EXPIRED'));
  });

  it('is refused for a key that is none, which spends no code', async () => {
    const code = await newCode();
    const none = { key: { x: 'A'.repeat(43), y: 'B'.repeat(43) }, privateKey: pageKeys().privateKey };
    expect(await signIn(code, none)).toMatchObject(refusal(400, 'BAD_REQUEST'));
    expect(await signIn(code)).toMatchObject({ status: 200 });
  });

  it('is refused for one who is no supervisor any more', async () => {
    const { context } = world.province;
    expect(await issuePageCode(context, 'petugas-1')).toEqual({ ok: false, error: 'NOT_A_SUPERVISOR' });
    const code = await newCode();
    const setActive = (active: boolean) =>
      context.db.updateTable('officer').set({ active }).where('officer_id', '=', 'pengawas').execute();
    await setActive(false);
    expect(await signIn(code)).toMatchObject(refusal(403, 'CODE_UNKNOWN'));
    await setActive(true);
  });

  it('is opened once where two hold the same code', async () => {
    const code = await newCode();
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is slowed down for whoever guesses', async () => {
    const slow = await openTestProvince({ limits: { enrol: 3, challenge: 1, receipts: 1 } });
    const guess = () =>
      TestDevice.post(slow.server, '/v1/supervisor-page', { code: '0000 0000 0000 0000 0000', key: pageKeys().key });
    const codes = [await guess(), await guess(), await guess(), await guess()].map(({ status }) => status);
    expect(codes).toEqual([403, 403, 403, 429]);
    await slow.close();
  });
});

describe('a word of a supervisor’s page', () => {
  it('is kept once, as what his own device would have signed', async () => {
    const { pageId, keys } = await openPage();
    const request = requestOf(counter.deviceId);
    expect([await sendWord(pageId, keys, request), await sendWord(pageId, keys, request)]).toMatchObject([
      { status: 200 },
      { status: 200 },
    ]);
    const rows = await world.province.context.db
      .selectFrom('approval_given')
      .selectAll()
      .where('device_id', '=', pageId)
      .execute();
    expect(rows).toMatchObject([
      { supervisor: 'pengawas', counter_id: counter.deviceId, action: 'void', amount: 284_000, nonce: 'C3D4E' },
    ]);
  });

  it('is refused under another key, for another request, of another counter, of a page of nobody', async () => {
    const { pageId, keys } = await openPage();
    const request = requestOf(counter.deviceId);
    expect(await sendWord(pageId, pageKeys(), request)).toMatchObject(refusal(401, 'BAD_SIGNATURE'));
    expect(await sendWord(pageId, keys, request, requestOf(randomUUID()))).toMatchObject(refusal(401, 'BAD_SIGNATURE'));
    expect(await sendWord(pageId, keys, requestOf(randomUUID()))).toMatchObject(refusal(400, 'BAD_REQUEST'));
    expect(await sendWord(randomUUID(), keys, request)).toMatchObject(refusal(404, 'DEVICE_UNKNOWN'));
  });

  it('is refused once his pages were revoked, and a code that nobody used is void', async () => {
    const { pageId, keys } = await openPage();
    const code = await newCode();
    expect(await revokePages(world.province.context, 'pengawas')).toBeGreaterThanOrEqual(1);
    expect(await sendWord(pageId, keys, requestOf(counter.deviceId))).toMatchObject(refusal(403, 'DEVICE_REVOKED'));
    expect(await signIn(code)).toMatchObject(refusal(403, 'CODE_UNKNOWN'));
    expect(await revokePages(world.province.context, 'pengawas')).toBe(0);
  });
});

describe('an approval that a page answered', () => {
  /** A code was used at the counter for the request that the page answers. */
  async function usedAtCounter(): Promise<string> {
    const approvalId = randomUUID();
    const { now } = world.clock;
    await world.province.context.db
      .insertInto('approval_used')
      .values({
        ...{ device_id: counter.deviceId, approval_id: approvalId, hash: approvalId, action: 'void', subject: 'x' },
        ...{ amount: 284_000, method: 'code', approved_by: 'pengawas', requested_by: 'petugas-1' },
        ...{ nonce: 'C3D4E', head: '0A1B2', used_at: now, received_at: now },
        ...{ answer: null, answered_at: null, answered_by: null, asked_at: null, overdue_at: null },
      })
      .execute();
    return approvalId;
  }
  const settledAnswer = async (approvalId: string): Promise<string | null> => {
    const { context } = world.province;
    await settleApprovals(context);
    const used = context.db.selectFrom('approval_used').select('answer').where('approval_id', '=', approvalId);
    return (await used.executeTakeFirstOrThrow()).answer;
  };

  it('is confirmed by the page’s word, and by nothing of a page that was revoked before', async () => {
    const { context } = world.province;
    await context.db.deleteFrom('approval_given').execute();
    const ended = await openPage();
    await sendWord(ended.pageId, ended.keys, requestOf(counter.deviceId));
    await revokePages(context, 'pengawas');
    const approvalId = await usedAtCounter();
    expect(await settledAnswer(approvalId)).toBeNull();
    const { pageId, keys } = await openPage();
    await sendWord(pageId, keys, requestOf(counter.deviceId));
    expect(await settledAnswer(approvalId)).toBe('confirmed');
    await revokePages(context, 'pengawas');
  });
});

describe('the command supervisor-page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loket-page-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const command = async (...args: readonly string[]) => {
    const lines: unknown[] = [];
    const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
    const code = await runProvince(
      ['supervisor-page', ...args, ...place],
      (line) => lines.push(line),
      () => lines.push('help'),
    );
    return { code, lines };
  };

  it('prints a code that opens a page, and ends the pages of a supervisor', async () => {
    const { lines } = await command('--supervisor', 'pengawas');
    const [issued] = lines as { code: string; page: string }[];
    expect(issued?.page).toMatch(/\/kode$/);
    world.clock.now = Date.now();
    expect(await signIn(issued?.code ?? '')).toMatchObject({ status: 200 });
    expect(await command('--revoke', 'pengawas')).toEqual({
      code: 0,
      lines: [{ supervisorId: 'pengawas', revokedPages: 1 }],
    });
    expect(await command('--supervisor', 'petugas-1')).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'NOT_A_SUPERVISOR' } }],
    });
    expect((await command()).code).toBe(2);
  });
});

describe('the page /kode', () => {
  it('runs its own files only, every one of them is there, and none of it is text in the page', async () => {
    const page = await world.server.inject({ url: '/kode' });
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.body).not.toMatch(/<script(?![^>]*\ssrc="\/kode\/)|style=|\son[a-z]+=|https?:/);
    const worker = (await world.server.inject({ url: '/kode/worker.js' })).body;
    const files = JSON.parse(/JSON\.parse\('(.*?)'\)/.exec(worker)?.[1] ?? '[]') as string[];
    expect(files).toContain('/kode');
    expect(files).toContain('/kode/app/domain/approval-request.ts');
    expect(worker).not.toContain('__');
    for (const url of files) {
      const { statusCode, headers, body } = await world.server.inject({ url });
      expect([url, statusCode, headers['x-content-type-options']]).toEqual([url, 200, 'nosniff']);
      for (const [, path = ''] of body.matchAll(/from\s*['"]([^'"]+)['"]/g)) {
        expect(files).toContain(new URL(path, `http://page${url}`).pathname);
      }
    }
  });

  it('gives nothing of the program that it does not need', async () => {
    for (const url of ['/kode/app/province/approvals/pair-keys.ts', '/kode/app/../province.ts', '/kode/app/']) {
      expect((await world.server.inject({ url })).statusCode).toBe(404);
    }
  });
});
