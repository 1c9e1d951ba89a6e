import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import { enterAs, openForBusiness, payableOf, payShown, prepared, sellOffline } from '../support/at-the-counter.ts';
import { afterPowerCut, copiedCounter, restarted, useEnrolledFolder } from '../support/enrolled-counter.ts';
import { canMountSmallDisk, smallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTestCounter, type TestCounter, testConfig } from '../support/test-counter.ts';

const PLATE = 'AG 2345 KD';

/** Why a counter over this folder does not start; it is left as it is. */
async function startRefusal(folder: string): Promise<{ code: string; details?: unknown }> {
  const counter = createTestCounter(folder);
  const started = await counter.start();
  await counter.stop();
  if (started.ok) throw new Error('the counter starts');
  return started.error;
}

// A real small disk can be mounted where the tests run as root; the database's own tests have another way everywhere.
describe.each(canMountSmallDisk ? ['a full disk'] : [])('%s', () => {
  const folder = useEnrolledFolder();

  it('stops a sale before anything of it is stored, and the next one works when there is space', async () => {
    const disk = smallDisk(6 * 1024);
    const counter = await openForBusiness(await copiedCounter(folder(), { folder: join(disk, 'loket') }));
    const before = await sellOffline(counter, 'AG 1111 HI');
    const draft = await prepared(counter, PLATE);
    const ballast = join(disk, 'ballast');
    fill(ballast);
    const payment = {
      transactionId: draft.transactionId,
      tendered: payableOf(draft),
      expectedPayable: payableOf(draft),
    };
    const refused = await counter.refusal('transactions.pay', payment);
    expect(refused.code).toBe('DISK_FULL');
    expect(counter.rows('SELECT transaction_id FROM sale')).toEqual([{ transaction_id: before.transactionId }]);
    expect(counter.rows('SELECT sum(amount) AS sum FROM ledger_line')).toEqual([{ sum: 0 }]);
    expect(counter.printers.papers).toHaveLength(1);
    // Reading goes on: the officer sees what is there.
    expect(await counter.get('transactions.get', { transactionId: before.transactionId })).toMatchObject({
      row: { receiptNumber: before.receiptNumber },
    });
    rmSync(ballast);
    const paid = await payShown(counter, draft);
    expect(counter.rows('SELECT transaction_id FROM sale')).toHaveLength(2);
    expect(await counter.get('device.verify', {})).toMatchObject({ ok: true });
    const after = await afterPowerCut(counter);
    expect(after.rows('SELECT receipt_number FROM sale ORDER BY seq')).toEqual([
      { receipt_number: before.receiptNumber },
      { receipt_number: paid.receiptNumber },
    ]);
  });

  it('does not keep an officer from locking the screen and signing out', async () => {
    const disk = smallDisk(6 * 1024);
    const counter = await openForBusiness(await copiedCounter(folder(), { folder: join(disk, 'loket') }));
    fill(join(disk, 'ballast'));
    await counter.get('sign-in.lock', {});
    expect(await counter.refusal('vehicles.find', { text: PLATE })).toEqual({ code: 'SCREEN_LOCKED' });
    await counter.ask('sign-in.end', {});
    expect(await counter.get('sign-in.current', {})).toBeNull();
  });
});

/** Fills a file system to its last byte. */
function fill(file: string): void {
  const piece = Buffer.alloc(64 * 1024);
  for (let size = piece.length; size > 0; ) {
    try {
      writeFileSync(file, piece.subarray(0, size), { flag: 'a' });
    } catch {
      size = Math.floor(size / 2);
    }
  }
}

describe('a counter that must not start', () => {
  const folder = useEnrolledFolder();
  const copied = (): string => {
    const own = join(temporaryFolder(), 'loket');
    cpSync(folder(), own, { recursive: true });
    return own;
  };
  const database = (own: string): string => join(testConfig(own).dataDir, DATABASE_FILE);
  const unchanged = (own: string, bytes: Buffer): void => expect(readFileSync(database(own)).equals(bytes)).toBe(true);

  it('says that its database is damaged and leaves it byte for byte as it is', async () => {
    for (const damage of [
      (bytes: Buffer) => bytes.fill(0x5a, 4096 * 3, 4096 * 9),
      (bytes: Buffer) => bytes.fill(0, 0, 100),
      (bytes: Buffer) => bytes.subarray(0, 5000),
      () => Buffer.from('SQLite format 3\0 and then nothing'),
      () => Buffer.alloc(0),
    ]) {
      const own = copied();
      const bytes = Buffer.from(damage(readFileSync(database(own))));
      writeFileSync(database(own), bytes);
      expect(await startRefusal(own)).toMatchObject({ code: 'DATABASE_DAMAGED' });
      unchanged(own, bytes);
    }
  });

  it('says that its database is from a newer program and leaves it', async () => {
    const own = copied();
    const handle = openHandle(database(own), { readOnly: false, create: false, busyTimeoutMs: 1000 });
    const [applied] = handle.rows('SELECT * FROM schema_version ORDER BY number DESC LIMIT 1');
    const columns = Object.keys(applied ?? {});
    const values = columns.map((column) => (column === 'number' ? 999 : `'${String(applied?.[column])}'`));
    handle.exec(`INSERT INTO schema_version (${columns.join(', ')}) VALUES (${values.join(', ')})`);
    handle.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    handle.close();
    const bytes = readFileSync(database(own));
    expect(await startRefusal(own)).toMatchObject({ code: 'DATABASE_FROM_FUTURE', details: { database: 999 } });
    unchanged(own, bytes);
  });

  it('says so when another one works on the same data, and the other goes on undisturbed', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    expect(await startRefusal(counter.folder)).toMatchObject({ code: 'DATA_IN_USE' });
    expect(await sellOffline(counter, PLATE)).toMatchObject({ payable: 284_000 });
    await counter.stop();
    const next = createTestCounter(counter.folder);
    expect(await next.start()).toMatchObject({ ok: true });
    await next.stop();
  });

  it('is refused without its keys; the database stays and nobody is offered to enrol over it', async () => {
    const own = copied();
    rmSync(join(testConfig(own).dataDir, 'keys.json'));
    expect(await startRefusal(own)).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE', details: { reason: 'MISSING' } });
    expect(statSync(database(own)).size).toBeGreaterThan(0);
  });

  it('is refused with the keys of another device', async () => {
    const [own, other] = [copied(), copied()];
    const file = join(testConfig(own).dataDir, 'keys.json');
    const keys = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...keys, signingPublic: 'A'.repeat(43) }));
    expect(await startRefusal(own)).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE', details: { reason: 'OTHER_KEYS' } });
    expect(existsSync(database(other))).toBe(true);
  });

  it('is refused without its database while its keys lie there: an empty one in its place would hide the loss', async () => {
    const own = copied();
    for (const end of ['', '-wal', '-shm']) rmSync(`${database(own)}${end}`, { force: true });
    expect(await startRefusal(own)).toMatchObject({ code: 'DATABASE_DAMAGED', details: { reason: 'MISSING' } });
    expect(existsSync(database(own))).toBe(false);
  });

  it('gives the folder back after a refusal', async () => {
    const own = copied();
    const keys = join(testConfig(own).dataDir, 'keys.json');
    const kept = readFileSync(keys);
    rmSync(keys);
    await startRefusal(own);
    writeFileSync(keys, kept);
    const counter = createTestCounter(own);
    expect(await counter.start()).toMatchObject({ ok: true });
    await counter.stop();
  });
});

describe('a counter whose data went back in time', () => {
  const folder = useEnrolledFolder();

  it('opens a new epoch, declares what is missing, and gives no number a second time', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const kept = join(temporaryFolder(), 'alt');
    mkdirSync(kept, { recursive: true });
    await sellOffline(counter, PLATE);
    // Somebody copies the folder, sells on, and puts the old copy back; the second mark lies elsewhere.
    await counter.stop();
    cpSync(counter.config.dataDir, join(kept, 'data'), { recursive: true });
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    const lost = await sellOffline(again, 'AG 1111 HI');
    await again.stop();
    rmSync(counter.config.dataDir, { recursive: true });
    cpSync(join(kept, 'data'), counter.config.dataDir, { recursive: true });
    const back = await restarted(again);
    expect(back.log.lines.map(({ event }) => event)).toContain('mark.mismatch');
    const epoch = back.bodies('epoch.opened').at(-1);
    expect(epoch).toMatchObject({ reason: 'mark-mismatch', declaredGap: { epoch: { n: 1 } } });
    await enterAs(back, 'petugas-1');
    const sold = await sellOffline(back, 'AG 1111 HI');
    expect(sold.receiptNumber).not.toBe(lost.receiptNumber);
    expect(sold.receiptNumber).toMatch(/-2[0-9A-Z]{2}-/);
    expect(await back.get('device.verify', {})).toMatchObject({ ok: true });
  });
});

describe('the power', () => {
  const folder = useEnrolledFolder();

  it('may go in any moment: every answered sale is there, whole, with its paper asked for', async () => {
    const counter: TestCounter = await openForBusiness(await copiedCounter(folder()));
    const sold = [await sellOffline(counter, PLATE), await sellOffline(counter, 'AG 1111 HI')];
    const after = await afterPowerCut(counter);
    await enterAs(after, 'petugas-1');
    for (const { transactionId, receiptNumber } of sold) {
      expect(await after.get('transactions.get', { transactionId })).toMatchObject({ row: { receiptNumber } });
    }
    expect(await after.get('device.verify', {})).toMatchObject({ ok: true });
    expect(await after.get('cash-session.current', {})).toMatchObject({ sales: 2 });
  });
});
