import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { createMirror, type Mirror } from '../../../src/main/core/journal/mirror.ts';
import { keyIdOf } from '../../../src/main/core/journal/signing.ts';
import { putProvinceKey } from '../../../src/main/core/rules/rules-store.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { createGate } from '../../support/test-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, sessionOpenedDraft, type TestJournal } from '../../support/test-journal.ts';

const province = createSecrets(createSeededRandom('province'));

/** A journal with one sum of money, and a mirror whose patience is the test's. */
async function mirrorOf(
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  { withKey = true, medium = Promise.resolve() } = {},
): Promise<{ readonly test: TestJournal; readonly mirror: Mirror }> {
  const folder = temporaryFolder();
  const test = await openTestJournal(folder, { db: await openIn(folder, counterMigrations) });
  valueOf(await test.journal.openEpoch('enrolment'));
  valueOf(
    await test.db.write(async (tx) => {
      if (withKey) {
        await putProvinceKey(tx, {
          purpose: 'sealing',
          keyId: keyIdOf(province.sealingPublic),
          publicKey: province.sealingPublic,
          from: 0,
          to: 8e12,
          revoked: false,
        });
      }
      return ok(undefined);
    }),
  );
  const mirror = createMirror({
    ...test,
    // Writing begins when the medium is ready for it.
    journal: {
      ...test.journal,
      readForSending: async (places) => {
        await medium;
        return await test.journal.readForSending(places);
      },
    },
    certificate: {
      certificate: {
        deviceId: test.deviceId,
        outletId: '3506-017',
        signingKey: test.secrets.signingPublic,
        sealingKey: test.secrets.sealingPublic,
        notAfter: 8e12,
        policyVersion: 1,
      },
      rootKeyId: 'r'.repeat(12),
      sig: 's'.repeat(86),
    },
    appVersion: '0.1.0',
    now: test.clock.wallMs,
    dataDir: folder,
    events: { publish: () => undefined },
    wait,
  });
  await mirror.open(join(temporaryFolder(), 'stick'));
  valueOf(await test.journal.record(async (_tx, append) => ok(append(sessionOpenedDraft(test.newId(), 200_000)))));
  return { test, mirror };
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => signal.addEventListener('abort', () => done()));

const typesOf = async (test: TestJournal): Promise<readonly string[]> =>
  (await test.db.read((tx) => test.journal.readAfter(tx, 0, 100))).map((entry) => entry.type);

describe('a medium that is slow', () => {
  it('holds up no paper for longer than two seconds, is told as missed, and completes itself', async () => {
    const asked: number[] = [];
    let hasMoney = false;
    const medium = createGate();
    const { test, mirror } = await mirrorOf(
      async (ms, signal) => {
        asked.push(ms);
        // The clock of the test stands still until the money is there.
        if (!hasMoney) await whenAborted(signal);
      },
      { medium: medium.opened },
    );
    hasMoney = true;
    expect(await mirror.follow()).toBe('missing');
    expect(asked.every((ms) => ms === 2000)).toBe(true);
    expect((await typesOf(test)).filter((type) => type === 'mirror.missed')).toHaveLength(1);
    medium.open();
    await vi.waitFor(() => expect(mirror.state()).toBe('ok'));
    await mirror.stop();
    await test.db.close();
  });

  it('that is quick enough is not missed', async () => {
    const { test, mirror } = await mirrorOf((_ms, signal) => whenAborted(signal));
    expect(await mirror.follow()).toBe('ok');
    expect(await typesOf(test)).not.toContain('mirror.missed');
    await mirror.stop();
    await test.db.close();
  });

  it('without a key of the province to seal to keeps nothing, and says why', async () => {
    const { test, mirror } = await mirrorOf((_ms, signal) => whenAborted(signal), { withKey: false });
    expect(await mirror.follow()).toBe('missing');
    expect(await mirror.status()).toMatchObject({ state: 'missing', reason: 'NO_SEALING_KEY', uncovered: 3 });
    await mirror.stop();
    expect(mirror.isMissing()).toBe(true);
    await test.db.close();
  });
});
