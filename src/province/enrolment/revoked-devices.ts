import type { z } from 'zod';
import type { deviceRevocationSchema, keyStatementSchema } from '../../contract/feeds.ts';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { keyIdOf, signText } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';

/** A device whose paper is no longer believed by itself; times in ms UTC. */
export type RevokedDevice = { readonly signingKey: string; readonly enrolledAt: number; readonly revokedAt: number };

/** Every revoked device, in the order of the revocations. */
export async function revokedDevices(db: Db): Promise<readonly RevokedDevice[]> {
  const rows = await db
    .selectFrom('device')
    .select(['signing_key', 'enrolled_at', 'revoked_at'])
    .where('revoked_at', 'is not', null)
    .orderBy('revoked_at')
    .execute();
  return rows.flatMap(({ signing_key, enrolled_at, revoked_at }) =>
    revoked_at === null ? [] : [{ signingKey: signing_key, enrolledAt: enrolled_at, revokedAt: revoked_at }],
  );
}

/** The revocations as those who check paper without a line take them: one statement each, signed by the root key. */
export async function revocationStatements({
  db,
  keys,
}: Pick<ProvinceContext, 'db' | 'keys'>): Promise<readonly z.infer<typeof keyStatementSchema>[]> {
  const devices = await revokedDevices(db);
  return devices.map(({ signingKey, enrolledAt, revokedAt }) => {
    const body: z.infer<typeof deviceRevocationSchema> = {
      purpose: 'device',
      keyId: keyIdOf(signingKey),
      publicKey: signingKey,
      from: enrolledAt,
      to: revokedAt,
      revoked: true,
    };
    const text = canonicalJson(body);
    return { text, sig: signText(keys.root, SIGNATURE_CONTEXT.keyStatement, text) };
  });
}
