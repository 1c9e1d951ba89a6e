import { describe, expect, it } from 'vitest';
import { stuckBecauseSchema } from '../../../src/contract/views-roads.ts';
import { stuckOf } from '../../../src/main/core/sync/stuck.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const item = { state: 'sending', recordedAt: NOW - 30 * MINUTE, lastReason: null, tries: 1 } as const;
const line = { online: true, since: NOW - 10 * MINUTE, lastError: null } as const;

describe('an item that still waits', () => {
  it('says why after ten minutes with a line, not before, and never without one', () => {
    expect(stuckOf(item, line, NOW)).toEqual({ sinceMs: 10 * MINUTE, because: 'BEHIND_OTHERS' });
    expect(stuckOf(item, { ...line, since: NOW - 10 * MINUTE + 1 }, NOW)).toBeNull();
    expect(stuckOf({ ...item, recordedAt: NOW - 10 * MINUTE + 1 }, { ...line, since: 0 }, NOW)).toBeNull();
    expect(stuckOf(item, { ...line, online: false }, NOW)).toBeNull();
    for (const state of ['acknowledged', 'quarantined'] as const)
      expect(stuckOf({ ...item, state }, line, NOW)).toBeNull();
  });

  it.each([
    ['GAP', 'GAP'],
    ['PENDING', 'PENDING'],
    ['KEY_MISSING', 'KEY_MISSING'],
    ['PROTOCOL_UNSUPPORTED', 'PROTOCOL_UNSUPPORTED'],
    ['BUSY', 'SERVER_BUSY'],
    ['HTTP_503', 'SERVER_BUSY'],
    ['TOO_MANY_REQUESTS', 'SERVER_BUSY'],
    ['CUSTODY_SIGNATURE', 'CUSTODY_INVALID'],
    ['CUSTODY_INCOMPLETE', 'CUSTODY_INVALID'],
    ['DEVICE_UNKNOWN', 'REFUSED'],
    ['ANSWER_SHAPE', 'ANSWER_INVALID'],
  ])('names %s as %s, on the row or as the last fault of the line', (reason, because) => {
    expect(stuckBecauseSchema.parse(because)).toBe(because);
    expect(stuckOf({ ...item, lastReason: reason }, line, NOW)).toMatchObject({ because });
    expect(stuckOf(item, { ...line, lastError: reason }, NOW)).toMatchObject({ because });
  });
});
