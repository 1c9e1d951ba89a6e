import { describe, expect, it } from 'vitest';
import { openingHours } from '../../../../src/renderer/features/home/opening-hours.ts';

describe('the chart of the day', () => {
  it('shows the opening hours, and any other hour in which something happened', () => {
    expect(openingHours([]).map(({ hour }) => hour)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    const late = openingHours([
      { hour: 19, count: 1 },
      { hour: 9, count: 4 },
    ]);
    expect(late.at(-1)).toEqual({ hour: 19, count: 1 });
    expect(late.find(({ hour }) => hour === 9)?.count).toBe(4);
  });
});
