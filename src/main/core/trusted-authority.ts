import { z } from 'zod';
import type { Refusal } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Db, StorageRefusal } from './db/open.ts';
import { findSetting, putSetting } from './device/enrolled-device-store.ts';
import type { Edges } from './foundation.ts';

const SETTING = 'network-authority';
const storedSchema = z.object({ pem: z.string(), fingerprint: z.string(), name: z.string() });

type Parts = Pick<Edges, 'probeLine' | 'trustAuthority' | 'log'>;

/** At start: a network's own authority that an installer trusted is believed again; answers its fingerprint. */
export async function recallAuthority(
  db: Pick<Db, 'read'>,
  parts: Pick<Parts, 'trustAuthority'>,
): Promise<string | null> {
  const text = await db.read((tx) => findSetting(tx, SETTING));
  if (text === undefined) return null;
  const { pem, fingerprint } = storedSchema.parse(JSON.parse(text));
  parts.trustAuthority(pem);
  return fingerprint;
}

/**
 * Believes the authority that vouches for an address, when it is the very one whose fingerprint a person compared. One
 * that was not shown whole, or has changed since, is refused, and nothing is kept.
 */
export async function trustAuthority(
  db: Pick<Db, 'write'>,
  parts: Parts,
  asked: { readonly provinceUrl: string; readonly fingerprint: string },
): Promise<Result<string, Refusal<'NETWORK_AUTHORITY_REFUSED'> | StorageRefusal>> {
  const refused = (reason: string) => err({ code: 'NETWORK_AUTHORITY_REFUSED' as const, details: { reason } });
  const authority = (await parts.probeLine(asked.provinceUrl)).tls?.authority ?? null;
  if (authority === null) return refused('NOT_SEEN');
  if (authority.fingerprint !== asked.fingerprint) return refused('OTHER');
  if (!authority.isRoot) return refused('NOT_A_ROOT');
  const { pem, fingerprint, name } = authority;
  const written = await db.write(async (tx) => {
    await putSetting(tx, SETTING, JSON.stringify({ pem, fingerprint, name }));
    return ok(undefined);
  });
  if (!written.ok) return written;
  parts.trustAuthority(pem);
  parts.log.write('warn', 'network.authority-trusted', { fingerprint });
  return ok(fingerprint);
}
