import { describe, expect, it } from 'vitest';
import { ACTIONS, mayApprove, mayDo, ROLES } from '../../src/domain/permission.ts';

describe('who may do what', () => {
  it('"Sign-out and lock touch nothing and are always allowed"', () => {
    for (const role of ROLES) expect([mayDo(role, 'sign-out'), mayDo(role, 'lock-screen')]).toEqual([true, true]);
  });

  it('nobody both takes cash and approves its return', () => {
    for (const role of ROLES) {
      const approves = mayDo(role, 'approve-void') || mayDo(role, 'approve-refund');
      expect(mayDo(role, 'take-payment') && approves).toBe(false);
    }
  });

  it('an approval is by another person of the right role', () => {
    const officer = { personId: 'a', role: 'officer' } as const;
    expect(mayApprove({ personId: 'b', role: 'supervisor' }, officer, 'approve-void')).toBe(true);
    expect(mayApprove({ personId: 'a', role: 'supervisor' }, officer, 'approve-void')).toBe(false);
    expect(mayApprove({ personId: 'b', role: 'officer' }, officer, 'approve-refund')).toBe(false);
    expect(mayApprove({ personId: 'b', role: 'installer' }, officer, 'raise-cap')).toBe(false);
  });

  it('every action has somebody, and installers never touch money', () => {
    for (const action of ACTIONS) expect(ROLES.some((role) => mayDo(role, action))).toBe(true);
    const money = [
      'open-cash-session',
      'take-payment',
      'count-cash',
      'record-deposit',
      'approve-void',
      'approve-refund',
    ] as const;
    for (const action of money) expect(mayDo('installer', action)).toBe(false);
  });
});
