import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voidedReceiptItemSchema } from '../../src/contract/feeds.ts';
import { bundleImportSchema } from '../../src/contract/carried.ts';
import { ENROL_CONTEXT, enrolAnswerBodySchema, enrolAnswerSchema } from '../../src/contract/sync-protocol.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { appendPadded, bundleOf, inPieces, openAnswer } from '../support/test-bundle.ts';
import { enrolRequest, TestDevice } from '../support/test-device.ts';
import { signingPair } from '../support/test-receipt.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const folder = mkdtempSync(join(tmpdir(), 'loket-roads-'));
let world: TestProvince;
let device: TestDevice;
beforeAll(async () => {
  world = await openTestProvince({ ownKeys: true });
  // Commands go by the clock on the wall.
  world.clock.now = Date.now();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const fail = (): never => {
  throw new Error('nothing of this kind was expected');
};

/** Runs one command on the database of the test, as an administrator beside the running server does. */
async function province(
  ...args: readonly string[]
): Promise<{ code: number; lines: readonly Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = [];
  const place = ['--data', folder, '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const code = await runProvince([...args, ...place], (line) => lines.push(line as Record<string, unknown>), fail);
  return { code, lines };
}

const refused = (code: string, path: string | null) => ({ code: 2, lines: [{ error: { code, path } }] });

describe('the commands of files', () => {
  it('import a bundle, write the answer that its device opens, and say by the exit code when a file was cut', async () => {
    appendPadded(device, 4, 100);
    const [file, answer] = [join(folder, 'gerai.opop'), join(folder, 'gerai.answer.opop')];
    const bundle = await bundleOf(device, [device.chain.slice(0, 2), device.chain.slice(2)]);
    writeFileSync(file, bundle);
    const imported = await province('import-bundle', file, '--answer', answer, '--no-registry');
    expect(imported.code).toBe(0);
    expect(bundleImportSchema.parse(imported.lines[0])).toMatchObject({
      complete: true,
      devices: [{ deviceId: device.deviceId, accepted: 4 }],
    });
    const { parts, complete } = await openAnswer(device, inPieces(readFileSync(answer)));
    expect(complete).toBe(true);
    expect(parts.filter(({ part }) => part === 'custody-receipt')).toHaveLength(2);
    writeFileSync(file, bundle.subarray(0, 500));
    expect(await province('import-bundle', file)).toMatchObject({
      code: 2,
      lines: [{ complete: false, answer: null }],
    });
    expect(await province('import-bundle')).toMatchObject(refused('BAD_ARGUMENTS', 'file'));
    expect(await province('import-bundle', join(folder, 'none'))).toMatchObject(refused('FILE_UNREADABLE', 'file'));
    writeFileSync(file, bundle);
    const nowhere = join(folder, 'no-folder', 'answer');
    expect(await province('import-bundle', file, '--answer', nowhere)).toMatchObject(
      refused('FILE_NOT_WRITTEN', 'answer'),
    );
  });

  it('enrol a device by two files, with the same proofs as over a line, and answer the same request the same', async () => {
    const code = String((await province('enrolment-code', '--outlet', '3506-017')).lines[0]?.['code']);
    const keys = { signing: signingPair().publicKey, sealing: randomBytes(32).toString('base64url') };
    const request = enrolRequest(code, keys);
    const [asked, answered] = [join(folder, 'device.request.json'), join(folder, 'device.answer.json')];
    writeFileSync(asked, JSON.stringify({ text: request.text, mac: request.mac }));
    expect((await province('enrol-answer', '--request', asked, '--answer', answered)).code).toBe(0);
    const first = readFileSync(answered, 'utf8');
    const { text, mac } = enrolAnswerSchema.parse(JSON.parse(first));
    expect(mac).toBe(
      createHmac('sha256', request.secret)
        .update(ENROL_CONTEXT.answer + text)
        .digest('base64url'),
    );
    expect(enrolAnswerBodySchema.parse(JSON.parse(text))).toMatchObject({
      nonce: request.nonce,
      certificate: { certificate: { signingKey: keys.signing, sealingKey: keys.sealing } },
    });
    expect((await province('enrol-answer', '--request', asked, '--answer', answered)).code).toBe(0);
    expect(readFileSync(answered, 'utf8')).toBe(first);
    writeFileSync(asked, JSON.stringify(enrolRequest(code, keys)));
    expect(await province('enrol-answer', '--request', asked, '--answer', answered)).toMatchObject(
      refused('CODE_USED', 'request'),
    );
    writeFileSync(asked, '{"text":1}');
    expect(await province('enrol-answer', '--request', asked, '--answer', answered)).toMatchObject(
      refused('FILE_WRONG', 'request'),
    );
    expect(readFileSync(answered, 'utf8')).toBe(first);
  });
});

describe('the feeds of a device that never had a line', () => {
  it('are written to a file that it alone opens, keys first, and for no device that is not known', async () => {
    const file = join(folder, 'feeds.opop');
    const asked = ['carry-feeds', '--device', device.deviceId, '--answer', file];
    expect(await province(...asked, '--no-registry')).toMatchObject({ code: 0, lines: [{ answer: file }] });
    const { parts, complete } = await openAnswer(device, inPieces(readFileSync(file)));
    expect(complete).toBe(true);
    expect(parts.slice(0, 2).map(({ part }) => part)).toEqual(['manifest', 'key-statements']);
    expect(parts.map(({ part }) => part)).not.toContain('custody-receipt');
    const short = parts.length;
    expect((await province(...asked)).code).toBe(0);
    const whole = await openAnswer(device, inPieces(readFileSync(file)));
    expect(whole.parts.length).toBeGreaterThan(short);
    expect(await province('carry-feeds', '--device', randomUUID(), '--answer', file)).toMatchObject(
      refused('DEVICE_UNKNOWN', 'device'),
    );
  });
});

describe('the commands of keys', () => {
  it('rotate, list and revoke, and refuse the last key of a purpose', async () => {
    const { lines: before } = await province('keys');
    const first = String(before.find(({ purpose }) => purpose === 'signing')?.['keyId']);
    expect(await province('revoke-key', '--key', first)).toMatchObject(refused('KEY_IS_LAST', 'key'));
    const rotated = await province('rotate-keys', '--purpose', 'signing', '--overlap-days', '200');
    expect(rotated).toMatchObject({ code: 0, lines: [{ purpose: 'signing', before: first }] });
    expect(await province('revoke-key', '--key', first)).toMatchObject({ code: 0, lines: [{ keyId: first }] });
    expect((await province('keys')).lines.map(({ keyId, revoked }) => [keyId, revoked])).toContainEqual([first, true]);
    expect(await province('rotate-keys', '--purpose', 'printing')).toMatchObject(refused('BAD_ARGUMENTS', 'purpose'));
    expect(await province('rotate-keys', '--purpose', 'signing', '--overlap-days', '9')).toMatchObject(
      refused('BAD_ARGUMENTS', 'overlap-days'),
    );
    expect(await province('revoke-key', '--key', 'nothing')).toMatchObject(refused('KEY_UNKNOWN', 'key'));
  });
});

describe('the commands of feeds', () => {
  it('say until the end of which day a release may sell', async () => {
    const told = [
      '--app-version',
      '0.1.0',
      '--notes',
      'Tarif 2027.',
      '--sells-until',
      '2027-01-31',
      '--upgrade-to',
      '0.2.0',
    ];
    expect(await province('set-release', ...told)).toMatchObject({
      code: 0,
      lines: [{ sellsUntil: Date.UTC(2027, 0, 31, 17), upgradeTo: '0.2.0', published: true }],
    });
    expect((await province('set-release', ...told)).lines).toMatchObject([{ published: false }]);
    expect(await province('set-release', '--app-version', '1')).toMatchObject(refused('BAD_ARGUMENTS', 'notes'));
    expect(await province('set-release', '--app-version', '1', '--notes', 'x', '--sells-until', 'soon')).toMatchObject(
      refused('BAD_ARGUMENTS', 'sells-until'),
    );
  });

  it('void a paper, and list the voided ones as the verifier reads them', async () => {
    const sale = makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    await device.sayHello();
    await device.push();
    const named = ['--device', device.deviceId, '--transaction', sale.transactionId];
    expect((await province('void-receipt', ...named, '--reason', 'salah kendaraan')).code).toBe(0);
    const { lines } = await province('voids');
    expect(voidedReceiptItemSchema.array().parse(lines[0])).toMatchObject([{ transactionId: sale.transactionId }]);
    expect(await province('void-receipt', ...named)).toMatchObject(refused('BAD_ARGUMENTS', 'reason'));
    const other = ['--device', sale.transactionId, '--transaction', sale.transactionId, '--reason', 'x'];
    expect(await province('void-receipt', ...other)).toMatchObject(refused('SALE_UNKNOWN', 'transaction'));
    expect(await province('void-receipt', '--device', 'this', '--transaction', 'x')).toMatchObject(
      refused('BAD_ARGUMENTS', 'device'),
    );
  });

  it('block a vehicle and lift the block', async () => {
    expect(await province('block', '--nrkb', 'ag2345kd', '--reason', 'theft')).toMatchObject({
      code: 0,
      lines: [{ blocked: true, reason: 'theft', area: 'AG', published: true }],
    });
    expect(await province('unblock', '--nrkb', 'AG 2345 KD')).toMatchObject({ code: 0, lines: [{ blocked: false }] });
    expect(await province('block', '--nrkb', 'AG 2345 KD', '--reason', 'dislike')).toMatchObject(
      refused('BAD_ARGUMENTS', 'reason'),
    );
    expect(await province('unblock', '--nrkb', 'AG 1 XX')).toMatchObject(refused('VEHICLE_UNKNOWN', 'nrkb'));
  });
});

describe('the commands of a loss', () => {
  it('open the case, print its report, and let an officer sign in again', async () => {
    const told = ['--device', device.deviceId, '--report', 'LP/12', '--by', 'Pengawas', '--cash-lost', '350000'];
    expect(await province('loss-report', '--device', device.deviceId)).toMatchObject(refused('CASE_UNKNOWN', 'device'));
    expect(await province('device-lost', ...told)).toMatchObject({
      code: 0,
      lines: [{ facts: { cashLost: 350_000 } }],
    });
    expect(await province('loss-report', '--device', device.deviceId)).toMatchObject({
      code: 0,
      lines: [{ report: 'LP/12', recoveredAfter: { entries: 0 }, mayExistOnPaperOnly: { known: [] } }],
    });
    expect(
      (await province('devices')).lines.find(({ deviceId }) => deviceId === device.deviceId)?.['revokedAt'],
    ).not.toBeNull();
    expect(await province('reactivate-officer', '--officer', 'petugas-1')).toMatchObject({
      code: 0,
      lines: [{ active: true }],
    });
    expect(await province('reactivate-officer', '--officer', 'x')).toMatchObject(refused('OFFICER_UNKNOWN', 'officer'));
    expect(await province('device-lost', '--device', device.deviceId)).toMatchObject(
      refused('BAD_ARGUMENTS', 'report'),
    );
    expect(await province('device-lost', ...told, '--cash-lost', 'much')).toMatchObject(
      refused('BAD_ARGUMENTS', 'cash-lost'),
    );
  });
});

describe('the commands of a restore', () => {
  it('declare it, state again the keys that the backup does not know, and list incidents', async () => {
    const { db, keys } = world.province.context;
    const made = keys.make('signing');
    const declared = await province('declare-restore');
    expect(declared).toMatchObject({ code: 0, lines: [{ restatedKeys: [made.keyId] }] });
    expect(String(declared.lines[0]?.['incarnation']) > String(declared.lines[0]?.['before'])).toBe(true);
    expect((await province('keys')).lines[0]).toMatchObject({ keyId: made.keyId, revoked: false });
    await db
      .insertInto('incident')
      .values({ device_id: device.deviceId, kind: 'CLONE', evidence: 'e', facts: '{}', at: 1 })
      .execute();
    expect((await province('incidents', '--kind', 'CLONE')).lines).toMatchObject([
      { deviceId: device.deviceId, kind: 'CLONE' },
    ]);
    expect((await province('incidents')).lines.length).toBeGreaterThan(1);
  });
});

describe('the command of an upgrade', () => {
  it('judges again what an older version did not know, and finds nothing the second time', async () => {
    const strange = device.append({ type: 'cash-session.blessed', officerId: null, body: { by: 'someone' } });
    await device.sayHello();
    await device.push(device.chain.slice(-1));
    const stored = await world.province.context.db
      .selectFrom('entry')
      .select(['verdict', 'reason'])
      .where('hash', '=', strange.hash)
      .execute();
    expect(stored).toEqual([{ verdict: 'QUARANTINED', reason: 'UNKNOWN_TYPE' }]);
    const judged = await province('reinterpret');
    expect(judged.code).toBe(0);
    expect((await province('reinterpret')).lines).toEqual(judged.lines);
    const waits = { deviceId: device.deviceId, hash: strange.hash, word: 'QUARANTINED:UNKNOWN_TYPE' };
    expect((await province('aside', '--device', device.deviceId)).lines).toMatchObject([waits]);
    const end = ['settle-aside', '--device', device.deviceId, '--entry', strange.hash, '--reason', 'berita acara 12'];
    expect((await province(...end, '--by', 'Rina', '--as', 'gone')).code).toBe(2);
    expect((await province(...end, '--by', 'Rina', '--as', 'settled')).lines).toMatchObject([{ ended: 'SETTLED' }]);
    expect((await province(...end, '--by', 'Rina', '--as', 'refused')).code).toBe(2);
    expect((await province('aside', '--device', device.deviceId)).lines).toEqual([]);
  });
});

describe('every new command', () => {
  it('explains itself with an example', async () => {
    for (const name of [
      'import-bundle',
      'enrol-answer',
      'carry-feeds',
      'keys',
      'rotate-keys',
      'revoke-key',
      'set-release',
      'void-receipt',
      'voids',
      'block',
      'unblock',
      'device-lost',
      'loss-report',
      'reactivate-officer',
      'declare-restore',
      'reinterpret',
      'incidents',
    ]) {
      const said: string[] = [];
      expect(await runProvince([name, '--help'], fail, (text) => said.push(text))).toBe(0);
      expect(said.join('')).toContain(`npm run -s province -- ${name}`);
    }
  });
});
