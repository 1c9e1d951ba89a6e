import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importBundle } from '../../src/province/bundles/import-bundle.ts';
import { openForBusiness, sellOffline } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { runLoket } from '../support/loket-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const province = useProvince();

async function* whole(file: string): AsyncGenerator<Uint8Array> {
  yield readFileSync(file);
}

describe('loket recover and loket salvage', () => {
  it('bring a flashdisk and a data folder to where they are needed, and refuse by name', async () => {
    const medium = join(temporaryFolder(), 'stick');
    mkdirSync(medium);
    const lost = await enrolledCounter(province(), { config: { firstMirrorDir: medium } });
    lost.line.set('down');
    await openForBusiness(lost);
    await sellOffline(lost, 'AG 2345 KD');
    await lost.stop();
    const out = join(temporaryFolder(), 'for-the-province');
    const collected = await runLoket(['recover', '--mirror', medium, '--out', out]);
    expect(collected.code).toBe(0);
    expect(collected.lines.length).toBe(readdirSync(out).length);
    const results = [];
    for (const name of readdirSync(out).sort())
      results.push(await importBundle(province().province.context, whole(join(out, name))));
    expect(results.every(({ imported }) => imported.complete && imported.problems.length === 0)).toBe(true);

    const nothing = await runLoket(['recover', '--mirror', join(medium, 'nowhere'), '--out', out]);
    expect(nothing).toMatchObject({ code: 2, lines: [{ error: { code: 'NOT_FOUND' } }] });

    const { dataDir } = lost.config;
    const over = await runLoket(['salvage', '--data', dataDir, '--out', dataDir]);
    expect(over).toMatchObject({ code: 2, lines: [{ error: { code: 'EXPORT_FAILED' } }] });
    const saved = join(temporaryFolder(), 'saved');
    const salvaged = await runLoket(['salvage', '--data', dataDir, '--out', saved]);
    expect(salvaged).toMatchObject({ code: 0, lines: [{ carried: 0, declaredGap: null, epoch: 2 }] });
    expect(await runLoket(['verify', '--data', saved])).toMatchObject({ code: 0, lines: [{ ok: true }] });
  });
});
