import { v7 as uuidV7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type OfficerItem, officerItemSchema } from '../../src/contract/feeds.ts';
import { BINDING_CONTEXT, bindingText } from '../../src/domain/approval.ts';
import { putOutletUnder } from '../../src/province/approvals/supervisors.ts';
import { settleApprovals } from '../../src/province/approvals/settle-approvals.ts';
import { revokeDevice } from '../../src/province/enrolment/device-administration.ts';
import { sendOfficerAgain, setOfficerActive } from '../../src/province/enrolment/officer-administration.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import { reportDeviceLost } from '../../src/province/loss/device-lost.ts';
import { counterOf, SupervisorDesk } from '../support/outlet-days.ts';
import { sha, type TestDevice } from '../support/test-device.ts';

const world = useProvince();
const context = () => world().province.context;
const KEDIRI = '3506-017';
const DAY = 86_400_000;

const revoke = async (device: TestDevice): Promise<void> => {
  world().clock.now += 60_000;
  expect(await revokeDevice(context(), device.deviceId)).toMatchObject({ ok: true });
  world().clock.now += 60_000;
};

describe('a computer that was revoked', () => {
  const verifierOf = async (officerId: string): Promise<string> => {
    const officer = context().db.selectFrom('officer').select('pin_verifier').where('officer_id', '=', officerId);
    return (await officer.executeTakeFirstOrThrow()).pin_verifier;
  };

  /** The entry of an officer who chose a PIN at this computer. */
  async function choosePin(device: TestDevice, officerId: string, salt: string): Promise<string> {
    const before = await verifierOf(officerId);
    const chosen = before.replace(/[^$]+$/u, (hash) => salt.repeat(hash.length));
    const name = uuidV7();
    device.bodyKeys.set(name, Buffer.from(JSON.stringify({ argon2id: chosen })));
    const verifier = (await device.subjectKeys()).find(({ subject }) => subject === name)?.jwe;
    device.bodyKeys.delete(name);
    device.append({ type: 'officer.pin-changed', officerId, body: { from: 'pin', replaces: sha(before), verifier } });
    return chosen;
  }

  it('sets nobody’s PIN any more; one that came before still stands', async () => {
    const device = await counterOf(world(), KEDIRI);
    const chosen = await choosePin(device, 'petugas-1', 'a');
    await device.push();
    expect(await verifierOf('petugas-1')).toBe(chosen);
    await choosePin(device, 'petugas-1', 'b');
    await revoke(device);
    expect(await device.verdicts()).toContainEqual({ verdict: 'ACCEPTED' });
    expect(await verifierOf('petugas-1')).toBe(chosen);
  });

  const officersFor = async (device: TestDevice, after = 0): Promise<readonly OfficerItem[]> => {
    const pages = await device.pull('officers', device.deviceId, after);
    return pages.flatMap(({ items }) => items.map((item) => officerItemSchema.parse(item)));
  };

  it('gets no verifier any more: whoever changes has left there, reinstated or not', async () => {
    const [stolen, other] = [await counterOf(world(), KEDIRI), await counterOf(world(), KEDIRI)];
    const [page] = (await stolen.pull('officers', stolen.deviceId)).slice(-1);
    await revoke(stolen);
    for (const active of [false, true]) await setOfficerActive(context(), 'petugas-1', active);
    await sendOfficerAgain(context().db, 'pengawas');
    const told = await officersFor(stolen, page?.to);
    expect(told.map(({ officerId, active }) => [officerId, active]).toSorted()).toEqual([
      ['pengawas', false],
      ['petugas-1', false],
    ]);
    const verifier = await verifierOf('petugas-1');
    for (const { pinVerifier } of told) {
      const opened = await stolen.openSealed(pinVerifier);
      expect(Object.keys(opened as object)).toEqual(['argon2id']);
      expect(opened).not.toEqual({ argon2id: verifier });
    }
    const elsewhere = (await officersFor(other)).find(({ officerId }) => officerId === 'petugas-1');
    expect(elsewhere?.active).toBe(true);
    expect(await other.openSealed(elsewhere?.pinVerifier ?? '')).toEqual({ argon2id: verifier });
  });

  it('that was reported lost hears of everybody on it that no PIN fits, supervisors of several outlets too', async () => {
    const lost = await counterOf(world(), KEDIRI);
    expect(await putOutletUnder(context(), 'pengawas-3516-002', KEDIRI)).toMatchObject({ ok: true });
    const known = (await officersFor(lost)).map(({ officerId }) => officerId);
    const [page] = (await lost.pull('officers', lost.deviceId)).slice(-1);
    const before = await context().db.selectFrom('officer').select(['officer_id', 'active']).execute();
    world().clock.now += 60_000;
    const report = { deviceId: lost.deviceId, report: 'dicuri dari gerai', by: 'admin', cashLost: null };
    expect(await reportDeviceLost(context(), report)).toMatchObject({ ok: true });
    const told = await officersFor(lost, page?.to);
    expect(told.map(({ officerId }) => officerId).toSorted()).toEqual([...new Set(known)].toSorted());
    expect(known).toContain('pengawas-3516-002');
    expect(told.filter(({ active }) => active)).toEqual([]);
    // The other tests work with the same people.
    for (const { officer_id, active } of before) await setOfficerActive(context(), officer_id, active);
  });

  it('gets no register any more', async () => {
    const [stolen, other] = [await counterOf(world(), KEDIRI), await counterOf(world(), KEDIRI)];
    const registryOf = async (device: TestDevice) =>
      (await device.pull('registry', `${device.deviceId}:AG`)).flatMap(({ items }) => items);
    await revoke(stolen);
    expect(await registryOf(stolen)).toEqual([]);
    expect((await registryOf(other)).length).toBeGreaterThan(0);
    // Its rules and its decisions come all the same.
    expect((await stolen.pull('rules', 'all')).length).toBeGreaterThan(0);
  });
});

describe('the word of a supervisor’s computer', () => {
  const BOSS = 'pengawas-3516-002';

  /** An approval in his name that a counter used, as the province holds it. */
  async function used(counter: TestDevice, method: 'code' | 'pin') {
    const bound = { action: 'void', subject: uuidV7(), amount: 120_000, contentHash: 'A'.repeat(43) } as const;
    const nonce = 'ABCDE';
    const binding = sha(BINDING_CONTEXT + bindingText({ ...bound, nonce, deviceId: counter.deviceId }));
    const asked = { requestedAt: 1, requestedBy: 'petugas-1', approvedBy: BOSS, method, list: null };
    const approvalId = uuidV7();
    counter.append({ type: 'approval.used', body: { ...bound, nonce, binding, ...asked, approvalId } });
    await counter.push();
    return approvalId;
  }
  const rowOf = async (approvalId: string) =>
    context()
      .db.selectFrom('approval_used')
      .selectAll()
      .where('approval_id', '=', approvalId)
      .executeTakeFirstOrThrow();

  async function give(desk: SupervisorDesk, counter: TestDevice, approvalId: string): Promise<void> {
    const { action, amount, head, nonce } = await rowOf(approvalId);
    const body = { counterId: counter.deviceId, action, amount, head, nonce, askedAt: 1, request: 'A'.repeat(28) };
    desk.device.append({ type: 'approval.given', officerId: BOSS, body });
  }
  const tell = (desk: SupervisorDesk, counter: TestDevice, approvalId: string, isOwn: boolean): void => {
    const body = { approvalId, counterId: counter.deviceId, isOwn };
    desk.device.append({ type: 'approval.answered', officerId: BOSS, body });
  };
  const scene = async () => ({
    counter: await counterOf(world(), KEDIRI),
    desk: await SupervisorDesk.of(world(), BOSS, '3516-002'),
  });

  it('counts where it came before the computer was revoked', async () => {
    const { counter, desk } = await scene();
    const [given, told] = [await used(counter, 'code'), await used(counter, 'pin')];
    await give(desk, counter, given);
    tell(desk, counter, told, false);
    await desk.send();
    await revoke(desk.device);
    await settleApprovals(context());
    expect(await rowOf(given)).toMatchObject({ answer: 'confirmed', answered_by: BOSS });
    expect(await rowOf(told)).toMatchObject({ answer: 'disputed', answered_by: BOSS });
  });

  it('counts for nothing afterwards: what was to be confirmed becomes overdue', async () => {
    const { counter, desk } = await scene();
    const [given, told] = [await used(counter, 'code'), await used(counter, 'pin')];
    await revoke(desk.device);
    await give(desk, counter, given);
    tell(desk, counter, told, true);
    await desk.send();
    await settleApprovals(context());
    for (const approvalId of [given, told]) expect(await rowOf(approvalId)).toMatchObject({ answer: null });
    world().clock.now += 10 * DAY;
    await settleApprovals(context());
    for (const approvalId of [given, told]) {
      expect(await rowOf(approvalId)).toMatchObject({ answer: null, overdue_at: world().clock.now });
    }
  });

  it('waits while he himself may not act, and a revoked computer of his is not asked', async () => {
    const { counter, desk } = await scene();
    const [given, told] = [await used(counter, 'code'), await used(counter, 'pin')];
    await setOfficerActive(context(), BOSS, false);
    await give(desk, counter, given);
    tell(desk, counter, told, true);
    await desk.send();
    await settleApprovals(context());
    for (const approvalId of [given, told]) expect(await rowOf(approvalId)).toMatchObject({ answer: null });
    await setOfficerActive(context(), BOSS, true);
    await settleApprovals(context());
    for (const approvalId of [given, told]) expect(await rowOf(approvalId)).toMatchObject({ answer: 'confirmed' });
    const asked = (device: TestDevice) => device.pull('decisions', device.deviceId);
    await revoke(desk.device);
    const before = await asked(desk.device);
    const unasked = await used(counter, 'pin');
    await settleApprovals(context());
    expect((await asked(desk.device)).length).toBe(before.length);
    expect(await rowOf(unasked)).toMatchObject({ asked_at: null });
  });
});
