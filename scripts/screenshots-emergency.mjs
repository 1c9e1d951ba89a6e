// Takes the pictures of the emergency receipt book from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-emergency.mjs
import { CASH_TEXT } from '../src/renderer/text/cash-text.ts';
import { EMERGENCY_TEXT } from '../src/renderer/text/emergency-text.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';
import { atKeyboard, inWorld } from './screenshot-world.mjs';

const LONG_NAME = 'Siti Nur Contoh Wulandari Kusumaningrum binti Haji Abdurrahman';

async function typeSheet(page, { number, plate, tail, amount, payer }) {
  const { press, type } = atKeyboard(page);
  await press('F12');
  await page.getByLabel(EMERGENCY_TEXT.number).waitFor();
  await page.waitForTimeout(400);
  await page.getByLabel(EMERGENCY_TEXT.number).fill(number);
  await press('Tab');
  await press('Tab');
  for (const text of ['08.15', plate, tail, amount, payer, 'kamera ikut mati']) {
    await type(text);
    await press('Tab', 50);
  }
}

async function pictures({ page, pinOf }) {
  const { press, type, picture } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  await page.getByRole('radio', { checked: true }).waitFor();
  await page.waitForTimeout(800);
  await type(pinOf('petugas-2'));
  await press('Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
  await press('Control+6');
  await page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true }).waitFor();
  await page.waitForTimeout(400);
  await type('4');
  await press('F12');
  await page.getByLabel(SERVICE_TEXT.plate, { exact: true }).waitFor();
  await press('Control+k');
  await page.getByRole('combobox').waitFor();
  await page.waitForTimeout(400);
  await type('kuitansi');
  await press('Enter');
  await page.getByText(EMERGENCY_TEXT.noBook).waitFor();
  await press('F12');
  await page.getByLabel(EMERGENCY_TEXT.from).waitFor();
  await page.waitForTimeout(400);
  for (const text of ['1', '25', 'SP-12/2026']) {
    await type(text);
    await press('Tab', 50);
  }
  await press('F12');
  await page.getByText(EMERGENCY_TEXT.empty).waitFor();
  await picture('69-kuitansi-darurat-kosong');
  await typeSheet(page, { number: '1', plate: 'AG 2345 KD', tail: '10001', amount: '300000', payer: 'Siti Aminah' });
  await both('70-ketik-kuitansi');
  await press('F12');
  await page.getByLabel(EMERGENCY_TEXT.secondWho).waitFor();
  await page.waitForTimeout(400);
  await both('71-kuitansi-dan-tarif');
  await page.getByLabel(EMERGENCY_TEXT.secondWho).selectOption('petugas-1');
  await press('Tab');
  await type(pinOf('petugas-1'));
  await press('F12');
  await page.getByRole('listbox').waitFor();
  await typeSheet(page, {
    number: '4',
    plate: 'AG 9999 ZZ',
    tail: 'ABCDE',
    amount: '1250000000',
    payer: LONG_NAME,
  });
  await press('F12');
  await page.getByLabel(EMERGENCY_TEXT.secondWho).waitFor();
  await page.waitForTimeout(400);
  await picture('71-kuitansi-tidak-dikenal');
  await press('Escape');
  await page.getByRole('listbox').waitFor();
  await press('F8');
  await page.getByLabel(EMERGENCY_TEXT.reason).waitFor();
  await page.getByLabel(EMERGENCY_TEXT.reason).fill('Salah tulis');
  await page.getByLabel(EMERGENCY_TEXT.number).fill('2');
  await press('F12', 1500);
  await both('72-daftar-kuitansi');
}

await inWorld(pictures);
