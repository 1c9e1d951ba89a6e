// Takes the pictures of paying from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-payments.mjs
import { CASH_TEXT } from '../src/renderer/text/cash-text.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { PAYMENT_TEXT } from '../src/renderer/text/payment-text.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';
import { atKeyboard, inWorld } from './screenshot-world.mjs';

async function pictures({ page, pinOf }) {
  const { press, type, find, picture } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  const ready = async (plate, tail) => {
    await find(plate, tail);
    await page.waitForTimeout(1500);
    await press('Enter', 600);
    await press('Enter', 600);
    await press('Enter', 600);
    await type('081234567890');
    await press('Enter', 2000);
  };
  const shown = (label) => page.getByLabel(label, { exact: true }).waitFor();
  await page.getByRole('radio', { checked: true }).waitFor();
  await type(pinOf('petugas-2'));
  await press('Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
  await press('Control+6');
  await shown(CASH_TEXT.countOf('Rp100.000'));
  await page.waitForTimeout(500);
  await type('4');
  await press('F12');
  await shown(SERVICE_TEXT.plate);
  await ready('AG 6001 TA', '10030');
  await type('300000');
  await page.waitForTimeout(300);
  await both('45-bayar-tunai');
  await press('Control+a');
  await type('28400000');
  await press('F12', 2500);
  await both('46-kelebihan-nol');
  await press('Control+s', 900);
  await press('F12', 3500);
  await both('47-qris');
  await page.getByRole('button', { name: PAYMENT_TEXT.cancel }).click();
  await page.waitForTimeout(900);
  await page.waitForTimeout(100);
  await press('Escape', 700);
  await press('Insert', 2500);
  await ready('AG 2345 KD', '10001');
  await picture('48-kendaraan-kedua');
  await press('F12', 2500);
  await ready('AG 1111 HI', '10002');
  await press('F12', 2500);
  await page.getByLabel(SERVICE_TEXT.received, { exact: true }).fill('4000000');
  await both('48-gabungan');
  await press('F12');
  await page.getByText(PAYMENT_TEXT.basketPaid).waitFor();
  await both('49-gabungan-selesai');
  await find('W 1818 QT', '10004');
  await press('F6', 700);
  await both('50-mengapa-untuk-warga');
}

await inWorld(pictures);
