import { addDays, type LocalDate } from '../../domain/local-date.ts';
import type { RulePack } from '../../domain/rule-pack-document.ts';
import { packInForce, type RulePackSet } from '../../domain/rule-pack.ts';

const DEMO_SUFFIX = '-demo';
const DAYS_IN_FORCE = 30;

/**
 * The pack in force on a day with one waiver more: fines of three-wheelers, as in the real waivers of 2025. Every rate
 * stays what it was. Null when no pack is in force, or the demo's is already.
 */
export function demoRulePack(set: RulePackSet, today: LocalDate): RulePack | null {
  const base = packInForce(set, today);
  if (base === null || base.id.endsWith(DEMO_SUFFIX)) return null;
  const monthAgo = addDays(today, -DAYS_IN_FORCE);
  const validFrom = monthAgo < base.validFrom ? base.validFrom : monthAgo;
  return {
    ...base,
    id: `${base.id}${DEMO_SUFFIX}`,
    issuedOn: validFrom,
    validFrom,
    replaces: [base.id],
    note: 'demo only: adds a waiver for three-wheelers to the pack that it replaces',
    waivers: [
      ...base.waivers,
      {
        id: 'demo-three-wheeler',
        from: validFrom,
        to: null,
        basis: 'Aturan demo, meniru Kepgub Jatim 100.3.3.1/712/013/2025',
        where: 'any',
        groups: [],
        kinds: ['three-wheeler'],
        effects: ['pkb-fine', 'opsen-fine', 'swdkllj-past-fine'],
      },
    ],
  };
}
