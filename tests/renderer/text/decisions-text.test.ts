import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../../../src/contract/region.ts';
import { APPROVAL_ACTIONS } from '../../../src/domain/approval.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { aboutOf, amountOf } from '../../../src/renderer/text/decisions-text.ts';

const waiting = (kind: QueueItem['kind'], reason: string | null, amount: number | null): QueueItem => ({
  ...{ kind, reason, amount: amount === null ? null : rupiah(amount), subject: 'x', outletId: '3506-017' },
  ...{ outletName: 'Gerai', deviceId: 'x', since: 1, askedBy: null, approvedBy: null, transactionId: null },
  ...{ evidence: null, businessOn: null, mayNot: null },
});
const about = (kind: QueueItem['kind'], reason: string | null, amount: number | null = null) =>
  aboutOf(waiting(kind, reason, amount));

describe('what waits for a word of a supervisor', () => {
  it('says what it is about, each kind in its own words', () => {
    expect(about('device', '2')).toEqual(['Nomor loket', '2']);
    expect(about('move', 'Madiun')).toEqual(['Wilayah baru', 'Madiun']);
    expect(about('refund', 'R-3506-1')).toEqual(['Nomor', 'R-3506-1']);
    expect(about('variance', null)).toBeUndefined();
    expect(about('waiver', 'waive-shortfall', 12_000)).toEqual(['Yang disetujui', 'Hapuskan kekurangan Rp12.000']);
    expect(about('approval', 'raise-cap:unsent', 40)?.[1]).toBe(
      'Naikkan batas belum terkirim menjadi 40, hari ini saja',
    );
  });

  it.each(APPROVAL_ACTIONS)('never shows the code %s', (action) => {
    expect(about('approval', action, 1)?.[1]).not.toContain(action);
  });

  it('names money where it is money: a variance with its sign, and never the count of a raised limit', () => {
    expect(amountOf(waiting('approval', 'raise-cap:unsent', 40))).toBeUndefined();
    expect(amountOf(waiting('refund', 'R-1', 40_000))).toBe('Rp40.000');
    expect(amountOf(waiting('variance', null, -50_000))).toBe('-Rp50.000');
    expect(amountOf(waiting('device', '2', null))).toBeUndefined();
  });
});
