import { daysBetween, type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { DEFAULT_POLICY, type Policy } from '../../../domain/policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { buildRulePackSet, nextTariffChange, packInForce, type RulePackSet } from '../../../domain/rule-pack.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { ReadTx } from '../db/open.ts';
import { findNewestCursor, findPolicy, readRulePacks } from './rules-store.ts';

/** The rules a sale may use today, with their age. */
export type RulesInForce = {
  readonly packs: RulePackSet;
  readonly packId: string | null;
  readonly issuedOn: LocalDate | null;
  readonly ageDays: number | null;
  /** False after the feed's `freshUntil`; policy says what that means. */
  readonly fresh: boolean;
  readonly nextChangeOn: LocalDate | null;
};

/** What the province has said, read anew for every question: the local database is the cache. */
export type RulesService = {
  readonly policy: (tx: ReadTx) => Promise<Policy>;
  /** RULES_MISSING before the first feed page, RULES_OVERLAP when two packs claim one day. */
  readonly rules: (
    tx: ReadTx,
    today: LocalDate,
    nowMs: number,
  ) => Promise<Result<RulesInForce, Refusal<'RULES_MISSING' | 'RULES_OVERLAP'>>>;
};

export function createRulesService(): RulesService {
  return {
    policy: async (tx) => (await findPolicy(tx)) ?? DEFAULT_POLICY,
    rules: async (tx, today, nowMs) => {
      const packs = await readRulePacks(tx);
      const cursor = await findNewestCursor(tx, 'rules');
      if (packs.length === 0 || cursor === undefined) return err({ code: 'RULES_MISSING' });
      const set = buildRulePackSet(packs);
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
    },
  };
}
