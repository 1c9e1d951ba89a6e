import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damagedItemSchema } from '../../../src/contract/sync-protocol.ts';
import { ok } from '../../../src/domain/result.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { bodyOf } from '../../../src/main/core/journal/entry-text.ts';
import type { SendPlace } from '../../../src/main/core/journal/read-for-sending.ts';
import { readForSending } from '../../../src/main/core/journal/read-for-sending.ts';
import { entryVerifier, publicKeyFrom } from '../../../src/main/core/journal/signing.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, signedInDraft, type TestJournal } from '../../support/test-journal.ts';

/** A journal of `count` entries whose rows the test may damage. */
async function journalOf(
  count: number,
): Promise<{ test: TestJournal; places: SendPlace[]; damage: (sql: string) => void }> {
  const folder = temporaryFolder();
  const test = await openTestJournal(folder);
  const { epoch } = valueOf(await test.journal.openEpoch('enrolment'));
  for (let index = 1; index < count; index += 1) {
    valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId())))));
  }
  const damage = (sql: string): void => {
    const handle = openHandle(join(folder, 'counter.sqlite'), { readOnly: false, create: false, busyTimeoutMs: 5000 });
    handle.exec('DROP TRIGGER IF EXISTS entry_refuses_update; DROP TRIGGER IF EXISTS entry_refuses_delete');
    handle.exec('PRAGMA ignore_check_constraints = ON');
    handle.exec(sql);
    handle.close();
  };
  return { test, places: Array.from({ length: count }, (_one, index) => ({ seq: index + 1, epoch })), damage };
}

const DAMAGES: readonly (readonly [string, string])[] = [
  ['a changed text', "UPDATE entry SET text = replace(text, 'siti', 'sita') WHERE seq = 4"],
  ['a changed hash', "UPDATE entry SET hash = 'A' || substr(hash, 2, 41) || 'A' WHERE seq = 4"],
  ['a changed signature', "UPDATE entry SET sig = substr(sig, 1, 40) || 'AAAAAA' || substr(sig, 47) WHERE seq = 4"],
  ['no longer JSON', 'UPDATE entry SET text = substr(text, 3) WHERE seq = 4'],
  [
    'the text of another place',
    `UPDATE entry SET (text, hash, sig) = (SELECT text, 'x' || hash, sig FROM entry WHERE seq = 5) WHERE seq = 4;
       UPDATE entry SET hash = 'y' WHERE seq = 5; UPDATE entry SET hash = substr(hash, 2) WHERE seq = 4`,
  ],
];

describe('what is read for sending', () => {
  it('is every entry as it was written, in order', async () => {
    const { test, places } = await journalOf(6);
    const { entries, damaged } = await test.journal.readForSending([...places].reverse());
    expect(damaged).toEqual([]);
    expect(entries).toEqual(await test.db.read((tx) => test.journal.readAfter(tx, 0, 10)));
    await test.db.close();
  });

  it.each(DAMAGES)(
    'names a row with %s as damaged, with its bytes as they are, and keeps the others',
    async (_what, sql) => {
      const { test, places, damage } = await journalOf(6);
      damage(sql);
      const { entries, damaged } = await test.journal.readForSending(places);
      expect(damaged[0]).toMatchObject({ seq: 4, epoch: places[0]?.epoch });
      expect([1, 2, 3, 6].every((seq) => entries.some((entry) => entry.seq === seq))).toBe(true);
      expect(entries.some((entry) => entry.seq === 4)).toBe(false);
      for (const item of damaged) expect(damagedItemSchema.safeParse(item).success).toBe(true);
      const raw = Buffer.from(damaged[0]?.raw ?? '', 'base64url')
        .toString()
        .split('\n');
      const [row] = await test.db.read((tx) => test.journal.readAfter(tx, 3, 1));
      expect(raw).toEqual([row?.text, row?.hash, row?.sig]);
      // The same row gives the same bytes again: the province knows it by their hash.
      expect((await test.journal.readForSending(places)).damaged).toEqual(damaged);
      await test.db.close();
    },
  );

  it.each(DAMAGES)('names a row with %s as damaged, also when it was proved a moment ago', async (_what, sql) => {
    const { test, places, damage } = await journalOf(6);
    expect((await test.journal.readForSending(places)).damaged).toEqual([]);
    damage(sql);
    const { entries, damaged } = await test.journal.readForSending(places);
    expect(damaged[0]).toMatchObject({ seq: 4 });
    expect(entries.some((entry) => entry.seq === 4)).toBe(false);
    await test.db.close();
  });

  it('names a row that is gone as damaged, without bytes', async () => {
    const { test, places, damage } = await journalOf(4);
    damage('DELETE FROM entry WHERE seq = 2');
    const { entries, damaged } = await test.journal.readForSending(places);
    expect(entries.map(({ seq }) => seq)).toEqual([1, 3, 4]);
    expect(damaged).toEqual([{ seq: 2, epoch: places[1]?.epoch, raw: '' }]);
    await test.db.close();
  });

  it('believes the second reading when the first one was wrong', async () => {
    const { test, places } = await journalOf(4);
    const key = publicKeyFrom('signing', test.secrets.signingPublic);
    if (key === undefined) throw new Error('the key of the test is one');
    // The first reading comes from a journal of another device, the second from the real one.
    const other = await openTestJournal(temporaryFolder(), { seed: 2 });
    valueOf(await other.journal.openEpoch('enrolment'));
    const { entries, damaged } = await readForSending(
      { read: other.db.read, readFresh: test.db.readFresh },
      entryVerifier(key),
      places,
    );
    expect([entries.map(({ seq }) => seq), damaged]).toEqual([[1, 2, 3, 4], []]);
    await test.db.close();
    await other.db.close();
  });

  it('of a rotten newest row leaves a journal that can go on in an epoch that declares it', async () => {
    const { test, places, damage } = await journalOf(4);
    damage("UPDATE entry SET text = replace(text, 'siti', 'sita') WHERE seq = 4");
    const [third] = await test.db.read((tx) => test.journal.readAfter(tx, 2, 1));
    const { epoch } = places[0] ?? {};
    if (epoch === undefined || third === undefined) throw new Error('four entries are there');
    const opened = valueOf(await test.journal.openEpoch('damaged', { epoch, fromSeq: 4, toSeq: 4 }));
    const entry = await test.db.read((tx) => test.journal.find(tx, opened.seq));
    if (entry === undefined) throw new Error('the epoch has its first entry');
    expect(opened).toMatchObject({ seq: 5, epoch: { n: 2 } });
    expect(bodyOf('epoch.opened', entry)).toMatchObject({
      reason: 'damaged',
      lastProven: { epoch, seq: 3, head: third.hash },
      declaredGap: { epoch, fromSeq: 4, toSeq: 4 },
    });
    await test.db.close();
  });

  it('goes on after the province said that it holds more of this epoch than we do', async () => {
    const { test, places } = await journalOf(3);
    const { epoch } = places[0] ?? {};
    if (epoch === undefined) throw new Error('three entries are there');
    const opened = valueOf(await test.journal.openEpoch('rotate', { epoch, fromSeq: 4, toSeq: 9 }));
    const entry = await test.db.read((tx) => test.journal.find(tx, opened.seq));
    if (entry === undefined) throw new Error('the epoch has its first entry');
    expect(bodyOf('epoch.opened', entry)).toMatchObject({
      reason: 'rotate',
      lastProven: { epoch, seq: 3 },
      declaredGap: { epoch, fromSeq: 4, toSeq: 9 },
    });
    expect(entry.epoch.nonce).not.toBe(epoch.nonce);
    expect(
      valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId()))))).epoch,
    ).toEqual(entry.epoch);
    await test.db.close();
  });
});
