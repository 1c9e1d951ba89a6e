import { describe, expect, it } from 'vitest';
import { policySchema } from '../../src/contract/policy.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { assertNever, err, ok } from '../../src/domain/result.ts';

describe('the policy where the province has not yet spoken', () => {
  it("rounds down to Rp100 in the citizen's favour and takes no fee", () => {
    expect(DEFAULT_POLICY.cashRounding).toEqual({ unit: 100, direction: 'down' });
    expect(DEFAULT_POLICY.agentFee).toBe(0);
  });

  it('notices a clock "backwards by more than 2 min or forwards by more than 36 h"', () => {
    expect(DEFAULT_POLICY.clock).toEqual({ backwardMinutes: 2, forwardHours: 36 });
  });

  it('sets every cap that the counter itself can come down from, so that an outage cannot grow without a limit', () => {
    const { unconfirmedDeposits, unconfirmedDepositBankDays, ...caps } = DEFAULT_POLICY.caps;
    for (const cap of Object.values(caps)) expect(cap).toBeGreaterThan(0);
    // Until a bank's word reaches the counters, these would stop each of them for good some days after its first deposit.
    expect([unconfirmedDeposits, unconfirmedDepositBankDays]).toEqual([null, null]);
  });

  it('says nothing of papers: those are asked for by the service packs', () => {
    expect(Object.keys(DEFAULT_POLICY)).not.toContain('documents');
  });

  it('still reads an older policy that carried a checklist', () => {
    const older = { ...DEFAULT_POLICY, documents: [{ kind: 'stnk', required: true, when: 'always' }] };
    expect(policySchema.parse(older)).toEqual(DEFAULT_POLICY);
  });
});

describe('results', () => {
  it('say which of the two they are', () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(err('WHY')).toEqual({ ok: false, error: 'WHY' });
  });

  it('a forged member of a union is a bug that is thrown', () => {
    expect(() => assertNever('forged' as never)).toThrow('forged');
  });
});
