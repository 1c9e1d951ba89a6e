import { describe, expect, it } from 'vitest';
import { payerInput, phoneIsPlausible } from '../../../../src/renderer/features/service/payer.ts';

describe('the payer', () => {
  it('is sent as text or as a blank with its reason, and a reason never stands beside a full answer', () => {
    const full = { name: ' Siti ', phone: '0812 3456 789', blankReason: 'Tidak punya telepon', isOwner: true };
    expect(payerInput(full)).toEqual({ name: 'Siti', phone: '0812 3456 789', blankReason: null, isOwner: true });
    expect(payerInput({ ...full, phone: ' ' }).blankReason).toBe('Tidak punya telepon');
    expect(payerInput({ ...full, phone: '', blankReason: '' })).toMatchObject({ phone: null, blankReason: null });
  });

  it('may leave the phone blank but may not give nonsense', () => {
    expect(['', '081234567890', '+62 812-3456'].map(phoneIsPlausible)).toEqual([true, true, true]);
    expect(['08', 'telepon', '0812x'].map(phoneIsPlausible)).toEqual([false, false, false]);
  });
});
