// Takes the pictures of people, own PINs and announcements from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-people.mjs
import { join } from 'node:path';
import { ANNOUNCE_TEXT, CODES_TEXT, OWN_PIN_TEXT, PEOPLE_TEXT } from '../src/renderer/text/people-text.ts';
import { WORD_TEXT } from '../src/renderer/text/word-text.ts';
import { atKeyboard, inWorld, run, serve } from './screenshot-world.mjs';

const VIEWPORT = { width: 1366, height: 768 };
const LONG =
  'Mulai Senin tarif baru berlaku. Sebelum membuka sesi kas, pastikan Beranda menyebut tarif tanggal 1; kalau belum, sambungkan komputer sebentar.\n\nBerkas wajib pajak yang datang hari Sabtu tetap diterima. Pertanyaan: hubungi pengawas, jangan menolak orang yang sudah antre.';

/** Both colours of one state. */
function both(page) {
  const { picture } = atKeyboard(page);
  return async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
}

async function signIn(page, pin, down = 0) {
  const { press, type } = atKeyboard(page);
  for (let step = 0; step < down; step += 1) await press('ArrowDown');
  await type(pin);
  await press('Enter', 1500);
}

/** The supervisor's own device, enrolled like a counter and appointed to him. */
async function ownDevice(province, provinceData, work) {
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
  const demo = ['--data', join(work, 'pengawas'), '--key-store', 'demo'];
  await run('loket', ['enrol', ...demo, '--province', province.url, '--code', code]);
  const devices = await run('province', ['devices', '--data', provinceData]);
  const { deviceId } = devices.find(({ deviceNo }) => deviceNo === 2);
  const who = ['--supervisor', 'pengawas', '--device', deviceId, '--data', provinceData];
  await run('province', ['supervisor-device', ...who]);
  return await serve('loket', ['serve', ...demo, '--no-open']);
}

const withPin = (page, pin) => page.getByLabel(new RegExp(`^${WORD_TEXT.pin('')}`, 'u')).fill(pin);

async function create(page, pin) {
  const { press } = atKeyboard(page);
  await press('Control+.', 500);
  await page.getByLabel(PEOPLE_TEXT.name).fill('Siti Nur Contoh Wulandari Kusumaningrum');
  await page.getByLabel(PEOPLE_TEXT.id).fill('nip-198706112010');
  await withPin(page, pin);
  await both(page)('112-petugas-baru');
  await press('F12', 1500);
  await page.getByText(PEOPLE_TEXT.startCode, { exact: true }).waitFor();
  const code = await page.locator('[data-short="true"]').innerText();
  await both(page)('113-kode-awal');
  await press('Escape', 1000);
  return code;
}

async function officers(page) {
  await page.getByRole('listbox', { name: PEOPLE_TEXT.list }).waitFor();
  await page.waitForTimeout(1500);
  await both(page)('111-petugas');
}

async function announce(page, pin) {
  const { press } = atKeyboard(page);
  await page.getByText(PEOPLE_TEXT.tabs.announcements, { exact: true }).click();
  await page.waitForTimeout(1200);
  await press('F12', 600);
  await page.getByLabel(ANNOUNCE_TEXT.heading).fill('Tarif baru mulai Senin');
  await page.getByRole('textbox', { name: ANNOUNCE_TEXT.text, exact: true }).fill(LONG);
  await withPin(page, pin);
  await press('F12', 2000);
  await page.getByText(ANNOUNCE_TEXT.readers).waitFor();
  await page.waitForTimeout(1200);
}

async function codes(page, pin) {
  const { press } = atKeyboard(page);
  await page.getByText(PEOPLE_TEXT.tabs.codes, { exact: true }).click();
  await page.waitForTimeout(1200);
  await press('F12', 600);
  await page.getByLabel(CODES_TEXT.outlet).first().click();
  await press('ArrowDown');
  await press('Enter', 300);
  await withPin(page, pin);
  await press('F12', 1500);
  await page.getByRole('strong').filter({ hasText: CODES_TEXT.code }).waitFor();
  await both(page)('114-kode-pendaftaran');
  await press('Escape', 800);
}

await inWorld(async ({ page, pinOf, province, provinceData, work }) => {
  const device = await ownDevice(province, provinceData, work);
  try {
    const own = await page.context().browser().newPage({ viewport: VIEWPORT, locale: 'id-ID' });
    await own.goto(device.url);
    await own.waitForTimeout(1500);
    const pin = pinOf('pengawas');
    await signIn(own, pin, 2);
    const { press } = atKeyboard(own);
    await press("Control+'", 2000);
    const code = await create(own, pin);
    await officers(own);
    await codes(own, pin);
    await announce(own, pin);
    // The counter hears of both with its next contact.
    await page.bringToFront();
    await page.getByText('Siti Nur Contoh').waitFor({ timeout: 60_000 });
    await page.getByText('Tarif baru mulai Senin').waitFor({ timeout: 60_000 });
    await page.getByText('Siti Nur Contoh').click();
    await both(page)('115-masuk-pengumuman');
    const counter = atKeyboard(page);
    await counter.type(code);
    await counter.press('Enter', 1500);
    await page.getByLabel(OWN_PIN_TEXT.new, { exact: true }).fill('593027');
    await page.getByLabel(OWN_PIN_TEXT.again).fill('593027');
    await both(page)('116-pilih-pin');
    await counter.press('F12', 2500);
    await both(page)('116-beranda-pengumuman');
    await counter.press('Control+y', 2500);
    await own.bringToFront();
    await press('Control+]', 2500);
    await both(own)('116-siapa-membaca');
  } finally {
    await device.stop();
  }
});
