import { PAYMENT_TEXT } from '../../src/renderer/text/payment-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

test('one payer pays three vehicles with one tender and gets three numbers and one change', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  const prepare = async (plate: string, tail: string): Promise<void> => {
    await officer.find(plate);
    await officer.confirm(tail);
    await officer.tickAndName('081234567890');
  };
  await prepare('AG 6001 TA', '10030');
  await expect(officer.cashField).toBeFocused();
  await officer.press('Insert');
  const basket = officer.pane(PAYMENT_TEXT.basket);
  await expect(basket.getByText(PAYMENT_TEXT.basketAlone)).toBeVisible();
  await prepare('AG 2345 KD', '10001');
  await expect(page.getByText(/^Sudah digabung: 1 kendaraan/u)).toBeVisible();
  await look('Kendaraan kedua');
  await officer.press('F12');
  await expect(basket.getByRole('listitem')).toHaveCount(2);
  await prepare('AG 1111 HI', '10002');
  await officer.press('F12');
  await expect(basket.getByRole('listitem')).toHaveCount(3);
  // A zero too many is a question.
  await officer.cashField.fill('90jt');
  await officer.press('F12');
  await expect(basket.getByText('TENDERED_IMPLAUSIBLE')).toBeVisible();
  await look('Gabungan');
  await officer.press('F8', 'F12', 'F12', 'F12');
  const ended = officer.pane(SERVICE_TEXT.payment);
  await expect(ended.getByText(PAYMENT_TEXT.basketPaid)).toBeVisible();
  await expect(ended.getByRole('listitem')).toHaveCount(3);
  await expect(ended.getByText(PAYMENT_TEXT.paidOf(3, 3))).toBeVisible();
  await look('Gabungan selesai');
  expect(faults).toEqual([]);
});

test('a QRIS is shown large, and only the provider’s word makes the sale', async ({ officer, page }) => {
  await officer.signIn();
  await officer.openCashSession();
  await officer.find('AG 2345 KD');
  await officer.confirm('10001');
  await officer.tickAndName('081234567890');
  await expect(officer.cashField).toBeFocused();
  await officer.press('Control+s');
  const sheet = page.getByRole('dialog', { name: PAYMENT_TEXT.meansTitle });
  await expect(sheet.getByText(PAYMENT_TEXT.exact)).toBeVisible();
  await officer.press('F12');
  await expect(sheet.getByRole('img', { name: /^QRIS Rp/u })).toBeVisible();
  await expect(sheet.getByText(PAYMENT_TEXT.notProof)).toBeVisible();
  const faults = await faultsOf(page, 'QRIS');
  const number = await officer.receiptNumber();
  await expect(sheet).toBeHidden();
  expect(number).not.toBe('');
  expect(faults).toEqual([]);
});
