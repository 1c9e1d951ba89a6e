import { describe, expect, it } from 'vitest';
import { emergencyBookPdf } from '../../../src/main/core/printing/emergency-book-pdf.ts';
import { textOf } from '../../support/pdf-reader.ts';

describe('a blank emergency receipt book', () => {
  it('has a cover with its range and the rules, and each number twice on a page of its own', async () => {
    const pdf = await emergencyBookPdf({ from: 98, count: 3, outlet: 'Gerai Ponpes Al-Hikmah' }, false);
    const pages = textOf(pdf)
      .split('\n')
      .map((page) => page.replaceAll(/\s/g, ''));
    expect(pages).toHaveLength(4);
    const [cover, ...sheets] = pages;
    expect(cover).toContain('Nomor000098sampai000100');
    expect(cover).toContain('Oranglainmencocokkan');
    for (const [index, sheet] of sheets.entries()) {
      expect(sheet.split(`KUITANSIDARURAT${String(98 + index).padStart(6, '0')}`)).toHaveLength(3);
      for (const asked of ['Tanggaldanjam', 'NomorPolisi', '5akhirnomorrangka', 'Namapembayar', 'Jumlahditerima']) {
        expect(sheet.split(asked)).toHaveLength(3);
      }
      expect(sheet).toContain('untukpembayar');
      expect(sheet).toContain('tetapdibuku');
      expect(sheet).toContain('GeraiPonpesAl-Hikmah');
    }
  });
});
