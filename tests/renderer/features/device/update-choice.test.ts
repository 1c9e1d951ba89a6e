import { describe, expect, it } from 'vitest';
import { type UpdateView, updateViewSchema } from '../../../../src/contract/update.ts';
import { newsOfUpdate, updateChoice } from '../../../../src/renderer/features/device/update-choice.ts';
import { UPDATE_TEXT } from '../../../../src/renderer/text/update-text.ts';

const offered = { version: '0.3.0', notes: 'Perbaikan cetak.' };
const medium = { version: '0.4.0', notes: 'Dari flashdisk.', file: '/media/flashdisk/loket-opop-0.4.0.tar.gz' };

/** An installed counter with nothing new, and what a test changes of it. */
const view = (changes: Partial<UpdateView> = {}): UpdateView =>
  updateViewSchema.parse({
    version: '0.2.0',
    canUpdate: true,
    found: [],
    offered: null,
    ready: null,
    returned: null,
    notNow: null,
    ...changes,
  });

describe('the pane of the program version', () => {
  it('offers nothing to take while nothing newer is known, and says so', () => {
    expect(updateChoice(view())).toBeUndefined();
    expect(newsOfUpdate(view())).toEqual([UPDATE_TEXT.newest]);
  });

  it('takes what lies on a flashdisk before what comes by the line, and names both', () => {
    const both = view({ offered, found: [medium] });
    expect(updateChoice(both)).toEqual({ file: medium.file, label: 'Siapkan versi 0.4.0' });
    expect(newsOfUpdate(both)).toEqual([
      'Bapenda meminta versi 0.3.0. Perbaikan cetak.',
      'Versi 0.4.0 ada di flashdisk',
    ]);
    expect(updateChoice(view({ offered }))).toEqual({ file: null, label: 'Ambil versi 0.3.0 lewat koneksi' });
  });

  it('takes nothing more once a version is ready, and says when it will be used', () => {
    const ready = view({ offered, found: [medium], ready: '0.4.0', notNow: 'CASH_SESSION_OPEN' });
    expect(updateChoice(ready)).toBeUndefined();
    expect(newsOfUpdate(ready)).toEqual([UPDATE_TEXT.ready('0.4.0'), UPDATE_TEXT.readyHow]);
  });

  it('says that a version came back, also while the next one is offered', () => {
    const returned = view({ returned: '0.3.0', found: [medium] });
    expect(newsOfUpdate(returned)[0]).toBe(UPDATE_TEXT.returned('0.3.0'));
    expect(updateChoice(returned)).toMatchObject({ file: medium.file });
  });

  it('offers nothing where an installer brings the program, whatever lies on a flashdisk', () => {
    const notInstalled = view({ canUpdate: false, offered, found: [medium] });
    expect(updateChoice(notInstalled)).toBeUndefined();
    expect(newsOfUpdate(notInstalled)).toContain(UPDATE_TEXT.byInstaller);
  });
});
