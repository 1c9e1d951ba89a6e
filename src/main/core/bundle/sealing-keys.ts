import type { ProvinceKey } from '../rules/rules-store.ts';

/**
 * The province's sealing keys that hold at a moment (ms UTC), newest first: body keys travel under the first, files are
 * sealed to all of them, so that a file made while one key follows another is opened by both.
 */
export function validSealingKeys(keys: readonly ProvinceKey[], nowMs: number): readonly ProvinceKey[] {
  return keys
    .filter((key) => key.purpose === 'sealing' && !key.revoked && key.from <= nowMs && nowMs <= key.to)
    .sort((left, right) => right.from - left.from);
}
