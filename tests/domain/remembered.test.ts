import { describe, expect, it } from 'vitest';
import { remembered } from '../../src/domain/remembered.ts';

describe('a text that is read again and again', () => {
  const counted = (most: number) => {
    const asked: string[] = [];
    const read = remembered(most, (text) => {
      asked.push(text);
      if (text === 'torn') throw new Error('unreadable');
      return text === 'none' ? undefined : { text };
    });
    return { asked, read };
  };

  it('is read once, and answers the same thing each time', () => {
    const { asked, read } = counted(2);
    expect(read('a')).toBe(read('a'));
    expect(read('none')).toBe(read('none'));
    expect(asked).toEqual(['a', 'none']);
  });

  it('is forgotten when others have come since', () => {
    const { asked, read } = counted(2);
    for (const text of ['a', 'b', 'c', 'c', 'b', 'a']) read(text);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('fails again where it failed before', () => {
    const { asked, read } = counted(2);
    expect(() => read('torn')).toThrow('unreadable');
    expect(() => read('torn')).toThrow('unreadable');
    expect(asked).toEqual(['torn', 'torn']);
  });
});
