import { createServer, type Server } from 'node:http';
import type { BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFor } from '../../src/main/core/approvals/approval-codes.ts';
import { pairKey } from '../../src/province/approvals/pair-keys.ts';
import { issuePageCode, revokePages } from '../../src/province/supervisor-page/supervisor-pages.ts';
import { openForBusiness, sellOffline } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { deviceIdOf, settled } from '../support/supervisor-device.ts';
import type { TestCounter } from '../support/test-counter.ts';
import { openKioskWindow } from './real-browser.ts';

const PIN = '20406080';

/** The province on a port that can be taken away: then there is no line at all. */
function lineTo(province: ReturnType<typeof useProvince>) {
  const held: { server?: Server; port: number } = { port: 0 };
  const listen = async (): Promise<void> => {
    const { server: routes } = province();
    await routes.ready();
    const server = createServer((request, response) => routes.routing(request, response));
    await new Promise<void>((resolve) => server.listen(held.port, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    held.port = address.port;
    held.server = server;
  };
  const cut = async (): Promise<void> => {
    const { server } = held;
    if (server === undefined) return;
    delete held.server;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { listen, cut, url: () => `http://127.0.0.1:${String(held.port)}/kode` };
}

describe('the page /kode in a real browser', { timeout: 40_000 }, () => {
  const province = useProvince();
  const line = lineTo(province);
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  let close: () => Promise<void>;

  beforeAll(async () => {
    await line.listen();
    const window = await openKioskWindow('about:blank');
    ({ context, close } = window);
    page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (said) => {
      if (said.type() === 'error' && !said.text().includes('ERR_CONNECTION_REFUSED')) faults.push(said.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    // The page's clock is the counter's; its timers run when the test says so.
    await page.clock.install({ time: province().clock.now });
    await page.setViewportSize({ width: 390, height: 844 });
  });
  afterAll(async () => {
    await close();
    await line.cut();
  });

  const shown = (id: string) => page.locator(`#${id}`);

  /** A counter that wants a void, and what it reads over the phone. */
  async function asked(counter: TestCounter, nrkb = 'AG 2345 KD') {
    const { transactionId, payable } = await sellOffline(counter, nrkb);
    const { entryHash } = await counter.get('transactions.get', { transactionId });
    const content = { entryHash };
    const request = { action: 'void' as const, subject: transactionId, amount: payable, content };
    return { transactionId, payable, ...(await counter.get('approvals.request', request)) };
  }

  /** A counter, and then a page that knows it. */
  async function counterAndPage(): Promise<TestCounter> {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await page.goto(line.url());
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await signIn();
    return counter;
  }

  async function unlock(): Promise<void> {
    await shown('pin').fill(PIN);
    await page.getByRole('button', { name: 'Buka' }).click();
    await shown('request').waitFor();
  }

  async function signIn(): Promise<void> {
    const issued = await issuePageCode(province().province.context, 'pengawas');
    if (!issued.ok) throw new Error(issued.error);
    await shown('code').fill(issued.value.code);
    await shown('new-pin').fill(PIN);
    await shown('new-pin-again').fill(PIN);
    await page.getByRole('button', { name: 'Masuk' }).click();
    await shown('request').waitFor();
  }

  it('opens with a code and a PIN of eight digits, and keeps nothing in the open', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await page.goto(line.url());
    await shown('code').fill('0000 0000 0000 0000 0000');
    await shown('new-pin').fill('1234567');
    await shown('new-pin-again').fill('1234567');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await expect.poll(() => shown('notice').innerText()).toMatch(/paling sedikit 8 angka/);
    await shown('new-pin').fill(PIN);
    await shown('new-pin-again').fill(PIN);
    await page.getByRole('button', { name: 'Masuk' }).click();
    await expect.poll(() => shown('notice').innerText()).toMatch(/tidak dikenal/);
    await signIn();
    const key = pairKey(province().province.context.keys.approval, 'pengawas', deviceIdOf(counter));
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    expect(kept).toContain('opop-kode');
    expect(kept).not.toContain(key);
    expect(kept).not.toContain('pengawas');
  });

  it('opens again without a line, and answers the digits that the counter takes, and sends its word later', async () => {
    const counter = await counterAndPage();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await line.cut();
    const { transactionId, payable, requestId, shortText } = await asked(counter);
    await page.reload();
    await unlock();
    const wrong = shortText.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await shown('request').fill(wrong);
    await expect.poll(() => shown('hint').innerText()).toMatch(/kelompok yang salah/);
    await shown('request').fill(shortText.toLowerCase());
    await shown('approve').waitFor();
    const facts = await shown('facts').innerText();
    expect(facts).toContain(`Batalkan transaksi Rp${String(payable).replace(/\B(?=(\d{3})+$)/g, '.')}`);
    const deviceId = deviceIdOf(counter);
    const { db } = province().province.context;
    const device = db.selectFrom('device').select('device_no').where('device_id', '=', deviceId);
    expect(facts).toContain(`3506-017-0${String((await device.executeTakeFirstOrThrow()).device_no)}`);
    await shown('approve').click();
    await shown('digits').waitFor();
    const code = (await shown('digits').innerText()).replaceAll(/\s/g, '');
    const key = Buffer.from(pairKey(province().province.context.keys.approval, 'pengawas', deviceId), 'base64url');
    expect(code).toBe(codeFor(key, deviceId, shortText.replaceAll(' ', '')));
    expect(await shown('unsent').innerText()).toMatch(/^1 persetujuan belum terkirim/);
    const approval = { by: 'code' as const, requestId, code };
    await counter.get('transactions.void', { transactionId, reason: 'kendaraan salah', approval });
    await settled(province(), counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'waiting' }]);
    await line.listen();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => shown('unsent').innerText()).toBe('');
    await settled(province(), counter);
    expect(counter.rows('SELECT answer FROM approval')).toEqual([{ answer: 'confirmed' }]);
  });

  it('locks itself after five minutes without use, and shows nothing of what was open', async () => {
    const { shortText } = await asked(await counterAndPage());
    await shown('request').fill(shortText);
    await shown('approve').click();
    await shown('digits').waitFor();
    await page.clock.fastForward(4 * 60_000);
    expect(await shown('open').isVisible()).toBe(true);
    await page.keyboard.press('Shift');
    await page.clock.fastForward(4 * 60_000);
    expect(await shown('open').isVisible()).toBe(true);
    await page.clock.fastForward(70_000);
    await shown('pin').waitFor();
    expect(await page.locator('main').innerText()).toMatch(/Terkunci sesudah 5 menit/);
    expect(await page.content()).not.toContain('3506-017');
    expect(await shown('digits').textContent()).toBe('');
  });

  it('does not answer a request of yesterday, nor one of a counter that is not his', async () => {
    const { shortText } = await asked(await counterAndPage());
    const stranger = await openForBusiness(await enrolledCounter(province()));
    const { shortText: elsewhere } = await stranger.get('approvals.request', {
      action: 'raise-cap:perSale',
      subject: 'perSale',
      amount: 9_000_000,
      content: {},
    });
    await shown('request').fill(elsewhere);
    await expect.poll(() => shown('hint').innerText()).toMatch(/tidak ada di daftar/);
    await page.clock.setSystemTime(province().clock.now + 24 * 3_600_000);
    await shown('request').fill(shortText);
    await expect.poll(() => shown('advice').innerText()).toMatch(/sudah lewat/);
    expect(await shown('approve').isVisible()).toBe(false);
  });

  it('loses its keys when the province ended it, and after five wrong PINs', async () => {
    await page.clock.setSystemTime(province().clock.now);
    const { shortText } = await asked(await counterAndPage());
    await revokePages(province().province.context, 'pengawas');
    await shown('request').fill(shortText);
    await shown('approve').click();
    await shown('code').waitFor();
    expect(await shown('notice').innerText()).toMatch(/sudah mencabut/);
    await signIn();
    await page.getByRole('button', { name: 'Kunci' }).click();
    for (const left of ['Sisa 4', 'Sisa 3', 'Sisa 2', 'Sisa 1', 'dihapus']) {
      await shown('pin').fill('11111112');
      await page.getByRole('button', { name: 'Buka' }).click();
      await expect.poll(() => shown('notice').innerText(), { timeout: 5000 }).toContain(left);
    }
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await shown('sign-in').isVisible()).toBe(true);
  });

  it('was stopped by its own policy nowhere', () => {
    // A refused code and a page that was ended are answers 403, which a browser calls errors.
    expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
  });
});
