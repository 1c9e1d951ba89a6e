import { readFileSync } from 'node:fs';
import { FORMAT_NAMES, REPORTS_TEXT } from '../../src/renderer/text/reports-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

test('the report on the screen is the report in the files, and its figures open what stands behind them', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  const number = await officer.sell('AG 6001 TA', '10030');
  await officer.signOut();
  await officer.signInAs('pengawas', 2);
  await officer.press('Control+8');
  await expect(page.getByRole('listbox', { name: REPORTS_TEXT.list })).toBeFocused();
  await expect(page.getByRole('img', { name: /Transaksi 1/ })).toBeVisible();
  const totals = page.getByRole('group', { name: REPORTS_TEXT.total, exact: true });
  const received = (await totals.locator('span').nth(3).textContent()) ?? '';
  expect(received).toMatch(/^\d{2,3}\.\d{3}$|^\d{1,2}\.\d{3}\.\d{3}$/);
  await look('Laporan');

  await page.getByRole('listbox', { name: 'Laporan Harian' }).focus();
  await officer.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(`Rp${received}`).first()).toBeVisible();
  await expect(dialog.getByText(number)).toBeVisible();
  await look('Entri di balik angka');
  await officer.press('Escape');
  await expect(dialog).toBeHidden();

  await officer.press('F12');
  faults.push(...(await faultsOfSheet(page, 'Simpan laporan')));
  const save = async (format: string): Promise<Buffer> => {
    await officer.press('F12');
    await dialog.getByText(format).click();
    await officer.press('F12');
    await expect(dialog.getByText(REPORTS_TEXT.exported)).toBeVisible();
    const said = (await dialog.getByText(/laporan-day/).textContent()) ?? '';
    await officer.press('F12');
    await expect(dialog).toBeHidden();
    return readFileSync(said.slice(0, said.lastIndexOf(', ')));
  };
  const plain = received.replaceAll('.', '');
  const csv = await save(FORMAT_NAMES.csv);
  expect(csv.toString('utf8')).toContain(`"Jumlah";1;0;${plain};`);
  expect((await save(FORMAT_NAMES.xlsx)).subarray(0, 2).toString()).toBe('PK');

  await page.getByRole('listbox', { name: REPORTS_TEXT.list }).focus();
  await officer.press('End');
  await expect(page.getByText('Nomor di jurnal dan di kertas').first()).toBeVisible();
  await expect(page.getByText(REPORTS_TEXT.empty)).toBeVisible();
  expect(faults).toEqual([]);
});
