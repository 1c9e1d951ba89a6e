import { AUDIT_TEXT } from '../../src/renderer/text/audit-text.ts';
import { CASH_TEXT } from '../../src/renderer/text/cash-text.ts';
import { HISTORY_TEXT } from '../../src/renderer/text/history-text.ts';
import { INSPECTION_TEXT } from '../../src/renderer/text/inspection-text.ts';
import { REPORT_NAMES, REPORTS_TEXT } from '../../src/renderer/text/reports-text.ts';
import { LEAVE_TEXT } from '../../src/renderer/text/self-test-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

test('a supervisor counts by surprise while the officer stays, reads what is worth a look, and an auditor takes his copy', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  await officer.sell('L 1001 EV', '10016');
  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();
  await officer.press('Control+,');
  await expect(page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
  await officer.type('2');
  await officer.press(...Array.from({ length: 10 }, () => 'ArrowDown'), 'Enter');
  await expect(page.getByLabel(new RegExp(`^${INSPECTION_TEXT.pin}`, 'u'))).toBeFocused();
  await officer.type(officer.pin('pengawas'));
  await look('Pemeriksaan kas');
  await officer.press('F12');
  await expect(page.getByText(INSPECTION_TEXT.doneWhy('Ahmad Fauzi'))).toBeVisible();
  await expect(page.getByText(INSPECTION_TEXT.becomesCase)).toBeVisible();
  await look('Pemeriksaan tersimpan');
  await officer.press('F12');
  // The session went on, and the same officer is at the counter.
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();
  await expect(page.getByRole('banner').getByText('Ahmad Fauzi (Petugas)')).toBeVisible();

  await officer.signOut();
  await officer.signInAs('pengawas', 2);
  await officer.press('Control+8');
  await page.getByRole('listbox', { name: REPORTS_TEXT.list }).getByText(REPORT_NAMES.signals).click();
  await expect(page.getByText(REPORTS_TEXT.empty)).toBeVisible();
  await look('Tanda yang perlu dilihat');
  await page.getByRole('listbox', { name: REPORTS_TEXT.list }).getByText(REPORT_NAMES['service-quality']).click();
  await expect(page.getByText('Minggu mulai').first()).toBeVisible();
  await look('Mutu layanan');
  await officer.press('Control+9');
  await page.getByRole('button', { name: LEAVE_TEXT.open }).click();
  faults.push(...(await faultsOfSheet(page, 'Pindah gerai')));
  await officer.press('Control+7');
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: HISTORY_TEXT.erase }).click();
  faults.push(...(await faultsOfSheet(page, 'Hapus data pribadi')));

  await officer.signOut();
  await officer.signInAs('pemeriksa', 4);
  await officer.press('Control+1');
  await expect(page.getByText('ST/117/ITPROV/2026')).toBeVisible();
  await look('Pemeriksaan');
  await officer.press('F12');
  await expect(page.getByText(AUDIT_TEXT.done, { exact: true })).toBeVisible();
  await look('Bukti disalin');
  expect(faults).toEqual([]);
});
