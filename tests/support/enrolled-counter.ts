import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { formatEnrolmentTicket } from '../../src/contract/enrolment-ticket.ts';
import { enrolRequestSchema } from '../../src/contract/sync-protocol.ts';
import { enrolDevice } from '../../src/province/enrolment/enrolment.ts';
import { enterAs } from './at-the-counter.ts';
import { createFakeClock } from './fake-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createTestCounter, startTestCounter, type TestCounter, type TestCounterOptions } from './test-counter.ts';
import { createTestLine } from './test-line.ts';
import { TEST_PRINTERS } from './test-printer.ts';
import { openTestProvince, type TestProvince, type TestProvinceOptions } from './test-province.ts';

const PROVINCE_URL = 'http://province.example';

/** Enrols a started counter and gives it its two printers; nobody is signed in afterwards. */
async function enrol(counter: TestCounter, province: TestProvince): Promise<void> {
  counter.line.plug(province.server);
  await counter.get('enrolment.enrol', { provinceUrl: PROVINCE_URL, code: await province.code() });
  await enterAs(counter, 'petugas-1');
  await counter.get('printing.set-printers', { printers: [...TEST_PRINTERS] });
  await counter.get('sign-in.end', {});
}

/** A province for the tests of one file; answers a function, because it is there only once the tests run. */
export function useProvince(options: TestProvinceOptions = {}): () => TestProvince {
  const held: { province?: TestProvince } = {};
  beforeAll(async () => {
    held.province = await openTestProvince(options);
  });
  afterAll(() => held.province?.close());
  return () => {
    if (held.province === undefined) throw new Error('the province is not open yet');
    return held.province;
  };
}

/** A new device, enrolled at the province, with a line. */
export async function enrolledCounter(province: TestProvince, options: TestCounterOptions = {}): Promise<TestCounter> {
  // The province's clock is the one that both go by.
  const counter = await startTestCounter({ clock: createFakeClock(province.clock.now), ...options });
  await enrol(counter, province);
  return counter;
}

/** A new device that never had a line: it was enrolled by two files. */
export async function enrolledByFile(province: TestProvince): Promise<TestCounter> {
  const counter = await startTestCounter({ clock: createFakeClock(province.clock.now) });
  const { request } = await counter.get('enrolment.request', { code: await province.code() });
  const answer = await enrolDevice(province.province.context, request);
  if (!answer.ok) throw new Error(answer.error);
  await counter.get('enrolment.complete', { answer: answer.value });
  return counter;
}

/** A new device whose installer went through the wizard: a code from a flashdisk, a network of its own, two files. */
export async function enrolledByWizard(province: TestProvince, stick: string): Promise<TestCounter> {
  const authority = { pem: '', fingerprint: 'AB:'.repeat(31) + 'CD', name: 'Proxy', isRoot: true };
  const tls = { ms: 1, fault: 'SELF_SIGNED_CERT_IN_CHAIN', fingerprint: authority.fingerprint, authority };
  const counter = await startTestCounter({
    clock: createFakeClock(province.clock.now),
    probeLine: async () => ({ dns: { ms: 1 }, tls, cards: ['eth0'], trusted: null }),
    trustAuthority: () => undefined,
  });
  const file = join(stick, 'gerai.opop-kode');
  writeFileSync(file, formatEnrolmentTicket({ provinceUrl: PROVINCE_URL, code: await province.code() }));
  await counter.get('enrolment.places', {});
  const { provinceUrl, code } = await counter.get('enrolment.read-ticket', { file });
  const { authority: shown } = await counter.get('enrolment.look', { provinceUrl });
  await counter.get('enrolment.trust', { provinceUrl, fingerprint: shown?.fingerprint ?? '' });
  const asked = await counter.get('enrolment.request-file', { to: stick, provinceUrl, code });
  const question: unknown = JSON.parse(readFileSync(asked.file, 'utf8'));
  const answer = await enrolDevice(province.province.context, enrolRequestSchema.parse(question));
  if (!answer.ok) throw new Error(answer.error);
  writeFileSync(join(stick, 'jawaban.json'), JSON.stringify(answer.value));
  await counter.get('enrolment.answer-file', { file: join(stick, 'jawaban.json') });
  return counter;
}

/**
 * One device, enrolled once for all tests of a file; each test gets a copy of its folder and no line. Copies of one
 * device are clones, so they must never meet the province.
 */
export function useEnrolledFolder(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'loket-enrolled-'));
  beforeAll(async () => {
    const province = await openTestProvince();
    const counter = createTestCounter(folder);
    const started = await counter.start();
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    await enrol(counter, province);
    await counter.stop();
    await province.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** A counter of its own over a copy of an enrolled folder; without a line unless one is given. */
export async function copiedCounter(folder: string, options: TestCounterOptions = {}): Promise<TestCounter> {
  const own = options.folder ?? temporaryFolder();
  cpSync(folder, own, { recursive: true });
  return await startTestCounter({ ...options, folder: own, line: options.line ?? createTestLine() });
}

/** The power goes and comes back: the counter as the disk has it, in this very moment, started again. */
export async function afterPowerCut(counter: TestCounter, options: TestCounterOptions = {}): Promise<TestCounter> {
  const { clock, line } = counter;
  return await copiedCounter(counter.folder, {
    clock,
    line,
    ...options,
    folder: temporaryFolder(),
  });
}

/** The same counter, closed in order and started again on its own folder. */
export async function restarted(counter: TestCounter, options: TestCounterOptions = {}): Promise<TestCounter> {
  await counter.stop();
  const { clock, line, folder } = counter;
  return await startTestCounter({ clock, line, ...options, folder });
}
