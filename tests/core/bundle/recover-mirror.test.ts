import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const province = useProvince();
const PLATES = ['AG 2345 KD', 'AG 3456 EF', 'AG 1111 HI'] as const;

function newMedium(): string {
  const medium = join(temporaryFolder('medium'), 'stick');
  mkdirSync(medium);
  return medium;
}

/** A counter that sold three times without a line and then was lost; only its flashdisk is left. */
async function lostCounter(): Promise<{ readonly lost: TestCounter; readonly medium: string }> {
  const medium = newMedium();
  const lost = await enrolledCounter(province(), { config: { firstMirrorDir: medium } });
  lost.line.set('down');
  await openForBusiness(lost);
  for (const plate of PLATES) await sellOffline(lost, plate);
  await lost.stop();
  return { lost, medium };
}

/** Hashes of the sales of a device that count at the province, and of those that the device made. */
async function salesAt(lost: TestCounter): Promise<readonly string[]> {
  const [device] = lost.rows('SELECT device_id FROM device');
  const rows = await province()
    .province.context.db.selectFrom('entry')
    .select(['hash', 'verdict', 'type'])
    .where('device_id', '=', String(device?.['device_id']))
    .orderBy('seq')
    .execute();
  return rows.filter((row) => row.type === 'transaction.paid' && row.verdict === 'ACCEPTED').map((row) => row.hash);
}
const salesOf = (lost: TestCounter): readonly unknown[] =>
  lost.rows("SELECT hash FROM entry WHERE type = 'transaction.paid' ORDER BY seq").map(({ hash }) => hash);

describe('the second copy of a lost counter', () => {
  it('is carried to the province by another device, exactly once, however often', async () => {
    const { lost, medium } = await lostCounter();
    const carrier = await enrolledCounter(province());
    const first = await carrier.get('mirror.recover', { folder: medium });
    expect(first.files.length).toBeGreaterThan(0);
    expect(first.files.every(({ outcome, reason }) => outcome === 'stored' && reason === null)).toBe(true);
    expect(await salesAt(lost)).toEqual(salesOf(lost));
    const again = await carrier.get('mirror.recover', { folder: medium });
    expect(again.files.every((file) => file.duplicate === file.entries && file.accepted === 0)).toBe(true);
    expect(await salesAt(lost)).toEqual(salesOf(lost));
    const [device] = lost.rows('SELECT device_id FROM device');
    const [noted] = carrier.bodies('mirror.recovered');
    expect(noted).toMatchObject({ fromDeviceId: device?.['device_id'], files: first.files.length });
    // The carrier's own journal holds none of it.
    expect(carrier.bodies('transaction.paid')).toEqual([]);
  });

  it('arrives whole even when a file in the middle is damaged and the counter is found again', async () => {
    const { lost, medium } = await lostCounter();
    const [folder = ''] = readdirSync(join(medium, 'opop-cadangan')).map((name) => join(medium, 'opop-cadangan', name));
    const names = readdirSync(folder).sort();
    const middle = join(folder, names[Math.floor(names.length / 2)] ?? '');
    const bytes = readFileSync(middle);
    writeFileSync(middle, bytes.subarray(0, bytes.length - 40));
    appendFileSync(join(folder, 'catatan.txt'), 'bukan segmen');
    const carrier = await enrolledCounter(province());
    const { files } = await carrier.get('mirror.recover', { folder: medium });
    const damaged = files.filter((file) => middle.endsWith(file.file));
    expect(damaged).toEqual([expect.objectContaining({ outcome: 'refused', reason: 'CUT_OR_DAMAGED', entries: 0 })]);
    // What stands behind the gap waits; it is not applied without what came before.
    expect(files.some((file) => file.pending > 0)).toBe(true);
    expect(await salesAt(lost)).not.toEqual(salesOf(lost));
    const found = await restarted(lost);
    found.line.set('pass');
    await sync(found);
    expect(await salesAt(found)).toEqual(salesOf(found));
  });

  it('is nothing where there is no flashdisk, and waits where there is no line', async () => {
    const { medium } = await lostCounter();
    const carrier = await enrolledCounter(province());
    expect((await carrier.refusal('mirror.recover', { folder: join(medium, 'nowhere') })).code).toBe('NOT_FOUND');
    carrier.line.set('down');
    expect((await carrier.refusal('mirror.recover', { folder: medium })).code).toBe('NO_LINE');
    expect(carrier.bodies('mirror.recovered')).toEqual([]);
  });

  it('of our own device brings back what an older image of the database has forgotten', async () => {
    const medium = newMedium();
    const config = { firstMirrorDir: medium };
    const counter = await enrolledCounter(province(), { config });
    counter.line.set('down');
    await openForBusiness(counter);
    await sellOffline(counter, PLATES[0]);
    await counter.stop();
    const image = join(temporaryFolder(), 'image');
    cpSync(counter.folder, image, { recursive: true });
    const running = await restarted(counter, { config });
    await enterAs(running, 'petugas-1');
    await sellOffline(running, PLATES[1]);
    const made = salesOf(running);
    await running.stop();
    // The database of yesterday, the marks of today: the counter knows that something is missing.
    const marks = join(temporaryFolder(), 'marks');
    cpSync(counter.config.secondMarkDir, marks, { recursive: true });
    rmSync(counter.folder, { recursive: true });
    cpSync(image, counter.folder, { recursive: true });
    cpSync(marks, counter.config.secondMarkDir, { recursive: true });
    const back = await restarted(counter, { config });
    expect(back.bodies('epoch.opened').at(-1)?.declaredGap).not.toBeNull();
    back.line.set('pass');
    await back.get('mirror.recover', { folder: medium });
    await sync(back);
    expect(await salesAt(back)).toEqual(made);
  });
});

describe('the second copy that was completed in mid-session and carried away', () => {
  /** A counter with an open session that sold, with its second copy on a flashdisk or in a folder, completed. */
  async function completed(medium: 'removable' | 'folder') {
    const folder = temporaryFolder('medium');
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await counter.get('mirror.set-folder', { folder, medium });
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    await counter.get('mirror.complete', {});
    return { counter, folder, transactionId };
  }
  const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') } as const;

  it('takes its sales along: none is voided at the counter while the province may book it', async () => {
    const { counter, folder, transactionId } = await completed('removable');
    const carrier = await enrolledCounter(province());
    await carrier.get('mirror.recover', { folder });
    expect(await salesAt(counter)).toEqual(salesOf(counter));
    const asked = { transactionId, reason: 'warga membatalkan', approval };
    expect((await counter.refusal('transactions.void', asked)).code).toBe('VOID_ALREADY_SENT');
    // What is sold afterwards is still here alone, and what was carried is sent all the same.
    const later = await sellOffline(counter, 'AG 3456 EF');
    await counter.get('transactions.void', { ...asked, transactionId: later.transactionId });
    counter.line.set('pass');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
  });

  it('in a folder of this computer goes nowhere: its sales are taken back as before', async () => {
    const { counter, transactionId } = await completed('folder');
    await counter.get('transactions.void', { transactionId, reason: 'warga membatalkan', approval });
    expect(counter.bodies('transaction.voided')).toHaveLength(1);
  });
});
