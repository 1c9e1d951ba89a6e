import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MANIFEST_END, UPDATE_CONTEXT, type UpdateManifest } from '../../../src/contract/update.ts';
import { listBackups } from '../../../src/main/core/backup/backup-folder.ts';
import type { CounterConfig } from '../../../src/main/core/config.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { readCopy } from '../../../src/main/core/db/read-copy.ts';
import { readSwitch } from '../../../src/main/installed/switch-file.ts';
import { canonicalJson } from '../../../src/province/crypto/canonical-json.ts';
import { createSigningKey, signText } from '../../../src/province/crypto/ed25519.ts';
import { publishRelease } from '../../../src/province/feeds/releases.ts';
import { enterAs, openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { installedCounter, signedArchive } from '../../support/installed-counter.ts';
import { factsOf, TEST_PLATFORM } from '../../support/program-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const notes = 'Tarif 2027.';

describe('the next version of the program', () => {
  const province = useProvince();
  const kept = { folder: '', archive: '' };
  afterAll(() => rmSync(kept.folder, { recursive: true, force: true }));

  /** The good one is packed once; each test gets a copy. */
  const goodArchive = async (): Promise<string> => {
    if (kept.archive === '') {
      kept.folder = mkdtempSync(join(tmpdir(), 'loket-update-'));
      kept.archive = join(kept.folder, 'good.tar.gz');
      const archive = await signedArchive(province(), { version: '0.2.0' });
      for (const end of ['', MANIFEST_END]) cpSync(`${archive}${end}`, `${kept.archive}${end}`);
    }
    const own = join(temporaryFolder(), 'loket-opop-0.2.0-linux-x64.update.tar.gz');
    for (const end of ['', MANIFEST_END]) cpSync(`${kept.archive}${end}`, `${own}${end}`);
    return own;
  };

  const installed = (config: Partial<CounterConfig> = {}) => installedCounter(province(), config);
  /** What Node compiled of a program that was tried may stay. */
  const filesOf = (folder: string): readonly string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name !== 'compiled')
          .toSorted()
      : [];
  const databaseOf = (counter: TestCounter): string => join(counter.config.dataDir, 'counter.sqlite');

  it('is proved, unpacked, tried on a copy, and runs from the next start on', async () => {
    const { counter, versions } = await installed();
    expect(await counter.get('update.state', {})).toMatchObject({ version: '0.1.0', canUpdate: true, ready: null });
    const file = await goodArchive();
    const view = await counter.get('update.install', { file });
    expect(view).toMatchObject({ version: '0.1.0', ready: '0.2.0', returned: null });
    const { sha256 } = factsOf(file, { version: '0.2.0' });
    expect(counter.bodies('update.chosen')).toEqual([{ version: '0.2.0', from: '0.1.0', source: 'medium', sha256 }]);
    expect(filesOf(versions)).toEqual(['0.2.0', 'switch.json']);
    expect(readSwitch(versions)).toEqual({ version: '0.2.0', previous: '0.1.0', state: 'trial', starts: 0 });
    // The data was saved, and nothing of the trial is left.
    const left = filesOf(counter.config.dataDir).filter((name) => name.includes('update'));
    expect(left).toEqual(['backup-before-update.sqlite']);
    expect(await counter.get('update.restart', {})).toEqual({});
  });

  it('is taken only after the data was saved as it is now, beside it and on the medium of the second copy', async () => {
    const medium = join(temporaryFolder(), 'stick');
    const { counter, versions } = await installed({ firstMirrorDir: medium });
    await enterAs(counter, 'petugas-1');
    const saved = join(counter.config.dataDir, 'backup-before-update.sqlite');
    const file = await goodArchive();
    // The disk does not take the copy: what is in its way cannot be put aside.
    mkdirSync(`${saved}.unfinished`);
    expect((await counter.refusal('update.install', { file })).code).toBe('STORAGE_FAILED');
    expect(readSwitch(versions)).toBeUndefined();
    expect(counter.bodies('update.chosen')).toEqual([]);
    rmSync(`${saved}.unfinished`, { recursive: true });
    // One from before an older version is not taken for it.
    writeFileSync(saved, 'old');
    const { lastSeq } = counter.rows('SELECT max(seq) AS lastSeq FROM entry')[0] ?? {};
    expect((await counter.get('update.install', { file })).ready).toBe('0.2.0');
    expect(readCopy(saved)).toMatchObject({ isWhole: true, lastSeq });
    const onMedium = await listBackups(medium, (await counter.get('device.overview')).deviceId ?? '');
    expect(onMedium).toMatchObject([{ throughSeq: lastSeq }]);
  });

  it('comes by the line when the province asks for it, and goes on where a broken line stopped', async () => {
    const { counter, versions } = await installed();
    expect((await counter.refusal('update.install', { file: null })).details).toEqual({ reason: 'NOT_OFFERED' });
    await goodArchive();
    await publishRelease(province().province.context, {
      appVersion: '0.1.0',
      sellsUntil: null,
      upgradeTo: '0.2.0',
      notes,
    });
    await sync(counter);
    expect((await counter.get('update.state', {})).offered).toEqual({ version: '0.2.0', notes });
    mkdirSync(versions, { recursive: true });
    // A beginning that came before the line broke.
    writeFileSync(join(versions, 'incoming.tar.gz.line'), readFileSync(kept.archive).subarray(0, 5000));
    await enterAs(counter, 'petugas-1');
    expect((await counter.get('update.install', { file: null })).ready).toBe('0.2.0');
    expect(counter.bodies('update.chosen')).toMatchObject([{ version: '0.2.0', source: 'line' }]);
    expect(counter.rows("SELECT officer_id FROM entry WHERE type = 'update.chosen'")).toEqual([
      { officer_id: 'petugas-1' },
    ]);
    expect(filesOf(versions)).toEqual(['0.2.0', 'switch.json']);
  });

  it('waits for the cash session to be closed', async () => {
    const { counter, versions } = await installed();
    await enterAs(counter, 'petugas-1');
    await openForBusiness(counter);
    expect((await counter.get('update.state', {})).notNow).toBe('CASH_SESSION_OPEN');
    const refused = await counter.refusal('update.install', { file: await goodArchive() });
    expect(refused).toMatchObject({ code: 'UPDATE_NOT_NOW', details: { reason: 'CASH_SESSION_OPEN' } });
    expect(filesOf(versions)).toEqual([]);
  });

  /** A manifest with other facts, signed by whoever. */
  const signAs = (
    archive: string,
    facts: Partial<UpdateManifest>,
    key: { readonly keyId: string; readonly sign: (text: string) => string },
  ): void => {
    const text = canonicalJson({
      kind: 'loket-update',
      ...factsOf(archive, { version: '0.2.0' }),
      signedAt: province().province.context.now(),
      notes,
      ...facts,
    });
    writeFileSync(`${archive}${MANIFEST_END}`, JSON.stringify({ text, keyId: key.keyId, sig: key.sign(text) }));
  };
  const own = (): { keyId: string; sign: (text: string) => string } => {
    const key = province().province.context.keys.signing;
    return { keyId: key.keyId, sign: (text) => signText(key, UPDATE_CONTEXT, text) };
  };
  const stranger = (): { keyId: string; sign: (text: string) => string } => {
    const key = createSigningKey();
    return { keyId: key.keyId, sign: (text) => signText(key, UPDATE_CONTEXT, text) };
  };

  it.each<readonly [string, string, (archive: string) => void | Promise<void>]>([
    ['no manifest beside it', 'NOT_THERE', (archive) => writeFileSync(`${archive}${MANIFEST_END}.gone`, '')],
    ['a manifest that is no JSON', 'MANIFEST', (archive) => writeFileSync(`${archive}${MANIFEST_END}`, 'x')],
    [
      'a manifest of a megabyte',
      'MANIFEST',
      (archive) => writeFileSync(`${archive}${MANIFEST_END}`, ' '.repeat(1_000_000)),
    ],
    ["a stranger's key", 'SIGNATURE', (archive) => signAs(archive, {}, stranger())],
    [
      "a stranger's signature under the province's name",
      'SIGNATURE',
      (archive) => signAs(archive, {}, { ...stranger(), keyId: own().keyId }),
    ],
    [
      "the province's signature of another kind",
      'SIGNATURE',
      (archive) =>
        signAs(
          archive,
          {},
          { ...own(), sign: (text) => signText(province().province.context.keys.signing, 'opop/feed/1\0', text) },
        ),
    ],
    [
      'a text that was changed after it was signed',
      'SIGNATURE',
      (archive) => {
        const file = `${archive}${MANIFEST_END}`;
        writeFileSync(file, readFileSync(file, 'utf8').replace('0.2.0', '0.9.0'));
      },
    ],
    [
      'a signature from before the key was given out',
      'SIGNATURE',
      (archive) => signAs(archive, { signedAt: 1 }, own()),
    ],
    [
      'another platform',
      'PLATFORM',
      (archive) => signAs(archive, { platform: TEST_PLATFORM === 'win-x64' ? 'linux-x64' : 'win-x64' }, own()),
    ],
    ['the same version', 'OLDER', (archive) => signAs(archive, { version: '0.1.0' }, own())],
    ['an older version', 'OLDER', (archive) => signAs(archive, { version: '0.0.9' }, own())],
    [
      'a newer version that knows fewer migrations',
      'OLDER_SCHEMA',
      (archive) => signAs(archive, { schema: counterMigrations.length - 1 }, own()),
    ],
    ['a version that is a path', 'MANIFEST', (archive) => signAs(archive, { version: '../../0.2.0' }, own())],
    ['half a file', 'SIZE', (archive) => truncateSync(archive, 5000)],
    ['a file with something behind it', 'SIZE', (archive) => appendFileSync(archive, 'x')],
    [
      'a byte that was changed',
      'CONTENT',
      (archive) => {
        const bytes = readFileSync(archive);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        writeFileSync(archive, bytes);
      },
    ],
    ['a disk that is too small for it', 'DISK', (archive) => signAs(archive, { size: 9_000_000_000_000 }, own())],
    [
      'an archive that is none',
      'UNPACK',
      (archive) => {
        writeFileSync(archive, 'this is no archive');
        signAs(archive, {}, own());
      },
    ],
    ['an archive of another version than it says', 'UNPACK', (archive) => signAs(archive, { version: '0.3.0' }, own())],
    [
      'an archive with another schema than it says',
      'UNPACK',
      (archive) => signAs(archive, { schema: counterMigrations.length + 3 }, own()),
    ],
  ])('is refused with %s (%s), and the counter is as it was', async (_name, reason, bend) => {
    const { counter, versions } = await installed();
    const archive = await goodArchive();
    await bend(archive);
    const file = reason === 'NOT_THERE' ? `${archive}.other` : archive;
    const before = readFileSync(databaseOf(counter));
    const refused = await counter.refusal('update.install', { file });
    expect(refused).toMatchObject({ code: 'UPDATE_REFUSED', details: { reason } });
    expect(filesOf(versions)).toEqual([]);
    expect(readFileSync(databaseOf(counter)).equals(before)).toBe(true);
    expect(filesOf(counter.config.dataDir).filter((name) => name.includes('update'))).toEqual([]);
    expect(await counter.get('update.state', {})).toMatchObject({ version: '0.1.0', ready: null, returned: null });
  });

  it('is refused when its program cannot open a copy of the data', async () => {
    const { counter, versions } = await installed();
    const refused = await counter.refusal('update.install', {
      file: await signedArchive(province(), { version: '0.2.0', broken: 'trial' }),
    });
    expect(refused.details).toEqual({ reason: 'TRIAL' });
    expect(filesOf(versions)).toEqual([]);
    expect(filesOf(counter.config.dataDir).filter((name) => name.includes('trial'))).toEqual([]);
  });

  it('is not taken by a checkout, which has its own way', async () => {
    const counter = await enrolledCounter(province(), { config: { appVersion: '0.1.0' } });
    const refused = await counter.refusal('update.install', { file: await goodArchive() });
    expect(refused.details).toEqual({ reason: 'NOT_INSTALLED' });
    expect(await counter.get('update.state', {})).toMatchObject({ canUpdate: false, ready: null });
    expect((await counter.refusal('update.restart', {})).details).toEqual({ reason: 'NOT_READY' });
  });
});
