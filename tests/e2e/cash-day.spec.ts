import { setTimeout as delay } from 'node:timers/promises';
import { CASH_TEXT } from '../../src/renderer/text/cash-text.ts';
import { DRAWER_TEXT } from '../../src/renderer/text/drawer-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { LOCK_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { CASE_KIND_TEXT, CASE_TEXT } from '../../src/renderer/text/case-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import type { Officer } from './support/officer.ts';
import { onTheWay } from './support/on-the-way.ts';
import { expect, test } from './support/world.ts';

const FLOAT = 200_000;
const MISSING = 1_000;
const NOTES = [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100];

const money = (amount: number): string => `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;

/** The day before today in Asia/Jakarta, year first. */
const YESTERDAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(Date.now() - 86_400_000);

/** Types the pieces of every note and coin that make up an amount. */
async function countNotes(officer: Officer, amount: number): Promise<void> {
  let left = amount;
  for (const note of NOTES) {
    const pieces = Math.floor(left / note);
    left -= pieces * note;
    if (pieces > 0) await officer.type(String(pieces));
    if (note !== 100) await officer.press('ArrowDown');
  }
}

test('a drawer is counted blind, closed and deposited with the keyboard alone', async ({ officer, page }) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  await officer.sell('L 1001 EV', '10016');
  const sums = await officer.pane(SERVICE_TEXT.payment).getByRole('definition').allInnerTexts();
  const payable = Number((sums[0] ?? '').replaceAll(/\D/g, ''));
  expect(payable).toBeGreaterThan(50_000);
  const expected = money(FLOAT + payable);

  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();
  await expect(page.getByText(expected)).toHaveCount(0);
  await look('Sesi Kas, terbuka');

  await officer.press('F12');
  await expect(page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
  await countNotes(officer, FLOAT + payable - MISSING);
  await expect(page.getByText(expected)).toHaveCount(0);
  await look('Hitung laci');
  await officer.press('F12');
  const question = page.getByRole('dialog');
  await expect(question.getByText(CASH_TEXT.saveFinal)).toBeVisible();
  await expect(page.getByText(expected)).toHaveCount(0);
  await look('Simpan hitungan');
  await officer.press('Escape');
  await expect(question).toBeHidden();
  await officer.press('F12', 'F12');

  await expect(page.getByText(CASH_TEXT.varianceOf(-MISSING))).toBeVisible();
  await expect(page.getByText(expected).first()).toBeVisible();
  await look('Hitungan tersimpan');
  await officer.press('F12');
  await expect(page.getByRole('heading', { name: CASH_TEXT.closed, level: 1 })).toBeVisible();
  await expect(page.getByText(/^Salinan kedua lengkap/)).toBeVisible();
  const toSafe = money(payable - MISSING);
  await expect(officer.pane(CASH_TEXT.closed).getByText(toSafe, { exact: true })).toBeVisible();
  await look('Sesi ditutup');
  const slip = page.getByRole('button', { name: DRAWER_TEXT.slip, exact: true }).first();
  await slip.click();
  faults.push(...(await faultsOfSheet(page, 'Slip tutup kas')));
  await expect(slip).toBeFocused();

  await officer.press('F12');
  await expect(page.getByLabel(CASH_TEXT.amount)).toBeFocused();
  await officer.type(String(payable - MISSING));
  await officer.press('Tab', 'Tab');
  await officer.type('0042-117');
  await look('Catat setoran');
  // A lock in between: its Esc is not for the sheet behind it, and the cursor is where it was.
  await officer.press('Control+l');
  await expect(page.getByRole('heading', { name: LOCK_TEXT.title })).toBeVisible();
  await expect(page.getByLabel(CASH_TEXT.amount)).toBeHidden();
  await officer.press('Escape');
  await officer.unlock();
  await expect(page.getByLabel(CASH_TEXT.slip)).toBeFocused();
  await expect(page.getByLabel(CASH_TEXT.slip)).toHaveValue('0042-117');

  // A day that does not exist saves nothing; the day that stands in the field is the one that is saved.
  await officer.press('Tab');
  await officer.type('31/02/2026');
  await expect(page.getByLabel(CASH_TEXT.depositedOn, { exact: true })).toHaveValue('31/02/2026');
  await officer.hammer('F12');
  await expect(page.getByRole('button', { name: CASH_TEXT.saveDeposit })).toBeDisabled();
  await officer.press('Control+a');
  await officer.type(YESTERDAY.split('-').toReversed().join('/'));
  await onTheWay(page, 'cash.deposit', async (route) => {
    await delay(600);
    await route.continue();
  });
  // Esc comes too late for what is on its way, and its outcome is said.
  await officer.press('F12', 'Escape');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByText(CASH_TEXT.deposited(payable - MISSING))).toBeVisible();
  await expect(
    officer.pane(DRAWER_TEXT.places).getByText(`slip 0042-117, ${Number(YESTERDAY.slice(8))} `),
  ).toBeVisible();
  await expect(slip).toBeFocused();
  await expect(page.getByRole('contentinfo').getByText(/^kas belum disetor 0 /)).toBeVisible();
  expect(faults).toEqual([]);
});

test('change moves with a reason, and a drawer that does not add up waits for the supervisor', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.openCashSession();
  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();
  await officer.press('Control+j');
  await expect(page.getByLabel(CASH_TEXT.changeAmount, { exact: true })).toBeFocused();
  await officer.type('300000');
  await officer.press('Tab');
  await officer.type('tukar uang kecil');
  await look('Uang kembalian');
  await officer.press('F12');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('region', { name: DRAWER_TEXT.events }).getByText('+Rp300.000')).toBeVisible();

  await officer.press('F12');
  await expect(page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
  await countNotes(officer, FLOAT + 300_000 - 5_000);
  await officer.press('F12', 'F12');
  await expect(page.getByText(CASH_TEXT.varianceOf(-5_000))).toBeVisible();
  await officer.press('F12');
  await expect(page.getByRole('heading', { name: CASH_TEXT.closed, level: 1 })).toBeVisible();
  await officer.press('Control+4');
  await expect(page.getByText(CASE_TEXT.supervisorExplains)).toBeVisible();
  await look('Selisih kas, petugas');

  await officer.signOut();
  await officer.signInAs('pengawas', 2);
  await officer.press('Control+4');
  await expect(page.getByRole('heading', { name: CASE_KIND_TEXT['cash-variance'] })).toBeVisible();
  await page.getByLabel(CASE_TEXT.explanation, { exact: true }).focus();
  await officer.type('lembar Rp5.000 ditemukan di lantai');
  await look('Selisih kas, pengawas');
  await officer.press('F12');
  await expect(page.getByText(CASE_TEXT.empty)).toBeVisible();
  expect(faults).toEqual([]);
});
