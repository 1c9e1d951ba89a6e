import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFrom } from '../../src/main/commands/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a machine without a key store', () => {
  const optionsFor = (file?: string): Readonly<Record<string, string>> => ({
    data: temporaryFolder(),
    'key-store': 'passphrase',
    ...(file === undefined ? {} : { 'passphrase-file': file }),
  });
  const fileWith = (text: string, mode = 0o600): string => {
    const file = join(temporaryFolder(), 'passphrase');
    writeFileSync(file, text, { mode });
    chmodSync(file, mode);
    return file;
  };

  it('keeps the keys of a real counter by a passphrase from a file of its owner', async () => {
    const config = await configFrom(optionsFor(fileWith('kuda hitam lari pagi\nsecond line\n')));
    expect(config).toMatchObject({ mode: 'normal', keyStoreKind: 'passphrase', passphrase: 'kuda hitam lari pagi' });
  });

  it.each([
    ['no file', () => undefined, /--passphrase-file FILE/u],
    ['a file that is not there', () => join(temporaryFolder(), 'none'), /is not there/u],
    ['an empty file', () => fileWith(''), /12 signs or more/u],
    ['a short passphrase', () => fileWith('rahasia\n'), /12 signs or more/u],
  ])('is refused with %s, and told the way out', async (_what, file, message) => {
    const refused = configFrom(optionsFor(file()));
    await expect(refused).rejects.toMatchObject({ code: 'PASSPHRASE_NEEDED', path: ['passphrase-file'] });
    await expect(refused).rejects.toThrow(message);
  });

  it('is refused with a file that others can read', async () => {
    for (const mode of [0o644, 0o640, 0o604]) {
      await expect(configFrom(optionsFor(fileWith('kuda hitam lari pagi', mode)))).rejects.toThrow(/chmod 600/u);
    }
  });

  it('is asked for no passphrase where the keys are kept otherwise', async () => {
    const config = await configFrom({ data: temporaryFolder(), 'key-store': 'machine' });
    expect(config).toMatchObject({ keyStoreKind: 'machine', passphrase: null });
  });
});
