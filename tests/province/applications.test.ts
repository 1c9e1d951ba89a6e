import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApplicationDecision, applicationDecisionSchema } from '../../src/contract/feeds.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { readApplications } from '../../src/province/applications/application-store.ts';
import { type AgencyWord, decideApplication } from '../../src/province/applications/decide-application.ts';
import { moveAllDue, ReferenceAgency } from '../../src/province/applications/reference-agency.ts';
import { signedBy } from '../../src/province/keys/key-ring.ts';
import { currentIncarnation } from '../../src/province/restore/incarnation.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince({ settings: { agencyStepMs: 20 } });
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const context = () => world.province.context;

/** Papers as a counter takes them in; answers the application's id. */
function receive(device: TestDevice, missing: readonly string[] = []): string {
  const applicationId = uuidV7();
  device.append({
    type: 'application.received',
    stream: applicationId,
    body: {
      applicationId,
      serviceId: 'lost-stnk',
      packVersion: 1,
      applicationNumber: `3506-017-01-1AA-${applicationId.slice(-6)}-AA`,
      receivedOn: '2026-03-10',
      promisedOn: '2026-03-24',
      agency: 'Samsat Induk',
      documents: [{ kind: 'police-report', present: true }],
      waivers: [],
      missing,
      applicantIsSubject: true,
      sealed: device.sealPersonal({ applicantName: 'Siti', applicantPhone: null, nrkb: 'AG 1 A', fields: {} }),
    },
  });
  return applicationId;
}
const complete = (device: TestDevice, applicationId: string, missing: readonly string[]) =>
  device.append({
    type: 'application.completed',
    stream: applicationId,
    body: { applicationId, documents: [], waivers: [], missing },
  });
const handOver = (device: TestDevice, stream: string, kinds: readonly string[]) =>
  device.append({
    type: 'originals.handed-over',
    stream,
    body: {
      handOverId: uuidV7(),
      handOverNumber: 'n',
      holdingIds: [],
      kinds,
      to: 'owner',
      evidence: 'KTP',
      sealed: device.sealPersonal({ name: 'Siti', phone: null, nrkb: null }),
    },
  });
const word = (over: Partial<AgencyWord> = {}): AgencyWord => ({
  state: 'sent',
  reason: null,
  missing: [],
  agencyNumber: null,
  saidBy: 'Rini',
  ...over,
});
const standing = async (applicationId: string) =>
  (await readApplications(context().db, null, 1000)).find((one) => one.applicationId === applicationId);
const stepsOf = async (applicationId: string): Promise<readonly string[]> => {
  const rows = await context()
    .db.selectFrom('application_step')
    .select(['state', 'said_by'])
    .where('application_id', '=', applicationId)
    .orderBy('at')
    .execute();
  return rows.map((row) => `${row.said_by}: ${row.state}`);
};

describe('an application in custody', () => {
  it('stands as the counter said, once however often it is pushed, and no person is in its tables', async () => {
    const device = await enrolled();
    const applicationId = receive(device, ['owner-ktp']);
    await device.push();
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'incomplete', missing: ['owner-ktp'] });
    complete(device, applicationId, []);
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'received', missing: [] });
    expect(await stepsOf(applicationId)).toEqual(['counter: incomplete', 'counter: received']);
    const rows = await context().db.selectFrom('application').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('Siti');
    expect(await verifyProvince(context())).toMatchObject({ ok: true });
  });

  it('is not thrown back by a counter that completes it after the agency has it', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    await device.push();
    expect((await decideApplication(context(), applicationId, word({ state: 'in-process' }))).ok).toBe(true);
    complete(device, applicationId, ['owner-ktp']);
    handOver(device, applicationId, ['result']);
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'in-process' });
  });

  it('ends when the counter gives its result, not when it gives an original back', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    await device.push();
    expect((await decideApplication(context(), applicationId, word({ state: 'ready' }))).ok).toBe(true);
    handOver(device, applicationId, ['bpkb']);
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'ready' });
    handOver(device, applicationId, ['result']);
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'handed-over' });
    expect(await decideApplication(context(), applicationId, word())).toEqual({
      ok: false,
      error: 'APPLICATION_HANDED_OVER',
    });
  });
});

describe('the word of an agency', () => {
  it('goes into the decisions of the device that took the papers in, and of no other', async () => {
    const [device, other] = [await enrolled(), await enrolled()];
    const applicationId = receive(device);
    await device.push();
    await other.sayHello();
    const said = word({ state: 'incomplete', reason: 'BPKB bukan asli.', missing: ['bpkb'], agencyNumber: 'SI-7' });
    const decided = await decideApplication(context(), applicationId, said);
    const pages = await device.pull('decisions', device.deviceId);
    const items = pages.flatMap((page) => page.items.map((item) => applicationDecisionSchema.parse(item)));
    expect(items).toEqual([decided.ok ? decided.value : null]);
    expect(items).toMatchObject([
      { applicationId, application: 'incomplete', missing: ['bpkb'], agencyNumber: 'SI-7' },
    ]);
    expect((await other.pull('decisions', other.deviceId)).flatMap((page) => page.items)).toEqual([]);
  });

  it('sends nobody away without words, and is refused for papers that nobody brought', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    await device.push();
    const wordless = { ok: false, error: 'REASON_MISSING' };
    expect(await decideApplication(context(), applicationId, word({ state: 'returned', reason: ' ' }))).toEqual(
      wordless,
    );
    expect(await decideApplication(context(), applicationId, word({ state: 'incomplete' }))).toEqual(wordless);
    expect(await decideApplication(context(), uuidV7(), word())).toEqual({ ok: false, error: 'APPLICATION_UNKNOWN' });
    expect(await stepsOf(applicationId)).toEqual(['counter: received']);
  });

  it('is later than the one before it, also when the clock stands still', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    await device.push();
    const times: number[] = [];
    for (const state of ['sent', 'in-process', 'ready'] as const) {
      const decided = await decideApplication(context(), applicationId, word({ state }));
      if (decided.ok) times.push(decided.value.decidedAt);
    }
    expect(times).toHaveLength(3);
    expect(new Set(times).size).toBe(3);
    expect(times.toSorted((left, right) => left - right)).toEqual(times);
  });
});

describe('a province that was restored', () => {
  /** A page of the device's decisions that we signed and have no more. */
  const lostPage = async (device: TestDevice, items: readonly unknown[]) =>
    signedBy(context().keys.signing, SIGNATURE_CONTEXT.feedPage, {
      feed: 'decisions',
      scope: device.deviceId,
      incarnation: await currentIncarnation(context().db),
      from: 0,
      to: 1,
      prevHash: null,
      validFrom: world.clock.now,
      freshUntil: world.clock.now + 1000,
      items,
    });
  const said = (applicationId: string, over: Partial<ApplicationDecision> = {}): ApplicationDecision => ({
    decisionId: uuidV7(),
    applicationId,
    decidedAt: world.clock.now,
    application: 'ready',
    reason: null,
    missing: [],
    agencyNumber: 'SI-9',
    ...over,
  });

  it('takes the words of agencies back from the counter, before the application itself comes again', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    complete(device, applicationId, []);
    const page = await lostPage(device, [said(applicationId)]);
    const given = await device.request('POST', '/v1/returned-pages', { pages: [page] });
    expect(given.json).toEqual({ adopted: 1, known: 0, refused: 0 });
    world.clock.now += 1000;
    await device.push();
    expect(await standing(applicationId)).toMatchObject({ state: 'ready', agencyNumber: 'SI-9' });
    expect(await stepsOf(applicationId)).toContain('returned: ready');
    await moveAllDue(context(), 0);
    expect(await standing(applicationId)).toMatchObject({ state: 'ready' });
  });

  it('lets what the counter said later stand above an older word', async () => {
    const device = await enrolled();
    const applicationId = receive(device, ['owner-ktp']);
    await device.push();
    world.clock.now += 1000;
    complete(device, applicationId, []);
    await device.push();
    const older = said(applicationId, {
      application: 'incomplete',
      missing: ['owner-ktp'],
      decidedAt: world.clock.now - 500,
    });
    await device.request('POST', '/v1/returned-pages', { pages: [await lostPage(device, [older])] });
    expect(await standing(applicationId)).toMatchObject({ state: 'received', missing: [] });
  });
});

describe('the reference agency', () => {
  it('moves what is complete step by step in its own time, and lets the incomplete wait for the citizen', async () => {
    const device = await enrolled();
    const [whole, lacking] = [receive(device), receive(device, ['owner-ktp'])];
    await device.push();
    await moveAllDue(context(), 0);
    for (let steps = 0; steps < 4; steps += 1) {
      world.clock.now += 1000;
      await moveAllDue(context(), 1000);
    }
    expect(await stepsOf(whole)).toEqual([
      'counter: received',
      'reference: sent',
      'reference: in-process',
      'reference: ready',
    ]);
    expect(await standing(lacking)).toMatchObject({ state: 'incomplete' });
    expect(await moveAllDue(context(), 1000)).toBe(0);
  });

  it('works by itself while it is switched on, and never when it is off', async () => {
    const device = await enrolled();
    const applicationId = receive(device);
    await device.push();
    const off = new ReferenceAgency({ ...context(), settings: { ...context().settings, agencyStepMs: null } });
    off.start();
    await off.stop();
    expect(await standing(applicationId)).toMatchObject({ state: 'received' });
    const agency = new ReferenceAgency(context());
    agency.start();
    await expect
      .poll(
        async () => {
          world.clock.now += 100;
          return (await standing(applicationId))?.state;
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe('ready');
    await agency.stop();
  });
});
