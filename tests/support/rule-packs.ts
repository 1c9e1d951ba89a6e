import { readFileSync } from 'node:fs';
import { buildRulePackSet, type RulePack, type RulePackSet } from '../../src/domain/rule-pack.ts';

/** One of the packs that the product ships. */
export function shippedPack(id: 'jatim-2025' | 'jatim-2026'): RulePack {
  const url = new URL(`../../resources/rule-packs/${id}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as RulePack;
}

/** A set of packs that must be in order. */
export function packSet(...packs: readonly RulePack[]): RulePackSet {
  const set = buildRulePackSet(packs);
  if (!set.ok) throw new Error(`the packs of the test are wrong: ${JSON.stringify(set.error)}`);
  return set.value;
}

/** Both shipped packs. */
export function shippedPacks(): RulePackSet {
  return packSet(shippedPack('jatim-2025'), shippedPack('jatim-2026'));
}
