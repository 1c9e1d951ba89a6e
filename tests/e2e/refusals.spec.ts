import { DOCUMENTS_TEXT } from '../../src/renderer/text/documents-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { expect, test } from './support/world.ts';

const REFUSED = [
  { plate: 'AG 4567 GH', tail: '10006', code: 'PAYABLE_AT_SAMSAT_INDUK', says: /lebih dari satu tahun \(jatuh tempo/ },
  { plate: 'L 5005 RN', tail: '10007', code: 'RENEWAL_YEAR', says: /habis masa lima tahunnya/ },
  { plate: 'N 2727 AB', tail: '10008', code: 'NOT_YET_PAYABLE', says: /belum waktunya dibayar/ },
  { plate: 'M 2121 HA', tail: '10010', code: 'BLOCKED', says: /hilang atau dicuri/ },
  { plate: 'L 9191 BX', tail: '10014', code: 'DELETED_FROM_REGISTER', says: /dihapus dari daftar/ },
  { plate: 'AG 2020 IN', tail: '10015', code: 'VEHICLE_INCOMPLETE', says: /NJKB/ },
  { plate: 'L 8 ZZ', tail: '10029', code: 'CAP_PER_SALE', says: /batas satu transaksi/ },
] as const;

test('every refusal is calm: what, that no money was taken, what now; and no way to take money stays open', async ({
  officer,
  page,
  province,
}) => {
  await officer.signIn();
  await officer.openCashSession();
  // The local answer: with a line the province refuses in its own words, which the last test looks at.
  await province.stop();
  for (const { plate, tail, code, says } of REFUSED) {
    await officer.find(plate);
    await officer.confirm(tail);
    const card = page.getByRole('alert').filter({ hasText: code }).first();
    await expect(card, plate).toBeVisible();
    await expect(card, plate).toContainText(says);
    await expect(card, plate).toContainText('Tidak ada uang yang diambil.');
    await expect(officer.cashField, plate).toHaveCount(0);
    await expect(page.getByRole('button', { name: SERVICE_TEXT.takeCash }), plate).toHaveCount(0);
  }
});

test('what cannot be a plate, or is of another province, is said at once', async ({ officer, page }) => {
  await officer.signIn();
  await officer.openCashSession();
  for (const [plate, code] of [
    ['AG 12345 XY', 'NRKB_INVALID'],
    ['AG 5678 0B', 'NRKB_LOOKALIKE'],
    ['B 1234 XY', 'NRKB_OTHER_PROVINCE'],
  ] as const) {
    await officer.find(plate);
    await expect(page.getByText(code), plate).toBeVisible();
  }
  await officer.find('AG 5678 O/B');
  await officer.confirm('10021');
});

test('a plate that the registry does not know still gets a proof of arrival', async ({ officer, page }) => {
  await officer.signIn();
  await officer.openCashSession();
  await officer.find('AG 9999 XX');
  await expect(page.getByText('VEHICLE_UNKNOWN')).toBeVisible();
  await page.getByLabel(SERVICE_TEXT.payerName, { exact: true }).focus();
  await officer.type('Budi Santoso');
  await officer.press('Enter');
  await officer.type('081298765432');
  await officer.press('F12');
  await expect(page.getByText(SERVICE_TEXT.intakeTitle)).toBeVisible();
  await officer.press('Control+5');
  await page.getByRole('tab', { name: DOCUMENTS_TEXT.callList }).focus();
  await officer.press('Enter');
  await expect(page.getByRole('option').filter({ hasText: 'AG 9999 XX' })).toContainText('Budi Santoso');
});

test('a price question is answered on paper without a sale', async ({ officer, page }) => {
  await officer.signIn();
  await officer.openCashSession();
  await officer.find('S 1717 MJ');
  await officer.confirm('10018');
  await officer.press('F10');
  await expect(page.getByText(SERVICE_TEXT.quoteDone)).toBeVisible();
  await officer.press('Control+7');
  await expect(page.getByText('0 transaksi')).toBeVisible();
});
