import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createSecrets,
  type DeviceSecrets,
  hasSecrets,
  KEY_FILE,
  type KeyStoreKind,
  type KeyStoreOptions,
  loadSecrets,
  saveSecrets,
} from '../../../src/main/core/device/key-store.ts';
import { machineSecret } from '../../../src/main/core/device/machine-secret.ts';
import { secretsToBytes } from '../../../src/main/core/device/device-secrets.ts';
import { errorOf, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const secrets = createSecrets(createSeededRandom('keys'));
const plain = (of: DeviceSecrets): string => Buffer.from(secretsToBytes(of)).toString('utf8');

/** An operating system's key store, as the shell offers it: it answers only what it wrapped itself. */
const vault = (mask: number) => {
  const turn = async (bytes: Uint8Array): Promise<Uint8Array> => bytes.map((byte) => byte ^ mask);
  return { wrap: turn, unwrap: turn };
};

/** A stand-in for `systemd-creds` on machines without it: a real program with the same arguments. */
function credsProgram(folder: string): string {
  const file = join(folder, 'creds');
  writeFileSync(
    file,
    '#!/bin/sh\n[ "$2" = --name=loket-opop ] || exit 3\ncase "$1" in encrypt) base64 -w0;; decrypt) base64 -d;; *) exit 4;; esac\n',
  );
  chmodSync(file, 0o755);
  return file;
}

function optionsFor(
  kind: KeyStoreKind,
  dataDir = temporaryFolder(),
  more: Partial<KeyStoreOptions['config']> = {},
): KeyStoreOptions {
  return {
    config: { dataDir, mode: 'normal', passphrase: 'kuda lumping merah', keyStoreKind: kind, ...more },
    keepSecret: vault(0x5a),
    random: createSeededRandom('store'),
    machine: machineSecret('linux', credsProgram(temporaryFolder())),
  };
}

describe.each(['operating-system', 'machine', 'passphrase', 'demo'] as const)('the key store %s', (kind) => {
  const options = () => optionsFor(kind, temporaryFolder(), kind === 'demo' ? { mode: 'demo' } : {});

  it('gives the same secrets back, from a file that only its owner can read', async () => {
    const where = options();
    expect(hasSecrets(where.config.dataDir)).toBe(false);
    valueOf(await saveSecrets(secrets, where));
    expect(hasSecrets(where.config.dataDir)).toBe(true);
    const loaded = valueOf(await loadSecrets(where));
    expect(plain(loaded)).toBe(plain(secrets));
    expect(loaded.signingPublic).toBe(secrets.signingPublic);
    expect(statSync(join(where.config.dataDir, KEY_FILE)).mode & 0o777).toBe(0o600);
  });

  it('answers with a refusal, and leaves the file as it is, when the file was damaged', async () => {
    const where = options();
    valueOf(await saveSecrets(secrets, where));
    const file = join(where.config.dataDir, KEY_FILE);
    const good = readFileSync(file, 'utf8');
    for (const bad of [good.slice(0, 100), good.replace(/"wrapped": ".{8}/, '"wrapped": "AAAAAAAA'), '']) {
      writeFileSync(file, bad);
      expect(errorOf(await loadSecrets(where)).code).toBe('KEY_STORE_UNAVAILABLE');
      expect(readFileSync(file, 'utf8')).toBe(bad);
    }
  });
});

describe('a key store', () => {
  it.each(['operating-system', 'machine', 'passphrase'] as const)(
    'of kind %s shows nothing of a secret in its file',
    async (kind) => {
      const where = optionsFor(kind);
      const strong = { ...where, keepSecret: vault(0x5a), machine: vault(0x33) };
      valueOf(await saveSecrets(secrets, strong));
      const text = readFileSync(join(where.config.dataDir, KEY_FILE), 'utf8');
      const wrapped: unknown = JSON.parse(text);
      const bytes = Buffer.from((wrapped as { wrapped: string }).wrapped, 'base64url');
      for (const key of [secrets.dataKey, secrets.indexKey, secrets.pinKey]) {
        expect(bytes.includes(Buffer.from(key).toString('base64url'))).toBe(false);
      }
      expect(text).not.toContain('kuda lumping');
    },
  );

  it('does not open with another passphrase, nor without one', async () => {
    const where = optionsFor('passphrase');
    valueOf(await saveSecrets(secrets, where));
    const other = optionsFor('passphrase', where.config.dataDir, { passphrase: 'kuda lumping biru' });
    expect(errorOf(await loadSecrets(other)).details).toMatchObject({
      kind: 'passphrase',
      reason: 'Error: wrong passphrase',
    });
    const none = optionsFor('passphrase', where.config.dataDir, { passphrase: null });
    expect(errorOf(await loadSecrets(none)).details).toMatchObject({ reason: 'NOT_HERE' });
  });

  it('of the operating system is refused where there is none, and no plain file is written instead', async () => {
    const where = { ...optionsFor('operating-system'), keepSecret: undefined };
    expect(errorOf(await saveSecrets(secrets, where)).code).toBe('KEY_STORE_UNAVAILABLE');
    expect(hasSecrets(where.config.dataDir)).toBe(false);
  });

  it('in a plain file is refused for a counter that takes real money', async () => {
    const normal = optionsFor('demo');
    expect(errorOf(await saveSecrets(secrets, normal)).code).toBe('KEY_STORE_UNAVAILABLE');
    const demo = optionsFor('demo', normal.config.dataDir, { mode: 'training' });
    valueOf(await saveSecrets(secrets, demo));
    expect(errorOf(await loadSecrets(normal)).code).toBe('KEY_STORE_UNAVAILABLE');
  });

  it('that answers other keys than were kept is not believed', async () => {
    const where = optionsFor('demo', temporaryFolder(), { mode: 'demo' });
    valueOf(await saveSecrets(secrets, where));
    const file = join(where.config.dataDir, KEY_FILE);
    const other = createSecrets(createSeededRandom('other'));
    const swapped = {
      ...(JSON.parse(readFileSync(file, 'utf8')) as object),
      wrapped: Buffer.from(secretsToBytes(other)).toString('base64url'),
    };
    writeFileSync(file, JSON.stringify(swapped));
    expect(errorOf(await loadSecrets(where)).details).toMatchObject({ reason: 'OTHER_KEYS' });
  });

  it('is missing before enrolment, and says so', async () => {
    expect(errorOf(await loadSecrets(optionsFor('machine'))).details).toMatchObject({ kind: null, reason: 'MISSING' });
  });

  it('of the machine says what its command said when that does not work', async () => {
    const broken = { ...optionsFor('machine'), machine: machineSecret('linux', '/bin/false') };
    const error = errorOf(await saveSecrets(secrets, broken));
    expect(error.details?.['reason']).toContain('/bin/false ended with 1');
    const absent = { ...optionsFor('machine'), machine: machineSecret('linux', '/nowhere/creds') };
    expect(errorOf(await saveSecrets(secrets, absent)).details?.['reason']).toContain('ENOENT');
    expect(machineSecret('darwin')).toBeUndefined();
  });
});
