import { describe, expect, it } from 'vitest';
import {
  chassisTailOf,
  documentsComplete,
  stepAfter,
  stepBefore,
  STEPS,
} from '../../../../src/renderer/features/service/service-steps.ts';

describe('Enter walks on, Esc walks back', () => {
  it('reaches the plate from every step in at most four presses of Esc', () => {
    for (const step of STEPS) {
      let at = step;
      for (let press = 0; press < 4; press += 1) at = stepBefore(at, undefined);
      expect(at).toBe('plate');
    }
  });

  it('offers no cash step where no money may be taken', () => {
    expect(stepAfter('payer', undefined)).toBe('payer');
  });

  it('knows that papers are complete when every required one was seen', () => {
    const asked = { hint: null, waiver: 'never', capture: 'possible', pages: 0, held: false, waived: null } as const;
    const stnk = { ...asked, kind: 'stnk', label: 'STNK asli', required: true, present: true } as const;
    const notice = { ...asked, kind: 'last-notice', label: 'SKPD', required: false, present: false } as const;
    expect(documentsComplete({ documents: [stnk, notice] })).toBe(true);
    expect(documentsComplete({ documents: [{ ...stnk, present: false }, notice] })).toBe(false);
  });

  it('takes the last five of a chassis number from whatever was typed or scanned', () => {
    expect(chassisTailOf('mhy-mkh5k2cu410020')).toBe('10020');
    expect(chassisTailOf(' 1 0 0 2 0 ')).toBe('10020');
    expect(chassisTailOf('20')).toBe('20');
  });
});
