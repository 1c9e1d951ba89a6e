import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../src/contract/bundle-frames.ts';
import { FRAME_KIND } from '../../../src/contract/bundle.ts';
import { CARRIED_PIECE_BYTES } from '../../../src/contract/region-bundles.ts';
import { localDateAt, addDays } from '../../../src/domain/local-date.ts';
import { sealFile } from '../../../src/main/core/bundle/age-sealing.ts';
import { putOutletUnder } from '../../../src/province/approvals/supervisors.ts';
import { openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { custodyRows } from '../../support/custody-rows.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { load } from '../../support/region-of-a-day.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { deviceIdOf, supervisorDevice } from '../../support/supervisor-device.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { appendPadded, bundleOf } from '../../support/test-bundle.ts';
import { TestDevice } from '../../support/test-device.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATES = ['AG 2345 KD', 'AG 1111 HI', 'AG 3456 EF'] as const;
const alone = { withRegistry: false, answerFolder: null } as const;

/** A counter that sold without a line and saved to a stick, once after each sale. */
async function savedCounter(from: TestCounter, stick: string, plates: readonly string[]): Promise<readonly string[]> {
  from.line.set('down');
  await openForBusiness(from);
  const files: string[] = [];
  for (const plate of plates) {
    await sellOffline(from, plate);
    files.push((await from.get('bundle.export', { to: stick })).file);
  }
  return files;
}

describe('flashdisks at a supervisor’s office', () => {
  const province = useProvince();

  it('says whose each file is and what is new in it, brings it, answers, and closes each item at the counter', async () => {
    const stick = temporaryFolder('loket-stick-');
    const counter = await enrolledCounter(province());
    const [file = ''] = await savedCounter(counter, stick, ['AG 2345 KD']);
    const device = await supervisorDevice(province());
    const before = await device.get('region.look-stick', { folder: stick });
    expect(before).toMatchObject({
      online: true,
      files: [
        { name: basename(file), answered: false, problem: null, facts: { outletId: '3506-017', kind: 'bundle' } },
      ],
    });
    const missing = before.files[0]?.facts?.missing ?? 0;
    expect(missing).toBeGreaterThan(0);
    const taken = await device.get('region.take-bundle', { file, ...alone });
    expect(taken).toMatchObject({
      complete: true,
      problems: [],
      accepted: missing,
      quarantined: 0,
      answerProblem: null,
    });
    expect(await device.get('region.carrying', {})).toBeNull();
    const answer = taken.answer?.file ?? '';
    expect(statSync(answer).size).toBe(taken.answer?.bytes);
    expect((await device.get('region.look-stick', { folder: stick })).files).toMatchObject([
      { answered: true, facts: { missing: 0 } },
    ]);
    const closed = await counter.get('answer.import', { file: answer });
    expect(closed).toMatchObject({ closed: missing, complete: true, problems: [] });
    // The same again: all of it is known, and the answer closes it as well.
    expect(await device.get('region.take-bundle', { file, ...alone })).toMatchObject({
      accepted: 0,
      duplicate: missing,
      answerProblem: null,
    });
  });

  it('ends as a line would have, in any order, any number of times, over a line that breaks at each step', async () => {
    const stick = temporaryFolder('loket-stick-');
    const counter = await enrolledCounter(province());
    const files = await savedCounter(counter, stick, PLATES);
    const device = await supervisorDevice(province());
    const { db } = province().province.context;
    const backwards = files.toReversed();
    // The last one first: what it names before itself has not come, so it waits.
    for (const [index, file] of backwards.entries()) {
      for (const path of ['piece', 'take', 'answer']) {
        device.line.next(`/v1/region/bundle-${path}`, path === 'take' ? 'lose-answer' : 'lose-request');
        const broken = await device.ask('region.take-bundle', { file, ...alone });
        if (path === 'answer')
          expect(broken).toMatchObject({ ok: true, value: { answer: null, answerProblem: 'NO_LINE' } });
        else expect(broken).toMatchObject({ ok: false, error: { code: 'NO_LINE' } });
      }
      const taken = await device.get('region.take-bundle', { file, ...alone });
      expect(taken, String(index)).toMatchObject({ complete: true, quarantined: 0, answerProblem: null });
    }
    const carried = await custodyRows(db, deviceIdOf(counter));
    expect(carried['sale']).toHaveLength(PLATES.length);
    expect(carried['pending_entry']).toEqual([]);
    // The line comes back: it brings what the counter wrote since, and nothing of this a second time.
    counter.line.set('pass');
    await sync(counter);
    const online = await custodyRows(db, deviceIdOf(counter));
    expect(online['sale']).toEqual(carried['sale']);
    expect(online['entry']).toEqual(expect.arrayContaining([...(carried['entry'] ?? [])]));
    expect((await counter.get('outbox.figures', {})).unsent).toBe(0);
  });

  it('goes on where a line or a stick stopped: pieces that came are not sent again', async () => {
    const stick = temporaryFolder('loket-stick-');
    const device = await supervisorDevice(province());
    const counter = await TestDevice.enrol(province().server, await province().code());
    const padding = encodeFrame(99, new Uint8Array(3 * CARRIED_PIECE_BYTES));
    const file = join(stick, '3506-017-09-1-2.opop');
    writeFileSync(file, await sealFile(padding, [counter.sealingKeyOfProvince().publicKey]));
    const pieces = () => device.line.requests.filter((one) => one.endsWith('bundle-piece')).length;
    device.line.next('/v1/region/bundle-piece', 'pass');
    device.line.next('/v1/region/bundle-piece', 'pass');
    device.line.next('/v1/region/bundle-piece', 'lose-answer');
    const held = { before: 0 };
    expect((await device.refusal('region.take-bundle', { file, ...alone })).code).toBe('NO_LINE');
    held.before = pieces();
    // No manifest stands at its beginning: refused, with everything of it thrown away that was stored.
    const refused = await device.refusal('region.take-bundle', { file, ...alone });
    expect(refused).toMatchObject({ code: 'BUNDLE_REFUSED', details: { reason: 'NO_MANIFEST' } });
    const whole = Math.ceil(statSync(file).size / CARRIED_PIECE_BYTES);
    expect(pieces() - held.before).toBe(1 + whole - 2);
  });

  it('refuses a bundle of another region in words, and stores nothing of it', async () => {
    const stick = temporaryFolder('loket-stick-');
    const device = await supervisorDevice(province());
    const other = await TestDevice.enrol(province().server, await province().code('3507-012'));
    const { db } = province().province.context;
    const before = await custodyRows(db, other.deviceId);
    other.append({ type: 'personal-data.viewed', body: { what: 'search', count: 1 } });
    const file = join(stick, '3507-012-01-1-1.opop');
    writeFileSync(file, await bundleOf(other, [other.chain]));
    expect((await device.get('region.look-stick', { folder: stick })).files).toMatchObject([
      { facts: null, problem: 'OUT_OF_SCOPE', named: { outletId: '3507-012', deviceNo: 1 } },
    ]);
    expect(await device.refusal('region.take-bundle', { file, ...alone })).toMatchObject({
      code: 'BUNDLE_REFUSED',
      details: { reason: 'OUT_OF_SCOPE' },
    });
    expect(await custodyRows(db, other.deviceId)).toEqual(before);
    // The outlet is put under him: the same file is his from then on.
    expect(await putOutletUnder(province().province.context, 'pengawas', '3507-012')).toMatchObject({ ok: true });
    expect(await device.get('region.take-bundle', { file, ...alone })).toMatchObject({ accepted: 1 });
  });

  it('takes a hostile file apart without storing anything: zeros, nested arrays, a cut, another seal', async () => {
    const stick = temporaryFolder('loket-stick-');
    const device = await supervisorDevice(province());
    const counter = await TestDevice.enrol(province().server, await province().code());
    const { publicKey } = counter.sealingKeyOfProvince();
    const nested = Buffer.from(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    const hostile: Readonly<Record<string, Uint8Array>> = {
      NO_MANIFEST: await sealFile(new Uint8Array(2_000_000), [publicKey]),
      'NO_MANIFEST ': await sealFile(encodeFrame(FRAME_KIND.manifest, nested), [publicKey]),
      NOT_SEALED_TO_US: await sealFile(new Uint8Array(10), [counter.sealing.publicKey]),
      NOT_A_BUNDLE: new Uint8Array(300_000),
    };
    for (const [reason, bytes] of Object.entries(hostile)) {
      const file = join(stick, 'hostile.opop');
      writeFileSync(file, bytes);
      const { files } = await device.get('region.look-stick', { folder: stick });
      expect(files, reason).toMatchObject([{ facts: null, problem: reason.trim(), named: null }]);
      const refused = await device.refusal('region.take-bundle', { file, ...alone });
      expect(refused, reason).toMatchObject({ code: 'BUNDLE_REFUSED', details: { reason: reason.trim() } });
    }
    expect(await custodyRows(province().province.context.db, counter.deviceId)).toMatchObject({ entry: [] });
  });

  it('takes the whole entries of a file that was cut, says so, and the whole file afterwards', async () => {
    const stick = temporaryFolder('loket-stick-');
    const device = await supervisorDevice(province());
    const counter = await TestDevice.enrol(province().server, await province().code());
    const entries = appendPadded(counter, 90, 3000);
    const [file, cut] = [join(stick, 'whole.opop'), join(stick, 'cut.opop')];
    writeFileSync(file, await bundleOf(counter, [entries.slice(0, 30), entries.slice(30, 60), entries.slice(60)]));
    writeFileSync(cut, readFileSync(file).subarray(0, 200_000));
    const taken = await device.get('region.take-bundle', { file: cut, ...alone });
    expect(taken).toMatchObject({ complete: false, accepted: 30, pending: 0, answerProblem: null });
    expect(taken.problems.map(({ reason }) => reason)).toEqual(['CUT_OR_DAMAGED']);
    const { files } = await device.get('region.look-stick', { folder: stick });
    expect(files.map(({ facts }) => facts?.missing)).toEqual([60, 60]);
    expect(await device.get('region.take-bundle', { file, ...alone })).toMatchObject({
      complete: true,
      accepted: 60,
      duplicate: 30,
      problems: [],
    });
  });

  it('says what a stick that is gone, full, locked or without a line means; what came to the province stays there', async () => {
    const stick = temporaryFolder('loket-stick-');
    const counter = await enrolledCounter(province());
    const [file = ''] = await savedCounter(counter, stick, ['AG 2345 KD']);
    const device = await supervisorDevice(province());
    const gone = await device.refusal('region.look-stick', { folder: join(stick, 'gone') });
    expect(gone).toMatchObject({ code: 'STICK_UNREADABLE', details: { reason: 'NOT_THERE' } });
    device.line.set('down');
    expect(await device.get('region.look-stick', { folder: stick })).toMatchObject({
      online: false,
      files: [{ facts: null, problem: null, named: { outletId: '3506-017' } }],
    });
    expect((await device.refusal('region.take-bundle', { file, ...alone })).code).toBe('NO_LINE');
    device.line.set('pass');
    // Pulled out after its last byte was read: everything is in custody, only the answer has no place.
    const bytes = readFileSync(file);
    device.line.next('/v1/region/bundle-take', { before: () => rmSync(stick, { recursive: true }) });
    const pulled = await device.get('region.take-bundle', { file, ...alone });
    expect(pulled).toMatchObject({ complete: true, answer: null, answerProblem: 'NOT_THERE' });
    const again = temporaryFolder('loket-stick-');
    writeFileSync(join(again, basename(file)), bytes);
    const elsewhere = temporaryFolder('loket-answers-');
    const order = { file: join(again, basename(file)), withRegistry: true, answerFolder: elsewhere };
    const answered = await device.get('region.take-bundle', order);
    expect(answered).toMatchObject({ accepted: 0, answerProblem: null });
    expect((await counter.get('answer.import', { file: answered.answer?.file ?? '' })).closed).toBe(pulled.accepted);
    if (!canMountSmallDisk) return;
    const full = smallDisk(4);
    const noRoom = await device.get('region.take-bundle', { ...order, answerFolder: full });
    expect(noRoom).toMatchObject({ answer: null, answerProblem: 'FULL' });
  });

  it('names the outlets that are overdue by the policy’s days, those that bring flashdisks first', async () => {
    const stick = temporaryFolder('loket-stick-');
    const counter = await enrolledCounter(province());
    const [file = ''] = await savedCounter(counter, stick, ['AG 2345 KD']);
    province().clock.now += 60_000;
    const device = await supervisorDevice(province());
    await device.get('region.take-bundle', { file, ...alone });
    await load(device, { of: 'outlets' });
    const fresh = await device.get('region.overdue', { limit: 50 });
    expect(fresh).toMatchObject({ limitDays: 7, overdue: 0 });
    const own = fresh.outlets.find(({ outletId }) => outletId === '3506-017');
    expect(own).toMatchObject({ byFlashdisk: true, days: 0, overdue: false });
    const heardAt = own?.lastHeardAt ?? 0;
    device.clock.pass(8 * 86_400_000);
    await device.get('sign-in.begin', { officerId: 'pengawas', pin: pinOf('pengawas') });
    const later = await device.get('region.overdue', { limit: 50 });
    expect(later.overdue).toBe(later.outlets.length);
    const silent = later.outlets.find(({ outletId }) => outletId === '3506-017');
    expect(silent).toMatchObject({ lastHeardAt: heardAt, days: 8, overdue: true });
    expect(addDays(localDateAt(heardAt), 8)).toBe(localDateAt(device.clock.wallMs()));
  });
});
