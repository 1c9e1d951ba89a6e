import { describe, expect, it } from 'vitest';
import { laneSentence, pageMark, pageReason } from '../../../src/renderer/text/page-lane-text.ts';

const lane = {
  waiting: 12,
  waitingBytes: 2_900_000,
  speed: 48_000,
  secondsLeft: 61,
  cap: 64_000,
  doing: 'sending',
} as const;

describe('the head of the lane of documents', () => {
  it('says what is being done, how much waits, how fast it goes, how long it takes and the cap', () => {
    expect(laneSentence(lane)).toBe(
      'Sedang mengirim halaman. 12 halaman (2,9 MB), 48 kB/detik, sisa 1 m, batas 64 kB/detik.',
    );
  });

  it('leaves out what is not known, and says without a line where the pages are', () => {
    const sentence = laneSentence({ ...lane, speed: null, secondsLeft: null, cap: null, doing: 'no-line' });
    expect(sentence).toContain('tersimpan terkunci di komputer ini');
    expect(sentence).not.toMatch(/detik|sisa|batas|null/);
  });

  it('says that nothing waits when nothing does, whatever the lane does', () => {
    expect(laneSentence({ ...lane, waiting: 0 })).toBe('Tidak ada halaman yang menunggu.');
  });
});

describe('a page on its way', () => {
  it('needs a person only when it was refused or lost', () => {
    const states = ['local', 'uploading', 'stored', 'refused', 'missing', 'exported'] as const;
    expect(states.filter((state) => pageMark(state).tone === 'person')).toEqual(['refused', 'missing']);
  });

  it('says why it has not arrived without a code of the wire', () => {
    for (const reason of ['UPLOAD_503', 'ABORTED', 'NOT_A_PICTURE', 'ECONNREFUSED', 'LOST_HERE']) {
      expect(pageReason(reason)).not.toMatch(/[A-Z]{3}|\d{3}/);
      expect(pageReason(reason).length).toBeGreaterThan(8);
    }
    expect(pageReason(null)).toBe('');
  });
});
