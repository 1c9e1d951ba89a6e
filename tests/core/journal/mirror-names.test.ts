import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headTag, parseSegmentFile } from '../../../src/main/core/journal/mirror-folder.ts';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const TAG = '0123456789abcdef';
const WIDEST = 1_000_000;
const enrolledFolder = useEnrolledFolder();

/** A counter that sold, its second copy, and somebody's files beside it while it was closed. */
async function withFiles(namesAt: (head: number) => readonly string[]): Promise<TestCounter> {
  const medium = join(temporaryFolder('medium'), 'stick');
  mkdirSync(medium);
  const counter = await copiedCounter(enrolledFolder(), { config: { firstMirrorDir: medium } });
  await openForBusiness(counter);
  await sellOffline(counter, 'AG 2345 KD');
  await counter.stop();
  const head = Number(counter.rows('SELECT max(seq) AS seq FROM entry')[0]?.['seq']);
  const root = join(medium, 'opop-cadangan');
  const [device = ''] = readdirSync(root);
  for (const name of namesAt(head)) writeFileSync(join(root, device, name), 'isi');
  const next = await restarted(counter, { config: { firstMirrorDir: medium } });
  await enterAs(next, 'petugas-1');
  return next;
}

const name = (fromSeq: number, toSeq: bigint | number, tag = TAG): string =>
  `${String(fromSeq).padStart(9, '0')}-${String(toSeq).padStart(9, '0')}-${tag}.opop`;

describe('a file on the medium that names what no counter has had', () => {
  it.each([
    ['more digits than a whole number has', (): string => name(1, 99_999_999_999_999_999_999n)],
    ['the largest whole number', (): string => name(1, Number.MAX_SAFE_INTEGER)],
    ['more than a million places after the newest entry', (head: number): string => name(1, head + WIDEST + 100)],
    ['an end before its beginning', (head: number): string => name(head + 9, head + 2)],
  ])('%s: the counter starts, declares nothing, and says that the file is not its own', async (_what, nameAt) => {
    const next = await withFiles((head) => [nameAt(head)]);
    expect(next.bodies('epoch.opened')).toHaveLength(1);
    expect(await next.get('mirror.status')).toMatchObject({ strange: 1, foreign: 0 });
    expect((await sellOffline(next, 'AG 3456 EF')).secondCopy).toBe('ok');
  });

  it('is no reason not to believe another that may be true', async () => {
    const next = await withFiles((head) => [name(1, 99_999_999_999_999_999_999n), name(head + 1, head + WIDEST - 1)]);
    const [, opened] = next.bodies('epoch.opened');
    const gap = opened?.declaredGap;
    expect(opened?.reason).toBe('mark-mismatch');
    // As wide as the province believes, and no wider.
    expect((gap?.toSeq ?? 0) - (gap?.fromSeq ?? 0)).toBe(WIDEST - 2);
    expect(await next.get('mirror.status')).toMatchObject({ strange: 1, foreign: 1 });
  });

  it('is not taken for a copy of what is yet to come', async () => {
    // The tag of a place that has no entry.
    const next = await withFiles((head) => [name(head + 1, head + 900, headTag(''))]);
    expect(next.bodies('epoch.opened').at(-1)?.reason).toBe('mark-mismatch');
    const before = Number((await next.get('mirror.status')).throughSeq);
    expect((await sellOffline(next, 'AG 3456 EF')).secondCopy).toBe('ok');
    const [sale] = next.rows("SELECT max(seq) AS seq FROM entry WHERE type = 'transaction.paid'");
    expect(Number(sale?.['seq'])).toBeGreaterThan(before);
    const [device = ''] = readdirSync(join(String(next.config.firstMirrorDir), 'opop-cadangan'));
    const files = readdirSync(join(String(next.config.firstMirrorDir), 'opop-cadangan', device));
    const holding = files
      .flatMap((file) => parseSegmentFile(file) ?? [])
      .filter(({ fromSeq, toSeq }) => fromSeq <= Number(sale?.['seq']) && Number(sale?.['seq']) <= toSeq);
    // The forged one, and a true one.
    expect(holding).toHaveLength(2);
  });

  it('a declaration covers every file that called for it, also those of places that were filled again', async () => {
    const next = await withFiles((head) => [name(head - 3, head - 3), name(head - 1, head - 1), name(head, head + 4)]);
    expect(next.bodies('epoch.opened')).toHaveLength(2);
    for (const plate of ['AG 3456 EF', 'AG 1111 HI']) await sellOffline(next, plate);
    expect(next.bodies('epoch.opened')).toHaveLength(2);
    const again = await restarted(next);
    expect(again.bodies('epoch.opened')).toHaveLength(2);
  });
});

it('a name with sixteen digits is none of ours', () => {
  expect(parseSegmentFile(name(1, 1_000_000_000_000_000))).toBeUndefined();
  expect(parseSegmentFile(name(1, 999_999_999_999_999))?.toSeq).toBe(999_999_999_999_999);
});
