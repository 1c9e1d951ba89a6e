// Takes the pictures of a drawer's day from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-drawer.mjs
import { DRAWER_TEXT } from '../src/renderer/text/drawer-text.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';
import { atKeyboard, inWorld } from './screenshot-world.mjs';

const NOTES = 11;

async function sell({ page, press, type }, plate, tail) {
  await press('F2', 300);
  await type(plate);
  await press('Enter', 900);
  await page.getByLabel(SERVICE_TEXT.tail, { exact: true }).waitFor();
  await type(tail);
  await press('Enter', 900);
  await press('Enter', 300);
  await press('Enter', 300);
  await press('Enter', 300);
  await type('081234567890');
  await press('Enter', 900);
  await press('F8', 300);
  await press('F12', 1500);
}

/** Pieces from the largest note down, then on to what follows the last one. */
async function count({ press, type }, pieces) {
  for (let at = 0; at < NOTES; at += 1) {
    const number = pieces[at];
    if (number !== undefined) await type(String(number));
    if (at < NOTES - 1) await press('ArrowDown', 30);
  }
}

async function pictures({ page, pinOf }) {
  const keyboard = { page, ...atKeyboard(page) };
  const { press, type, picture } = keyboard;
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  await page.getByRole('radio', { checked: true }).waitFor();
  await page.waitForTimeout(800);
  await type(pinOf('petugas-2'));
  await press('Enter', 800);
  await press('Control+6', 800);
  await both('37-sesi-kas-buka');
  await type('2');
  await press('F12', 1200);
  await sell(keyboard, 'AG 2345 KD', '10001');
  await sell(keyboard, 'L 1001 EV', '10016');
  await press('Control+6', 1000);
  await both('38-sesi-kas-berjalan');
  await press('F10', 600);
  await page.getByText(DRAWER_TEXT.destinations.courier, { exact: true }).click();
  await page.getByText('Laci', { exact: true }).last().click();
  await page.getByLabel(DRAWER_TEXT.courierName).fill('Slamet Contoh');
  await page.getByLabel(DRAWER_TEXT.courierSign).fill(pinOf('petugas-2'));
  await page.getByLabel('Jumlah', { exact: true }).fill('100000');
  await both('39-setor-lewat-kurir');
  await press('F12', 1200);
  await page.getByRole('button', { name: DRAWER_TEXT.arrived }).click();
  await page.waitForTimeout(500);
  await page.getByLabel(DRAWER_TEXT.accepted).fill('50000');
  await page.getByLabel(DRAWER_TEXT.refusedOf(DRAWER_TEXT.refusedNames.false)).fill('50000');
  await page.getByLabel('Nomor slip').fill('0042-118');
  await both('40-setoran-kurir-tiba');
  await press('F12', 1200);
  await picture('41-uang-di-mana');
  await press('Control+i', 500);
  await type('Kembali pukul 10.30');
  await picture('42-jeda');
  await press('F12', 1200);
  await both('42-jeda-di-pintu');
  await type(pinOf('petugas-2'));
  await press('Enter', 1500);
  await press('Control+h', 800);
  await count(keyboard, [2, '', 3, 2, 1]);
  await both('43-serah-terima-laci');
  await press('Enter', 200);
  await type(pinOf('petugas-2'));
  await press('Tab', 100);
  await page
    .getByLabel(/^PIN (?!.*Fauzi)/)
    .last()
    .fill(pinOf('petugas-1'));
  await press('F12', 2500);
  await both('43-laci-diserahkan');
  await press('F12', 800);
  await press('Control+6', 800);
  await press('F12', 600);
  await count(keyboard, [12500]);
  await page.getByLabel(DRAWER_TEXT.typedTotal).fill('1250000000');
  await press('F12', 600);
  await press('F12', 900);
  await picture('44-hitungan-ditanyakan');
  await press('Escape', 500);
}

await inWorld(pictures);
