import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { bodyOf } from '../../../src/main/core/journal/entry-text.ts';
import { verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, signedInDraft, type TestJournal } from '../../support/test-journal.ts';

async function addEntries(test: TestJournal, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    valueOf(await test.journal.record(async (_tx, append) => ok(append(signedInDraft(test.newId())))));
  }
}

/** A counter with `count` entries, closed; the folder stays. */
async function counterWith(count: number, chance = 'a'): Promise<string> {
  const folder = temporaryFolder();
  const test = await openTestJournal(folder, { chance });
  valueOf(await test.journal.openEpoch('enrolment'));
  await addEntries(test, count - 1);
  await test.db.close();
  return folder;
}

async function start(folder: string) {
  const test = await openTestJournal(folder);
  const check = valueOf(await test.journal.checkMarks());
  const entries = await test.db.read((tx) => test.journal.readAfter(tx, 0, 1000));
  const report = await verifyJournal(test.db, {
    deviceId: test.deviceId,
    publicKey: test.secrets.signingPublic,
    marks: await test.marks.read(),
  });
  return { test, check, entries, report, last: entries.at(-1) };
}

const database = (folder: string): string => join(folder, 'counter.sqlite');

describe('the start of a counter', () => {
  it('opens nothing for a database that has never been enrolled', async () => {
    const { test, check, entries } = await start(temporaryFolder());
    expect(check).toMatchObject({ state: 'empty', opened: null });
    expect(entries).toEqual([]);
    await test.db.close();
  });

  it('goes on in its epoch when the database holds what was marked', async () => {
    const { test, check, entries } = await start(await counterWith(5));
    expect(check).toMatchObject({ state: 'held', opened: null });
    expect(entries).toHaveLength(5);
    await test.db.close();
  });

  it('goes on, and marks anew, when the power went between the commit and its mark', async () => {
    const folder = await counterWith(3);
    const marks = temporaryFolder();
    cpSync(folder, marks, { recursive: true, filter: (path) => !path.includes('sqlite') });
    const running = await openTestJournal(folder);
    await addEntries(running, 2);
    await running.db.close();
    cpSync(marks, folder, { recursive: true });
    const { test, check, report } = await start(folder);
    expect(check.state).toBe('held');
    expect(report).toMatchObject({ ok: true, entries: 5 });
    const found = await test.marks.read();
    expect(found.map((one) => one.state === 'valid' && one.mark.seq)).toEqual([5, 5]);
    await test.db.close();
  });

  it('goes on when one of the two places lost its mark, and fills it again', async () => {
    const folder = await counterWith(4);
    rmSync(join(folder, 'mark.json'));
    const { test, check } = await start(folder);
    expect(check.state).toBe('held');
    expect((await test.marks.read()).map((one) => one.state)).toEqual(['valid', 'valid']);
    await test.db.close();
  });

  it('opens a new epoch that declares the gap when an older copy of the database was put back', async () => {
    const folder = await counterWith(4);
    const copy = join(temporaryFolder(), 'copy');
    copyFileSync(database(folder), copy);
    const running = await openTestJournal(folder);
    await addEntries(running, 3);
    await running.db.close();
    copyFileSync(copy, database(folder));
    const { test, check, last, report, entries } = await start(folder);
    expect(check.state).toBe('gap');
    const before = entries[3];
    if (last === undefined || before === undefined) throw new Error('five entries are there');
    expect(last).toMatchObject({ seq: 5, type: 'epoch.opened', prev: before.hash });
    expect(last.epoch.n).toBe(2);
    expect(last.epoch.nonce).not.toBe(before.epoch.nonce);
    expect(bodyOf('epoch.opened', last)).toMatchObject({
      reason: 'mark-mismatch',
      lastProven: { epoch: before.epoch, seq: 4, head: before.hash },
      declaredGap: { epoch: before.epoch, fromSeq: 5, toSeq: 7 },
    });
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(test.log.lines.map((line) => line.event)).toContain('mark.mismatch');
    await test.db.close();
    // It declares once: the next start finds its own mark.
    const again = await start(folder);
    expect(again.check.state).toBe('held');
    await again.test.db.close();
  });

  it('opens a new epoch that declares everything when the database is gone', async () => {
    const folder = await counterWith(6);
    rmSync(database(folder));
    const { test, check, entries } = await start(folder);
    expect(check.state).toBe('gap');
    expect(entries).toHaveLength(1);
    const [first] = entries;
    if (first === undefined) throw new Error('one entry is there');
    expect(first.epoch.n).toBe(2);
    expect(bodyOf('epoch.opened', first)).toMatchObject({ lastProven: null, declaredGap: { fromSeq: 1, toSeq: 6 } });
    await test.db.close();
  });

  it('opens a new epoch when another history stands at the marked place', async () => {
    const folder = await counterWith(3);
    const other = await counterWith(5, 'b');
    copyFileSync(database(other), database(folder));
    const { test, check, last } = await start(folder);
    expect(check.state).toBe('gap');
    if (last === undefined) throw new Error('six entries are there');
    expect(bodyOf('epoch.opened', last)).toMatchObject({
      lastProven: { seq: 5 },
      declaredGap: { fromSeq: 3, toSeq: 3 },
    });
    await test.db.close();
  });

  it('opens a new epoch when no mark is left: nothing can be proved any more', async () => {
    const folder = await counterWith(3);
    rmSync(join(folder, 'mark.json'));
    rmSync(join(folder, 'second'), { recursive: true });
    const { test, check, last } = await start(folder);
    expect(check.state).toBe('unmarked');
    if (last === undefined) throw new Error('four entries are there');
    expect(bodyOf('epoch.opened', last)).toMatchObject({ lastProven: { seq: 3 }, declaredGap: null });
    await test.db.close();
  });

  it('does not let a changed mark hide a gap', async () => {
    const folder = await counterWith(4);
    for (const file of [
      join(folder, 'mark.json'),
      join(folder, 'second', `mark-${(await start(folder)).test.deviceId}.json`),
    ]) {
      writeFileSync(file, readFileSync(file, 'utf8').replace('\\"seq\\":4', '\\"seq\\":2'));
    }
    const { test, check } = await start(folder);
    expect(check.state).toBe('unmarked');
    await test.db.close();
  });

  it.each([
    ['its first mark but not the second', ['first'], 'gap', { fromSeq: 5, toSeq: 7 }],
    ['its second mark but not the first', ['second'], 'gap', { fromSeq: 5, toSeq: 7 }],
    ['both of its marks', ['first', 'second'], 'held', null],
    ['no mark at all', [], 'unmarked', null],
  ] as const)('after an old image was put back with %s opens what it must', async (_what, restored, state, gap) => {
    const folder = await counterWith(4);
    const image = join(temporaryFolder(), 'image');
    cpSync(folder, image, { recursive: true });
    const running = await openTestJournal(folder);
    await addEntries(running, 3);
    const { deviceId } = running;
    await running.db.close();
    const places = { first: 'mark.json', second: join('second', `mark-${deviceId}.json`) };
    copyFileSync(database(image), database(folder));
    for (const [place, name] of Object.entries(places)) {
      if (restored.some((one) => one === place)) copyFileSync(join(image, name), join(folder, name));
      else if (restored.length === 0) rmSync(join(folder, name));
    }
    const { test, check, last, report } = await start(folder);
    expect(check.state).toBe(state);
    if (last === undefined) throw new Error('entries are there');
    // With both marks nothing here can know: the province says ROTATE, and the second copy on its medium is of another history.
    expect(last.epoch.n).toBe(state === 'held' ? 1 : 2);
    if (state !== 'held') {
      expect(bodyOf('epoch.opened', last)).toMatchObject({ lastProven: { seq: 4 }, declaredGap: gap });
    }
    expect(report.ok).toBe(true);
    // Whatever it was, both marks are of now again.
    expect((await test.marks.read()).map((one) => one.state === 'valid' && one.mark.head)).toEqual([
      last.hash,
      last.hash,
    ]);
    await test.db.close();
  });

  it('opens further epochs, each with its own name, and the chain goes on through them', async () => {
    const folder = await counterWith(2);
    const test = await openTestJournal(folder);
    valueOf(await test.journal.openEpoch('rotate'));
    await addEntries(test, 1);
    valueOf(await test.journal.openEpoch('salvage'));
    const entries = await test.db.read((tx) => test.journal.readAfter(tx, 0, 100));
    expect(entries.map((entry) => [entry.seq, entry.epoch.n])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
      [5, 3],
    ]);
    expect(new Set(entries.map((entry) => entry.epoch.nonce)).size).toBe(3);
    await test.db.close();
  });
});
