import { CASH_TEXT } from '../../src/renderer/text/cash-text.ts';
import { DRAWER_TEXT } from '../../src/renderer/text/drawer-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { LOCK_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

/** A person who counts money types slowly: half a second for each key leaves most of two minutes for the notes. */
const MS_PER_KEY = 500;
const TWO_MINUTES = 120_000;

test('a drawer goes to the next officer in one page: joint count, two PINs, well under two minutes of keys', async ({
  officer,
  page,
}) => {
  const faults: string[] = [];
  let keys = 0;
  const press = async (...pressed: readonly string[]): Promise<void> => {
    keys += pressed.length;
    await officer.press(...pressed);
  };
  const type = async (text: string): Promise<void> => {
    keys += text.length;
    await officer.type(text);
  };
  await officer.signIn();
  await officer.openCashSession();
  await officer.sell('L 1001 EV', '10016');
  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();

  await press('Control+h');
  await expect(page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
  await type('3');
  await press(...Array.from({ length: 10 }, () => 'ArrowDown'), 'Enter');
  await expect(page.getByLabel(/^PIN /).first()).toBeFocused();
  await type(officer.pin('petugas-2'));
  // Past the eye of the first field.
  await press('Tab');
  const theirs = page.getByLabel(DRAWER_TEXT.pinOf('Siti Aminah'), { exact: true });
  if (!(await theirs.evaluate((field) => field === document.activeElement))) await press('Tab');
  await expect(theirs).toBeFocused();
  await type(officer.pin('petugas-1'));
  faults.push(...(await faultsOf(page, 'Serah terima laci')));
  // A total with a zero too many, added up on paper, is a question; the signatures wait.
  const total = page.getByLabel(DRAWER_TEXT.typedTotal, { exact: true });
  await total.fill('3000000');
  await press('F12');
  await expect(page.getByText('CASH_TOTAL_DIFFERS')).toBeVisible();
  await press('Escape');
  await total.fill('300000');
  await press('F12');

  await expect(page.getByText(DRAWER_TEXT.handedTo('Siti Aminah'))).toBeVisible();
  await expect(page.getByRole('banner').getByText('Siti Aminah (Petugas)')).toBeVisible();
  faults.push(...(await faultsOf(page, 'Laci sudah diserahkan')));
  test.info().annotations.push({ type: 'hand-over', description: `${String(keys)} keys` });
  expect(keys * MS_PER_KEY).toBeLessThan(TWO_MINUTES);
  await officer.press('F12');
  await expect(officer.plateField).toBeFocused();
  await expect(officer.pane(SERVICE_TEXT.payment)).toBeVisible();
  expect(faults).toEqual([]);
});

test('Jeda shows its note on the locked screen, and cash goes with a courier who tells what the bank took', async ({
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
  await officer.press('Control+i');
  await expect(page.getByLabel(DRAWER_TEXT.pauseNote)).toBeFocused();
  await officer.type('Kembali pukul 10.30');
  await look('Jeda');
  await officer.press('F12');
  await expect(page.getByRole('heading', { name: 'Kembali pukul 10.30' })).toBeVisible();
  await look('Layar jeda');
  await officer.unlock();
  await expect(page.getByRole('heading', { name: CASH_TEXT.state })).toBeVisible();

  await officer.press('F10');
  await page.getByText(DRAWER_TEXT.destinations.courier, { exact: true }).click();
  await page.getByLabel(CASH_TEXT.changeAmount, { exact: true }).fill('60000');
  await page.getByLabel(DRAWER_TEXT.courierName).fill('Slamet');
  await page.getByLabel(DRAWER_TEXT.courierSign).fill(officer.pin('petugas-2'));
  await look('Setor lewat kurir');
  await officer.press('F12');
  await expect(page.getByText(/dibawa kurir, slip /)).toBeVisible();
  await page.getByRole('button', { name: DRAWER_TEXT.arrived }).click();
  await page.getByLabel(DRAWER_TEXT.accepted).fill('50000');
  await page.getByLabel(CASH_TEXT.slip).fill('0042-118');
  await officer.press('F12');
  await expect(page.getByText('CASH_DOES_NOT_ADD_UP')).toBeVisible();
  await page.getByLabel(DRAWER_TEXT.refusedOf(DRAWER_TEXT.refusedNames.torn)).fill('5000');
  await page.getByLabel(DRAWER_TEXT.refusedOf(DRAWER_TEXT.refusedNames.false)).fill('5000');
  await look('Setoran kurir tiba');
  await officer.press('F12');
  await expect(officer.pane(DRAWER_TEXT.places).getByText(/slip 0042-118/)).toBeVisible();
  await look('Sesi Kas dengan setoran');
  await page.getByRole('button', { name: DRAWER_TEXT.writeOff }).click();
  faults.push(...(await faultsOfSheet(page, 'Catat rugi')));
  await page.getByRole('button', { name: DRAWER_TEXT.slipAgain }).first().click();
  faults.push(...(await faultsOfSheet(page, 'Salinan slip')));

  // Left with a pause: the supervisor is asked to close it.
  await officer.press('Control+i');
  await expect(page.getByLabel(DRAWER_TEXT.pauseNote)).toBeFocused();
  await officer.type('Pulang');
  await officer.press('F12');
  await page.getByRole('button', { name: LOCK_TEXT.other }).click();
  await officer.signInAs('pengawas', 2);
  await officer.press('Control+6');
  await expect(page.getByRole('heading', { name: CASH_TEXT.forgotten })).toBeVisible();
  await look('Sesi yang ditinggalkan');
  expect(faults).toEqual([]);
});
