import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { confirmed, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { cardPhoto, keptFile, pagesOnDisk, takenIn, wholePage } from '../../support/test-pages.ts';

const province = useProvince();
const PLATE = 'AG 2345 KD';

/** A counter under a policy of its own, with an open service. */
async function under(
  changes: readonly string[],
  options: { readonly folder?: string } = {},
): Promise<{ counter: TestCounter; stream: string }> {
  await changePolicy(province(), ...changes);
  const counter = await openForBusiness(await enrolledCounter(province(), options));
  await sync(counter);
  counter.line.set('down');
  return { counter, stream: (await confirmed(counter, PLATE)).transactionId };
}

const GRAIN = { type: 'gaussian', mean: 128, sigma: 60 } as const;
const PLENTY = ['pages.minFreeDiskBytes=0', 'pages.quotaBytes=4000000000', 'pages.maxPages=40'] as const;

describe('room for pages', () => {
  it('ends with the quota before the page is looked at, and the sale goes on', async () => {
    const { counter, stream } = await under([...PLENTY, 'pages.quotaBytes=250000']);
    expect(await counter.get('documents.space')).toMatchObject({ health: 'ok', heldBytes: 0, quotaBytes: 250_000 });
    await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const { heldBytes, waiting } = await counter.get('documents.space');
    expect([heldBytes > 30_000, waiting]).toEqual([true, 1]);
    const next = { stream, bytes: 1000, camera: false };
    expect(await counter.refusal('documents.begin-intake', next)).toMatchObject({ code: 'PAGES_SPACE_LOW' });
    expect(pagesOnDisk(counter)).toHaveLength(1);
    await sellOffline(counter, 'W 1919 SH');
  });

  it('ends while the disk still has room for the journal', async () => {
    const { counter, stream } = await under([...PLENTY, 'pages.minFreeDiskBytes=9000000000000000']);
    expect(await counter.get('documents.space')).toMatchObject({ health: 'stop' });
    expect(await counter.refusal('documents.begin-intake', { stream, bytes: 1000, camera: false })).toMatchObject({
      code: 'PAGES_SPACE_LOW',
    });
  });

  it('ends with the most pages of one service', async () => {
    const { counter, stream } = await under([...PLENTY, 'pages.maxPages=1']);
    const first = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const more = { stream, bytes: 1000, camera: false };
    expect(await counter.refusal('documents.begin-intake', more)).toMatchObject({
      code: 'PAGES_TOO_MANY',
      details: { pages: 1 },
    });
    await counter.get('documents.discard', { documentId: first, reason: 'other', note: null });
    await keptFile(counter, stream, await cardPhoto('CONTOH'));
  });
});

describe.each(canMountSmallDisk ? ['a real small disk'] : [])('%s that becomes full in the middle of a page', () => {
  it('keeps nothing half, says so, and keeps the page when there is room again', async () => {
    const folder = smallDisk(40 * 1024);
    const { counter, stream } = await under([...PLENTY, 'pages.targetBytes=60000'], { folder });
    const kept = await keptFile(counter, stream, await cardPhoto('CONTOH'));
    const entries = counter.bodies('document.captured').length;
    // A page that weighs more than it should, however it is kept: the guard lets it pass, the disk does not.
    const noise = { create: { width: 1200, height: 900, channels: 3, background: '#777', noise: GRAIN } } as const;
    const intakeId = await takenIn(counter, stream, await sharp(noise).jpeg({ quality: 90 }).toBuffer());
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 72 * 1024));
    expect(await counter.refusal('documents.keep', wholePage(intakeId, 'owner-ktp'))).toMatchObject({
      code: 'DISK_FULL',
    });
    expect(pagesOnDisk(counter)).toEqual([kept]);
    expect(counter.bodies('document.captured')).toHaveLength(entries);
    rmSync(ballast);
    await counter.get('documents.keep', wholePage(intakeId, 'owner-ktp'));
    expect(pagesOnDisk(counter)).toHaveLength(2);
    expect(await counter.get('device.verify')).toMatchObject({ ok: true });
  });
});
