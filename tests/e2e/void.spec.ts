import { APPROVAL_TEXT } from '../../src/renderer/text/approval-text.ts';
import { HISTORY_TEXT } from '../../src/renderer/text/history-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

test('a sale that was not sent yet is taken back by two people, and the vehicle is served again', async ({
  officer,
  page,
  province,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  await province.stop();
  const number = await officer.sell('N 4040 DB', '10023');
  await officer.press('Control+7');
  await officer.type('N 4040 DB');
  await officer.press('Enter');
  await page.getByRole('button', { name: HISTORY_TEXT.voidIt, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(HISTORY_TEXT.voidPaper)).toBeVisible();
  await page.getByLabel(APPROVAL_TEXT.supervisor, { exact: true }).selectOption('pengawas');
  await page.getByLabel(APPROVAL_TEXT.pin, { exact: true }).fill('00000000');
  await look('Batalkan');
  await officer.press('F12');
  await expect(dialog.getByText('APPROVER_REFUSED')).toBeVisible();
  await page.getByLabel(APPROVAL_TEXT.pin, { exact: true }).fill(officer.pin('pengawas'));
  await officer.press('F12');
  await expect(dialog.getByText(HISTORY_TEXT.giveBack)).toBeVisible();
  await expect(dialog.getByText(HISTORY_TEXT.voidedCopy.ok)).toBeVisible();
  await look('Dibatalkan');
  await officer.press('F12');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('dibatalkan').first()).toBeVisible();
  await expect(page.getByRole('button', { name: HISTORY_TEXT.reprint })).toHaveCount(0);
  await look('Riwayat, dibatalkan');
  await officer.press('Control+1');
  const again = await officer.sell('N 4040 DB', '10023');
  expect(again).not.toBe(number);
  expect(faults).toEqual([]);
});
