// A supervisor's evening with 40 outlets, in a real browser: from opening Rekap Harian to 40 signed days that the province
// applied, with a person's keys: 300 ms between any two, and 300 ms to look at each of the 40 lines before the PIN. Needs
// Chromium. Run: `npm run bench -- sign-evening`. `node bench/sign-evening.ts [--outlets 40] [--pictures FOLDER]`
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { localDateAt } from '../src/domain/local-date.ts';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { appointDevice } from '../src/province/approvals/supervisors.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import { demoOfficers, makeDemoData } from '../src/province/demo/demo-data.ts';
import { issueEnrolmentCode } from '../src/province/enrolment/enrolment.ts';
import { buildServer } from '../src/province/http/server.ts';
import { giveRegion } from '../src/province/region/regions.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { RECAP_TEXT } from '../src/renderer/text/recap-text.ts';
import { fillRegion } from '../tests/support/filled-region.ts';
import { machine, printer } from './scene/figures.ts';
import { commandLine, run, serve } from './scene/programs.ts';

const { values } = parseArgs({ options: { outlets: { type: 'string', default: '40' }, pictures: { type: 'string' } } });
const outlets = Number(values.outlets);
const LIMIT_S = 180;
const KEY_MS = 300;
const SALES_A_DAY = 30;
const SEED = 1;
const [SUPERVISOR, OUTLET] = ['pengawas', '3506-017'];
const print = printer('sign-evening');

function must<T, E>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const pause = (page: Page, ms = KEY_MS): Promise<void> => page.waitForTimeout(ms);

/** A person's keys, each after a moment. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await pause(page);
    await page.keyboard.press(key);
  }
}

async function picture(page: Page, name: string): Promise<void> {
  if (values.pictures === undefined) return;
  for (const [colorScheme, end] of [
    ['dark', '-gelap'],
    ['light', ''],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(values.pictures, `${name}${end}.png`), animations: 'disabled' });
  }
}

/** Signs everything that matches, from the first key to the last outcome; seconds. */
async function signAll(page: Page, pin: string): Promise<number> {
  const began = performance.now();
  await press(page, 'Control+0');
  await page.getByRole('option', { name: RECAP_TEXT.allMatching(outlets) }).waitFor();
  await press(page, 'F12');
  await page.getByRole('dialog').waitFor();
  await pause(page, outlets * KEY_MS);
  await picture(page, '136-tanda-tangan-40');
  await press(page, ...pin, 'F12');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByText(RECAP_TEXT.empty.close).waitFor({ timeout: LIMIT_S * 1000 });
  return (performance.now() - began) / 1000;
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-evening-'));
chmodSync(folder, 0o755);
const dataDir = join(folder, 'counter');
const opened = await openProvince({
  dataFolder: join(folder, 'province'),
  keysFolder: join(folder, 'province', 'keys'),
  documentsFolder: join(folder, 'province', 'documents'),
  databaseUrl: undefined,
});
const { context } = opened.province;
const today = localDateAt(context.now());
await makeDemoData(context, { vehicles: 60, seed: SEED, today });
await fillRegion(context.db, { outlets, days: 1, sales: outlets * SALES_A_DAY, perRegion: outlets }, today);
must(await giveRegion(context, SUPERVISOR, 'bench-0'));
const server = await buildServer(opened.province);
const province = await server.listen({ host: '127.0.0.1', port: 0 });
const { code } = must(await issueEnrolmentCode(context, OUTLET));
await run('loket', ['enrol', '--data', dataDir, '--province', province, '--code', code, '--key-store', 'demo']);
const newest = await context.db
  .selectFrom('device')
  .select('device_id')
  .where('outlet_id', '=', OUTLET)
  .orderBy('enrolled_at', 'desc')
  .executeTakeFirstOrThrow();
must(await appointDevice(context, SUPERVISOR, newest.device_id));
const counter = await serve(commandLine('loket', ['serve', '--data', dataDir, '--no-open', '--key-store', 'demo']));
const list = (path: string): readonly string[] => (existsSync(path) ? readdirSync(path) : []);
const found = findChromium(process.env, process.platform, existsSync, list);
const browser = await chromium.launch(found === undefined ? {} : { executablePath: found.path });
try {
  print({ what: 'machine', ...machine() });
  const pin = demoOfficers(SEED).find(({ officerId }) => officerId === SUPERVISOR)?.pin ?? '';
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
  });
  await page.goto(counter.url);
  await page.getByRole('radio', { checked: true }).waitFor();
  await press(page, 'ArrowDown', 'ArrowDown', ...pin, 'Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
  const seconds = await signAll(page, pin);
  const words = await context.db.selectFrom('day_decision').select(['applied', 'type']).execute();
  const signed = words.filter(({ applied, type }) => applied && type === 'day.close-signed').length;
  print({
    what: 'from Rekap Harian to the last signature',
    outlets,
    signed,
    seconds: Math.round(seconds),
    limit: LIMIT_S,
  });
  process.exitCode = seconds <= LIMIT_S && signed === outlets ? 0 : 2;
} finally {
  await browser.close();
  await counter.stop();
  await server.close();
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}
