import { setTimeout as delay } from 'node:timers/promises';
import type { Route } from '@playwright/test';
import { PAYMENT_TEXT } from '../../src/renderer/text/payment-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { onTheWay } from './support/on-the-way.ts';
import { expect, test } from './support/world.ts';

test('one payer pays three vehicles with one tender and gets three numbers and one change', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  const later = async (route: Route): Promise<void> => {
    await delay(400);
    await route.continue();
  };
  const prepare = async (tail: string): Promise<void> => {
    await officer.confirm(tail);
    await officer.tickAndName('081234567890');
  };
  await officer.find('AG 6001 TA');
  await prepare('10030');
  await expect(officer.cashField).toBeFocused();
  const basket = officer.pane(PAYMENT_TEXT.basket);
  // No answer: the vehicle stays, and the plate that was typed meanwhile waits in its field.
  await onTheWay(page, 'transactions.set-payer', async (route) => {
    await delay(400);
    await route.fulfill({ body: '' });
  });
  await officer.press('Insert');
  await officer.type('AG 2345 KD');
  await officer.press('Enter');
  await expect(page.getByText('HOST_SILENT')).toBeVisible();
  await expect(officer.plateField).toHaveValue('AG 2345 KD');
  await expect(officer.plateField).toBeFocused();
  await expect(page.getByText(SERVICE_TEXT.compare)).toBeVisible();
  await page.unroute('**/rpc');
  await onTheWay(page, 'baskets.add', later);
  // The next plate is typed while the first vehicle is still on its way into the basket.
  await officer.press('Insert');
  await officer.type('AG 2345 KD');
  await officer.press('Enter');
  await expect(basket.getByText(PAYMENT_TEXT.basketAlone)).toBeHidden();
  await prepare('10001');
  await expect(page.getByText(/^Sudah digabung: 1 kendaraan/u)).toBeVisible();
  await look('Kendaraan kedua');
  await officer.press('F12');
  await officer.scan('AG 1111 HI');
  await prepare('10002');
  await officer.press('F12');
  await expect(basket.getByRole('listitem')).toHaveCount(3);
  // A zero too many is a question.
  await officer.cashField.fill('90jt');
  await officer.press('F12');
  await expect(basket.getByText('TENDERED_IMPLAUSIBLE')).toBeVisible();
  await look('Gabungan');
  await officer.hammer('F8', 'F12', 'F12', 'F12');
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

test('what was typed and ticked last is what is sold, or nothing is', async ({ officer, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.postData() ?? ''));
  const paid = officer.pane(SERVICE_TEXT.payment).getByText(SERVICE_TEXT.paidTitle);
  await officer.signIn();
  await officer.openCashSession();
  await officer.find('AG 2345 KD');
  await officer.confirm('10001');
  await officer.tickAndName('081234567890');
  await expect(officer.cashField).toBeFocused();
  // A paper is left at the counter, and that could not be kept: no sale without it, whatever else was.
  await onTheWay(page, 'transactions.set-documents', async (route) => {
    await delay(400);
    await route.fulfill({ body: '' });
  });
  await officer.cashField.fill('90jt');
  const line = officer.pane(SERVICE_TEXT.documents).locator('[data-line]').first();
  await line.getByRole('button', { pressed: false }).first().press('Enter');
  await officer.hammer('F12');
  await expect(page.getByText('HOST_SILENT')).toBeVisible();
  await expect(page.getByText('TENDERED_IMPLAUSIBLE')).toBeHidden();
  await page.unroute('**/rpc');
  // So much money is a question; before it is answered the phone is mended.
  await officer.press('F12');
  await expect(page.getByText('TENDERED_IMPLAUSIBLE')).toBeVisible();
  await page.getByLabel(SERVICE_TEXT.payerPhone, { exact: true }).fill('081298765432');
  await page.getByRole('button', { name: PAYMENT_TEXT.itIsTrue(90_000_000) }).press('Enter');
  await expect(paid).toBeVisible();
  const last = (method: string): number => asked.findLastIndex((body) => body.includes(`"${method}"`));
  expect(asked[last('transactions.set-payer')]).toContain('081298765432');
  expect(last('transactions.set-payer')).toBeLessThan(last('transactions.pay'));
});
