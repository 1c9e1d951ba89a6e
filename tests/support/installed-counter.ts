import { join } from 'node:path';
import type { CounterConfig } from '../../src/main/core/config.ts';
import { signUpdate } from '../../src/province/updates/shelf.ts';
import { enrolledCounter } from './enrolled-counter.ts';
import { packProgram, type Release, TEST_PLATFORM } from './program-archive.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

/** A counter of version 0.1.0 that was installed; `versions` is where newer programs come to lie. */
export async function installedCounter(
  province: TestProvince,
  over: Partial<CounterConfig> = {},
): Promise<{ counter: TestCounter; versions: string }> {
  const programFolder = temporaryFolder();
  const versionsFolder = join(programFolder, 'versions');
  const about = { format: 'portable', platform: TEST_PLATFORM, version: '0.1.0', programFolder } as const;
  const config = { appVersion: '0.1.0', installation: { ...about, versionsFolder }, ...over };
  return { counter: await enrolledCounter(province, { config }), versions: versionsFolder };
}

/** An archive as the province gives it out, with its word beside it. */
export async function signedArchive(province: TestProvince, release: Release): Promise<string> {
  const { archive, facts } = packProgram(release);
  const signed = await signUpdate(province.province.context, archive, { facts, notes: 'Tarif 2027.' });
  if (!signed.ok) throw new Error(signed.error);
  return archive;
}

/** A counter that has its next version ready and was told to make way for it. */
export async function updatedCounter(province: TestProvince): Promise<TestCounter> {
  const { counter } = await installedCounter(province);
  await counter.get('update.state', {});
  await counter.get('update.install', { file: await signedArchive(province, { version: '0.2.0' }) });
  await counter.get('update.restart', {});
  return counter;
}
