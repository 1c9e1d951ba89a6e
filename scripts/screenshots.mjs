// Takes the pictures of the README from the running product: a province and a counter in temporary folders, a real
// browser, keys only. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { DENOMINATIONS } from '../src/domain/cash-session.ts';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs', 'screenshots');
const work = mkdtempSync(join(tmpdir(), 'opop-screenshots-'));
const provinceData = join(work, 'province');
const counterData = join(work, 'counter');
const TAIL = SERVICE_TEXT.tail;
const FLOAT = 400_000;
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());

const start = (which, args) =>
  spawn(process.execPath, [join(root, 'bin', `${which}.mjs`), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** A program that serves: its address, and how to end it. */
async function serve(which, args) {
  const child = start(which, args);
  const closed = once(child, 'close');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  return { url: JSON.parse(line).url, stop };
}

/** What a finished command printed. */
async function run(which, args) {
  const child = start(which, args);
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${which} ${args[0]} ended with ${code}: ${out}`);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Asks the counter what its screens may ask. */
async function ask(counter, method, input) {
  const { origin, hash } = new URL(counter.url);
  const answer = await fetch(`${origin}/rpc`, {
    method: 'POST',
    headers: { origin, 'x-loket-secret': hash.slice(1), 'content-type': 'application/json' },
    body: JSON.stringify({ id: '1', method, input }),
  });
  return (await answer.json()).value;
}

/** A person at the keyboard of one page. */
function atKeyboard(page) {
  const press = async (key, waitMs = 250) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(waitMs);
  };
  const type = (text) => page.keyboard.type(text, { delay: 45 });
  const find = async (plate, tail) => {
    await press('F2');
    await type(plate);
    await press('Enter');
    await page.getByLabel(TAIL, { exact: true }).waitFor();
    await page.waitForTimeout(300);
    await type(tail);
    await press('Enter');
    await page.getByText(SERVICE_TEXT.compare).waitFor();
    await page.waitForTimeout(600);
  };
  const fill = async (cash) => {
    await press('F4');
    await press('Enter');
    await press('Enter');
    await press('Enter');
    await type('081234567890');
    await press('Enter', 500);
    await (cash === undefined ? press('F8') : type(cash));
  };
  const sell = async (plate, tail, cash) => {
    await find(plate, tail);
    await fill(cash);
    await press('F12', 1800);
  };
  const picture = async (name, scheme = 'light') => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.emulateMedia({ colorScheme: 'light' });
    process.stdout.write(`${name}\n`);
  };
  return { press, type, find, fill, sell, picture };
}

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

async function takePictures() {
  const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
  const found = findChromium(process.env, process.platform, existsSync, list);
  const provinceArgs = ['serve', '--data', provinceData, '--booking-delay', '500'];
  let province = await serve('province', provinceArgs);
  const port = new URL(province.url).port;
  const rows = await run('province', [
    'demo-data',
    '--vehicles',
    '200',
    '--seed',
    '1',
    '--today',
    today,
    '--data',
    provinceData,
  ]);
  const pin = rows.find((row) => row.kind === 'officer' && row.officerId === 'petugas-2').pin;
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
  const demo = ['--data', counterData, '--key-store', 'demo'];
  await run('loket', ['enrol', ...demo, '--province', province.url, '--code', code]);
  const counter = await serve('loket', ['serve', ...demo, '--no-open']);
  const browser = await chromium.launch(found === undefined ? {} : { executablePath: found.path });
  try {
    const page = await browser.newPage({
      viewport: { width: 1366, height: 768 },
      colorScheme: 'light',
      locale: 'id-ID',
    });
    await page.goto(counter.url);
    await morning(page, pin);
    await withoutLine(page, province);
    province = await serve('province', [...provinceArgs, '--port', port]);
    await lineReturns(page);
    await evening(page, counter);
  } finally {
    await browser.close();
    await counter.stop();
    await province.stop();
  }
}

mkdirSync(pictures, { recursive: true });
try {
  await takePictures();
} finally {
  rmSync(work, { recursive: true, force: true });
}
