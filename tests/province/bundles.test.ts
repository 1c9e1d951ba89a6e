import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAME_KIND } from '../../src/contract/bundle.ts';
import { encodeFrame } from '../../src/contract/bundle-frames.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { bundleImportSchema } from '../../src/contract/carried.ts';
import { custodyReceiptSchema, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { sealFile } from '../../src/main/core/bundle/age-sealing.ts';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { writeAnswer } from '../../src/province/bundles/write-answer.ts';
import { findDevice } from '../../src/province/enrolment/device-store.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { appendPadded, bundleOf, inPieces, manifestOf, openAnswer, pushText } from '../support/test-bundle.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const load = (file: Uint8Array, pieces?: number) => importBundle(world.province.context, inPieces(file, pieces));

/** Hashes of a device's entries that count, in order. */
async function custodyOf({ deviceId }: TestDevice): Promise<readonly string[]> {
  const rows = await world.province.context.db
    .selectFrom('entry')
    .select(['hash', 'verdict'])
    .where('device_id', '=', deviceId)
    .orderBy('seq')
    .execute();
  expect(rows.every(({ verdict }) => verdict === 'ACCEPTED')).toBe(true);
  return rows.map(({ hash }) => hash);
}

const hashes = (entries: readonly SignedEntry[]): readonly string[] => entries.map(({ hash }) => hash);

function inBatches(entries: readonly SignedEntry[], size: number): readonly (readonly SignedEntry[])[] {
  const batches: SignedEntry[][] = [];
  for (let at = 0; at < entries.length; at += size) batches.push(entries.slice(at, at + size));
  return batches;
}

describe('a bundle on a flashdisk', () => {
  it('ends as the same entries over a line would, sales booked and receipts signed', async () => {
    const device = await enrolled();
    makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    makeSale(device, await world.vehicle('AG 3456 EF'), { paidOn: TEST_TODAY, rules: world.rules });
    const { imported, manifest } = await load(await bundleOf(device, inBatches(device.chain, 1), { keys: true }));
    expect(manifest?.deviceId).toBe(device.deviceId);
    expect(imported).toMatchObject({
      frames: 4,
      complete: true,
      problems: [],
      devices: [{ deviceId: device.deviceId, entries: 2, accepted: 2, duplicate: 0, pending: 0, quarantined: 0 }],
    });
    const receipts = (imported.devices[0]?.custodyReceipts ?? []).map((receipt) =>
      device.open(custodyReceiptSchema, SIGNATURE_CONTEXT.custodyReceipt, receipt),
    );
    expect(receipts.flatMap(({ verdicts }) => verdicts)).toEqual(
      device.chain.map(({ hash }, index) => ({ seq: index + 1, hash, verdict: { verdict: 'ACCEPTED' } })),
    );
    await world.book();
    const decisions = (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
    expect(decisions).toHaveLength(2);
    expect((await device.verdicts()).map(({ verdict }) => verdict)).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('gives every frame before a cut, at whichever byte it was cut, and the rest when it comes whole', async () => {
    const device = await enrolled();
    const batches = inBatches(appendPadded(device, 16, 15_000), 2);
    const file = await bundleOf(device, batches);
    // Plain text in chunks of 64 KiB, each with a tag of 16 bytes, after a header and a nonce (age v1).
    const chunk = 65_536 + 16;
    const plain = [Buffer.byteLength(JSON.stringify(manifestOf(device, device.chain))) + 5];
    for (const batch of batches) plain.push((plain.at(-1) ?? 0) + Buffer.byteLength(await pushText(device, batch)) + 5);
    const header = Buffer.from(file).indexOf('\n--- ') + 49 + 16;
    const positionOf = (offset: number): number => header + offset + 16 * Math.floor(offset / 65_536);
    const boundaries = plain.flatMap((offset) => [-1, 0, 1].map((by) => positionOf(offset) + by));
    const chunks = [1, 2, 3].flatMap((count) => [-1, 0, 1].map((by) => header + count * chunk + by));
    const random = fc.sample(fc.nat({ max: file.length - 1 }), 10);
    for (const cut of [...boundaries, ...chunks, ...random, 0, 1, header].sort((left, right) => left - right)) {
      const { imported } = await load(file.subarray(0, cut), 7001);
      expect(imported.complete, `cut at ${cut}`).toBe(false);
      expect(imported.problems, `cut at ${cut}`).not.toEqual([]);
      // The last chunk that came may lack its tag; every chunk before it is authentic.
      const whole = Math.max(0, Math.ceil((cut - header) / chunk) - 1) * 65_536;
      const frames = plain.filter((end) => end <= whole).length - 1;
      expect(await custodyOf(device), `cut at ${cut}`).toEqual(hashes(device.chain.slice(0, Math.max(0, frames) * 2)));
    }
    expect((await load(file)).imported).toMatchObject({ complete: true, problems: [] });
    expect(await custodyOf(device)).toEqual(hashes(device.chain));
  });

  it('comes to the same end in any order, any number of times, beside a line or not, whole or cut', async () => {
    const road = fc.oneof(
      fc.record({ by: fc.constant('line' as const), from: fc.nat({ max: 7 }), count: fc.integer({ min: 1, max: 8 }) }),
      fc.record({
        by: fc.constant('stick' as const),
        from: fc.nat({ max: 7 }),
        count: fc.integer({ min: 1, max: 8 }),
        cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(road, { minLength: 1, maxLength: 8 }), async (roads) => {
        const device = await enrolled();
        appendPadded(device, 8, 200);
        for (const one of roads) {
          const part = device.chain.slice(one.from, one.from + one.count);
          if (one.by === 'line') await device.push(part);
          else {
            const file = await bundleOf(device, inBatches(part, 2));
            await load(one.cut === null ? file : file.subarray(0, Math.floor(one.cut * file.length)));
          }
        }
        await load(await bundleOf(device, inBatches(device.chain, 3)));
        expect(await custodyOf(device)).toEqual(hashes(device.chain));
        const waiting = await world.province.context.db
          .selectFrom('pending_entry')
          .selectAll()
          .where('device_id', '=', device.deviceId)
          .execute();
        expect(waiting).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('of a device that this database does not remember is taken all the same, when the root vouches for it', async () => {
    const device = await enrolled();
    appendPadded(device, 4, 100);
    const later = await openTestProvince();
    const { imported } = await importBundle(later.province.context, inPieces(await bundleOf(device, [device.chain])));
    expect(imported.devices).toMatchObject([{ deviceId: device.deviceId, accepted: 4 }]);
    expect(await findDevice(later.province.context.db, device.deviceId)).toMatchObject({ outletId: '3506-017' });
    await later.close();
  });
});

describe('an answer file', () => {
  const answered = async (device: TestDevice, withRegistry: boolean) => {
    const { context } = world.province;
    const { imported, manifest } = await load(await bundleOf(device, inBatches(device.chain, 2)));
    const known = await findDevice(context.db, device.deviceId);
    if (manifest === null || known === undefined) throw new Error('the bundle was not read');
    const { custodyReceipts } = imported.devices[0] ?? { custodyReceipts: [] };
    return writeAnswer(context, { device: known, manifest, custodyReceipts, withRegistry });
  };

  it('brings receipts, key statements and every page of the device’s feeds, in the order of their versions', async () => {
    const device = await enrolled();
    appendPadded(device, 5, 100);
    const { parts, complete, problems } = await openAnswer(device, await answered(device, true));
    expect([complete, problems]).toEqual([true, []]);
    expect(parts[0]).toMatchObject({ part: 'manifest', manifest: { deviceId: device.deviceId, kind: 'answer' } });
    expect(parts[1]).toMatchObject({ part: 'key-statements', statements: device.hello?.keys });
    expect(parts.filter(({ part }) => part === 'custody-receipt')).toHaveLength(3);
    const pages = parts.flatMap((part) => (part.part === 'feed-page' ? [part.carried] : []));
    const order = [...new Set(pages.map(({ feed }) => feed))];
    expect(order).toEqual([
      'keys',
      'policy',
      'rules',
      'services',
      'releases',
      'receipts-void',
      'officers',
      'decisions',
      'announcements',
      'blocks',
      'registry',
    ]);
    for (const feed of ['keys', 'policy', 'rules'] as const) {
      const texts = pages.filter((page) => page.feed === feed).map(({ page }) => page.text);
      expect(texts).toEqual((await rawPages(device, feed)).map(({ text }) => text));
    }
  });

  it('leaves the registry out when it is asked to, and opens for no other device', async () => {
    const device = await enrolled();
    const other = await enrolled();
    appendPadded(device, 1, 100);
    const short = await openAnswer(device, await answered(device, false));
    expect(short.parts.some((part) => part.part === 'feed-page' && part.carried.feed === 'registry')).toBe(false);
    expect(await openAnswer(other, await answered(device, false))).toMatchObject({ parts: [], complete: false });
  });
});

const rawPages = async (device: TestDevice, feed: string) => {
  const { json } = await device.request('GET', `/v1/feeds/${feed}/all?after=0`);
  return (json as { pages: { text: string }[] }).pages;
};

describe('a file that is no bundle of ours', () => {
  const seal = (...frames: readonly Uint8Array[]) =>
    sealFile(Buffer.concat(frames), [world.province.context.keys.sealing.publicKey]);
  const frame = (kind: number, value: unknown) => encodeFrame(kind, Buffer.from(JSON.stringify(value)));

  /** Everything that a bundle could change. */
  async function everything(): Promise<string> {
    const { db } = world.province.context;
    const counts: unknown[] = [];
    for (const table of [
      'device',
      'entry',
      'suspended_entry',
      'pending_entry',
      'damaged_entry',
      'subject_key',
      'sale',
    ] as const) {
      counts.push(
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as(table))
          .executeTakeFirst(),
      );
    }
    return JSON.stringify(counts);
  }

  it('is refused with a reason, changes nothing, and is not held in memory', async () => {
    const device = await enrolled();
    const [entry] = appendPadded(device, 1, 100);
    const manifest = manifestOf(device, device.chain);
    const { certificate } = manifest;
    const good = frame(FRAME_KIND.manifest, manifest);
    const nested = Buffer.from(`{"entries":${'['.repeat(4_000_000)}`);
    const deep = Buffer.from(`{"entries":${'['.repeat(100_000)}${']'.repeat(100_000)},"subjectKeys":[]}`);
    const sealedHeader = Buffer.from(await seal(good)).subarray(0, 200);
    const forged = { ...certificate, sig: certificate.sig.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) };
    const cases: readonly (readonly [string, Uint8Array, string])[] = [
      ['nothing', Buffer.alloc(0), 'NOT_A_BUNDLE'],
      ['zeros', Buffer.alloc(5_000_000), 'NOT_A_BUNDLE'],
      [
        'a header without an end',
        Buffer.from(`age-encryption.org/v1\n${'-> X25519 A\n'.repeat(100_000)}`),
        'NOT_A_BUNDLE',
      ],
      ['a file sealed to another', await sealFile(good, [device.sealing.publicKey]), 'NOT_SEALED_TO_US'],
      ['zeros behind a genuine header', Buffer.concat([sealedHeader, Buffer.alloc(5_000_000)]), 'CUT_OR_DAMAGED'],
      ['zeros, sealed', await seal(Buffer.alloc(3_000_000)), 'NO_MANIFEST'],
      [
        'a frame that promises four gigabytes',
        await seal(good, Buffer.from([255, 255, 255, 255, 2])),
        'FRAME_TOO_LONG',
      ],
      [
        'a push before its manifest',
        await seal(frame(FRAME_KIND.push, { entries: [entry], subjectKeys: [] })),
        'NO_MANIFEST',
      ],
      [
        'another root',
        await seal(
          frame(FRAME_KIND.manifest, { ...manifest, certificate: { ...certificate, rootKeyId: 'A'.repeat(12) } }),
        ),
        'OTHER_PROVINCE',
      ],
      [
        'a certificate that the root did not sign',
        await seal(frame(FRAME_KIND.manifest, { ...manifest, certificate: forged })),
        'CERTIFICATE_FORGED',
      ],
      [
        'a device beside its certificate',
        await seal(frame(FRAME_KIND.manifest, { ...manifest, deviceId: manifest.bundleId })),
        'OTHER_DEVICE',
      ],
      ['a million tiny frames', await seal(good, Buffer.alloc(5_000_000)), 'TOO_MANY_FRAMES'],
      ['nested arrays without an end', await seal(good, encodeFrame(FRAME_KIND.push, nested)), 'FRAME_UNREADABLE'],
      ['nested arrays', await seal(good, encodeFrame(FRAME_KIND.push, deep)), 'FRAME_UNREADABLE'],
      ['a file that its writer never ended', await seal(good), 'CUT_OR_DAMAGED'],
      ['an end that counts wrongly', await seal(good, frame(FRAME_KIND.end, { frames: 9 })), 'END_UNREADABLE'],
      ['a kind of frame that nobody knows', await seal(good, encodeFrame(77, Buffer.alloc(9))), 'FRAME_KIND_UNKNOWN'],
    ];
    const before = await everything();
    for (const [name, file, reason] of cases) {
      const { imported } = await load(file);
      expect(
        imported.problems.map((problem) => problem.reason),
        name,
      ).toContain(reason);
      expect(imported.complete, name).toBe(false);
      expect(bundleImportSchema.safeParse(imported).success, name).toBe(true);
    }
    expect(await everything()).toBe(before);
  });

  it('whose header never ends is not read any further than a header may be long', async () => {
    const read = { pieces: 0 };
    async function* endless() {
      yield Buffer.from('age-encryption.org/v1\n');
      for (; read.pieces < 10_000; read.pieces += 1) yield Buffer.from(`-> X25519 ${'A'.repeat(1000)}\n`);
    }
    const { imported } = await importBundle(world.province.context, endless());
    expect(imported.problems).toMatchObject([{ reason: 'NOT_A_BUNDLE' }]);
    expect(read.pieces).toBeLessThan(12);
  });

  it('whatever bytes it is made of: a reason, and nothing changed', async () => {
    const device = await enrolled();
    appendPadded(device, 2, 100);
    const genuine = await bundleOf(device, [device.chain]);
    const before = await everything();
    const bent = fc.record({ at: fc.nat({ max: genuine.length - 1 }), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(bent, { minLength: 1, maxLength: 3 })),
        async (how) => {
          const file = how instanceof Uint8Array ? how : Uint8Array.from(genuine);
          if (!(how instanceof Uint8Array)) for (const { at, to } of how) file[at] = to;
          fc.pre(Buffer.compare(Buffer.from(file), Buffer.from(genuine)) !== 0);
          const { imported } = await load(file);
          expect(imported.problems).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
    expect(await everything()).toBe(before);
  });

  it('with entries of another device under a genuine certificate applies none of them', async () => {
    const [device, victim] = [await enrolled(), await enrolled()];
    appendPadded(victim, 1, 100);
    await load(await bundleOf(device, [victim.chain], { manifest: manifestOf(device, victim.chain) }));
    const { db } = world.province.context;
    for (const { deviceId } of [device, victim]) {
      expect(await db.selectFrom('entry').select('hash').where('device_id', '=', deviceId).execute()).toEqual([]);
    }
    expect((await victim.verdicts()).map(({ verdict }) => verdict)).toEqual(['ACCEPTED']);
  });
});

describe('a bundle that another device carries to the province', () => {
  const sent = (file: Uint8Array) => ({ bundle: Buffer.from(file).toString('base64url') });

  it('is taken as if its own device had brought it, and the carrier gains nothing', async () => {
    const [dead, carrier] = [await enrolled(), await enrolled()];
    appendPadded(dead, 6, 100);
    const { status, json } = await carrier.request(
      'POST',
      '/v1/bundle',
      sent(await bundleOf(dead, inBatches(dead.chain, 2))),
    );
    expect(status).toBe(200);
    expect(bundleImportSchema.parse(json)).toMatchObject({
      complete: true,
      devices: [{ deviceId: dead.deviceId, accepted: 6 }],
    });
    expect(await custodyOf(dead)).toEqual(hashes(dead.chain));
    expect(await custodyOf(carrier)).toEqual([]);
    const again = await carrier.request('POST', '/v1/bundle', sent(await bundleOf(dead, [dead.chain])), { gzip: true });
    expect(again.json).toMatchObject({ devices: [{ accepted: 0, duplicate: 6 }] });
  });

  it('may be as large as the contract says, packed or not, and no larger', async () => {
    const [dead, carrier] = [await enrolled(), await enrolled()];
    const entries = appendPadded(dead, 45, 48_000);
    const file = await bundleOf(dead, inBatches(entries, 10));
    expect(file.length).toBeGreaterThan(2_000_000);
    for (const gzip of [false, true]) {
      expect((await carrier.request('POST', '/v1/bundle', sent(file), { gzip })).status, String(gzip)).toBe(200);
    }
    const huge = { bundle: 'A'.repeat(5_700_000) };
    expect((await carrier.request('POST', '/v1/bundle', huge)).status).toBe(413);
    expect((await carrier.request('POST', '/v1/bundle', { bundle: '***' })).status).toBe(400);
  });

  it('is not even looked at without the signature of an enrolled device', async () => {
    const device = await enrolled();
    appendPadded(device, 1, 100);
    const body = sent(await bundleOf(device, [device.chain]));
    expect((await device.request('POST', '/v1/bundle', body, { signature: 'A'.repeat(86) })).status).toBe(401);
    expect((await TestDevice.post(world.server, '/v1/bundle', body)).status).toBeGreaterThanOrEqual(400);
    expect(await custodyOf(device)).toEqual([]);
  });
});
