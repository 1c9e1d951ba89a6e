import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { parseSegmentFile, segmentFile } from '../../../src/main/core/journal/mirror-folder.ts';
import { valueOf } from '../../support/opened-database.ts';
import { signedInDraft } from '../../support/test-journal.ts';
import { openTestMirror, type TestMirror, whenAborted } from '../../support/test-mirror.ts';

const NOBODY = { officerId: null, cashSessionId: null };
const opened: TestMirror[] = [];
afterEach(async () => {
  for (const { mirror, test } of opened.splice(0)) {
    await mirror.stop();
    await test.db.close();
  }
});

async function opensMirror(): Promise<TestMirror> {
  const one = await openTestMirror((_ms, signal) => whenAborted(signal));
  opened.push(one);
  return one;
}

/** So many entries more, and their second copy as one segment. */
async function grow({ test, mirror }: TestMirror, entries: number): Promise<void> {
  valueOf(
    await test.journal.record(async (_tx, append) => {
      for (let made = 0; made < entries; made += 1) append(signedInDraft(test.deviceId));
      return ok(undefined);
    }),
  );
  expect(await mirror.follow()).toBe('ok');
}

const folderOf = ({ medium, test }: TestMirror): string => join(medium, 'opop-cadangan', test.deviceId);
const filesOf = (one: TestMirror): readonly string[] => readdirSync(folderOf(one)).sort();
const spanOf = (file: string): readonly [number, number] => {
  const name = parseSegmentFile(file);
  if (name === undefined) throw new Error(`${file} is no segment`);
  return [name.fromSeq, name.toSeq];
};
const spans = (one: TestMirror): readonly (readonly [number, number])[] => filesOf(one).map(spanOf);

/** Changes one byte in the middle of a file, as an old flashdisk does. */
function rot(one: TestMirror, file: string): void {
  const path = join(folderOf(one), file);
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, bytes);
}

const fileFrom = (one: TestMirror, seq: number): string =>
  filesOf(one).find((file) => spanOf(file)[0] === seq) ?? `none from ${seq}`;

describe('the second copy at the end of a session', () => {
  it('leaves what is large and reads back as it was written, and puts the rest together', async () => {
    const one = await opensMirror();
    await grow(one, 600);
    await grow(one, 3);
    await grow(one, 2);
    const [large = ''] = filesOf(one);
    expect(filesOf(one)).toHaveLength(3);
    const completed = valueOf(await one.mirror.complete(NOBODY));
    // The epoch, its session, and what grew; then the entry that says so.
    expect(completed).toMatchObject({ entries: 607, throughSeq: 607 });
    expect(fileFrom(one, 1)).toBe(large);
    expect(spans(one)).toEqual([
      [1, 602],
      [603, 607],
      [608, 608],
    ]);
    expect(valueOf(await one.mirror.complete(NOBODY))).toMatchObject({ entries: 608 });
    expect(fileFrom(one, 1)).toBe(large);
    expect(spans(one)).toEqual([
      [1, 602],
      [603, 608],
      [609, 609],
    ]);
  });

  it('writes a large one again of which a byte is another, or whose name does not say what it held', async () => {
    const one = await opensMirror();
    await grow(one, 600);
    const [large = ''] = filesOf(one);
    rot(one, large);
    expect(valueOf(await one.mirror.complete(NOBODY)).entries).toBe(602);
    const again = fileFrom(one, 1);
    expect(again).not.toBe(large);
    expect(filesOf(one)).not.toContain(large);
    const name = parseSegmentFile(again);
    if (name === undefined) throw new Error('a segment has a name');
    renameSync(join(folderOf(one), again), join(folderOf(one), segmentFile({ ...name, digest: null })));
    expect(valueOf(await one.mirror.complete(NOBODY)).entries).toBe(603);
    expect(filesOf(one)).toHaveLength(2);
    expect(filesOf(one).every((file) => parseSegmentFile(file)?.digest !== null)).toBe(true);
  });

  it('fills the hole between two large ones, and no file claims what another holds', async () => {
    const one = await opensMirror();
    await grow(one, 600);
    await grow(one, 600);
    await grow(one, 600);
    await grow(one, 4);
    const [first = '', middle = '', last = ''] = filesOf(one);
    rmSync(join(folderOf(one), middle));
    expect(valueOf(await one.mirror.complete(NOBODY)).entries).toBe(1806);
    expect(filesOf(one)).toEqual(expect.arrayContaining([first, last]));
    expect(spans(one)).toEqual([
      [1, 602],
      [603, 1202],
      [1203, 1802],
      [1803, 1806],
      [1807, 1807],
    ]);
    // The same while sales go on: what is missing is written between the others, not over them.
    rmSync(join(folderOf(one), fileFrom(one, 603)));
    await grow(one, 1);
    expect(spans(one)).toEqual([
      [1, 602],
      [603, 1202],
      [1203, 1802],
      [1803, 1806],
      [1807, 1807],
      [1808, 1808],
    ]);
  });

  it('writes a large one again that does not know of a void of its sale, once', async () => {
    const one = await opensMirror();
    await grow(one, 600);
    const [large = ''] = filesOf(one);
    await grow(one, 1);
    valueOf(
      await one.test.db.write(async (tx) => {
        const [transactionId, at] = [one.test.newId(), one.test.clock.wallMs()];
        await tx
          .insertInto('sale')
          .values({
            transaction_id: transactionId,
            seq: 300,
            epoch_n: 1,
            epoch_nonce: 'n',
            entry_hash: 'h'.repeat(43),
            receipt_number: 'TTS-1',
            nrkb_index: 'index',
            paid_at: at,
            paid_on: '2026-11-18',
            period_until: '2027-11-18',
            cash_session_id: transactionId,
            officer_id: 'petugas-1',
            officer_name: 'Siti Aminah',
            total: 1000,
            payable: 1000,
            decided_at: null,
            final_number: null,
            handed_over_at: null,
            sealed: '',
            void_seq: 603,
            voided_at: at,
            void_number: 'B-1',
            stands_for: null,
          })
          .execute();
        return ok(undefined);
      }),
    );
    valueOf(await one.mirror.complete(NOBODY));
    const knowing = fileFrom(one, 1);
    expect(knowing).not.toBe(large);
    valueOf(await one.mirror.complete(NOBODY));
    expect(fileFrom(one, 1)).toBe(knowing);
  });

  it('is not said to be complete on a flashdisk that gives back something else than it took', async () => {
    const one = await opensMirror();
    await grow(one, 3);
    const before = new Set(filesOf(one));
    const liar = { stopped: false };
    // Turns a bit of each new file as soon as it has its name.
    const lie = (): void => {
      for (const file of filesOf(one)) {
        if (before.has(file) || parseSegmentFile(file) === undefined) continue;
        before.add(file);
        rot(one, file);
      }
      if (!liar.stopped) setImmediate(lie);
    };
    lie();
    const refused = await one.mirror.complete(NOBODY);
    liar.stopped = true;
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'MIRROR_MISSING', details: { reason: 'COPY_UNREADABLE' } },
    });
    // What was there before stays: it is the better copy.
    expect(filesOf(one).filter((file) => spanOf(file)[1] <= 5).length).toBeGreaterThan(1);
    expect(one.mirror.state()).toBe('missing');
    expect(valueOf(await one.mirror.complete(NOBODY)).entries).toBeGreaterThan(4);
  });

  it('that is a crowd of small files is put together while sales go on, and the large ones stay', async () => {
    const one = await opensMirror();
    await grow(one, 600);
    const [large = ''] = filesOf(one);
    for (let sale = 0; sale < 66; sale += 1) await grow(one, 1);
    expect(filesOf(one)).toHaveLength(67);
    await one.mirror.stop();
    expect(filesOf(one)).toContain(large);
    expect(spans(one)).toEqual([
      [1, 602],
      [603, 668],
    ]);
  });
});
