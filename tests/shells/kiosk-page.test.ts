import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowserHost } from '../../src/main/shells/browser/http-server.ts';
import { createEchoApp } from './contract-suite.ts';
import { FOREIGN_ADDRESSES } from './foreign-addresses.ts';
import { foreignServer, openKioskWindow, pageFolderWith } from './real-browser.ts';

/** What a browser would do at them: tabs, windows, tools, files, pages of its own, printing, search, history. */
const KEYS = [
  ...['Control+n', 'Control+t', 'Control+w', 'Control+Shift+n', 'Control+Shift+t', 'Control+Shift+w', 'Control+F4'],
  ...['Control+Shift+i', 'Control+Shift+j', 'Control+Shift+c', 'Control+Shift+k', 'Control+Shift+m', 'F12', 'F7'],
  ...['Control+u', 'Control+s', 'Control+o', 'Control+p', 'Control+Shift+p', 'Control+d', 'Control+Shift+d'],
  ...['Control+h', 'Control+j', 'Control+Shift+o', 'Control+Shift+Delete', 'Control+Shift+b', 'Control+Shift+a'],
  ...['Control+f', 'Control+g', 'Control+Shift+g', 'F3', 'Shift+F3', 'Control+e', 'Control+k', 'Control+l', 'F6'],
  ...['Alt+Home', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+d', 'Alt+e', 'Alt+f', 'F10', 'F1', 'Shift+Escape'],
  ...['Control+Tab', 'Control+Shift+Tab', 'Control+PageDown', 'Control+1', 'Control+9', 'Shift+F10', 'Alt+F4'],
];

/** Each way in which a page can be led to an address. */
const WAYS = ['location', 'open', 'link', 'link to a new window', 'form', 'refresh'] as const;

// A page that was led away after all answers no question: that is seen soon, not after a minute.
describe('the page of the browser host in the window of a kiosk', { timeout: 15_000 }, () => {
  let foreign: Awaited<ReturnType<typeof foreignServer>>;
  let context: BrowserContext;
  let page: Page;
  let input: CDPSession;
  let home: string;
  const dialogs: string[] = [];
  const undo: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    foreign = await foreignServer();
    const built = await pageFolderWith({});
    const host = await startBrowserHost({ app: createEchoApp(), pageFolder: built.folder, port: 0 });
    if (!host.ok) throw new Error(host.error);
    const window = await openKioskWindow(host.value.ticketUrl());
    undo.push(() => foreign.close(), built.remove, host.value.close, window.close);
    context = window.context;
    page = context.pages()[0] ?? (await context.newPage());
    page.on('dialog', (dialog) => dialogs.push(dialog.type()));
    await page.waitForSelector('#root > *');
    home = `${host.value.origin}/`;
    input = await context.newCDPSession(page);
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  /** Nothing opened, nothing left: one page, ours, alive. */
  async function expectHome(): Promise<void> {
    expect(context.pages().map((open) => open.url())).toEqual([home]);
    expect(await page.evaluate(() => document.querySelector('#root > *') !== null)).toBe(true);
    expect(foreign.visits).toEqual([]);
    expect(dialogs).toEqual([]);
  }

  it('carries no secret in its address', () => expect(page.url()).toBe(home));

  it(`takes ${KEYS.length} keys of a browser for itself`, async () => {
    await page.evaluate(() => {
      const heard: string[] = [];
      window.addEventListener('keydown', ({ key, defaultPrevented }) => {
        if (!defaultPrevented && !['Control', 'Shift', 'Alt', 'Meta'].includes(key)) heard.push(key);
      });
      Object.assign(window, { heard });
    });
    for (const key of KEYS) await page.keyboard.press(key);
    expect(await page.evaluate(() => (window as { heard?: string[] }).heard)).toEqual([]);
    await expectHome();
  });

  it.each(WAYS)('is not led away by %s, whatever the address', async (way) => {
    const addresses = [...FOREIGN_ADDRESSES, `${foreign.url}/left`, '//evil.example/', 'https:evil.example'];
    const opened = await page.evaluate(
      async ([how, list]) => {
        const link = (href: string, target = ''): void => {
          const anchor = document.createElement('a');
          Object.assign(anchor, { href, target });
          document.body.append(anchor);
          anchor.click();
          anchor.remove();
        };
        const ways: Readonly<Record<string, (url: string) => unknown>> = {
          location: (url) => location.assign(url),
          open: (url) => window.open(url),
          link: (url) => link(url),
          'link to a new window': (url) => link(url, '_blank'),
          form: (action) => {
            const form = document.createElement('form');
            Object.assign(form, { action, method: 'get' });
            document.body.append(form);
            form.submit();
            form.remove();
          },
          refresh: (url) => {
            const meta = document.createElement('meta');
            Object.assign(meta, { httpEquiv: 'refresh', content: `0;url=${url}` });
            document.head.append(meta);
          },
        };
        const refused: string[] = [];
        let windows = 0;
        for (const url of list) {
          try {
            const answer = ways[how]?.(url);
            if (typeof answer === 'object' && answer !== null) windows += 1;
          } catch (refusal) {
            // Refused at once: a script as an address, or one that is no address.
            refused.push(String(refusal));
          }
          await new Promise((next) => setTimeout(next, 10));
        }
        return { windows, refused: refused.length };
      },
      [way, addresses] as const,
    );
    expect(opened.windows).toBe(0);
    process.stdout.write(`      kiosk: ${addresses.length} addresses by ${way}, ${opened.refused} refused at once\n`);
    await expectHome();
  });

  it('opens no dialog, fills or leaves no screen, goes back to nothing, saves nothing', async () => {
    const saved: string[] = [];
    page.on('download', (download) => saved.push(download.url()));
    const found = await page.evaluate(async () => {
      const done: string[] = [];
      window.addEventListener('beforeprint', () => done.push('print'));
      window.alert('x');
      if (window.confirm('x')) done.push('confirm');
      if (window.prompt('x', 'y') !== null) done.push('prompt');
      window.print();
      history.back();
      history.forward();
      history.go(-3);
      const anchor = document.createElement('a');
      anchor.href = URL.createObjectURL(new Blob(['x']));
      anchor.download = 'x.html';
      anchor.click();
      await document.documentElement.requestFullscreen().then(
        () => done.push('fullscreen'),
        () => undefined,
      );
      await Promise.resolve(document.body.requestPointerLock()).then(
        () => document.pointerLockElement !== null && done.push('pointer lock'),
        () => undefined,
      );
      return done;
    });
    expect(found).toEqual([]);
    expect(saved).toEqual([]);
    await expectHome();
  });

  it.each([
    ['a link', { items: [{ mimeType: 'text/uri-list', data: 'FOREIGN/dropped' }] }],
    ['a text that is an address', { items: [{ mimeType: 'text/plain', data: 'FOREIGN/dropped' }] }],
    ['a page', { items: [{ mimeType: 'text/html', data: '<a href="FOREIGN">x</a>' }] }],
    ['a file', { items: [], files: [import.meta.filename] }],
  ])('lets %s fall through that is dropped into it', async (_what, dropped) => {
    const items = dropped.items.map((item) => ({ ...item, data: item.data.replace('FOREIGN', foreign.url) }));
    const files = 'files' in dropped ? { files: dropped.files } : {};
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await input.send('Input.dispatchDragEvent', {
        ...{ type, x: 600, y: 400 },
        data: { items, ...files, dragOperationsMask: 1 },
      });
    }
    await expectHome();
  });

  it('gives the other buttons of the mouse no menu, no window and no way back', async () => {
    await page.evaluate(() => {
      const heard: string[] = [];
      for (const name of ['contextmenu', 'auxclick'] as const) {
        window.addEventListener(name, (event) => {
          // The right button's own click opens nothing; its menu does, and is the other event.
          if (!event.defaultPrevented && (name === 'contextmenu' || event.button !== 2)) heard.push(name);
        });
      }
      Object.assign(window, { menus: heard });
    });
    await page.mouse.click(600, 400, { button: 'right' });
    await page.mouse.click(600, 400, { button: 'middle' });
    for (const button of ['back', 'forward'] as const) {
      for (const type of ['mousePressed', 'mouseReleased'] as const) {
        await input.send('Input.dispatchMouseEvent', { type, x: 600, y: 400, button, clickCount: 1 });
      }
    }
    expect(await page.evaluate(() => (window as { menus?: string[] }).menus)).toEqual([]);
    await expectHome();
  });
});
