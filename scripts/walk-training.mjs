// Plays docs/latihan-30-menit.md from its first minute to its last, as a trainee: `npm start -- --training`, a real browser,
// the keys that stand there. Prints one line for each row, takes the pictures of the page; exit 1 at the first thing that is
// not to be seen. A minute: npm run build:renderer && npm run -s walk:training
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { root } from './run-program.mjs';
import { atKeyboard } from './screenshot-world.mjs';

const PATIENCE_MS = 60_000;

/** The training as a trainer starts it: what it printed. */
async function startTraining(data) {
  const args = [join(root, 'bin/start.mjs'), '--training', '--no-open', '--data', data, '--port', '4790'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let words = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      words += chunk;
      if (words.includes('latihan-30-menit.md')) resolve();
    });
    void closed.then(() => reject(new Error(`the training ended: ${words}`)));
  });
  const url = /Loket {5}(\S+)/u.exec(words)[1];
  const [, pin] = /PIN (\d+)/u.exec(words);
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  return { url, name: 'Petugas Latihan', pin, stop };
}

function trainee(page) {
  const keys = atKeyboard(page);
  const began = performance.now();
  const sees = async (...texts) => {
    for (const text of texts) await page.getByText(text).first().waitFor({ timeout: PATIENCE_MS });
  };
  const row = (minutes, did) =>
    process.stdout.write(
      `${JSON.stringify({ minutes, did, seconds: Math.round((performance.now() - began) / 1000) })}\n`,
    );
  return { ...keys, page, sees, row };
}

async function firstHalf({ page, press, type, find, sees, row, picture }, demo) {
  await page.getByRole('radio', { checked: true }).waitFor();
  await page.getByRole('radio', { name: new RegExp(demo.name, 'u') }).waitFor();
  for (let step = 0; step < 10; step += 1) {
    const chosen = await page.getByRole('radio', { checked: true }).innerText();
    if (chosen.includes(demo.name)) break;
    await press('ArrowDown', 100);
  }
  await picture('157-latihan-masuk');
  await type(demo.pin);
  await press('Enter');
  await page.getByRole('heading', { name: 'Hari ini' }).waitFor();
  row('0-2', 'masuk, Beranda');
  await press('Control+6', 800);
  await type('2');
  await press('F12');
  await sees(/^Sesi Kas dibuka/u);
  row('2-5', 'Sesi Kas dibuka');
  await find('AG 1001 LT', '20001');
  await press('Enter');
  await press('Enter');
  await press('Enter');
  await type('081234567890');
  await press('Enter', 500);
  await press('F8', 500);
  await press('F12');
  await sees('Kembalian', /^\S*\d{4}-\d{3}-\d{2}-\S+$/u, 'tercetak');
  await picture('158-latihan-penjualan');
  row('5-10', 'kembalian, nomor struk, kertas');
  await find('AG 1002 LT', '20002');
  await press('F6');
  await sees(/2 bulan/u, /denda SWDKLLJ/iu);
  await press('Escape', 500);
  row('10-12', 'dua bulan sanksi, denda SWDKLLJ');
  await find('AG 1008 LT', '20008').catch(() => undefined);
  await sees(/Samsat Induk/u);
  row('12-14', 'harus ke Samsat Induk');
}

async function withoutBapenda({ page, press, find, fill, sees, row, picture }) {
  await page
    .getByRole('contentinfo')
    .getByText(/^tanpa koneksi/u)
    .waitFor({ timeout: PATIENCE_MS });
  await find('AG 1003 LT', '20003');
  await sees(/perkiraan/iu);
  await fill();
  await page
    .getByRole('button', { name: /Terima/u })
    .last()
    .click({ trial: true });
  await press('F12');
  await sees('Kembalian');
  await press('Control+3');
  await page.getByRole('contentinfo').getByText('3 menunggu').waitFor();
  await picture('159-latihan-kotak-kirim');
  row('14-18', 'perkiraan, tiga menunggu');
  await press('F12', 3000);
  await page.getByRole('contentinfo').getByText('3 menunggu').waitFor();
  row('18-19', 'tetap menunggu, tidak ada yang hilang');
}

async function secondHalf({ page, press, type, sees, row, picture }, demo) {
  await press('Control+1', 800);
  await press('F7');
  await page.getByRole('dialog').getByRole('option', { selected: true }).waitFor();
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Riwayat' }).waitFor();
  await page.getByRole('button', { name: 'Cetak salinan' }).waitFor();
  await press('F9');
  await page.getByRole('dialog').waitFor();
  await press('F12');
  await sees(/^SALINAN 1 dikirim ke /u);
  row('19-22', 'SALINAN dengan nomor yang sama');
  await press('Escape', 500);
  await press('Control+l');
  await page.getByRole('heading', { name: /terkunci/iu }).waitFor();
  await type(demo.pin);
  await press('Enter', 800);
  await press('Control+6', 800);
  await press('Control+i', 800);
  await type('Kembali pukul 10.30');
  await press('F12');
  await page.getByRole('heading', { name: 'Kembali pukul 10.30' }).waitFor();
  await type(demo.pin);
  await press('Enter', 800);
  row('22-24', 'layar terkunci; catatan jeda untuk pintu');
  await press('Control+6', 800);
  await press('F12', 800);
  // As the trainee has no real notes, the opening float alone is counted: the difference is told once the count is kept.
  await type('2');
  assert.equal(await page.getByText(/^(?:Selisih|Kurang)/u).count(), 0, 'no difference before the count is kept');
  const closed = page.getByRole('heading', { level: 1, name: 'Sesi ditutup' });
  for (let at = 0; at < 4 && !(await closed.isVisible()); at += 1) await press('F12', 2500);
  await closed.waitFor();
  await sees(/^Kurang Rp/u);
  row('24-27', 'selisih sesudah hitungan disimpan; sesi ditutup');
  for (const screen of ['Control+2', 'Control+1', 'Control+7']) {
    await press(screen, 800);
    await press('F1');
    const help = page.getByRole('dialog');
    await help.getByText('Di layar ini', { exact: true }).waitFor();
    await press('Escape');
    await help.waitFor({ state: 'hidden' });
  }
  row('29-30', 'F1 di tiga layar: tombolnya; Esc');
}

mkdirSync(join(root, 'test-results'), { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'loket-latihan-'));
const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
const found = findChromium(process.env, process.platform, existsSync, list);
const demo = await startTraining(data);
const browser = await chromium.launch(found === undefined ? {} : { executablePath: found.path });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'id-ID' });
  await page.goto(demo.url);
  const person = trainee(page);
  try {
    await firstHalf(person, demo);
    await withoutBapenda(person);
    await secondHalf(person, demo);
  } catch (error) {
    await page.screenshot({ path: join(root, 'test-results', 'walk-fault.png') });
    throw error;
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
