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

  it('sets every cap, also of deposits: the bank’s word comes in the feed, so that no cap is for ever', () => {
    for (const cap of Object.values(DEFAULT_POLICY.caps)) expect(cap).toBeGreaterThan(0);
    expect(DEFAULT_POLICY.caps).toMatchObject({ unconfirmedDeposits: 50_000_000, unconfirmedDepositBankDays: 5 });
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
