import { describe, expect, it } from 'vitest';
import { isOpen, nextOpen, withTick } from '../../../../src/renderer/app/checklist/checklist-lines.ts';
import { checklistNote } from '../../../../src/renderer/text/checklist-text.ts';

const asked = {
  label: 'STNK',
  hint: 'asli',
  waiver: 'supervisor',
  capture: 'possible',
  pages: 0,
  held: false,
  waived: null,
} as const;
const stnk = { ...asked, kind: 'stnk', required: true, present: false };
const notice = { ...asked, kind: 'last-notice', required: false, present: false };
const ktp = { ...asked, kind: 'owner-ktp', required: true, present: false };
const lines = [stnk, notice, ktp];

describe('Enter on the checklist', () => {
  it('leads to the next required paper that is neither there nor waived, past the optional ones', () => {
    expect(nextOpen(lines, -1)).toBe(0);
    expect(nextOpen(lines, 0)).toBe(2);
    expect(nextOpen(lines, 2)).toBeUndefined();
    const waived = { ...ktp, waived: { kind: 'owner-ktp', reason: 'hilang', approvedBy: 'pengawas-1' } };
    expect(nextOpen([stnk, notice, waived], 0)).toBeUndefined();
    expect(isOpen(waived)).toBe(false);
  });
});

describe('a tick', () => {
  it('changes one paper and sends all of them', () => {
    expect(withTick(lines, 'owner-ktp', { present: true }).map((tick) => tick.present)).toEqual([false, false, true]);
  });

  it('is set by leaving the original here, and takes it out of the drawer again when it is removed', () => {
    expect(withTick(lines, 'stnk', { held: true })[0]).toEqual({ kind: 'stnk', present: true, held: true });
    const held = [{ ...stnk, present: true, held: true }];
    expect(withTick(held, 'stnk', { present: false })).toEqual([{ kind: 'stnk', present: false, held: false }]);
    expect(withTick(held, 'stnk', { held: false })).toEqual([{ kind: 'stnk', present: true, held: false }]);
  });
});

describe('the words beside a paper', () => {
  it('say whether it must be there and what to look for, or why it was waived and by whom', () => {
    expect(checklistNote(stnk)).toBe('wajib, asli');
    expect(checklistNote({ ...notice, hint: null })).toBe('boleh kosong');
    const waived = { kind: 'stnk', reason: 'surat kehilangan', approvedBy: null };
    expect(checklistNote({ ...stnk, waived })).toBe('ditiadakan: surat kehilangan');
    expect(checklistNote({ ...stnk, waived: { ...waived, approvedBy: 'pengawas-1' } })).toContain('pengawas');
  });
});
