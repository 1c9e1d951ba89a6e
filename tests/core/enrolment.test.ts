import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { formatEnrolmentTicket, parseEnrolmentTicket } from '../../src/contract/enrolment-ticket.ts';
import { enrolRequestSchema } from '../../src/contract/sync-protocol.ts';
import { enrolmentPlaces } from '../../src/main/core/enrolment-files.ts';
import { probeLine } from '../../src/main/core/sync/line-probe.ts';
import { createServerClient } from '../../src/main/core/sync/server-client.ts';
import { enrolDevice } from '../../src/province/enrolment/enrolment.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { selfSigned } from '../support/self-signed.ts';
import { canMountSmallDisk, smallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTestCounter, type TestCounter } from '../support/test-counter.ts';
import { createTestLine } from '../support/test-line.ts';

const YEAR_MS = 365.25 * 86_400_000;
const URL_HERE = 'http://province.example';
const province = useProvince();

const newCounter = async (over: Parameters<typeof startTestCounter>[0] = {}): Promise<TestCounter> => {
  const line = createTestLine(province().server);
  return await startTestCounter({ clock: createFakeClock(province().clock.now), line, ...over });
};
/** The answer of the province to a question in a file, as a file beside it. */
async function answerTo(file: string): Promise<string> {
  const question: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const answer = await enrolDevice(province().province.context, enrolRequestSchema.parse(question));
  if (!answer.ok) throw new Error(answer.error);
  const out = file.replace('permintaan', 'jawaban');
  writeFileSync(out, JSON.stringify(answer.value));
  return out;
}
/** Nothing of an enrolment was kept. */
const expectUntouched = (counter: TestCounter): void => {
  expect(counter.rows('SELECT * FROM device')).toEqual([]);
  expect(existsSync(join(counter.config.dataDir, 'keys.json'))).toBe(false);
};

describe('a ticket', () => {
  it('carries address and code, and nothing else is one', async () => {
    const ticket = { provinceUrl: 'https://opop.jatimprov.go.id', code: await province().code() };
    const text = formatEnrolmentTicket(ticket);
    expect(parseEnrolmentTicket(`  ${text.toLowerCase()}\r\n`)).toEqual(ticket);
    for (const other of ['', ticket.code, 'AG 1234 XY', text.replace('https', 'file'), `${text} x`]) {
      expect(parseEnrolmentTicket(other), other).toBeUndefined();
    }
  });

  it('is found on a flashdisk, read, and enrols; files that are none are refused with their reason', async () => {
    const counter = await newCounter();
    const stick = temporaryFolder();
    const file = join(stick, 'gerai-017.opop-kode');
    const ticket = { provinceUrl: URL_HERE, code: await province().code() };
    writeFileSync(file, `${formatEnrolmentTicket(ticket)}\n`);
    writeFileSync(join(stick, 'foto.jpg'), 'x');
    expect((await enrolmentPlaces([stick]))[0]?.files).toEqual([{ file, name: 'gerai-017.opop-kode', kind: 'ticket' }]);
    expect(await counter.get('enrolment.places', {})).toEqual(expect.any(Array));
    expect(await counter.get('enrolment.read-ticket', { file })).toEqual(ticket);
    const reasons = [
      [join(stick, 'foto.jpg'), 'NOT_A_TICKET'],
      [join(stick, 'tidak-ada'), 'NOT_THERE'],
      [join(stick, 'besar'), 'FILE_TOO_LONG'],
    ] as const;
    writeFileSync(join(stick, 'besar'), 'x'.repeat(200_000));
    for (const [wrong, reason] of reasons) {
      const refusal = await counter.refusal('enrolment.read-ticket', { file: wrong });
      expect(refusal).toMatchObject({ code: 'ENROLMENT_FILE_REFUSED', details: { reason } });
    }
    expectUntouched(counter);
    await counter.get('enrolment.enrol', ticket);
    expect(await counter.refusal('enrolment.read-ticket', { file })).toMatchObject({ code: 'ALREADY_ENROLLED' });
  });
});

describe('enrolment without a line', () => {
  it('goes by a question and an answer on a flashdisk', async () => {
    const counter = await newCounter({ line: createTestLine() });
    const stick = temporaryFolder();
    const { file } = await counter.get('enrolment.request-file', { to: stick, code: await province().code() });
    expect(readdirSync(stick)).toEqual([file.slice(stick.length + 1)]);
    const done = await counter.get('enrolment.answer-file', { file: await answerTo(file) });
    expect(done).toMatchObject({ outletId: '3506-017' });
  });

  it('a flashdisk that was pulled leaves the question before it good', async () => {
    const counter = await newCounter({ line: createTestLine() });
    const stick = temporaryFolder();
    const { file } = await counter.get('enrolment.request-file', { to: stick, code: await province().code() });
    const answer = await answerTo(file);
    const keys = readFileSync(join(counter.config.dataDir, 'keys.json'), 'utf8');
    const gone = { to: join(stick, 'dicabut'), code: await province().code() };
    const refusal = await counter.refusal('enrolment.request-file', gone);
    expect(refusal).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_THERE' } });
    expect(readFileSync(join(counter.config.dataDir, 'keys.json'), 'utf8')).toBe(keys);
    await counter.get('enrolment.answer-file', { file: answer });
  });

  const media = canMountSmallDisk ? ['a flashdisk that is full or read-only'] : [];
  it.each(media)('%s says so, and nothing is begun', async () => {
    const counter = await newCounter({ line: createTestLine() });
    const stick = smallDisk(64);
    const code = await province().code();
    const full = (): void => writeFileSync(join(stick, 'penuh'), Buffer.alloc(64 * 1024));
    expect(full).not.toThrow();
    const refusal = await counter.refusal('enrolment.request-file', { to: stick, code });
    expect(refusal).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'FULL' } });
    rmSync(join(stick, 'penuh'));
    execFileSync('mount', ['-o', 'remount,ro', stick]);
    const shut = await counter.refusal('enrolment.request-file', { to: stick, code });
    expect(shut).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'NOT_WRITABLE' } });
    expectUntouched(counter);
  });

  it("refuses somebody else's answer, a file that is none, and an answer without a question", async () => {
    const counter = await newCounter({ line: createTestLine() });
    const other = await newCounter({ line: createTestLine() });
    const [stick, code] = [temporaryFolder(), await province().code()];
    const asked = await other.get('enrolment.request-file', { to: stick, code: await province().code() });
    const theirs = await answerTo(asked.file);
    const unasked = await counter.refusal('enrolment.answer-file', { file: theirs });
    expect(unasked).toMatchObject({ code: 'ENROLMENT_NOT_REQUESTED' });
    const own = await counter.get('enrolment.request-file', { to: stick, code });
    const refusal = await counter.refusal('enrolment.answer-file', { file: theirs });
    expect(refusal).toMatchObject({ code: 'PROVINCE_ANSWER_INVALID', details: { reason: 'MAC' } });
    const question = await counter.refusal('enrolment.answer-file', { file: own.file });
    expect(question.code).toBe('PROVINCE_ANSWER_INVALID');
    writeFileSync(join(stick, 'jawaban-x.json'), '{');
    const noJson = await counter.refusal('enrolment.answer-file', { file: join(stick, 'jawaban-x.json') });
    expect(noJson).toMatchObject({ code: 'ENROLMENT_FILE_REFUSED', details: { reason: 'NOT_AN_ANSWER' } });
    await counter.get('enrolment.answer-file', { file: await answerTo(own.file) });
  });
});

describe('a computer that is not ready to be a counter', () => {
  it('a clock that is wrong by years keeps nothing, and the same code is good once it is right', async () => {
    const code = await province().code();
    const clock = createFakeClock(province().clock.now - 4 * YEAR_MS);
    const counter = await newCounter({ clock });
    const asked = { provinceUrl: URL_HERE, code };
    const refusal = await counter.refusal('enrolment.enrol', asked);
    expect(refusal).toMatchObject({ code: 'ENROLMENT_CLOCK_WRONG', details: { province: province().clock.now } });
    expectUntouched(counter);
    const byFile = await counter.refusal('enrolment.request-file', { to: temporaryFolder(), code });
    expect(byFile.code).toBe('ENROLMENT_CLOCK_WRONG');
    expectUntouched(counter);
    clock.setWall(province().clock.now);
    await counter.get('enrolment.enrol', asked);
  });

  it('without its key store the province is not even asked: the code stays good', async () => {
    const code = await province().code();
    const counter = await newCounter({ config: { mode: 'normal' } });
    const refusal = await counter.refusal('enrolment.enrol', { provinceUrl: URL_HERE, code });
    expect(refusal).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE', details: { reason: 'NOT_HERE' } });
    expect(counter.line.requests).toEqual([]);
    expectUntouched(counter);
    await (await newCounter()).get('enrolment.enrol', { provinceUrl: URL_HERE, code });
  });

  it('a code that was used, has run out, or was never made is refused by its name', async () => {
    const used = await province().code();
    await (await newCounter()).get('enrolment.enrol', { provinceUrl: URL_HERE, code: used });
    const counter = await newCounter();
    const again = await counter.refusal('enrolment.enrol', { provinceUrl: URL_HERE, code: used });
    expect(again).toMatchObject({ code: 'ENROLMENT_REFUSED', details: { reason: 'CODE_USED' } });
    const typo = await counter.refusal('enrolment.enrol', { provinceUrl: URL_HERE, code: 'ABCDE-FGHJK' });
    expect(typo.code).toBe('ENROLMENT_CODE_INVALID');
    const old = await province().code();
    const now = province().clock.now;
    onTestFinished(() => {
      province().clock.now = now;
    });
    province().clock.now = now + 25 * 3_600_000;
    const late = await counter.refusal('enrolment.enrol', { provinceUrl: URL_HERE, code: old });
    expect(late).toMatchObject({ code: 'ENROLMENT_REFUSED', details: { reason: 'CODE_EXPIRED' } });
    expectUntouched(counter);
  });
});

describe('a network with a certificate of its own', () => {
  it('is never believed silently; with the fingerprint that a person compared it is, also after a restart', async () => {
    const { key, cert } = selfSigned('Proxy Kantor');
    const server = createServer({ key, cert }, (_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const provinceUrl = `https://127.0.0.1:${String(address.port)}`;
    const wait = async (): Promise<void> => await new Promise(() => undefined);
    const probe = async (url: string) => ({ ...(await probeLine(url, { monoMs: () => 0, wait })), trusted: null });
    const believed: string[] = [];
    const counter = await newCounter({ probeLine: probe, trustAuthority: (pem) => believed.push(pem) });

    const looked = await counter.get('enrolment.look', { provinceUrl });
    expect(looked).toMatchObject({ found: true, authority: { name: 'Proxy Kantor', isRoot: true } });
    expect(looked.fault).toMatch(/SELF_SIGNED/);
    const fingerprint = looked.authority?.fingerprint ?? '';
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const enrol = { url: `${provinceUrl}/v1/enrol`, method: 'POST', headers: {}, body: '{}', timeoutMs: 5000 } as const;
    const sent = await createServerClient().exchange({ ...enrol, signal: new AbortController().signal });
    expect(sent).toEqual({ ok: false, reason: looked.fault });

    const other = { provinceUrl, fingerprint: fingerprint.replaceAll(/[0-9]/g, 'A') };
    const refusal = await counter.refusal('enrolment.trust', other);
    expect(refusal).toMatchObject({ code: 'NETWORK_AUTHORITY_REFUSED', details: { reason: 'OTHER' } });
    expect(believed).toEqual([]);
    await counter.get('enrolment.trust', { provinceUrl, fingerprint });
    expect(believed).toHaveLength(1);
    const { folder } = counter;
    await counter.stop();
    await startTestCounter({ folder, probeLine: probe, trustAuthority: (pem) => believed.push(pem) });
    expect(believed[1]).toBe(believed[0]);
  });
});
