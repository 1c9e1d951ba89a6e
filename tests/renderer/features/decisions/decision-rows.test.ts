import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../../../../src/contract/region.ts';
import type { OthersWord } from '../../../../src/contract/views-region.ts';
import { firstWord, itemKey, listed } from '../../../../src/renderer/features/decisions/decision-rows.ts';

const ID = '019cd5af-0000-7000-8000-000000000000';
const item = (kind: QueueItem['kind'], subject: string): QueueItem => ({
  ...{ kind, subject, outletId: '3506-017', outletName: 'Gerai Ponpes Al-Hikmah', deviceId: ID, since: 1 },
  ...{ amount: null, askedBy: null, approvedBy: null, reason: null, transactionId: null, evidence: null },
  ...{ businessOn: null, mayNot: null },
});
const word = (waited: QueueItem): OthersWord => ({
  ...{ hash: 'A'.repeat(43), type: 'day.queue-decided', outletId: waited.outletId, outletName: waited.outletName },
  ...{ businessOn: null, part: null, item: null, kind: waited.kind, subject: waited.subject, decision: 'approved' },
  ...{ by: { officerId: 'pengawas', name: 'Hj. Khofifah Rahma' }, at: 1, waited },
});

describe('Persetujuan after another supervisor has decided', () => {
  const [refund, variance, device] = [item('refund', 'a'), item('variance', 'b'), item('device', 'c')];

  it('shows what he decided first and once, also where the list does not have it any more', () => {
    const keys = (rows: readonly QueueItem[]) => rows.map(itemKey);
    expect(keys(listed([refund, variance, device], [word(variance)], null))).toEqual([
      'variance b',
      'refund a',
      'device c',
    ]);
    expect(keys(listed([refund, device], [word(variance)], null))).toEqual(['variance b', 'refund a', 'device c']);
    expect(keys(listed([refund, variance], [], null))).toEqual(['refund a', 'variance b']);
  });

  it('keeps to the kind that is listed, and takes only what is of the same kind and subject for the same', () => {
    expect(listed([refund], [word(variance)], 'refund')).toEqual([refund]);
    expect(firstWord([word(variance)], variance)?.by.name).toBe('Hj. Khofifah Rahma');
    expect(firstWord([word(variance)], item('refund', 'b'))).toBeUndefined();
  });
});
