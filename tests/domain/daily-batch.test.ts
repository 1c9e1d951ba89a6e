import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyToBatch,
  type BatchRefusal,
  batchState,
  type DailyBatch,
  type DailyBatchEvent,
  NEW_DAILY_BATCH,
} from '../../src/domain/daily-batch.ts';

const by = (name: string, at = 1_000): { readonly by: string; readonly at: number } => ({ by: name, at });
const arrived = (item: string): DailyBatchEvent => ({ kind: 'item-arrived', item });
const closeSigned = (part: number, items: readonly string[], name = 'pengawas'): DailyBatchEvent => ({
  kind: 'close-signed',
  part,
  items,
  signature: by(name),
});
const reconciled = (part: number, settled = true): DailyBatchEvent => ({
  kind: 'reconciliation-signed',
  part,
  settled,
  signature: by('pengawas', 2_000),
});
const OPENED: DailyBatchEvent = { kind: 'session-opened', sessionId: 's1', by: 'petugas' };
const CLOSED: DailyBatchEvent = { kind: 'session-closed', sessionId: 's1' };
const COMPLETED: DailyBatchEvent = { kind: 'completed' };

/** A day after events that must all be possible. */
function after(...events: readonly DailyBatchEvent[]): DailyBatch {
  return events.reduce((batch, event) => {
    const next = applyToBatch(batch, event);
    if (!next.ok) throw new Error(`${event.kind} was refused: ${next.error}`);
    return next.value;
  }, NEW_DAILY_BATCH);
}
const refusal = (batch: DailyBatch, event: DailyBatchEvent): BatchRefusal | 'none' => {
  const next = applyToBatch(batch, event);
  return next.ok ? 'none' : next.error;
};
const SUBMITTED = after(OPENED, arrived('a'), arrived('b'), CLOSED, COMPLETED);

describe('a day of an outlet', () => {
  it('goes from open to reconciled in five steps', () => {
    const steps = [OPENED, CLOSED, COMPLETED, closeSigned(0, []), reconciled(0)];
    const states = steps.map((_, at) => batchState(after(...steps.slice(0, at + 1))));
    expect(states).toEqual(['open', 'closed', 'submitted', 'approved', 'reconciled']);
    expect(batchState(NEW_DAILY_BATCH)).toBe('open');
  });

  it('is not signed before every session is closed and everything has come', () => {
    expect(refusal(after(OPENED, COMPLETED), closeSigned(0, []))).toBe('DAY_NOT_COMPLETE');
    expect(refusal(after(OPENED, CLOSED), closeSigned(0, []))).toBe('DAY_NOT_COMPLETE');
    const again = after(OPENED, CLOSED, COMPLETED, { kind: 'session-opened', sessionId: 's2', by: 'lain' });
    expect(batchState(again)).toBe('open');
    expect(refusal(again, closeSigned(0, []))).toBe('DAY_NOT_COMPLETE');
  });

  it('is signed as it was seen: what came meanwhile is looked at first', () => {
    expect(refusal(SUBMITTED, closeSigned(0, ['a']))).toBe('ITEMS_CHANGED');
    expect(refusal(SUBMITTED, closeSigned(0, ['b', 'a']))).toBe('ITEMS_CHANGED');
    expect(refusal(SUBMITTED, closeSigned(0, ['a', 'b']))).toBe('none');
  });

  it('is signed once: of two supervisors one wins and the other is told', () => {
    const signed = after(OPENED, CLOSED, COMPLETED, closeSigned(0, []));
    expect(refusal(signed, closeSigned(0, [], 'pengawas-lain'))).toBe('ALREADY_SIGNED');
    const done = after(OPENED, CLOSED, COMPLETED, closeSigned(0, []), reconciled(0));
    expect(refusal(done, reconciled(0))).toBe('ALREADY_SIGNED');
  });

  it('is never signed by somebody who worked in it', () => {
    expect(refusal(SUBMITTED, closeSigned(0, ['a', 'b'], 'petugas'))).toBe('OWN_WORK');
    const signed = after(OPENED, CLOSED, COMPLETED, closeSigned(0, []));
    const own: DailyBatchEvent = { kind: 'reconciliation-signed', part: 0, settled: true, signature: by('petugas') };
    expect(refusal(signed, own)).toBe('OWN_WORK');
  });

  it('is reconciled after its close and only where the five columns are settled', () => {
    expect(refusal(SUBMITTED, reconciled(0))).toBe('NOT_CLOSED');
    const signed = after(OPENED, CLOSED, COMPLETED, closeSigned(0, []));
    expect(refusal(signed, reconciled(0, false))).toBe('NOT_SETTLED');
  });

  it('keeps a late item in a numbered supplement of its own day, and what was signed as it was', () => {
    const late = after(OPENED, arrived('a'), CLOSED, COMPLETED, closeSigned(0, ['a']), reconciled(0), arrived('b'));
    expect(late.parts.map(({ number, items }) => ({ number, items }))).toEqual([
      { number: 0, items: ['a'] },
      { number: 1, items: ['b'] },
    ]);
    expect(batchState(late)).toBe('submitted');
    expect(late.parts[0]?.reconciliation).toEqual(by('pengawas', 2_000));
  });

  it('knows an item that comes again', () => {
    expect(applyToBatch(SUBMITTED, arrived('a'))).toEqual({ ok: true, value: SUBMITTED });
  });

  it('lets the rest go on when one item is returned or held, and says so once the rest is signed', () => {
    const returned = after(OPENED, arrived('a'), arrived('b'), CLOSED, COMPLETED, {
      kind: 'item-returned',
      item: 'a',
      reason: 'STNK tidak terbaca',
    });
    expect(batchState(returned)).toBe('submitted');
    const signed = applyToBatch(returned, closeSigned(0, ['b']));
    if (!signed.ok) throw new Error(signed.error);
    expect(batchState(signed.value)).toBe('returned');
    const back = applyToBatch(signed.value, { kind: 'item-settled', item: 'a' });
    if (!back.ok) throw new Error(back.error);
    expect(back.value.parts[1]).toMatchObject({ number: 1, items: ['a'], close: null });
    const held = after(OPENED, arrived('a'), CLOSED, COMPLETED, { kind: 'item-held', item: 'a', reason: 'selisih' });
    const rest = applyToBatch(held, closeSigned(0, []));
    if (!rest.ok) throw new Error(rest.error);
    expect(batchState(rest.value)).toBe('on-hold');
  });

  it('never takes an item out of what was signed, and knows what it does not have', () => {
    const signed = after(OPENED, arrived('a'), CLOSED, COMPLETED, closeSigned(0, ['a']));
    expect(refusal(signed, { kind: 'item-returned', item: 'a', reason: '-' })).toBe('ITEM_ALREADY_SIGNED');
    expect(refusal(signed, { kind: 'item-held', item: 'x', reason: '-' })).toBe('ITEM_UNKNOWN');
    expect(refusal(signed, { kind: 'item-settled', item: 'a' })).toBe('ITEM_UNKNOWN');
    expect(refusal(signed, { kind: 'session-closed', sessionId: 'x' })).toBe('SESSION_UNKNOWN');
    expect(refusal(signed, closeSigned(7, []))).toBe('PART_UNKNOWN');
    expect(refusal(signed, reconciled(7))).toBe('PART_UNKNOWN');
  });

  it('keeps every signed part as it was signed, and each item in one place, whatever happens', () => {
    const item = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const person = fc.constantFrom('petugas', 'pengawas', 'plh');
    const event: fc.Arbitrary<(batch: DailyBatch) => DailyBatchEvent> = fc.oneof(
      item.map((one) => () => arrived(one)),
      item.map((one) => (): DailyBatchEvent => ({ kind: 'item-held', item: one, reason: '-' })),
      item.map((one) => (): DailyBatchEvent => ({ kind: 'item-returned', item: one, reason: '-' })),
      item.map((one) => (): DailyBatchEvent => ({ kind: 'item-settled', item: one })),
      fc.constantFrom(OPENED, CLOSED, COMPLETED).map((one) => () => one),
      fc.tuple(fc.nat(2), person).map(
        ([part, name]) =>
          (batch: DailyBatch) =>
            closeSigned(part, batch.parts[part]?.items ?? [], name),
      ),
      fc.tuple(fc.nat(2), fc.boolean()).map(
        ([part, settled]) =>
          () =>
            reconciled(part, settled),
      ),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let batch = NEW_DAILY_BATCH;
        const seen = new Set<string>();
        for (const make of events) {
          const made = make(batch);
          const next = applyToBatch(batch, made);
          if (!next.ok) continue;
          const signed = batch.parts.filter(({ close }) => close !== null);
          batch = next.value;
          if (made.kind === 'item-arrived') seen.add(made.item);
          for (const before of signed) {
            const now = batch.parts.find(({ number }) => number === before.number);
            expect(now?.items).toEqual(before.items);
            expect(now?.close).toEqual(before.close);
          }
          expect(batch.parts.map(({ number }) => number)).toEqual(batch.parts.map((_, at) => at));
          const places = [...batch.parts.flatMap(({ items }) => items), ...batch.apart.keys()];
          expect(places.toSorted()).toEqual([...seen].toSorted());
          if (made.kind === 'close-signed') expect(batch.workedBy.has(made.signature.by)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });
});
