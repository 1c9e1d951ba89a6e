// Takes the pictures of inspections, signals, quality and the auditor from the running product. Run by hand after a change
// of the screens: npm run build:renderer && npx node scripts/screenshots-inspection.mjs
import { SIGNAL_NAMES } from '../src/contract/signal-words.ts';
import { AUDIT_TEXT } from '../src/renderer/text/audit-text.ts';
import { INSPECTION_TEXT } from '../src/renderer/text/inspection-text.ts';
import { REPORT_NAMES, REPORTS_TEXT } from '../src/renderer/text/reports-text.ts';
import { ask, atKeyboard, inWorld } from './screenshot-world.mjs';

/** A service of one vehicle up to its amount, by the same questions that the screen asks. */
async function prepared(counter, nrkb, chassisTail) {
  const [{ vehicleId }] = await ask(counter, 'vehicles.find', { text: nrkb });
  const { transactionId } = await ask(counter, 'transactions.begin', { vehicleId });
  const { documents } = await ask(counter, 'transactions.confirm', { transactionId, chassisTail });
  const present = documents.map(({ kind }) => ({ kind, present: true }));
  await ask(counter, 'transactions.set-documents', { transactionId, documents: present });
  const payer = { name: 'Contoh Pembayar', phone: '081234567890', blankReason: null, isOwner: true };
  await ask(counter, 'transactions.set-payer', { transactionId, ...payer });
  return transactionId;
}

async function paid(counter, transactionId) {
  const { amount } = await ask(counter, 'transactions.draft', { transactionId });
  const { payable } = amount;
  await ask(counter, 'transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
}

/** The move of Berau: paid by the province's bill, taken back, sold again at the lower figure of a counter alone. */
async function soldAgainLower({ counter, province, pinOf }) {
  const transactionId = await prepared(counter, 'W 1919 SH', '10024');
  for (;;) {
    const { amount } = await ask(counter, 'transactions.draft', { transactionId });
    if (amount?.bill !== null && amount?.bill !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await province.stop();
  await paid(counter, transactionId);
  const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') };
  await ask(counter, 'transactions.void', { transactionId, reason: 'salah kendaraan', approval });
  await paid(counter, await prepared(counter, 'W 1919 SH', '10024'));
}

async function pictures({ page, pinOf, counter, province }) {
  const { press, type, picture, sell } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  const signIn = async (officerId, down) => {
    await page.getByRole('radio', { checked: true }).waitFor();
    await page.waitForTimeout(600);
    for (let step = 0; step < down; step += 1) await press('ArrowDown', 60);
    await type(pinOf(officerId));
    await press('Enter', 1200);
  };
  await signIn('petugas-2', 0);
  await press('Control+6', 800);
  await type('2');
  await press('F12', 1200);
  await sell('AG 2345 KD', '10001');
  await press('F2', 400);
  await sell('L 1001 EV', '10016');
  const found = await ask(counter, 'transactions.search', {});
  for (const { transactionId } of found.rows ?? found) {
    await ask(counter, 'transactions.reprint', { transactionId, reason: 'kertas pertama sobek' });
  }
  await soldAgainLower({ counter, province, pinOf });
  await press('Control+6', 1000);
  await picture('90-sesi-kas-dengan-pemeriksaan');
  await press('Control+,', 800);
  await page.getByText(INSPECTION_TEXT.withSafe).click();
  await page.getByLabel('Jumlah Rp100.000', { exact: true }).focus();
  await type('4');
  await both('90-pemeriksaan-kas');
  await page.getByText(INSPECTION_TEXT.withSafe).click();
  await page.getByLabel(new RegExp(`^${INSPECTION_TEXT.pin}`, 'u')).fill(pinOf('pengawas'));
  await press('F12', 2500);
  await both('91-pemeriksaan-tersimpan');
  await page.getByRole('button', { name: 'Keluar' }).click();
  await signIn('pengawas', 2);
  await press('Control+8', 1200);
  await page.getByText(REPORT_NAMES.signals, { exact: true }).click();
  await page.getByText(SIGNAL_NAMES['sold-again-lower']).first().waitFor();
  await page.waitForTimeout(1500);
  await both('92-perlu-dilihat');
  await page.getByText(REPORTS_TEXT.presets.month, { exact: true }).click();
  await page.getByText(REPORT_NAMES['service-quality'], { exact: true }).click();
  await page.waitForTimeout(1500);
  await both('93-mutu-layanan');
  await page.getByRole('button', { name: 'Keluar' }).click();
  await signIn('pemeriksa', 4);
  await press('Control+1', 800);
  await page.getByText(AUDIT_TEXT.recorded).waitFor();
  // The places of this computer are no part of a picture.
  await page.evaluate(() => {
    for (const place of document.querySelectorAll('.mantine-Radio-root')) place.style.display = 'none';
  });
  await both('94-pemeriksaan');
}

await inWorld(pictures);
