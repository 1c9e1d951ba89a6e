import { describe, expect, it } from 'vitest';
import { chosenHoldings, oneStream, toggled } from '../../../../src/renderer/features/documents/drawer-choice.ts';

const stnk = { holdingId: '1', stream: 'a' };
const ktp = { holdingId: '2', stream: 'a' };
const other = { holdingId: '3', stream: 'b' };
const rows = [stnk, ktp, other];

describe('what is taken out of the drawer', () => {
  it('is what was ticked, and without a tick the one that is selected', () => {
    expect(chosenHoldings(rows, new Set(['1', '3']), ktp)).toEqual([stnk, other]);
    expect(chosenHoldings(rows, new Set(), ktp)).toEqual([ktp]);
    expect(chosenHoldings(rows, new Set(), undefined)).toEqual([]);
  });

  it('is not what left the drawer meanwhile', () => {
    expect(chosenHoldings(rows, new Set(['gone']), ktp)).toEqual([ktp]);
  });

  it('belongs to one service, because it goes to one person', () => {
    expect(oneStream([stnk, ktp])).toBe(true);
    expect(oneStream([stnk, other])).toBe(false);
    expect(oneStream([])).toBe(true);
  });

  it('is ticked and unticked again', () => {
    expect([...toggled(toggled(new Set(), '1'), '1')]).toEqual([]);
  });
});
