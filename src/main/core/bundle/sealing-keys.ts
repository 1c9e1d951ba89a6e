import type { ProvinceKey } from '../rules/rules-store.ts';

/**
 * The province's sealing keys that hold at a moment (ms UTC), newest first: body keys travel under the first, files are
 * sealed to all of them, so that a file made while one key follows another is opened by both. Where the clock is outside
 * of them all, the newest: the province keeps its old private keys, and a wrong clock must not cost the second copy.
 */
export function validSealingKeys(keys: readonly ProvinceKey[], nowMs: number): readonly ProvinceKey[] {
  const usable = keys
    .filter((key) => key.purpose === 'sealing' && !key.revoked)
    .sort((left, right) => right.from - left.from);
  const valid = usable.filter((key) => key.from <= nowMs && nowMs <= key.to);
  return valid.length > 0 ? valid : usable.slice(0, 1);
}
