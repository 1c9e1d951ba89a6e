// The world of the pictures: a province and a counter in temporary folders, a real browser, keys only.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs', 'screenshots');
const TAIL = SERVICE_TEXT.tail;

/** Today in Asia/Jakarta: the demo's due dates are reckoned from it. */
export const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());

const start = (which, args) =>
  spawn(process.execPath, [join(root, 'bin', `${which}.mjs`), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** A program that serves: its address, and how to end it. */
export async function serve(which, args) {
  const child = start(which, args);
  const closed = once(child, 'close');
  const first = once(createInterface({ input: child.stdout }), 'line');
  // A program that ends before its first line would be waited for without an end.
  const [line] = await Promise.race([
    first,
    closed.then(([code]) => {
      throw new Error(`${which} ${args[0]} ended with ${code} before it served`);
    }),
  ]);
  const end = async (signal) => {
    child.kill(signal);
    await closed;
  };
  return { url: JSON.parse(line).url, ended: closed, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** What a finished command printed. */
export async function run(which, args) {
  const child = start(which, args);
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${which} ${args[0]} ended with ${code}: ${out}`);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        throw new Error(`${which} ${args[0]} printed what is no JSON: ${line}`);
      }
    });
}

/** Asks the counter what its screens may ask. */
export async function ask(counter, method, input) {
  const { origin, hash } = new URL(counter.url);
  const answer = await fetch(`${origin}/rpc`, {
    method: 'POST',
    headers: { origin, 'x-loket-secret': hash.slice(1), 'content-type': 'application/json' },
    body: JSON.stringify({ id: '1', method, input }),
  });
  return (await answer.json()).value;
}

/** A person at the keyboard of one page. */
export function atKeyboard(page) {
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
    // A busy machine is behind the keys: the button says when the sum is known and enough.
    await page.getByRole('button', { name: new RegExp(SERVICE_TEXT.takeCash, 'u') }).click({ trial: true });
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

/**
 * Runs `take` in a world of its own and takes it away afterwards; `browserArgs` are for cameras, `prepare` gets the folder
 * of the enrolled counter before it runs.
 */
export async function inWorld(take, { browserArgs = [], provinceOptions = [], prepare = async () => undefined } = {}) {
  mkdirSync(pictures, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'opop-screenshots-'));
  try {
    await begin(take, work, { browserArgs, provinceOptions, prepare });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function begin(take, work, { browserArgs, provinceOptions, prepare }) {
  const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
  const found = findChromium(process.env, process.platform, existsSync, list);
  const provinceData = join(work, 'province');
  const provinceArgs = ['serve', '--data', provinceData, '--booking-delay', '500', ...provinceOptions];
  const province = await serve('province', provinceArgs);
  const port = new URL(province.url).port;
  const size = ['--vehicles', '200', '--seed', '1', '--today', today];
  const rows = await run('province', ['demo-data', ...size, '--data', provinceData]);
  const pinOf = (officerId) => rows.find((row) => row.kind === 'officer' && row.officerId === officerId).pin;
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
  const demo = ['--data', join(work, 'counter'), '--key-store', 'demo'];
  await run('loket', ['enrol', ...demo, '--province', province.url, '--code', code]);
  await prepare(join(work, 'counter'));
  const counter = await serve('loket', ['serve', ...demo, '--no-open']);
  const browser = await chromium.launch({
    args: browserArgs,
    ...(found === undefined ? {} : { executablePath: found.path }),
  });
  const server = { ...province, start: () => serve('province', [...provinceArgs, '--port', port]) };
  try {
    const viewport = { width: 1366, height: 768 };
    const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'id-ID' });
    await page.goto(counter.url);
    try {
      await take({ page, counter, pinOf, province: server, provinceData, work });
    } catch (error) {
      await page.screenshot({ path: join(tmpdir(), 'opop-screenshots-fault.png') });
      throw error;
    }
  } finally {
    await browser.close();
    await counter.stop();
    await server.stop();
  }
}
