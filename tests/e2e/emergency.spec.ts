import { CASE_SHEETS_TEXT } from '../../src/renderer/text/case-sheets-text.ts';
import { DOCUMENTS_TEXT } from '../../src/renderer/text/documents-text.ts';
import { EMERGENCY_TEXT, sheetMark } from '../../src/renderer/text/emergency-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

const SECOND = 'petugas-1';

test('what was written by hand while the counter was dead becomes a sale by two people', async ({ officer, page }) => {
  const faults: string[] = [];
  await officer.signIn();
  await officer.openCashSession();
  await officer.press('Control+k');
  await officer.type('kuitansi');
  await officer.press('Enter');
  await expect(page.getByRole('tab', { name: DOCUMENTS_TEXT.tabs.emergency, selected: true })).toBeVisible();
  await expect(page.getByText(EMERGENCY_TEXT.noBook)).toBeVisible();

  await officer.press('F12');
  await expect(page.getByLabel(EMERGENCY_TEXT.from)).toBeFocused();
  for (const text of ['1', '25', 'SP-1']) {
    await officer.type(text);
    await officer.press('Tab');
  }
  faults.push(...(await faultsOf(page, 'Catat buku')));
  await officer.press('F12');
  await expect(page.getByText(EMERGENCY_TEXT.empty)).toBeVisible();
  faults.push(...(await faultsOf(page, 'Kuitansi darurat, kosong')));

  await officer.press('F12');
  await expect(page.getByLabel(EMERGENCY_TEXT.number)).toBeFocused();
  await officer.press('Tab', 'Tab');
  for (const text of ['00.15', 'AG 2345 KD', '10001', '300000', 'Siti Pembayar', 'kamera mati']) {
    await officer.type(text);
    await officer.press('Tab');
  }
  faults.push(...(await faultsOf(page, 'Ketik dari kertas')));
  await officer.press('F12');

  await expect(page.getByRole('region', { name: EMERGENCY_TEXT.onPaper })).toContainText('Rp300.000');
  await expect(page.getByLabel(EMERGENCY_TEXT.secondWho)).toBeFocused();
  faults.push(...(await faultsOf(page, 'Lembar')));
  await page.getByLabel(EMERGENCY_TEXT.secondWho).selectOption(SECOND);
  await officer.press('Tab');
  await officer.type(officer.pin(SECOND));
  await officer.press('F12');
  await expect(page.getByRole('status').filter({ hasText: 'Rp300.000 tercatat' })).toBeVisible();
  await expect(page.getByRole('option', { name: /000001/ })).toContainText(sheetMark('confirmed').word);
  // A number that is passed over waits for somebody's word.
  await officer.press('F8');
  await page.getByLabel(EMERGENCY_TEXT.number).fill('3');
  await page.getByLabel(EMERGENCY_TEXT.reason).fill('basah kena hujan');
  await officer.press('F12');
  await officer.press('Control+4');
  await page.getByRole('button', { name: CASE_SHEETS_TEXT.declareMissing }).click();
  faults.push(...(await faultsOfSheet(page, 'Nomor hilang')));
  expect(faults).toEqual([]);
});
