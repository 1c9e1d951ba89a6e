import type { Refusal } from '../../../contract/errors.ts';
import { daysBetween, type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { DEFAULT_POLICY, type Policy } from '../../../domain/policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { buildRulePackSet, nextTariffChange, packInForce, type RulePackSet } from '../../../domain/rule-pack.ts';
import type { RulePack } from '../../../domain/rule-pack-document.ts';
import type { ReadTx } from '../db/open.ts';
import { cameUnsigned, type Freshness, findPolicy, readRulePacks } from './rules-store.ts';

/** The rules a sale may use today, with their age. */
export type RulesInForce = {
  readonly packs: RulePackSet;
  readonly packId: string | null;
  readonly issuedOn: LocalDate | null;
  readonly ageDays: number;
  /** False after the feed's `freshUntil`; policy says what that means (OPOP-Sync/1 9.4). */
  readonly fresh: boolean;
  readonly nextChangeOn: LocalDate | null;
};

type BuiltSet = ReturnType<typeof buildRulePackSet>;

/** A set is as old as its list of packs, which stays the same while they do. */
const sets = new WeakMap<readonly RulePack[], BuiltSet>();

function setOf(packs: readonly RulePack[]): BuiltSet {
  const known = sets.get(packs);
  if (known !== undefined) return known;
  const built = buildRulePackSet(packs);
  sets.set(packs, built);
  return built;
}

/** What the province has signed, or the design's values before its first word. */
export async function readPolicy(tx: ReadTx): Promise<Policy> {
  return (await findPolicy(tx)) ?? DEFAULT_POLICY;
}

/** `cursor` is that of feed `rules`. RULES_MISSING before the first page of the signed feed, RULES_UNSIGNED when what came was not the province's, RULES_OVERLAP when two packs claim one day. */
export async function readRulesInForce(
  tx: ReadTx,
  today: LocalDate,
  nowMs: number,
  cursor: Freshness | undefined,
): Promise<Result<RulesInForce, Refusal<'RULES_MISSING' | 'RULES_UNSIGNED' | 'RULES_OVERLAP'>>> {
  const packs = await readRulePacks(tx);
  if (packs.length === 0 || cursor === undefined) {
    return err({ code: (await cameUnsigned(tx)) ? 'RULES_UNSIGNED' : 'RULES_MISSING' });
  }
  const set = setOf(packs);
  if (!set.ok) {
    return err({ code: 'RULES_OVERLAP', details: { packs: set.error.flatMap((one) => one.packIds).join(', ') } });
  }
  const pack = packInForce(set.value, today);
  return ok({
    packs: set.value,
    packId: pack?.id ?? null,
    issuedOn: pack?.issuedOn ?? null,
    ageDays: Math.max(0, daysBetween(localDateAt(cursor.appliedAt), today)),
    fresh: nowMs <= cursor.freshUntil,
    nextChangeOn: nextTariffChange(set.value, today)?.changesOn ?? null,
  });
}
