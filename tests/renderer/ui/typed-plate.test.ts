import { describe, expect, it } from 'vitest';
import { typedPlate } from '../../../src/renderer/ui/typed-plate.ts';

describe('a plate while it is typed', () => {
  it('makes Ø of an O struck through, because no keyboard here has the letter', () => {
    expect(typedPlate('ag 5678 o/b')).toBe('AG 5678 ØB');
    expect(typedPlate('AG 5678 OB')).toBe('AG 5678 OB');
  });

  it('is in capitals and otherwise as typed', () => {
    expect(typedPlate('ag-4321.ed')).toBe('AG-4321.ED');
  });
});
