import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { pushAnswerSchema } from '../../src/contract/push-answer.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { custodyRows, epochOpened, forgetCustody, incidentsOf, openEpoch, SIGNED_IN } from '../support/custody-rows.ts';
import { sha, TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
let record: VehicleRecord;
beforeAll(async () => {
  world = await openTestProvince();
  record = await world.vehicle('AG 2345 KD');
});
afterAll(() => world.close());

const DAY = 86_400_000;
const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const sell = (device: TestDevice) => makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules });
const rows = (device: TestDevice) => custodyRows(world.province.context.db, device.deviceId);
const incidents = (device: TestDevice) => incidentsOf(world.province.context.db, device.deviceId);

async function pushDamaged(
  device: TestDevice,
  entries: readonly SignedEntry[],
  damaged: readonly { readonly seq: number; readonly raw: string }[],
) {
  const { json } = await device.request('POST', '/v1/push', {
    entries,
    subjectKeys: [],
    damaged: damaged.map((one) => ({ epoch: device.epoch, ...one })),
  });
  return device.receiptOf(pushAnswerSchema.parse(json));
}

/** A device of which 1 to 3 are in custody and 4 to 6 exist at the counter only. */
async function halfSent(): Promise<TestDevice> {
  const device = await enrolled();
  device.append(epochOpened('enrolment'));
  for (let count = 0; count < 5; count += 1) device.append(SIGNED_IN);
  await device.push(device.chain.slice(0, 3));
  return device;
}

describe('a declared gap', () => {
  it('lets the entry behind it stand, when its declaration is in custody', async () => {
    const device = await halfSent();
    const behind = device.append(SIGNED_IN);
    openEpoch(device, 'salvage', { epoch: device.epoch, fromSeq: 4, toSeq: 6 });
    const declaration = device.chain.at(-1);
    expect((await device.push([behind])).answer).toBe('GAP');
    expect(await device.verdicts([behind, declaration as SignedEntry])).toEqual([
      // appended just before
      { verdict: 'ACCEPTED' },
      { verdict: 'ACCEPTED' },
    ]);
    expect((await rows(device))['epoch']).toHaveLength(2);
    expect(await incidents(device)).toEqual([]);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('lets a new epoch stand right behind it', async () => {
    const device = await halfSent();
    openEpoch(device, 'mark-mismatch', { epoch: device.epoch, fromSeq: 4, toSeq: 6 });
    expect(await device.verdicts(device.chain.slice(6))).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('opens its own places only', async () => {
    const device = await halfSent();
    for (let count = 0; count < 3; count += 1) device.append(SIGNED_IN);
    openEpoch(device, 'salvage', { epoch: device.epoch, fromSeq: 4, toSeq: 6 });
    // Entry 9 follows entry 8, which is neither here nor in the gap.
    expect((await device.push(device.chain.slice(8))).answer).toBe('GAP');
    expect((await rows(device))['epoch']).toHaveLength(1);
  });

  it('takes what was declared lost and is found after all', async () => {
    const device = await halfSent();
    const lost = device.chain.slice(3, 6);
    openEpoch(device, 'mark-mismatch', { epoch: device.epoch, fromSeq: 4, toSeq: 6 });
    await device.push(device.chain.slice(6));
    expect((await device.verdicts(lost)).map(({ verdict }) => verdict)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('of a device that says it came back from an older state is a rollback, also where nothing of it was held here', async () => {
    const device = await halfSent();
    openEpoch(device, 'mark-mismatch', { epoch: device.epoch, fromSeq: 4, toSeq: 6 });
    await device.push(device.chain.slice(6));
    expect(await incidents(device)).toMatchObject([{ kind: 'DEVICE_ROLLBACK', facts: { held: 0, fromSeq: 4 } }]);
    const salvaged = await halfSent();
    openEpoch(salvaged, 'salvage', { epoch: salvaged.epoch, fromSeq: 4, toSeq: 6 });
    await salvaged.push(salvaged.chain.slice(6));
    expect(await incidents(salvaged)).toEqual([]);
  });

  it('over entries that we hold is a rollback of the device, told once; what we hold stays', async () => {
    const device = await halfSent();
    const { epoch } = device;
    device.chain.splice(2);
    openEpoch(device, 'mark-mismatch', { epoch, fromSeq: 3, toSeq: 6 });
    expect(await device.verdicts(device.chain.slice(2))).toEqual([{ verdict: 'ACCEPTED' }]);
    await device.push();
    expect(await incidents(device)).toMatchObject([{ kind: 'DEVICE_ROLLBACK', facts: { held: 1, fromSeq: 3 } }]);
    expect((await rows(device))['entry']).toHaveLength(4);
  });

  const absurd: readonly (readonly [
    string,
    string,
    (device: TestDevice) => { epoch: TestDevice['epoch']; fromSeq: number; toSeq: number },
  ])[] = [
    ['a billion wide', 'TOO_WIDE', ({ epoch }) => ({ epoch, fromSeq: 4, toSeq: 1_000_000_004 })],
    ['that ends before it begins', 'BACKWARDS', ({ epoch }) => ({ epoch, fromSeq: 6, toSeq: 4 })],
    ['of the future', 'NOT_ITS_PAST', ({ epoch }) => ({ epoch, fromSeq: 900, toSeq: 901 })],
    [
      'of an epoch that comes after',
      'NOT_ITS_PAST',
      ({ epoch }) => ({ epoch: { ...epoch, n: 9 }, fromSeq: 4, toSeq: 6 }),
    ],
  ];

  it.each(absurd)('%s opens nothing and is an incident (%s)', async (_what, problem, gapOf) => {
    const device = await halfSent();
    const behind = device.append(SIGNED_IN);
    device.chain.splice(3, 4);
    openEpoch(device, 'salvage', gapOf(device));
    expect(await device.verdicts(device.chain)).toMatchObject([{}, {}, {}, { verdict: 'ACCEPTED' }]);
    expect((await device.push([behind])).answer).toBe('GAP');
    expect(await incidents(device)).toMatchObject([{ kind: 'GAP_REFUSED', facts: { problem } }]);
    expect((await rows(device))['entry']).toHaveLength(4);
  });

  it('over another device’s epoch opens nothing there or here', async () => {
    const [device, other] = [await halfSent(), await halfSent()];
    device.chain.splice(3);
    openEpoch(device, 'salvage', { epoch: other.epoch, fromSeq: 4, toSeq: 4 });
    await device.push();
    expect(await incidents(device)).toMatchObject([{ kind: 'GAP_REFUSED', facts: { problem: 'OTHER_DEVICE' } }]);
    expect((await other.push(other.chain.slice(4))).answer).toBe('GAP');
  });
});

describe('damaged rows', () => {
  it('are kept as they are, once, and what comes behind them goes on', async () => {
    const device = await enrolled();
    for (let count = 0; count < 5; count += 1) device.append(SIGNED_IN);
    const raw = Buffer.from('rotten bytes').toString('base64url');
    const good = device.chain.toSpliced(2, 1);
    const receipt = await pushDamaged(device, good, [{ seq: 3, raw }]);
    expect(receipt.verdicts).toEqual([
      ...[1, 2, 4, 5].map((seq) => ({ seq, hash: device.chain[seq - 1]?.hash, verdict: { verdict: 'ACCEPTED' } })),
      { seq: 3, hash: sha(raw), verdict: { verdict: 'QUARANTINED', reason: 'DAMAGED' } },
    ]);
    expect(receipt).toMatchObject({ ackSeq: 5, head: device.chain[4]?.hash });
    const again = await pushDamaged(device, good, [{ seq: 3, raw }]);
    expect(again.verdicts.at(-1)?.verdict).toEqual({ verdict: 'DUPLICATE', original: 'QUARANTINED' });
    expect((await rows(device))['damaged_entry']).toHaveLength(1);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('at the end of a push move the cursor, and a receipt for them is no rollback of ours', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    device.append(SIGNED_IN);
    const raw = 'AAAA';
    const { json } = await device.request('POST', '/v1/push', {
      entries: device.chain.slice(0, 1),
      subjectKeys: [],
      damaged: [{ epoch: device.epoch, seq: 2, raw }],
    });
    const answer = pushAnswerSchema.parse(json);
    expect(device.receiptOf(answer)).toMatchObject({ ackSeq: 2, head: sha(raw) });
    if (answer.answer !== 'STORED') throw new Error('not stored');
    expect((await device.sayHello({ lastCustodyReceipt: answer.custodyReceipt })).feedsFrozen).toBe(false);
  });

  it('whose good copy turns up on another medium are accepted after all', async () => {
    const device = await enrolled();
    for (let count = 0; count < 3; count += 1) device.append(SIGNED_IN);
    await pushDamaged(device, device.chain.toSpliced(1, 1), [{ seq: 2, raw: 'AAAA' }]);
    // Entry 3 is in custody and names the one that it follows: no other may stand before it.
    const twin = device.build(SIGNED_IN, { seq: 2, prev: device.chain[0]?.hash ?? null });
    expect(await device.verdicts([twin])).toEqual([{ verdict: 'FORK' }]);
    expect(await device.verdicts(device.chain.slice(1, 2))).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('of one row in a hundred delay no good entry by more than its batch', async () => {
    const device = await enrolled();
    for (let count = 0; count < 600; count += 1) device.append(SIGNED_IN);
    const rotten = new Set([7, 13, 99, 200, 201, 333, 400]);
    for (let from = 0; from < 600; from += 200) {
      const batch = device.chain.slice(from, from + 200);
      const receipt = await pushDamaged(
        device,
        batch.filter((_entry, index) => !rotten.has(from + index + 1)),
        [...rotten]
          .filter((seq) => seq > from && seq <= from + 200)
          .map((seq) => ({ seq, raw: Buffer.from(`row ${seq}`).toString('base64url') })),
      );
      expect(receipt.verdicts).toHaveLength(200);
      const refused = receipt.verdicts.filter(({ verdict }) => verdict.verdict !== 'ACCEPTED').map(({ seq }) => seq);
      expect(refused).toEqual([...rotten].filter((seq) => seq > from && seq <= from + 200));
    }
    const held = await rows(device);
    expect([held['entry']?.length, held['damaged_entry']?.length]).toEqual([593, 7]);
  });
});

describe('a live push', () => {
  it('of another device’s entries is refused whole, with a clear answer, and nothing is stored', async () => {
    const [device, other] = [await enrolled(), await enrolled()];
    device.append(SIGNED_IN);
    other.append(SIGNED_IN);
    for (const entries of [other.chain, [...device.chain, ...other.chain]]) {
      const answer = await device.request('POST', '/v1/push', { entries, subjectKeys: [] });
      expect(answer).toMatchObject({ status: 400, json: { error: { code: 'BAD_REQUEST', path: 'entries' } } });
    }
    for (const one of [device, other]) expect((await rows(one))['entry']).toEqual([]);
    expect((await rows(device))['suspended_entry']).toEqual([]);
  });

  it('turned round or with a piece missing is answered GAP with the place where both sides meet', async () => {
    const device = await halfSent();
    const third = { seq: 3, hash: device.chain[2]?.hash };
    expect(await device.push(device.chain.slice(3).toReversed())).toEqual({ answer: 'GAP', common: third });
    expect(await device.push(device.chain.slice(4))).toEqual({ answer: 'GAP', common: third });
    expect(await device.push([...device.chain.slice(1, 3), ...device.chain.slice(4)])).toEqual({
      answer: 'GAP',
      common: third,
    });
    expect((await rows(device))['entry']).toHaveLength(3);
  });

  it('split at every place gives the rows of the whole', async () => {
    const device = await enrolled();
    device.append(epochOpened('enrolment'));
    sell(device);
    for (let count = 0; count < 4; count += 1) device.append(SIGNED_IN);
    const { db } = world.province.context;
    await device.push(device.chain, { keys: false });
    const whole = await rows(device);
    for (let cut = 1; cut < device.chain.length; cut += 1) {
      await forgetCustody(db, device.deviceId);
      await device.push(device.chain.slice(0, cut), { keys: false });
      await device.push(device.chain.slice(cut), { keys: false });
      expect(await rows(device)).toEqual(whole);
    }
  });

  it('that comes again after forty days changes nothing and is answered with its verdicts', async () => {
    const device = await enrolled();
    const { subject } = sell(device);
    device.append({ type: 'from.the-future', body: {} });
    await device.push();
    await world.book();
    device.append({ type: 'subject-key.erased', body: { subject, reason: 'permintaan' } });
    await device.push(device.chain.slice(2));
    const before = await rows(device);
    expect(before['subject_key']).toEqual([]);
    world.clock.now += 40 * DAY;
    await device.sayHello();
    expect(await device.verdicts()).toEqual([
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
    ]);
    // The keys came again too: who was erased stays erased.
    expect(await rows(device)).toEqual(before);
  });

  it('with a body of nested arrays is answered and holds up nothing', async () => {
    const device = await enrolled();
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const flat = await world.server.inject({
      method: 'POST',
      url: '/v1/push',
      payload: `{"entries":${deep},"subjectKeys":[]}`,
      headers: { 'content-type': 'application/json' },
    });
    expect(flat.statusCode).toBe(400);
    device.append(SIGNED_IN);
    const entry = device.append(SIGNED_IN);
    const nested = device.seal(entry.text.replace('"role":"officer"', `"role":${deep}`));
    device.chain.splice(1, 1, nested);
    device.append(SIGNED_IN);
    expect(await device.verdicts()).toEqual([
      { verdict: 'ACCEPTED' },
      { verdict: 'QUARANTINED', reason: 'BAD_BODY' },
      { verdict: 'ACCEPTED' },
    ]);
  });

  it('is judged the same in one go and one by one, whatever is in it', { timeout: 60_000 }, async () => {
    const { db } = world.province.context;
    const kinds = [
      'in',
      'sale',
      'arrival',
      'erase',
      'future',
      'bad-body',
      'no-officer',
      'rotten',
      'odd',
      'epoch',
      'again',
    ] as const;
    const add = (device: TestDevice, kind: (typeof kinds)[number]): void => {
      const { chain } = device;
      if (kind === 'sale') sell(device);
      else if (kind === 'arrival') {
        const sealed = device.sealPersonal({ nrkb: 'AG 1 A', name: null, phone: null });
        const arrivalId = sealed.subject;
        device.append({
          type: 'arrival.recorded',
          body: { arrivalId, arrivalNumber: 'A-1', arrivedOn: TEST_TODAY, documents: [], blankReason: null, sealed },
        });
      } else if (kind === 'erase') {
        const subject = [...device.bodyKeys.keys()][0] ?? '0197aaaa-0000-7000-8000-000000000000';
        device.append({ type: 'subject-key.erased', body: { subject, reason: 'permintaan' } });
      } else if (kind === 'future') device.append({ type: 'from.the-future', body: { x: 1 } });
      else if (kind === 'bad-body') device.append({ type: 'officer.signed-in', body: { role: 7 } });
      else if (kind === 'no-officer') device.append({ ...SIGNED_IN, officerId: 'siapa-dia' });
      else if (kind === 'odd') device.append({ type: 'odd\u0000type', body: {} });
      else if (kind === 'epoch') openEpoch(device, 'mark-mismatch');
      else device.append(SIGNED_IN);
      const last = chain.at(-1);
      if (last === undefined) return;
      if (kind === 'rotten') chain.splice(-1, 1, { ...last, text: last.text.replace('officer', 'offiger') });
      if (kind === 'again') {
        const sale = chain.find(({ text }) => text.includes('transaction.paid'));
        const place = { seq: chain.length, prev: chain.at(-2)?.hash ?? null };
        if (sale !== undefined)
          chain.splice(
            -1,
            1,
            device.build(
              { type: 'transaction.paid', body: (JSON.parse(sale.text) as { body: Record<string, unknown> }).body },
              place,
            ),
          );
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 25 }), async (wanted) => {
        const device = await enrolled();
        device.append(SIGNED_IN);
        for (const kind of wanted) add(device, kind);
        const together = await device.verdicts(device.chain, { keys: false });
        const inOneGo = await rows(device);
        await forgetCustody(db, device.deviceId);
        const single = [];
        for (const entry of device.chain) single.push(...(await device.verdicts([entry], { keys: false })));
        expect(single).toEqual(together);
        expect(await rows(device)).toEqual(inOneGo);
      }),
      { numRuns: 40 },
    );
  });
});
