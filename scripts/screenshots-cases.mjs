// Takes the pictures of cases and refunds from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-cases.mjs
import { APPROVAL_TEXT } from '../src/renderer/text/approval-text.ts';
import { CASE_PAGE_TEXT } from '../src/renderer/text/case-page-text.ts';
import { CASE_KIND_TEXT, CASE_TEXT } from '../src/renderer/text/case-text.ts';
import { atKeyboard, inWorld, run } from './screenshot-world.mjs';

/** Both colours of one state. */
function both(page) {
  const { picture } = atKeyboard(page);
  return async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
}

const region = (page, kind) => page.getByRole('region', { name: CASE_KIND_TEXT[kind], exact: true });

async function topUp(page) {
  const { press } = atKeyboard(page);
  const shot = both(page);
  await press('Control+4', 500);
  await shot('51-perlu-tindakan-kosong');
  await region(page, 'short').waitFor({ timeout: 90_000 });
  await page.getByRole('button', { name: CASE_PAGE_TEXT.open }).waitFor();
  await press('F12', 1500);
  await shot('52-kasus-kurang-bayar');
  await press('F12', 800);
  await shot('53-terima-kekurangan');
  await press('F12', 1500);
  await shot('54-kekurangan-diterima');
  await press('F12', 500);
  await page.getByText(CASE_TEXT.empty).waitFor({ timeout: 60_000 });
}

async function backAgain(page, pinOf) {
  const { press, type } = atKeyboard(page);
  const shot = both(page);
  await press('Control+4', 500);
  await region(page, 'on-hold').waitFor({ timeout: 90_000 });
  await press('Control+7', 500);
  await type('AE 3333 HD');
  await press('Enter', 800);
  await page.getByRole('button', { name: CASE_PAGE_TEXT.sameDay }).click();
  const second = async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(APPROVAL_TEXT.supervisor, { exact: true }).selectOption('pengawas');
    await dialog.getByLabel(APPROVAL_TEXT.pin, { exact: true }).fill(pinOf('pengawas'));
  };
  await page.getByLabel(CASE_PAGE_TEXT.reason, { exact: true }).fill('salah kendaraan');
  await second();
  await shot('55-minta-pembatalan');
  await press('F12', 1000);
  await press('Control+4', 500);
  await region(page, 'refund-due').waitFor({ timeout: 90_000 });
  await page.getByRole('button', { name: CASE_PAGE_TEXT.open }).waitFor();
  await shot('56-uang-harus-kembali');
  await page.getByRole('button', { name: CASE_PAGE_TEXT.applyRefund }).click();
  await page.waitForTimeout(600);
  await shot('57-ajukan-pengembalian');
  await press('Escape', 500);
  await page.getByRole('button', { name: CASE_PAGE_TEXT.cashRefund }).click();
  await page.waitForTimeout(600);
  await shot('58-kembalikan-tunai');
}

await inWorld(async ({ page, pinOf, province, provinceData }) => {
  const { press, type, sell } = atKeyboard(page);
  // Whatever the hour at which the pictures are taken.
  await run('province', ['set-policy', '--set', 'cases.cancellationUntilHour=24', '--data', provinceData]);
  await page.waitForTimeout(1000);
  await type(pinOf('petugas-2'));
  await press('Enter', 1500);
  await press('Control+6', 800);
  await type('2');
  await press('F12', 1500);
  await province.stop();
  await sell('W 1919 SH', '10024');
  const again = await province.start();
  await topUp(page);
  await again.stop();
  await press('Control+1', 500);
  await sell('AE 3333 HD', '10026');
  const last = await province.start();
  await backAgain(page, pinOf);
  await last.stop();
});
