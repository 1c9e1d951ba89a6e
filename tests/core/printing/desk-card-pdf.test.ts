import { describe, expect, it } from 'vitest';
import { chordText, DESK_KEYS } from '../../../src/contract/desk-keys.ts';
import { deskCardPdf } from '../../../src/main/core/printing/desk-card-pdf.ts';
import { textOf } from '../../support/pdf-reader.ts';

const CARD = { outletId: '3506-017', outletName: 'Gerai Ponpes Al-Hikmah', complaintPhone: '0354-771234' };
const pagesOf = async (card: typeof CARD): Promise<readonly string[]> =>
  textOf(await deskCardPdf(card, false))
    .split('\n')
    .map((page) => page.replaceAll(/\s/g, ''));

describe('the desk card', () => {
  it('is one page with the ten keys that the screens obey, each with its twin, and the outlet on it', async () => {
    const pages = await pagesOf(CARD);
    expect(pages).toHaveLength(1);
    const [page = ''] = pages;
    const keys = Object.values(DESK_KEYS);
    expect(keys).toHaveLength(10);
    const caps = keys.map(({ fKey, twin }) => [fKey, twin].flatMap((key) => (key === null ? [] : chordText(key))));
    // Row after row, in the order of the table.
    const rows = page.slice(page.indexOf('Sepuluhtombol'), page.indexOf('Tigagangguan'));
    const places = caps.map((cap) => rows.indexOf(cap.join('')));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(page).toContain('GeraiPonpesAl-Hikmah(3506-017)');
    expect(page).toContain('Pengaduanwarga0354-771234');
  });

  it('leaves room for a number that no policy names, and stays one page for the longest name', async () => {
    const pages = await pagesOf({ ...CARD, outletName: 'Gerai Pondok Pesantren '.repeat(5), complaintPhone: '' });
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Pengaduanwarga......');
  });
});
