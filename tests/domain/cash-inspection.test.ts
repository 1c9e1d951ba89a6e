import { describe, expect, it } from 'vitest';
import { inspectCash } from '../../src/domain/cash-inspection.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const place = (counted: number, expected: number) => ({ counted: rupiah(counted), expected: rupiah(expected) });
const asked = {
  inspector: { personId: 'pengawas', role: 'supervisor' as const },
  session: { officerId: 'petugas-1', state: 'open' as const },
  drawer: place(500_000, 500_000),
  safe: null,
  tolerance: rupiah(1000),
};

describe('a surprise inspection of the cash', () => {
  it('finds nothing, something within the tolerance, or what must be explained', () => {
    const stateOf = (drawer: ReturnType<typeof place>) => {
      const decided = inspectCash({ ...asked, drawer });
      return decided.ok ? [decided.value.state, decided.value.variance] : decided.error;
    };
    expect(stateOf(place(500_000, 500_000))).toEqual(['none', 0]);
    expect(stateOf(place(499_000, 500_000))).toEqual(['tolerated', -1000]);
    expect(stateOf(place(501_100, 500_000))).toEqual(['open', 1100]);
    expect(stateOf(place(498_900, 500_000))).toEqual(['open', -1100]);
  });

  it('holds drawer and safe against the ledger each by itself: what cancels out is still found', () => {
    const moved = inspectCash({ ...asked, drawer: place(450_000, 500_000), safe: place(1_050_000, 1_000_000) });
    expect(moved).toMatchObject({
      ok: true,
      value: { drawerVariance: -50_000, safeVariance: 50_000, variance: 0, state: 'open' },
    });
    const exact = inspectCash({ ...asked, safe: place(7, 7) });
    expect(exact).toMatchObject({ value: { safeVariance: 0, state: 'none' } });
  });

  it('is made by a supervisor only, never at his own drawer, and only while the drawer is in use', () => {
    const refused = (change: Partial<Parameters<typeof inspectCash>[0]>) => {
      const decided = inspectCash({ ...asked, ...change });
      return decided.ok ? 'ok' : decided.error;
    };
    for (const role of ['officer', 'installer', 'auditor'] as const) {
      expect(refused({ inspector: { personId: 'x', role } }), role).toBe('NOT_PERMITTED');
    }
    expect(refused({ session: { officerId: 'pengawas', state: 'open' } })).toBe('OWN_DRAWER');
    for (const state of ['counted', 'closed', 'deposited'] as const) {
      expect(refused({ session: { officerId: 'petugas-1', state } }), state).toBe('NOT_OPEN');
    }
  });
});
