import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { EntryType } from '../../../src/contract/journal-entry.ts';
import { openFile } from '../../../src/main/core/bundle/age-sealing.ts';
import { loadSecrets } from '../../../src/main/core/device/key-store.ts';
import { systemRandom } from '../../../src/main/core/device/system-ports.ts';
import { parseSegmentFile } from '../../../src/main/core/journal/mirror-folder.ts';
import { importBundle } from '../../../src/province/bundles/import-bundle.ts';
import { enterAs, openForBusiness, payableOf, prepared, sellOffline, sync } from '../../support/at-the-counter.ts';
import {
  copiedCounter,
  enrolledCounter,
  restarted,
  useEnrolledFolder,
  useProvince,
} from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter, TestCounterOptions } from '../../support/test-counter.ts';

const province = useProvince();
const enrolledFolder = useEnrolledFolder();
const PLATES = ['AG 2345 KD', 'AG 3456 EF', 'AG 1111 HI'] as const;

type Mirrored = { readonly counter: TestCounter; readonly medium: string };

/** A medium of its own, empty. */
function newMedium(): string {
  const medium = join(temporaryFolder('medium'), 'stick');
  mkdirSync(medium);
  return medium;
}

/** A counter without a line, open for business, whose second copy goes to a medium of its own. */
async function mirroredCounter(): Promise<Mirrored> {
  const medium = newMedium();
  const counter = await copiedCounter(enrolledFolder(), { config: { firstMirrorDir: medium } });
  return { counter: await openForBusiness(counter), medium };
}

/** The same, of a device that the province of this file knows. */
async function knownCounter(): Promise<Mirrored> {
  const medium = newMedium();
  const counter = await enrolledCounter(province(), { config: { firstMirrorDir: medium } });
  counter.line.set('down');
  return { counter: await openForBusiness(counter), medium };
}

const foldersOf = (medium: string): readonly string[] => {
  const root = join(medium, 'opop-cadangan');
  return existsSync(root) ? readdirSync(root).map((device) => join(root, device)) : [];
};

/** Paths of the segments on a medium. */
function segmentsOf(medium: string): readonly string[] {
  return foldersOf(medium).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => parseSegmentFile(name) !== undefined)
      .sort()
      .map((name) => join(folder, name)),
  );
}

async function* whole(file: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(file);
}

const lastSeq = (counter: TestCounter, type: EntryType): number =>
  Number(counter.rows('SELECT max(seq) AS seq FROM entry WHERE type = ?', type)[0]?.['seq']);

const unsentOf = (counter: TestCounter): readonly number[] =>
  counter
    .rows("SELECT seq FROM delivery WHERE state IN ('queued', 'sending', 'exported')")
    .map(({ seq }) => Number(seq));

/** Waits until every paper has its result: that is an entry too. */
async function settled(counter: TestCounter): Promise<void> {
  await vi.waitFor(() => expect(counter.rows("SELECT 1 FROM print_job WHERE state = 'requested'")).toEqual([]));
}

/** Entries that the names of the segments promise. */
const covered = (medium: string): ReadonlySet<number> =>
  new Set(
    segmentsOf(medium).flatMap((file) => {
      const name = parseSegmentFile(file.slice(file.lastIndexOf('/') + 1));
      if (name === undefined) throw new Error('a segment has a name');
      return Array.from({ length: name.toSeq - name.fromSeq + 1 }, (_one, index) => name.fromSeq + index);
    }),
  );

describe('the second copy', () => {
  it('holds the sale before the first byte of its paper leaves', async () => {
    const { counter, medium } = await mirroredCounter();
    const atPaper: boolean[] = [];
    counter.printers.onPaper(() => atPaper.push(covered(medium).has(lastSeq(counter, 'transaction.paid'))));
    const paid = await sellOffline(counter, PLATES[0]);
    expect(paid.secondCopy).toBe('ok');
    await counter.stop();
    expect(atPaper).toEqual([true]);
    expect(counter.bodies('mirror.missed')).toEqual([]);
  });

  it('is the same push that a line would carry: the province takes it, and the line then brings duplicates', async () => {
    const { counter, medium } = await knownCounter();
    await sellOffline(counter, PLATES[0]);
    await sellOffline(counter, PLATES[1]);
    const accepted: number[] = [];
    for (const file of segmentsOf(medium)) {
      const { imported } = await importBundle(province().province.context, whole(file));
      expect(imported).toMatchObject({ complete: true, problems: [] });
      accepted.push(...imported.devices.map((device) => device.accepted));
    }
    expect(accepted.every((count) => count > 0)).toBe(true);
    counter.line.set('pass');
    const sent = await sync(counter);
    expect(sent.unsent).toBe(0);
    const paid = counter.rows("SELECT seq FROM entry WHERE type = 'transaction.paid'").map(({ seq }) => Number(seq));
    const verdicts = sent.items.filter(({ seq }) => paid.includes(seq)).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['DUPLICATE:ACCEPTED', 'DUPLICATE:ACCEPTED']);
  });

  it('is removed when its entries are in custody, and not before', async () => {
    const { counter, medium } = await knownCounter();
    await sellOffline(counter, PLATES[0]);
    const before = segmentsOf(medium);
    await sync(counter).catch(() => undefined); // no line: refused
    expect(segmentsOf(medium)).toEqual(before);
    counter.line.set('pass');
    await sync(counter);
    // A file that is not ours, and a segment of another history, stay whatever happens.
    const [folder = ''] = foldersOf(medium);
    const strange = ['catatan.txt', '000000001-000000003-0123456789abcdef.opop'];
    for (const name of strange) writeFileSync(join(folder, name), 'isi');
    expect(unsentOf(counter)).toEqual([]);
    await counter.stop();
    const left = unsentOf(counter);
    const names = readdirSync(folder);
    for (const name of strange) expect(names).toContain(name);
    // What was said at closing time is the only thing left to copy.
    const own = names.flatMap((name) => parseSegmentFile(name) ?? []).filter(({ toSeq }) => toSeq > 3);
    expect(own.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[left[0], left.at(-1)]]);
  });

  it('has nobody in clear, and another device cannot open it', async () => {
    const { counter, medium } = await mirroredCounter();
    const paid = await sellOffline(counter, PLATES[0]);
    const files = segmentsOf(medium);
    expect(files.length).toBeGreaterThan(0);
    const secrets = await loadSecrets({ config: counter.config, keepSecret: undefined, random: systemRandom() });
    if (!secrets.ok) throw new Error('the keys of the test are there');
    for (const file of files) {
      const bytes = readFileSync(file).toString('latin1');
      for (const word of ['Budi Pembayar', '081234567890', '2345', paid.receiptNumber, 'transaction.paid']) {
        expect(bytes.includes(word)).toBe(false);
      }
      // Not even the device that made it.
      const fault = await openFile(whole(file), secrets.value.sealingPrivate, async () => true);
      expect(fault).toBe('NOT_SEALED_TO_US');
    }
  });

  it('that cannot be written is told once, warns, and completes itself when the medium is back', async () => {
    const { counter, medium } = await mirroredCounter();
    await sellOffline(counter, PLATES[0]);
    renameSync(medium, `${medium}-away`);
    expect((await sellOffline(counter, PLATES[1])).secondCopy).toBe('missing');
    expect((await sellOffline(counter, PLATES[2])).secondCopy).toBe('missing');
    const second = Number(
      counter.rows("SELECT seq FROM entry WHERE type = 'transaction.paid' ORDER BY seq")[1]?.['seq'],
    );
    expect(counter.bodies('mirror.missed')).toEqual([{ reason: 'MEDIUM_GONE', sinceSeq: second }]);
    expect(await counter.get('mirror.status')).toMatchObject({ state: 'missing', reason: 'MEDIUM_GONE' });
    await settled(counter);
    renameSync(`${medium}-away`, medium);
    expect((await counter.get('mirror.status')).state).toBe('behind');
    expect(await counter.get('mirror.complete')).toMatchObject({ medium: 'folder', folder: medium });
    expect(await counter.get('mirror.status')).toMatchObject({ state: 'ok', uncovered: 0 });
    for (const seq of unsentOf(counter)) expect(covered(medium).has(seq)).toBe(true);
    // A second absence is a second entry.
    renameSync(medium, `${medium}-away`);
    const session = await counter.get('cash-session.current');
    if (session === null) throw new Error('a session is open');
    const { cashSessionId } = session;
    await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 50_000, count: 4 }] });
    await counter.get('mirror.status');
    expect(counter.bodies('mirror.missed')).toHaveLength(2);
  });

  it('stays where it was put away for the night: a restart without the medium is no absence', async () => {
    const { counter, medium } = await mirroredCounter();
    await sellOffline(counter, PLATES[0]);
    await counter.get('mirror.complete');
    await counter.stop();
    renameSync(medium, `${medium}-away`);
    const next = await restarted(counter, { config: { firstMirrorDir: medium } });
    expect((await next.ask('counter.status')).ok).toBe(true);
    expect(next.bodies('mirror.missed')).toEqual([]);
  });

  it('of a mount point without its flashdisk is not written into the empty folder', async () => {
    const { counter, medium } = await mirroredCounter();
    await sellOffline(counter, PLATES[0]);
    renameSync(medium, `${medium}-away`);
    mkdirSync(medium);
    expect((await sellOffline(counter, PLATES[1])).secondCopy).toBe('missing');
    expect(readdirSync(medium)).toEqual([]);
  });

  it('completed is one file with everything that waits, an entry that says so, and that entry too', async () => {
    const { counter, medium } = await mirroredCounter();
    for (const plate of PLATES) await sellOffline(counter, plate);
    await settled(counter);
    const before = segmentsOf(medium).length;
    const waiting = unsentOf(counter);
    const completed = await counter.get('mirror.complete');
    expect(before).toBeGreaterThan(2);
    expect(completed.entries).toBe(waiting.length);
    expect(counter.bodies('mirror.completed')).toEqual([
      expect.objectContaining({ throughSeq: waiting.at(-1), entries: waiting.length, medium: 'folder' }),
    ]);
    // One file for all, one for the entry.
    expect(segmentsOf(medium)).toHaveLength(2);
    for (const seq of unsentOf(counter)) expect(covered(medium).has(seq)).toBe(true);
  });

  it('of a counter that was put back to an older image is left for the province, and the counter says so', async () => {
    const { counter, medium } = await mirroredCounter();
    const copy = join(temporaryFolder(), 'copy');
    await counter.stop();
    cpSync(counter.folder, copy, { recursive: true });
    const running = await restarted(counter, { config: { firstMirrorDir: medium } });
    await enterAs(running, 'petugas-1');
    await sellOffline(running, PLATES[0]);
    await running.stop();
    rmSync(counter.folder, { recursive: true });
    cpSync(copy, counter.folder, { recursive: true });
    const before = segmentsOf(medium);
    const back = await restarted(counter, { config: { firstMirrorDir: medium } });
    await enterAs(back, 'petugas-1');
    await sellOffline(back, PLATES[1]);
    expect((await back.get('mirror.status')).foreign).toBeGreaterThan(0);
    // Both marks came back with the image; the medium alone knows better, and a new epoch keeps the two histories apart.
    const [first, second, ...more] = back.bodies('epoch.opened');
    expect([first?.reason, second?.reason, more.length]).toEqual(['enrolment', 'mark-mismatch', 0]);
    expect(second?.declaredGap?.fromSeq).toBe((second?.lastProven?.seq ?? 0) + 1);
    const again = await restarted(back, { config: { firstMirrorDir: medium } });
    expect(again.bodies('epoch.opened')).toHaveLength(2);
    expect(segmentsOf(medium)).toContain(before.at(-1));
  });
});

describe('a policy that stops without a second copy', () => {
  const strict = useProvince();

  /** Asks the strict province for its policy, then loses the line. */
  async function strictCounter(config: TestCounterOptions['config'] = {}): Promise<TestCounter> {
    await changePolicy(strict(), 'mirrorFailure=stop');
    const counter = await enrolledCounter(strict(), { config });
    await openForBusiness(counter);
    counter.line.set('down');
    return counter;
  }

  it('refuses new sales before the cash is taken, and nothing else', async () => {
    const medium = newMedium();
    const counter = await strictCounter({ firstMirrorDir: medium });
    const draft = await prepared(counter, PLATES[0]);
    renameSync(medium, `${medium}-away`);
    const payable = payableOf(draft);
    const input = { transactionId: draft.transactionId, tendered: payable, expectedPayable: payable };
    expect((await counter.refusal('transactions.pay', input)).code).toBe('MIRROR_MISSING');
    expect(counter.bodies('transaction.paid')).toEqual([]);
    renameSync(`${medium}-away`, medium);
    expect((await counter.get('transactions.pay', input)).secondCopy).toBe('ok');
  });

  it('refuses them where no medium was ever chosen', async () => {
    const counter = await strictCounter();
    const draft = await prepared(counter, PLATES[0]);
    expect(draft.refusals.map(({ code }) => code)).toContain('MIRROR_MISSING');
    expect(await counter.get('mirror.status')).toMatchObject({ state: 'none', folder: null });
  });
});

describe('the place of the second copy', () => {
  it('is refused inside the data folder, where there is no folder, and where nothing can be written', async () => {
    const counter = await copiedCounter(enrolledFolder());
    await openForBusiness(counter);
    const reasonOf = async (folder: string) =>
      (await counter.refusal('mirror.set-folder', { folder })).details?.['reason'];
    expect(await reasonOf(counter.config.dataDir)).toBe('INSIDE_DATA');
    mkdirSync(join(counter.config.dataDir, 'cadangan'));
    expect(await reasonOf(join(counter.config.dataDir, 'cadangan'))).toBe('INSIDE_DATA');
    expect(await reasonOf(join(counter.folder, 'nowhere'))).toBe('NOT_THERE');
    expect(await reasonOf('cadangan')).toBe('NOT_ABSOLUTE');
    expect(await reasonOf('/proc')).toBe('NOT_WRITABLE');
  });

  it('is chosen by anyone first, and moved by a supervisor only', async () => {
    const counter = await copiedCounter(enrolledFolder());
    await openForBusiness(counter);
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    expect(await counter.get('mirror.set-folder', { folder: first })).toMatchObject({ folder: first, state: 'ok' });
    expect((await counter.refusal('mirror.set-folder', { folder: second })).code).toBe('FORBIDDEN');
    expect((await counter.get('mirror.status')).folder).toBe(first);
  });
});
