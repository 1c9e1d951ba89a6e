// Takes the pictures of the supervisor's screens from the living demo region. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-region.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { atKeyboard } from './screenshot-world.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const READY = /Loket {5}(\S+)[\s\S]*PIN (\d+)/u;

/** The demo as a supervisor starts it; its address and his PIN stand in what it prints. */
async function startDemo(data) {
  const child = spawn(
    process.execPath,
    [join(root, 'bin', 'start.mjs'), '--role', 'pengawas', '--data', data, '--no-open'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let out = '';
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = READY.exec(out);
      if (found !== null) resolve({ url: found[1], pin: found[2] });
    });
    child.once('close', () => reject(new Error(`the demo ended: ${out}`)));
  });
  const stop = async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  };
  return { ...(await ready), stop };
}

const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
const found = findChromium(process.env, process.platform, existsSync, list);
const data = mkdtempSync(join(tmpdir(), 'opop-region-'));
const demo = await startDemo(data);
const browser = await chromium.launch(found === undefined ? {} : { executablePath: found.path });
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, colorScheme: 'light', locale: 'id-ID' });
  const { press, type, picture } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  /** What was asked of the province is on the screen. */
  const settled = () => page.waitForTimeout(3000);
  await page.goto(demo.url);
  await page.getByRole('radio', { checked: true }).waitFor();
  // Two officers stand before him in the list.
  for (let step = 0; step < 2; step += 1) await press('ArrowDown');
  await type(demo.pin);
  await press('Enter');
  await page.getByRole('navigation').waitFor();
  await settled();
  await press('Control+5');
  await settled();
  await both('100-wilayah');
  await press('Enter');
  await settled();
  await both('101-wilayah-gerai');
  await press('Escape', 800);
  await press('F10');
  await settled();
  await both('131-flashdisk-kosong');
  await press('Escape', 800);
  await press('Control+0');
  await settled();
  await both('103-rekap-semua-cocok');
  // Down to the first day that does not match.
  const chosen = page.getByRole('option', { selected: true });
  do await press('ArrowDown', 300);
  while (/cocok/u.test(await chosen.innerText()));
  await settled();
  await both('104-rekap-selisih');
  await press('Control+;');
  await settled();
  await both('108-persetujuan');
  await press('Control+\\');
  await settled();
  await both('120-rekap-bulan');
  const open = async (name) => {
    // The label of a choice is what is pressed; its input lies below it.
    await page.locator('label', { hasText: name }).first().click();
    await settled();
  };
  await open('Per penerima');
  await both('121-rekap-bulan-penerima');
  await open('Perlu dilihat');
  await both('123-perlu-dilihat-wilayah');
  await open('Mutu layanan');
  await both('124-mutu-layanan-wilayah');
  await press("Control+'");
  await settled();
  await both('111-petugas');
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
