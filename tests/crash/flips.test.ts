import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../src/domain/result.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import { openDatabase } from '../../src/main/core/db/open.ts';
import { verifyJournal } from '../../src/main/core/journal/verify-journal.ts';
import { openForDamage } from '../support/journal-damage.ts';
import { JOURNAL_MIGRATIONS, valueOf } from '../support/opened-database.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  openTestJournal,
  saleDraft,
  sessionOpenedDraft,
  signedInDraft,
  type TestJournal,
} from '../support/test-journal.ts';
import { crashSeed, crashSize } from './crash-size.ts';

const DAMAGES = crashSize('CRASH_FLIPS', 300);

/** A day at a counter: two epochs, people, a cash session, sales. */
async function aDay(test: TestJournal): Promise<void> {
  const session = test.newId();
  valueOf(await test.journal.openEpoch('enrolment'));
  const append = async (draft: Parameters<Parameters<Parameters<TestJournal['journal']['record']>[0]>[1]>[0]) =>
    valueOf(await test.journal.record(async (_tx, add) => ok(add(draft))));
  await append(signedInDraft(test.newId()));
  await append(sessionOpenedDraft(session, 200_000));
  for (let sale = 0; sale < 5; sale += 1) await append(saleDraft(test, session));
  valueOf(await test.journal.openEpoch('rotate'));
  for (let sale = 0; sale < 5; sale += 1) await append(saleDraft(test, session));
}

/** A stored journal of a day, open for harm and for its verifier. */
async function openDay() {
  const folder = temporaryFolder();
  const test = await openTestJournal(folder);
  await aDay(test);
  const marks = await test.marks.read();
  await test.db.close();
  const file = join(folder, 'counter.sqlite');
  const raw = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
  const journal = openForDamage(raw);
  const db = valueOf(await openDatabase({ file, migrations: JOURNAL_MIGRATIONS, readOnly: true }));
  onTestFinished(async () => {
    await db.close();
    raw.close();
  });
  const witness = { deviceId: test.deviceId, publicKey: test.secrets.signingPublic, marks };
  return { raw, journal, verify: () => verifyJournal(db, witness) };
}

describe('a stored journal with one bit turned, one row away or two exchanged', () => {
  it(`is found out and the place is named, ${DAMAGES} times out of ${DAMAGES}`, { timeout: 600_000 }, async () => {
    const seed = crashSeed();
    const random = createSeededRandom(`flips-${seed}`);
    const { journal, verify } = await openDay();
    expect(await verify()).toMatchObject({ ok: true });
    const counts = { flip: 0, deletion: 0, swap: 0 };
    for (let count = 0; count < DAMAGES; count += 1) {
      const damage = journal.damage(random);
      const report = await verify();
      const context = `seed ${seed}, damage ${count}: ${damage.kind}, ${damage.what}`;
      expect(report.ok, `${context}: not found`).toBe(false);
      expect(damage.places, `${context}: not located, ${JSON.stringify(report.problems)}`).toContain(
        report.problems[0]?.seq,
      );
      counts[damage.kind] += 1;
      journal.heal();
    }
    expect(await verify()).toMatchObject({ ok: true, problems: [] });
    process.stdout.write(`damaged journals, seed ${seed}: ${JSON.stringify(counts)}, all found and located\n`);
  });

  it('ends with a report where a position became a number that no program can count on from', async () => {
    const { raw, journal, verify } = await openDay();
    for (let bit = 50; bit < 64; bit += 1) {
      const seq = String(BigInt.asIntN(64, 3n ^ (1n << BigInt(bit))));
      raw.prepare('UPDATE entry SET seq = CAST(? AS INTEGER) WHERE seq = 3').run([seq]);
      const report = await verify();
      expect(
        report.problems.map((one) => one.seq),
        `bit ${bit}`,
      ).toContain(4);
      journal.heal();
    }
  });
});
