import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/contract/bundle-frames.ts';
import { FRAME_KIND } from '../../src/contract/bundle.ts';
import { sealFile } from '../../src/main/core/bundle/age-sealing.ts';
import { readAnswer } from '../../src/main/core/bundle/read-answer.ts';
import { rawPublicKey } from '../../src/main/core/journal/signing.ts';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { useProvince } from '../support/enrolled-counter.ts';
import {
  byteDamages,
  cpuMsOf,
  damagedBytes,
  fuzzRuns,
  LONGEST_CPU_MS,
  mutatedText,
  mutations,
} from '../support/hostile-values.ts';
import { TestDevice } from '../support/test-device.ts';

const RUNS = fuzzRuns(40);
const province = useProvince();

async function* inPieces(bytes: Uint8Array, piece: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

const frame = (kind: number, text: string): Buffer => Buffer.from(encodeFrame(kind, Buffer.from(text, 'utf8')));

/** A device with entries that nobody has sent yet, and the texts of its bundle's frames. */
async function deviceWithBundle() {
  const { server, code } = province();
  const device = await TestDevice.enrol(server, await code());
  const outletId = device.enrolment.outlet.outletId;
  device.append({
    type: 'epoch.opened',
    officerId: null,
    body: { reason: 'enrolment', outletId, lastProven: null, declaredGap: null, appVersion: 'x', keyStoreKind: 'demo' },
  });
  device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
  const manifest = {
    v: 1,
    kind: 'bundle',
    bundleId: uuidV7(),
    deviceId: device.deviceId,
    certificate: device.enrolment.certificate,
    appVersion: 'test',
    madeAt: 1,
    fromSeq: 1,
    toSeq: 2,
    entries: 2,
  };
  return { device, manifest, push: { entries: device.chain, subjectKeys: [], damaged: [] } };
}

const sealed = (plain: Uint8Array) => sealFile(plain, [province().province.context.keys.sealing.publicKey]);

/** Imports bytes; whatever they are, the answer is a value with named reasons. */
async function imported(bytes: Uint8Array, piece = 4096) {
  const { context } = province().province;
  const held: { found?: Awaited<ReturnType<typeof importBundle>> } = {};
  const cpu = await cpuMsOf(async () => {
    held.found = await importBundle(context, inPieces(bytes, piece));
  });
  expect(cpu).toBeLessThan(LONGEST_CPU_MS);
  const { imported: result } = held.found ?? {};
  if (result === undefined) throw new Error('nothing was answered');
  for (const { reason } of result.problems) expect(reason).toMatch(/^[A-Z_]+$/);
  if (!result.complete) expect(result.problems.length).toBeGreaterThan(0);
  return result;
}

const entriesOf = (deviceId: string) =>
  province().province.context.db.selectFrom('entry').selectAll().where('device_id', '=', deviceId).execute();

describe('a bundle that somebody carried', () => {
  it('with any byte changed is read up to there, named, and stores nothing that does not verify', async () => {
    const { device, manifest, push } = await deviceWithBundle();
    const frames = [
      frame(FRAME_KIND.manifest, JSON.stringify(manifest)),
      frame(FRAME_KIND.push, JSON.stringify(push)),
      frame(FRAME_KIND.end, '{"frames":2}'),
    ];
    const whole = await sealed(Buffer.concat(frames));
    const genuine = new Set(device.chain.map(({ hash }) => hash));
    await fc.assert(
      fc.asyncProperty(byteDamages, fc.integer({ min: 1, max: 3000 }), async (damages, piece) => {
        await imported(damagedBytes(whole, damages), piece);
        for (const { hash } of await entriesOf(device.deviceId)) expect(genuine.has(hash)).toBe(true);
      }),
      { numRuns: RUNS },
    );
    // And the undamaged file still brings everything.
    expect(await imported(whole)).toMatchObject({ complete: true, problems: [] });
    expect(await entriesOf(device.deviceId)).toHaveLength(2);
  });

  it('with anything in its frames is refused frame by frame, by name', async () => {
    const { device, manifest, push } = await deviceWithBundle();
    await fc.assert(
      fc.asyncProperty(mutations, fc.constantFrom('manifest', 'push', 'end'), async (changes, which) => {
        const texts = {
          manifest: which === 'manifest' ? mutatedText(manifest, changes) : JSON.stringify(manifest),
          push: which === 'push' ? mutatedText(push, changes) : '{"entries":[],"subjectKeys":[]}',
          end: which === 'end' ? mutatedText({ frames: 2 }, changes) : '{"frames":2}',
        };
        await imported(
          await sealed(
            Buffer.concat([
              frame(FRAME_KIND.manifest, texts.manifest),
              frame(FRAME_KIND.push, texts.push),
              frame(FRAME_KIND.end, texts.end),
            ]),
          ),
        );
      }),
      { numRuns: RUNS },
    );
    const genuine = new Set(device.chain.map(({ hash }) => hash));
    const damaged = (await entriesOf(device.deviceId)).filter(({ hash }) => !genuine.has(hash));
    expect(damaged).toEqual([]);
  });

  it('of zeros behind a valid header, of another province, of nothing, of a million tiny frames: a reason, and nothing stored', async () => {
    const { device, manifest } = await deviceWithBundle();
    const first = frame(FRAME_KIND.manifest, JSON.stringify(manifest));
    const tiny = Buffer.concat([first, ...Array.from({ length: 60_000 }, () => frame(9, ''))]);
    const stranger = rawPublicKey(generateKeyPairSync('x25519').publicKey);
    const reasonsOf = async (bytes: Uint8Array) => (await imported(bytes)).problems.map(({ reason }) => reason);
    const honest = await sealed(Buffer.concat([first, Buffer.alloc(1_000_000)]));
    expect(await reasonsOf(honest)).not.toEqual([]);
    expect(await reasonsOf(Buffer.concat([honest.subarray(0, 200), Buffer.alloc(1_000_000)]))).toEqual([
      'CUT_OR_DAMAGED',
    ]);
    expect(await reasonsOf(Buffer.alloc(1_000_000))).toEqual(['NOT_A_BUNDLE']);
    expect(await reasonsOf(new Uint8Array())).not.toEqual([]);
    expect(await reasonsOf(await sealFile(first, [stranger]))).toEqual(['NOT_SEALED_TO_US']);
    expect(await reasonsOf(await sealed(tiny))).toContain('TOO_MANY_FRAMES');
    expect(await entriesOf(device.deviceId)).toEqual([]);
  });
});

describe('an answer file', () => {
  const manifest = {
    v: 1,
    kind: 'answer',
    answerId: uuidV7(),
    bundleId: uuidV7(),
    deviceId: uuidV7(),
    incarnation: uuidV7(),
    madeAt: 1,
  };
  const receipt = { text: '{}', keyId: 'A'.repeat(12), sig: 'A'.repeat(86) };

  it('with anything in it gives parts of the right shape and named reasons, and is never an error', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    const own = rawPublicKey(publicKey);
    await fc.assert(
      fc.asyncProperty(mutations, byteDamages, fc.nat({ max: 3 }), async (changes, damages, which) => {
        const texts = [JSON.stringify(manifest), JSON.stringify(receipt), '[{"text":"{}","sig":"x"}]'];
        const values: readonly unknown[] = [manifest, receipt, [{ text: '{}', sig: 'x' }]];
        const bent = texts.map((text, index) => (index === which ? mutatedText(values[index], changes) : text));
        const plain = Buffer.concat([
          frame(FRAME_KIND.manifest, bent[0] ?? ''),
          frame(FRAME_KIND.custodyReceipt, bent[1] ?? ''),
          frame(FRAME_KIND.keyStatements, bent[2] ?? ''),
          frame(FRAME_KIND.end, '{"frames":3}'),
        ]);
        const whole = await sealFile(plain, [own]);
        const file = which === 3 ? damagedBytes(whole, damages) : whole;
        const parts: string[] = [];
        const held: { end?: Awaited<ReturnType<typeof readAnswer>> } = {};
        const cpu = await cpuMsOf(async () => {
          held.end = await readAnswer(inPieces(file, 1000), privateKey, async ({ part }) => {
            parts.push(part);
            return true;
          });
        });
        expect(cpu).toBeLessThan(LONGEST_CPU_MS);
        for (const { reason } of held.end?.problems ?? []) expect(reason).toMatch(/^[A-Z_]+$/);
        if (parts.length > 0) expect(parts[0]).toBe('manifest');
        if (held.end?.complete === false) expect(held.end.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});
