import { describe, expect, it } from 'vitest';
import type { MirrorView } from '../../../src/contract/views-custody.ts';
import { stuckBecauseSchema } from '../../../src/contract/views-roads.ts';
import {
  afterClose,
  backupAfterClose,
  backupSentences,
  backupWord,
  mirrorCell,
  mirrorReason,
} from '../../../src/renderer/text/custody-text.ts';
import { stuckText, waitingText } from '../../../src/renderer/text/outbox-text.ts';

const mirror: MirrorView = {
  folder: '/media/stik',
  medium: 'removable',
  state: 'ok',
  reason: null,
  throughSeq: 31,
  uncovered: 0,
  unsent: 14,
  foreign: 0,
  strange: 0,
  lastWrittenAt: Date.UTC(2026, 2, 10, 3, 41),
  backup: { state: 'ok', lastAt: 1, entries: 1, bytes: 1, kept: 1, reason: null, making: false },
};

describe('the cell of the second copy', () => {
  it('says in words whether there is one, what is only here, and what to do', () => {
    expect(mirrorCell(mirror)).toMatchObject({ label: 'salinan kedua ada' });
    expect(mirrorCell(mirror).lines).toContain('14 catatan yang belum terkirim ada juga di salinan kedua.');
    expect(mirrorCell({ ...mirror, state: 'behind', uncovered: 3 })).toMatchObject({
      label: 'salinan kedua tertinggal',
      title: '3 catatan belum tersalin',
    });
    const gone = mirrorCell({ ...mirror, state: 'missing', uncovered: 3, reason: 'MEDIUM_GONE' });
    expect(gone).toMatchObject({ title: 'Salinan kedua tidak ada: flashdisk atau foldernya tidak ada' });
    expect(gone.lines[0]).toBe('3 catatan hanya ada di komputer ini.');
    const none = mirrorCell({ ...mirror, state: 'none', folder: null, medium: null, lastWrittenAt: null });
    expect(none.lines).toHaveLength(1);
    expect(mirrorReason('EWHATEVER')).toBe('flashdisk tidak dapat ditulisi');
  });
});

describe('the backup of the data', () => {
  it('has a word for each state, and sentences only where a person is needed', () => {
    const { backup } = mirror;
    const words = (['ok', 'old', 'missed', 'never', 'none'] as const).map((state) => backupWord({ ...backup, state }));
    expect(new Set(words).size).toBe(5);
    expect(backupSentences(backup)).toBeUndefined();
    expect(backupSentences({ ...backup, state: 'old' })?.next).toContain('Cadangkan sekarang');
    expect(backupAfterClose(backup)).toBe('Cadangan data dibuat dan terbaca.');
    expect(backupAfterClose({ ...backup, making: true })).toContain('jangan cabut flashdisk');
    expect(backupAfterClose({ ...backup, state: 'missed', reason: 'NO_ROOM' })).toContain('ruang di flashdisk');
    expect(backupAfterClose({ ...backup, state: 'none' })).toBe('');
  });
});

describe('the last page of a cash session', () => {
  const copied = { completed: true, medium: 'removable', folder: '/media/stik', entries: 3, reason: null } as const;

  it('says to take the flashdisk away and to keep it apart', () => {
    expect(afterClose(copied)).toEqual({
      done: true,
      what: 'Salinan kedua lengkap: 3 catatan yang belum terkirim.',
      next: 'Cabut flashdisk, simpan terpisah dari komputer.',
    });
  });

  it('does not speak of a flashdisk where the copy lies in a folder, nor of a copy where there is none', () => {
    expect(afterClose({ ...copied, medium: 'folder', folder: '/cadangan' }).next).toBe('Tersimpan di /cadangan.');
    const without = afterClose({ completed: false, medium: null, folder: null, entries: 0, reason: 'NONE' });
    expect(without).toMatchObject({ done: false });
    expect(without.what).toContain('belum dipilih');
    expect(without.next).not.toContain('Cabut');
  });
});

describe('an item of the Kotak Kirim', () => {
  it('that is stuck says since when and why, in words for every reason', () => {
    for (const because of stuckBecauseSchema.options) {
      expect(stuckText({ sinceMs: 720_000, because })).toMatch(
        /^Sudah 12 m ada koneksi tetapi belum terkirim: [^A-Z_]*[a-zA-Z ]+[.]$/,
      );
    }
    expect(stuckText(null)).toBeUndefined();
  });

  it('that only waits says for what', () => {
    expect(waitingText({ state: 'queued', lastReason: null, aside: null }, false)).toBe('belum ada koneksi');
    expect(waitingText({ state: 'queued', lastReason: null, aside: null }, true)).toBe('segera dikirim');
    expect(waitingText({ state: 'exported', lastReason: null, aside: null }, false)).toBe(
      'menunggu berkas jawaban, atau koneksi',
    );
    expect(waitingText({ state: 'sending', lastReason: 'GAP', aside: null }, true)).toBe(
      'Bapenda meminta catatan sebelumnya dulu',
    );
    expect(waitingText({ state: 'acknowledged', lastReason: null, aside: null }, true)).toBe('');
  });
});
