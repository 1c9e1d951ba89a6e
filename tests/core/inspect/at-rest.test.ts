import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { backupData, deskCardOfData, statusOfData, verifyData } from '../../../src/main/core/inspect.ts';
import { loadSecrets } from '../../../src/main/core/device/key-store.ts';
import { systemRandom } from '../../../src/main/core/device/system-ports.ts';
import { createSubjectKeys } from '../../../src/main/core/journal/subject-keys.ts';
import { openSealed } from '../../../src/province/crypto/sealed-box.ts';
import { openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const province = useProvince();

async function soldCounter(firstMirrorDir: string | null): Promise<TestCounter> {
  const counter = await enrolledCounter(province(), { config: { firstMirrorDir } });
  counter.line.set('down');
  await openForBusiness(counter);
  await sellOffline(counter, 'AG 2345 KD');
  await counter.stop();
  return counter;
}

describe('the second copy at rest', () => {
  it('is in what verify and status say: whole, behind, gone, and by name what is no segment', async () => {
    const medium = join(temporaryFolder(), 'stick');
    mkdirSync(medium);
    const { config } = await soldCounter(medium);
    const whole = valueOf(await verifyData(config, undefined));
    expect(whole).toMatchObject({ ok: true, mirror: { folder: medium, state: 'ok', uncovered: 0, foreign: [] } });
    expect(valueOf(await statusOfData(config)).mirror).toEqual(whole.mirror);
    const [device = ''] = readdirSync(join(medium, 'opop-cadangan'));
    const folder = join(medium, 'opop-cadangan', device);
    const [first = ''] = readdirSync(folder).sort();
    writeFileSync(join(folder, 'catatan.txt'), 'bukan segmen');
    const bytes = readFileSync(join(folder, first));
    writeFileSync(join(folder, first), Buffer.alloc(bytes.length));
    expect(valueOf(await verifyData(config, undefined))).toMatchObject({
      ok: false,
      problems: [
        { seq: null, problem: 'MIRROR_UNREADABLE catatan.txt' },
        { seq: null, problem: `MIRROR_UNREADABLE ${first}` },
      ],
    });
    renameSync(folder, `${folder}-away`);
    expect(valueOf(await statusOfData(config)).mirror).toMatchObject({ state: 'behind', segments: 0 });
    renameSync(medium, `${medium}-away`);
    expect(valueOf(await statusOfData(config)).mirror).toMatchObject({ state: 'missing' });
    // A medium that was taken home is no damage.
    expect(valueOf(await verifyData(config, undefined)).ok).toBe(true);
  });
});

describe('a backup', () => {
  it('carries body keys for the province only: this device cannot read a person from it', async () => {
    const { config, rows } = await soldCounter(null);
    const out = join(temporaryFolder(), 'backup.sqlite');
    const [own] = rows('SELECT subject, wrapped_key FROM subject_key');
    const count = Number(rows('SELECT count(*) AS count FROM subject_key')[0]?.['count']);
    expect(valueOf(await backupData(config, out, undefined))).toEqual({ sealed: count, leftOut: 0 });
    const handle = openHandle(out, { readOnly: true, create: false, busyTimeoutMs: 1000 });
    const [copied] = handle.rows('SELECT subject, wrapped_key FROM subject_key');
    const entries = Number(handle.scalar('SELECT count(*) FROM entry'));
    handle.close();
    expect(entries).toBe(Number(rows('SELECT count(*) AS count FROM entry')[0]?.['count']));
    const secrets = valueOf(await loadSecrets({ config, keepSecret: undefined, random: systemRandom() }));
    const { isWhole } = createSubjectKeys(secrets, systemRandom());
    expect(isWhole(String(own?.['subject']), String(own?.['wrapped_key']))).toBe(true);
    expect(copied?.['subject']).toBe(own?.['subject']);
    expect(isWhole(String(copied?.['subject']), String(copied?.['wrapped_key']))).toBe(false);
    // No byte of the old wrapping is left in the file.
    expect(readFileSync(out).includes(String(own?.['wrapped_key']))).toBe(false);
    const opened = await openSealed(province().province.context.keys.sealing, String(copied?.['wrapped_key']));
    expect(opened).toMatchObject({ ok: true });
  });

  it('leaves the keys out where it cannot seal them, and is never made over a file', async () => {
    const { config, rows } = await soldCounter(null);
    const count = Number(rows('SELECT count(*) AS count FROM subject_key')[0]?.['count']);
    writeFileSync(join(config.dataDir, 'keys.json'), '{}');
    const out = join(temporaryFolder(), 'backup.sqlite');
    expect(valueOf(await backupData(config, out, undefined))).toEqual({ sealed: 0, leftOut: count });
    expect(await backupData(config, out, undefined)).toMatchObject({ ok: false, error: { code: 'EXPORT_FAILED' } });
  });
});

describe('the desk card of a folder', () => {
  it('bears the outlet that the computer was enrolled for, and there is none before', async () => {
    const counter = await enrolledCounter(province());
    const card = valueOf(await deskCardOfData(counter.config));
    expect(card.outletId).toBe('3506-017');
    expect(Buffer.from(card.pdf).subarray(0, 5).toString()).toBe('%PDF-');
    const fresh = { ...counter.config, dataDir: temporaryFolder() };
    expect(await deskCardOfData(fresh)).toEqual({ ok: false, error: { code: 'NOT_ENROLLED' } });
  });
});
