import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../../../src/contract/views-counter.ts';
import { groupRows, progressOf, sentLines } from '../../../../src/renderer/features/outbox/outbox-groups.ts';

const STATES = ['queued', 'sending', 'acknowledged', 'quarantined', 'exported'] as const;
const LANES = ['money', 'audit', 'documents'] as const;

const rowOf = (seq: number, change: Partial<OutboxRow> = {}): OutboxRow => ({
  seq,
  type: 'transaction.paid',
  lane: 'money',
  nrkb: 'AG 2345 KD',
  receiptNumber: `n-${seq}`,
  amount: null,
  recordedAt: 0,
  state: 'queued',
  tries: 0,
  lastReason: null,
  aside: null,
  nextTryAt: null,
  stuck: null,
  ...change,
});

const rows = fc
  .array(fc.record({ lane: fc.constantFrom(...LANES), state: fc.constantFrom(...STATES) }), { maxLength: 40 })
  .map((all) => all.map((change, index) => rowOf(index + 1, change)));

describe('the parts of the Kotak Kirim', () => {
  it('hold every row once at most, every quarantined one exactly once, and no money is ever left out', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('unsent' as const, 'all' as const), (all, show) => {
        const { quarantined, money } = groupRows(all, show);
        const shown = [...quarantined, ...money].map(({ seq }) => seq);
        expect(new Set(shown).size).toBe(shown.length);
        expect(quarantined).toEqual(all.filter(({ state }) => state === 'quarantined'));
        const missing = all.filter(({ seq }) => !shown.includes(seq));
        expect(missing.every(({ lane, state }) => lane !== 'money' && state !== 'quarantined')).toBe(true);
        if (show === 'all') expect(missing).toEqual([]);
      }),
    );
  });

  it('show as waiting money just what the status bar counts', () => {
    const all = [
      rowOf(1),
      rowOf(2, { lane: 'audit' }),
      rowOf(3, { state: 'exported' }),
      rowOf(4, { state: 'quarantined' }),
    ];
    expect(groupRows(all, 'unsent').money.map(({ seq }) => seq)).toEqual([1, 3]);
  });
});

describe('what Kirim sekarang says', () => {
  const sent = { pushed: 4, pulled: 0, unsent: 0, quarantined: 1, stillRunning: false, stoppedBy: null };

  it('names each item of money with its verdict, and sums up the entries of the log', () => {
    const before = [rowOf(7), rowOf(9), rowOf(8, { lane: 'audit' })];
    const items = [
      { seq: 7, verdict: 'ACCEPTED' },
      { seq: 8, verdict: 'ACCEPTED' },
      { seq: 9, verdict: 'QUARANTINED:BAD_BODY' },
      { seq: 10, verdict: 'ACCEPTED' },
    ];
    expect(sentLines({ ...sent, items }, before).map(({ row, count, verdict }) => [row?.seq, count, verdict])).toEqual([
      [7, 1, 'ACCEPTED'],
      [9, 1, 'QUARANTINED:BAD_BODY'],
      [undefined, 2, 'ACCEPTED'],
    ]);
  });

  it('comes as far as what is gone of what waited', () => {
    expect([progressOf(20, 20), progressOf(20, 5), progressOf(20, 0), progressOf(20, 25), progressOf(0, 0)]).toEqual([
      0, 75, 100, 0, 100,
    ]);
  });
});
