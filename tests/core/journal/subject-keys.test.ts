import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealedBodySchema } from '../../../src/contract/primitives.ts';
import { jweSchema } from '../../../src/contract/primitives.ts';
import { ok } from '../../../src/domain/result.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { keyIdOf } from '../../../src/main/core/journal/signing.ts';
import {
  createSubjectKeys,
  openSealed,
  openSealedBody,
  sealKeyFor,
  sealTo,
} from '../../../src/main/core/journal/subject-keys.ts';
import { verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { errorOf, openIn, valueOf } from '../../support/opened-database.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, saleDraft } from '../../support/test-journal.ts';

const SUBJECT = '0192f000-0000-7000-8000-000000000001';
const OTHER = '0192f000-0000-7000-8000-000000000002';
const PERSON = { ownerName: 'Nama Contoh', payerPhone: '081200000000' };

const keysOf = (seed: number) => {
  const random = createSeededRandom(seed);
  const secrets = createSecrets(random);
  return { secrets, keys: createSubjectKeys(secrets, random) };
};

describe('a body key on its way', () => {
  it('is sealed once for copy, push and backup, anew for another key here or there, and forgotten when it is erased', async () => {
    const db = await openIn(temporaryFolder());
    const { keys } = keysOf(3);
    const [first, second] = [keysOf(4), keysOf(5)].map(({ secrets }) => {
      const { sealingPublic: publicKey, sealingPrivate } = secrets;
      return { province: { keyId: keyIdOf(publicKey), publicKey }, sealingPrivate };
    });
    if (first === undefined || second === undefined) throw new Error('there are two');
    const [bodyKey, another] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const once = await keys.sealFor(first.province, SUBJECT, bodyKey);
    expect(await keys.sealFor(first.province, SUBJECT, Buffer.alloc(32, 1))).toBe(once);
    expect(await keys.sealFor(first.province, OTHER, bodyKey)).not.toBe(once);
    const openedOf = async (jwe: string, { sealingPrivate }: { readonly sealingPrivate: KeyObject }) =>
      Buffer.from(valueOf(await openSealed(jwe, sealingPrivate)));
    expect(await openedOf(await keys.sealFor(second.province, SUBJECT, bodyKey), second)).toEqual(bodyKey);
    expect(await openedOf(await keys.sealFor(second.province, SUBJECT, another), second)).toEqual(another);
    const kept = await keys.sealFor(first.province, OTHER, bodyKey);
    await db.write(async (tx) => ok(await keys.eraseSubject(tx, OTHER)));
    expect(await keys.sealFor(first.province, OTHER, bodyKey)).not.toBe(kept);
    await db.close();
  });
});

describe('personal data of an entry', () => {
  it('is opened with its key, in the form of the contract, and never stands there in clear', async () => {
    const db = await openIn(temporaryFolder());
    const { keys } = keysOf(1);
    const { sealed, bodyKey } = keys.sealPersonal(SUBJECT, PERSON);
    expect(sealedBodySchema.safeParse(sealed).success).toBe(true);
    expect(JSON.stringify(sealed)).not.toContain('Contoh');
    await db.write(async (tx) => ok(await keys.storeSubjectKey(tx, SUBJECT, bodyKey)));
    expect(await db.read((tx) => keys.openPersonal(tx, sealed))).toEqual(PERSON);
    const row = await db.read((tx) => tx.selectFrom('subject_key').selectAll().executeTakeFirstOrThrow());
    expect(Buffer.from(row.wrapped_key, 'base64url').includes(Buffer.from(bodyKey))).toBe(false);
    await db.close();
  });

  it('has a key of its own for every subject, and every sealing', () => {
    const { keys } = keysOf(1);
    const sealings = [SUBJECT, OTHER, SUBJECT].map((subject) => keys.sealPersonal(subject, PERSON));
    expect(new Set(sealings.map(({ bodyKey }) => Buffer.from(bodyKey).toString('hex'))).size).toBe(3);
  });

  it('does not open for another subject, nor when a single bit was changed', () => {
    const { keys } = keysOf(1);
    const { sealed, bodyKey } = keys.sealPersonal(SUBJECT, PERSON);
    expect(openSealedBody(bodyKey, sealed)).toEqual(PERSON);
    expect(openSealedBody(bodyKey, { ...sealed, subject: OTHER })).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(Buffer.from(sealed.ciphertext, 'base64url').length * 8 - 1), (bit) => {
        const bytes = Buffer.from(sealed.ciphertext, 'base64url');
        const at = Math.floor(bit / 8);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 8)), at);
        expect(openSealedBody(bodyKey, { ...sealed, ciphertext: bytes.toString('base64url') })).toBeUndefined();
      }),
    );
  });

  it('is gone when its key was erased, and the chain still verifies', async () => {
    const test = await openTestJournal(temporaryFolder());
    valueOf(await test.journal.openEpoch('enrolment'));
    const draft = saleDraft(test, null);
    if (typeof draft.body === 'function') throw new Error('the fixture has a plain body');
    const { sealed, bodyKey } = test.subjectKeys.sealPersonal(draft.stream, PERSON);
    const body = { ...draft.body, sealed };
    await test.journal.record(async (tx, append) => {
      await test.subjectKeys.storeSubjectKey(tx, draft.stream, bodyKey);
      return ok(append({ ...draft, body }));
    });
    expect(await test.db.read((tx) => test.subjectKeys.openPersonal(tx, sealed))).toEqual(PERSON);
    const erased = await test.db.write(async (tx) => ok(await test.subjectKeys.eraseSubject(tx, draft.stream)));
    expect(valueOf(erased)).toBe(true);
    expect(await test.db.read((tx) => test.subjectKeys.openPersonal(tx, sealed))).toBeUndefined();
    expect(await test.db.read((tx) => test.subjectKeys.findSubjectKey(tx, draft.stream))).toBeUndefined();
    const again = await test.db.write(async (tx) => ok(await test.subjectKeys.eraseSubject(tx, draft.stream)));
    expect(valueOf(again)).toBe(false);
    const report = await verifyJournal(test.db, { deviceId: test.deviceId, publicKey: test.secrets.signingPublic });
    expect(report.ok).toBe(true);
    await test.db.close();
  });

  it('is not opened under the data key of another device', async () => {
    const db = await openIn(temporaryFolder());
    const { sealed, bodyKey } = keysOf(1).keys.sealPersonal(SUBJECT, PERSON);
    await db.write(async (tx) => ok(await keysOf(1).keys.storeSubjectKey(tx, SUBJECT, bodyKey)));
    await expect(db.read((tx) => keysOf(2).keys.openPersonal(tx, sealed))).rejects.toThrow('does not open');
    await db.close();
  });
});

describe('what is sealed to a key', () => {
  it('is opened by its holder only: a body key by the province, a page by the device', async () => {
    const province = keysOf(7).secrets;
    const keyId = keyIdOf(province.sealingPublic);
    const bodyKey = createSeededRandom(3).bytes(32);
    const jwe = await sealKeyFor({ keyId, publicKey: province.sealingPublic }, bodyKey);
    expect(jweSchema.safeParse(jwe).success).toBe(true);
    const header: unknown = JSON.parse(Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString('utf8'));
    expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keyId, epk: { kty: 'OKP', crv: 'X25519' } });
    expect(Buffer.from(valueOf(await openSealed(jwe, province.sealingPrivate)))).toEqual(Buffer.from(bodyKey));
    expect(errorOf(await openSealed(jwe, keysOf(8).secrets.sealingPrivate))).toBe('NOT_SEALED_TO_US');
  });

  it.each(['', 'a.b.c.d.e', 'not sealed at all', '....'])('is refused as a value when it is %j', async (jwe) => {
    expect(errorOf(await openSealed(jwe, keysOf(7).secrets.sealingPrivate))).toBe('NOT_SEALED_TO_US');
  });

  it('is refused as a value when a character was changed', async () => {
    const { secrets } = keysOf(7);
    const jwe = await sealTo({ keyId: 'k', publicKey: secrets.sealingPublic }, Buffer.from('{"argon2id":"x"}'));
    const at = jwe.lastIndexOf('.') - 4;
    const changed = `${jwe.slice(0, at)}${jwe[at] === 'A' ? 'B' : 'A'}${jwe.slice(at + 1)}`;
    expect(errorOf(await openSealed(changed, secrets.sealingPrivate))).toBe('NOT_SEALED_TO_US');
    await expect(sealTo({ keyId: 'k', publicKey: 'short' }, Buffer.alloc(1))).rejects.toThrow(TypeError);
  });
});
