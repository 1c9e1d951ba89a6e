// Takes the pictures of the README from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots.mjs
import { DENOMINATIONS } from '../src/domain/cash-session.ts';
import { ask, atKeyboard, inWorld, today } from './screenshot-world.mjs';

const FLOAT = 400_000;

async function morning(page, pin) {
  const { press, type, sell, find, fill, picture } = atKeyboard(page);
  await page.getByRole('radio').first().waitFor();
  await picture('01-masuk');
  await type(pin);
  await press('Enter', 1500);
  await press('Control+6', 800);
  await count({ press, type }, FLOAT);
  await press('F12', 1200);
  await sell('AG 2345 KD', '10001', '300000');
  await sell('AG 6001 TA', '10030', '300000');
  await sell('AG 6002 TA', '10031');
  await find('AG 3456 EF', '10003');
  await fill('300000');
  await picture('02-layanan');
  await picture('03-layanan-gelap', 'dark');
  await press('F6', 500);
  await picture('04-mengapa');
  await press('Escape');
  await press('F12', 2500);
  await picture('05-kembalian');
}

async function withoutLine(page, province) {
  const { press, sell, find, picture } = atKeyboard(page);
  await province.stop();
  await sell('W 1919 SH', '10024', '3000000');
  await sell('P 2929 OV', '10025');
  await sell('N 4040 DB', '10023');
  await find('AG 4567 GH', '10006');
  await picture('06-harus-ke-samsat-induk');
  // By then the second copy has followed.
  await press('Control+3', 6000);
  await picture('07-kotak-kirim-tanpa-koneksi');
}

async function lineReturns(page) {
  const { press, type, picture } = atKeyboard(page);
  await page.getByText('Tidak ada yang menunggu').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(6000);
  await press('Control+4', 1500);
  await picture('08-perlu-tindakan');
  await press('Control+2', 1500);
  await picture('09-beranda');
  await press('Control+7', 800);
  await type('AG 3456 EF');
  await press('Enter', 1200);
  await picture('10-riwayat');
}

/** Types the pieces of every note and coin that make up an amount. */
async function count({ press, type }, amount) {
  let left = amount;
  for (const note of DENOMINATIONS) {
    const pieces = Math.floor(left / note);
    left -= pieces * note;
    if (pieces > 0) await type(String(pieces));
    await press('ArrowDown', 60);
  }
}

async function evening(page, counter) {
  const keyboard = atKeyboard(page);
  const { press, picture } = keyboard;
  // The screens do not say what is in the drawer; the receipts do, for whoever adds them up.
  const { payable } = await ask(counter, 'reports.period', { from: today, to: today });
  await press('Control+6', 1000);
  await press('F12', 1000);
  await count(keyboard, FLOAT + payable - 1000);
  await picture('11-hitung-laci');
  await press('F12', 800);
  await press('F12', 1500);
  await picture('12-selisih');
  await press('F12', 2500);
  await picture('13-sesi-ditutup');
}

await inWorld(async ({ page, counter, pinOf, province }) => {
  await morning(page, pinOf('petugas-2'));
  await withoutLine(page, province);
  const again = await province.start();
  province.stop = again.stop;
  await lineReturns(page);
  await evening(page, counter);
});
