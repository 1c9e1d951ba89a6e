import type { Page } from '@playwright/test';
import { APPROVAL_TEXT, DOOR_TEXT } from '../../src/renderer/text/approval-text.ts';
import { DOCUMENTS_TEXT } from '../../src/renderer/text/documents-text.ts';
import { PALETTE_TEXT } from '../../src/renderer/text/frame-text.ts';
import { OWN_PIN_TEXT } from '../../src/renderer/text/people-text.ts';
import { KEYS_TEXT } from '../../src/renderer/text/keys-text.ts';
import { LOCK_TEXT, SIGN_IN_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { WHY_TEXT } from '../../src/renderer/text/explanation-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

/** The key of each screen and its title, Indonesian and English. */
const SCREENS = [
  ['Control+2', 'Hari ini', 'Today'],
  ['Control+3', 'Kotak Kirim', 'Outbox'],
  ['Control+4', 'Perlu Tindakan', 'Needs action'],
  ['Control+5', 'Berkas', 'Papers'],
  ['Control+6', 'Sesi Kas', 'Cash session'],
  ['Control+7', 'Riwayat', 'History'],
  ['Control+8', 'Laporan', 'Reports'],
  ['Control+9', 'Perangkat', 'Device'],
] as const;

/** The other language, as *Perangkat, Tampilan* keeps it; the page is drawn anew and the sign-in goes on. */
async function switchToEnglish(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('loket-language', 'en'));
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

/** The lists of Berkas that nothing else of these tests opens. */
async function lookAtLists(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  for (const [tab, place] of [
    ['pick-up', 'Berkas, siap diambil'],
    ['received', 'Berkas, diterima'],
    ['call-list', 'Berkas, daftar telepon'],
  ] as const) {
    await page.getByRole('tab', { name: DOCUMENTS_TEXT.tabs[tab], exact: true }).click();
    await expect(page.getByRole('tab', { name: DOCUMENTS_TEXT.tabs[tab], selected: true, exact: true })).toBeVisible();
    await look(place);
  }
}

test('every screen can be read and used by everyone, light and dark, in both languages', async ({ officer, page }) => {
  // Twenty-five places, each drawn twice.
  test.slow();
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => {
    faults.push(...(await faultsOf(page, place)));
  };
  const lookAtSheet = async (place: string): Promise<void> => {
    faults.push(...(await faultsOfSheet(page, place)));
  };
  await officer.expectPinField();
  await look('Masuk');
  await officer.signIn();
  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: 'Buka sesi kas' })).toBeVisible();
  await look('Sesi Kas, buka');
  await officer.openCashSession();
  await look('Layanan, kosong');

  await officer.find('AG 1111 HI');
  await officer.confirm('10002');
  await look('Layanan, terisi');
  await officer.press('F7');
  await lookAtSheet('Struk terakhir');
  await officer.press('F6');
  await expect(page.getByRole('dialog', { name: WHY_TEXT.title })).toBeVisible();
  await look('Mengapa');
  await officer.press('Escape');
  await officer.tickAndName('081234567890');
  await officer.press('F8', 'F12');
  await officer.receiptNumber();
  await look('Layanan, selesai');
  await officer.find('AG 9999 XX');
  await expect(page.getByRole('region', { name: SERVICE_TEXT.stillPossible })).toBeVisible();
  await look('Layanan, tidak dikenal');

  for (const [key, heading] of SCREENS) {
    await officer.press(key);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await look(heading);
    if (heading === 'Berkas') await lookAtLists(page, look);
    if (heading === 'Riwayat') {
      await expect(page.getByRole('button', { name: 'Cetak salinan' })).toBeEnabled();
      await officer.press('F9');
      await lookAtSheet('Cetak SALINAN');
    }
  }
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /^kas belum disetor/u })
    .click();
  await page.getByRole('button', { name: APPROVAL_TEXT.raiseOpen }).click();
  await lookAtSheet('Naikkan batas');
  await officer.press('Control+k');
  await expect(page.getByRole('dialog', { name: PALETTE_TEXT.title })).toBeVisible();
  await lookAtSheet('Cari layar');
  await officer.press('Control+[');
  await expect(page.getByRole('dialog', { name: OWN_PIN_TEXT.title })).toBeVisible();
  await lookAtSheet('Ganti PIN');
  await officer.press('F1');
  await expect(page.getByRole('dialog', { name: KEYS_TEXT.title })).toBeVisible();
  await look('F1');
  await officer.press('Escape', 'Control+l');
  await expect(page.getByRole('heading', { name: LOCK_TEXT.title })).toBeVisible();
  await look('Kunci layar');
  await page.getByRole('button', { name: DOOR_TEXT.open }).click();
  await lookAtSheet('Lupa PIN');
  await page.getByLabel(new RegExp(`^${SIGN_IN_TEXT.pin} `, 'u')).focus();
  await officer.unlock();
  await expect(page.getByRole('dialog')).toBeHidden();

  await switchToEnglish(page);
  for (const [key, , heading] of SCREENS) {
    await officer.press(key);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await look(heading);
  }
  expect(faults).toEqual([]);
});
