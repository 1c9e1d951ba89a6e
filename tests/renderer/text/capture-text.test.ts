import { describe, expect, it } from 'vitest';
import { cameraTroubleText, LIVE_HINTS, QUALITY_GOOD, qualityNotes } from '../../../src/renderer/text/capture-text.ts';
import { troubleOf } from '../../../src/renderer/app/use-camera.ts';

describe('a camera that gives no picture', () => {
  const NAMES = { NotFoundError: 'missing', NotReadableError: 'busy', NotAllowedError: 'refused' } as const;

  it('is missing, in use or refused, each in its own words and with the other ways still open', () => {
    const words = Object.entries(NAMES).map(([name, trouble]) => {
      expect(troubleOf(name)).toBe(trouble);
      const { what, next } = cameraTroubleText(troubleOf(name));
      expect(next).toContain('Pindai');
      expect(next).toContain('Berkas');
      return what;
    });
    expect(new Set(words).size).toBe(3);
  });

  it('is said to be unusable here when the browser names nothing that is known', () => {
    expect(troubleOf('SomethingNew')).toBe('unsupported');
  });
});

describe('the quality of a picture in words', () => {
  it('has nothing to remark on a good one', () => {
    expect(qualityNotes({ sharpness: 'good', glare: 'none', light: 'good' })).toEqual([]);
  });

  it('says each fault, and which of them ask for another picture', () => {
    const notes = qualityNotes({ sharpness: 'blurred', glare: 'some', light: 'dark' });
    expect(notes.map((note) => note.bad)).toEqual([true, false, true]);
    expect(notes.map((note) => note.text).join(' ')).toMatch(/Kabur.*pantulan.*gelap/s);
  });

  it('is never said with the same words twice', () => {
    const words = [QUALITY_GOOD, ...Object.values(LIVE_HINTS)];
    expect(new Set(words).size).toBe(words.length);
  });
});
