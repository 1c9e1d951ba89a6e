import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { enrolAnswerSchema } from '../../src/contract/sync-protocol.ts';
import { CERTIFICATE_CONTEXT, type SignedCertificate } from '../../src/contract/receipt-statement.ts';
import { canonicalJson } from '../../src/main/core/journal/hash-chain.ts';
import { leanPush } from '../../src/main/core/journal/lean-entry.ts';
import { createSecrets } from '../../src/main/core/device/key-store.ts';
import { createTimekeeper } from '../../src/main/core/device/timekeeper.ts';
import { enrolQuestion } from '../../src/main/core/sync/enrolment.ts';
import { createLink } from '../../src/main/core/sync/link.ts';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { signText } from '../../src/province/crypto/ed25519.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import {
  certificateOf,
  openPractice,
  practiceConfig,
  sellInPractice,
  signedEntriesOf,
  wholeFile,
} from '../support/practice.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bundleOf, inPieces, manifestOf } from '../support/test-bundle.ts';
import { createTestCounter, type TestCounter } from '../support/test-counter.ts';
import { TestDevice } from '../support/test-device.ts';
import { createTestLine } from '../support/test-line.ts';

const province = useProvince();
const held: { practice?: TestCounter; device?: TestDevice; stick?: string } = {};
const MARK = { environment: 'latihan' } as const;
const REFUSED = { status: 403, json: { error: { code: 'TRAINING_REFUSED' } } };

/** A training with a sale, and a real device that its files came to by hand. */
function scene(): { practice: TestCounter; device: TestDevice; stick: string } {
  const { practice, device, stick } = held;
  if (practice === undefined || device === undefined || stick === undefined) throw new Error('no scene yet');
  return { practice, device, stick };
}

/** Everything of which the province keeps more when it takes something. */
async function kept(): Promise<unknown> {
  const { db } = province().province.context;
  const tables = ['entry', 'suspended_entry', 'pending_entry', 'damaged_entry', 'device', 'incident'] as const;
  const count = async (table: (typeof tables)[number]): Promise<number> =>
    (await db.selectFrom(table).selectAll().execute()).length;
  const devices = await db.selectFrom('device').select(['device_id', 'last_contact_at', 'last_carried_at']).execute();
  return { counts: await Promise.all(tables.map(count)), devices };
}

/** Asks by one road; nothing may have been kept but the line in the log. */
async function refused<T>(ask: () => Promise<T>): Promise<T> {
  const before = await kept();
  const alarms = province().events.length;
  const answer = await ask();
  expect(await kept()).toEqual(before);
  expect(province().events.slice(alarms)).toContain('TRAINING_REFUSED');
  return answer;
}

/** The certificate of the training under the real root key, as if somebody had signed it by mistake. */
function vouchedFor({ certificate }: SignedCertificate): SignedCertificate {
  const { root } = province().province.context.keys;
  return { certificate, rootKeyId: root.keyId, sig: signText(root, CERTIFICATE_CONTEXT, canonicalJson(certificate)) };
}

/** An entry of the real device, in its own chain, that says that it is of a training. */
function markedEntry(device: TestDevice) {
  const plain = device.build(
    { type: 'personal-data.viewed', officerId: null, body: { what: 'search', count: 1 } },
    { seq: device.chain.length + 1, prev: device.head?.hash ?? null },
  );
  return device.seal(canonicalJson({ ...(JSON.parse(plain.text) as object), ...MARK }));
}

describe('a real province and a training', () => {
  beforeAll(async () => {
    const line = createTestLine();
    line.plug(province().server);
    const folder = mkdtempSync(join(tmpdir(), 'loket-practice-'));
    const config = practiceConfig(folder);
    const clock = createFakeClock(province().clock.now);
    const practice = createTestCounter(folder, { line, config, clock });
    await practice.start();
    await openPractice(practice);
    await sellInPractice(practice, 'AG 1001 LT', '20001');
    const device = await TestDevice.enrol(province().server, await province().code());
    Object.assign(held, { practice, device, stick: config.firstMirrorDir });
    return async () => {
      await practice.stop();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  it('does not enrol a device that says so; its code stays good', async () => {
    const code = await province().code();
    const secrets = createSecrets(createSeededRandom('practice'));
    const nonce = Buffer.alloc(16, 7).toString('base64url');
    const asked = { code, secrets, keyStoreKind: 'demo', appVersion: 'test', nonce } as const;
    const ask = async (mode: 'training' | 'demo') => {
      const question = enrolQuestion({ ...asked, mode });
      if (!question.ok) throw new Error(question.error.code);
      return await TestDevice.post(province().server, '/v1/enrol', question.value.request);
    };
    expect(await refused(() => ask('training'))).toMatchObject(REFUSED);
    expect(enrolAnswerSchema.safeParse((await ask('demo')).json).success).toBe(true);
  });

  it('does not greet one, though it is enrolled and signs well', async () => {
    const { device } = scene();
    const hello = await device.helloText(MARK);
    expect(await refused(() => TestDevice.post(province().server, '/v1/hello', hello))).toMatchObject(REFUSED);
    // The link of a training says so by itself, whatever line it is given.
    const line = createTestLine();
    line.plug(province().server);
    const secrets = createSecrets(createSeededRandom('link'));
    const clock = createFakeClock(province().clock.now);
    const { epoch } = device;
    const link = createLink({
      ...secrets,
      line,
      clock,
      provinceUrl: 'http://province.example',
      deviceId: device.deviceId,
      rootKey: device.enrolment.rootKey,
      appVersion: 'test',
      training: true,
      timekeeper: createTimekeeper(clock, { lastEntry: null, anchor: null, isAnchorNewest: false, feedMs: 0 }),
      nonce64: () => Buffer.alloc(8, 3).toString('base64url'),
    });
    const facts = { epoch, seq: 0, head: null, locator: [], lastCustodyReceipt: null };
    const { signal } = new AbortController();
    const met = await refused(() => link.connect({ ...facts, outbox: { unsent: 0, quarantined: 0 } }, signal));
    expect(met).toEqual({ ok: false, error: { fault: 'refused', detail: 'TRAINING_REFUSED' } });
  });

  it('takes no push with one marked entry in it, whole, lean or as a damaged row', async () => {
    const { device } = scene();
    const opening = {
      ...{ reason: 'enrolment', outletId: '3506-017', lastProven: null, declaredGap: null },
      ...{ appVersion: 'test', keyStoreKind: 'demo' },
    };
    if (device.chain.length === 0) device.append({ type: 'epoch.opened', officerId: null, body: opening });
    const marked = markedEntry(device);
    const push = (body: object) => device.request('POST', '/v1/push', { subjectKeys: [], ...body });
    const whole = { entries: [...device.chain, marked], subjectKeys: [], damaged: [] };
    expect(await refused(() => push(whole))).toMatchObject(REFUSED);
    expect(await refused(() => push(leanPush(whole)))).toMatchObject(REFUSED);
    const raw = Buffer.from(`${marked.text}\n${marked.hash}\n${marked.sig}`).toString('base64url');
    const damaged = [{ epoch: device.epoch, seq: device.chain.length + 1, raw }];
    expect(await refused(() => push({ entries: [], damaged }))).toMatchObject(REFUSED);
    // Without it the same push is taken.
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('takes no carried entries, whoever vouches for their device', async () => {
    const { practice, device } = scene();
    const { context } = province().province;
    const signed = certificateOf(practice);
    const request = { entries: [...signedEntriesOf(practice)], subjectKeys: [], damaged: [] };
    for (const certificate of [signed, vouchedFor(signed)]) {
      const taken = await refused(() => receiveCarried(context, { certificate, request }));
      expect(taken).toEqual({ ok: false, error: 'TRAINING_REFUSED' });
    }
    // Not even under the certificate of a real device.
    const { certificate } = device.enrolment;
    const taken = await refused(() => receiveCarried(context, { certificate, request }));
    expect(taken).toEqual({ ok: false, error: 'TRAINING_REFUSED' });
  });

  it('imports no bundle of one, also where it is sealed to it', async () => {
    const { practice, device } = scene();
    const { context } = province().province;
    const entries = signedEntriesOf(practice);
    const signed = certificateOf(practice);
    for (const certificate of [signed, vouchedFor(signed)]) {
      const manifest = { ...manifestOf(device, entries), deviceId: signed.certificate.deviceId, certificate };
      const bundle = await bundleOf(device, [entries], { manifest });
      const { imported } = await refused(() => importBundle(context, inPieces(bundle)));
      expect(imported).toMatchObject({ devices: [], problems: [{ frame: 0, reason: 'TRAINING_REFUSED' }] });
    }
    // Its own bundle is sealed to a key that nobody has.
    const to = temporaryFolder();
    await practice.get('bundle.export', { to });
    const [file = ''] = readdirSync(to).filter((name) => name.endsWith('.opop'));
    const before = await kept();
    const { manifest, imported } = await importBundle(context, wholeFile(join(to, file)));
    expect([manifest, imported.problems.map(({ reason }) => reason)]).toEqual([null, ['NOT_SEALED_TO_US']]);
    expect(await kept()).toEqual(before);
  });

  it('gets nothing of its second copy from a real counter that carries it', async () => {
    const { stick, practice } = scene();
    const real = await enrolledCounter(province());
    const { db } = province().province.context;
    const entries = async () => (await db.selectFrom('entry').select('hash').execute()).map(({ hash }) => hash);
    const { files } = await real.get('mirror.recover', { folder: stick });
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect(file).toMatchObject({ outcome: 'refused', reason: 'NOT_SEALED_TO_US', entries: 0 });
    const taken = new Set(await entries());
    expect(signedEntriesOf(practice).filter(({ hash }) => taken.has(hash))).toEqual([]);
  });
});
