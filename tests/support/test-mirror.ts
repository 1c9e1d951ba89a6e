import { join } from 'node:path';
import { ok } from '../../src/domain/result.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import { createSecrets } from '../../src/main/core/device/key-store.ts';
import { createMirror, type Mirror } from '../../src/main/core/journal/mirror.ts';
import { keyIdOf } from '../../src/main/core/journal/signing.ts';
import { putProvinceKey } from '../../src/main/core/rules/rules-store.ts';
import { openIn, valueOf } from './opened-database.ts';
import { createSeededRandom } from './seeded-random.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTestJournal, sessionOpenedDraft, type TestJournal } from './test-journal.ts';

const province = createSecrets(createSeededRandom('province'));

/** A real journal and its second copy; only the waiting is the test's. */
export type TestMirror = { readonly test: TestJournal; readonly mirror: Mirror; readonly medium: string };

/** Waits as long as whoever waits wants. */
export const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => signal.addEventListener('abort', () => done()));

/** A journal with one sum of money, and a mirror whose patience is the test's; writing begins when `ready` is. */
export async function openTestMirror(
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  { withKey = true, ready = Promise.resolve() } = {},
): Promise<TestMirror> {
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
    journal: {
      ...test.journal,
      readForSending: async (places) => {
        await ready;
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
  const medium = join(temporaryFolder(), 'stick');
  await mirror.open(medium);
  valueOf(await test.journal.record(async (_tx, append) => ok(append(sessionOpenedDraft(test.newId(), 200_000)))));
  return { test, mirror, medium };
}
