import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_BURST, strokeOf, type Burst, type Stroke } from '../../../src/renderer/app/scan-detector.ts';

/** Feeds keys with the time between them; answers the last stroke. */
function strokes(keys: readonly string[], gapMs: (index: number) => number): Stroke {
  let burst: Burst = NO_BURST;
  let at = 1000;
  let last: Stroke = { kind: 'ignored', burst };
  keys.forEach((key, index) => {
    at += gapMs(index);
    last = strokeOf(burst, key, at);
    burst = last.burst;
  });
  return last;
}

const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -./:#');

describe('a scanner is told from a person by timing alone', () => {
  it('reads what a scanner sends, whatever it is, when it ends with Enter', () => {
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 0, max: 35 }),
        (keys, gap) => {
          const last = strokes([...keys, 'Enter'], (index) => (index === 0 ? 0 : gap));
          expect(last).toMatchObject({ kind: 'scanned', text: keys.join('') });
        },
      ),
    );
  });

  it('never takes typing of a person for a scan: one pause over 35 ms near the end is enough', () => {
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 36, max: 5000 }),
        (keys, gap) => {
          expect(strokes([...keys, 'Enter'], () => gap).kind).toBe('ignored');
        },
      ),
    );
  });

  it('does not take a quick Enter after slow typing for a scan', () => {
    const last = strokes([...'AG4321', 'Enter'], (index) => (index === 6 ? 5 : 120));
    expect(last.kind).toBe('ignored');
  });

  it('forgets what was typed slowly before the scanner fired', () => {
    const keys = [...'35', ...'AG4321ED', 'Enter'];
    const last = strokes(keys, (index) => (index <= 2 ? 200 : 10));
    expect(last).toMatchObject({ kind: 'scanned', text: 'AG4321ED' });
  });

  it('does not take four quick keys and Enter for a scan, because fingers roll', () => {
    expect(strokes([...'1234', 'Enter'], () => 10).kind).toBe('ignored');
    expect(strokes([...'12345', 'Enter'], () => 10).kind).toBe('scanned');
  });

  it('lets Shift stand inside a scan, as scanners send it for capitals', () => {
    const keys = ['Shift', 'A', 'Shift', 'G', '4', '3', '2', '1', 'Enter'];
    expect(strokes(keys, () => 8)).toMatchObject({ kind: 'scanned', text: 'AG4321' });
  });

  it('says when a burst starts, so that the field it runs into can be restored', () => {
    const first = strokeOf(NO_BURST, 'A', 1000);
    expect(first.kind).toBe('started');
    expect(strokeOf(first.burst, 'G', 1010).kind).toBe('grew');
    expect(strokeOf(first.burst, 'G', 1100).kind).toBe('started');
  });
});
