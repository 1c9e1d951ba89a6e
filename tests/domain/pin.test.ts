import { describe, expect, it } from 'vitest';
import { pinProblem } from '../../src/domain/pin.ts';

const OF = { officerId: 'petugas-198706112010', isSupervisor: false, before: '483920' };
const problem = (pin: string, of: Partial<typeof OF> = {}) => pinProblem(pin, { ...OF, ...of });

describe('a new PIN', () => {
  it.each(['593027', '100492', '90210415', '271828182845'])('may be %s', (pin) => {
    expect(problem(pin)).toBeNull();
  });

  it.each(['12345', '', '12 456', 'abcdef', '4839201758362'])('is not %s: too short, too long, or no digits', (pin) => {
    expect(problem(pin)).toBe('SHORT');
  });

  it.each([
    '000000',
    '777777',
    '123456',
    '987654',
    '789012',
    '210987',
    '121212',
    '343434',
    '345345',
    '112233',
    '998877',
  ])('is not %s, which is guessed first', (pin) => {
    expect(problem(pin)).toBe('SIMPLE');
  });

  it.each(['111112', '454544'])('is not %s, which has two digits', (pin) => {
    expect(problem(pin)).toBe('SIMPLE');
  });

  it('is not the one before', () => {
    expect(problem('483920')).toBe('SAME');
  });

  it('is no part of the officer’s number', () => {
    expect(problem('870611')).toBe('OWN_NUMBER');
    expect(problem('870612')).toBeNull();
  });

  it('has eight digits or more where it stands under money', () => {
    expect(problem('593027', { isSupervisor: true })).toBe('SHORT');
    expect(problem('59302748', { isSupervisor: true })).toBeNull();
  });
});
