import { CASE_KIND_TEXT, CASE_TEXT } from '../../src/renderer/text/case-text.ts';
import { HISTORY_TEXT } from '../../src/renderer/text/history-text.ts';
import { OUTBOX_TEXT } from '../../src/renderer/text/outbox-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { WHY_TEXT } from '../../src/renderer/text/explanation-text.ts';
import { expect, test } from './support/world.ts';

test('an officer does the main job from the PIN to the booked payment with the keyboard alone', async ({
  officer,
  page,
}) => {
  await officer.expectPinField();
  await officer.signIn();
  await officer.openCashSession();

  await officer.find('ag 3456 ef');
  await officer.confirm('10003');
  const amount = officer.pane(SERVICE_TEXT.bill);
  await expect(amount.getByText('Sanksi PKB')).toBeVisible();
  await expect(amount.getByText('2 bulan, 1 %').first()).toBeVisible();

  await officer.press('F6');
  const why = page.getByRole('dialog', { name: WHY_TEXT.title });
  await expect(why.getByText('Bunga 1 % sebulan x 2 bulan dari Rp150.000.')).toBeVisible();
  await officer.press('Escape');
  await expect(why).toBeHidden();
  // The cursor is where it was: on the first paper.
  await officer.tickAndName('081234567890');
  await expect(officer.cashField).toBeFocused();
  await officer.type('300rb');
  await expect(officer.pane(SERVICE_TEXT.payment).getByText('Rp3.100', { exact: true })).toBeVisible();
  await officer.press('Control+Enter');

  const number = await officer.receiptNumber();
  await expect(officer.pane(SERVICE_TEXT.payment).getByText('Rp3.100', { exact: true })).toBeVisible();
  await expect(officer.plateField).toBeFocused();
  await expect(officer.plateField).toHaveValue('');
  const receipts = officer.pane(SERVICE_TEXT.lastReceipts);
  await expect(receipts.getByText('tercetak')).toBeVisible();
  await expect(receipts.getByText('diterima Bapenda')).toBeVisible();
  await expect(receipts.getByText('dibukukan', { exact: true })).toBeVisible();

  await officer.press('Control+7');
  await officer.type('ag 3456 ef');
  await officer.press('Enter');
  await expect(page.getByRole('option', { selected: true })).toContainText(number);
  // Its page stands beside it, with its keys.
  await expect(page.getByRole('button', { name: HISTORY_TEXT.reprint })).toBeEnabled();
  await officer.press('F9');
  await expect(page.getByRole('dialog', { name: HISTORY_TEXT.reprintTitle })).toBeVisible();
  await officer.press('F12');
  await expect(page.getByRole('status').getByText(/^SALINAN 1 dikirim ke /)).toBeVisible();
  await expect(page.getByText('tercetak, 1 salinan').first()).toBeVisible();
});

test('F12 pressed again and again takes the money once', async ({ officer, page }) => {
  await officer.signIn();
  await officer.openCashSession();
  await officer.find('AG 2345 KD');
  await officer.confirm('10001');
  await officer.tickAndName('081234567890');
  await expect(officer.cashField).toBeFocused();
  await officer.hammer('F8', 'F12', 'F12', 'F12', 'Control+Enter', 'F12', 'Enter');
  const number = await officer.receiptNumber();
  await officer.hammer('F12', 'F12');
  await officer.press('Control+7');
  await officer.type('AG 2345 KD');
  await expect(page.getByText(HISTORY_TEXT.found(1))).toBeVisible();
  await expect(page.getByRole('option')).toContainText(number);
});

test('three sales without a line wait in the Kotak Kirim and go by themselves when it returns', async ({
  officer,
  page,
  province,
}) => {
  await officer.signIn();
  await officer.openAndSendCashSession();
  await province.stop();
  const numbers = [
    await officer.sell('AG 6001 TA', '10030'),
    await officer.sell('AG 6002 TA', '10031'),
    await officer.sell('AG 1003 TA', '10032'),
  ];
  expect(new Set(numbers).size).toBe(3);
  await expect(page.getByRole('contentinfo').getByText(/^tanpa koneksi/)).toBeVisible();
  await expect(page.getByRole('contentinfo').getByText('3 menunggu')).toBeVisible();

  await officer.press('Control+3');
  const money = officer.pane(OUTBOX_TEXT.laneOf(OUTBOX_TEXT.money, 3));
  for (const number of numbers) await expect(money.getByText(number)).toBeVisible();

  await province.start();
  await expect(page.getByText(OUTBOX_TEXT.emptyMoney)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('contentinfo').getByText('semua terkirim')).toBeVisible();
  await officer.press('Control+2');
  await expect(page.getByText('dibukukan', { exact: true })).toHaveCount(3);
});

test('what Bapenda reckons otherwise becomes a case: both figures, the steps, and where the money is', async ({
  officer,
  page,
  province,
}) => {
  await officer.signIn();
  await officer.openAndSendCashSession();
  await province.stop();
  const number = await officer.sell('W 1919 SH', '10024');
  await province.start();
  await officer.press('Control+4');
  await expect(page.getByRole('region', { name: CASE_KIND_TEXT.short })).toBeVisible({ timeout: 60_000 });
  const one = officer.pane(CASE_KIND_TEXT.short);
  await expect(one).toContainText(number);
  await expect(one).toContainText('lebih besar menurut Bapenda');
  await expect(one).toContainText(CASE_TEXT.steps);
  await expect(one).toContainText('dicatat sebagai titipan sampai diputuskan');
});
