import type { BrowserContext, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAGE_HEADERS } from '../../src/contract/page-policy.ts';
import { startBrowserHost } from '../../src/main/shells/browser/http-server.ts';
import { servePage } from '../../src/main/shells/electron/protocol.ts';
import { createEchoApp } from './contract-suite.ts';
import { protocolHandlers } from './electron/electron-double.ts';
import { foreignServer, openKioskWindow, pageFolderWith } from './real-browser.ts';

vi.mock('electron', async () => (await import('./electron/electron-double.ts')).electron);

/** What a page that was bent tries; each attempt that succeeds writes its name into `ran`. */
const HOSTILE_SCRIPT = `
const FOREIGN = new URLSearchParams(location.search).get('foreign');
window.ran = window.ran ?? [];
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective));
const attempts = {
  'inline script element': () => {
    const script = document.createElement('script');
    script.append(document.createTextNode("window.ran.push('inline script element')"));
    document.body.append(script);
  },
  'inline script by text': () => {
    const script = document.createElement('script');
    script.textContent = "window.ran.push('inline script by text')";
    document.body.append(script);
  },
  'script of another host': () => {
    const script = document.createElement('script');
    script.src = FOREIGN + '/script.js';
    document.body.append(script);
  },
  'script from a blob': () => {
    const script = document.createElement('script');
    script.src = URL.createObjectURL(new Blob(["window.ran.push('script from a blob')"]));
    document.body.append(script);
  },
  'import of data': () => import("data:text/javascript,window.ran.push('import of data')"),
  'import from another host': () => import(FOREIGN + '/module.js'),
  eval: () => (0, eval)("window.ran.push('eval')"),
  Function: () => new Function("window.ran.push('Function')")(),
  'timer of text': () => setTimeout("window.ran.push('timer of text')"),
  WebAssembly: () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => window.ran.push('WebAssembly')),
  innerHTML: () => {
    document.createElement('div').innerHTML = '<img src=x onerror="window.ran.push(\\'innerHTML\\')">';
    window.ran.push('innerHTML');
  },
  insertAdjacentHTML: () => {
    document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
    window.ran.push('insertAdjacentHTML');
  },
  'document.write': () => {
    document.write('<b>x</b>');
    window.ran.push('document.write');
  },
  'a policy of trusted types': () => {
    trustedTypes.createPolicy('mine', {});
    window.ran.push('a policy of trusted types');
  },
  'handler in an attribute': () => {
    const button = document.createElement('button');
    button.setAttribute('onclick', "window.ran.push('handler in an attribute')");
    document.body.append(button);
    button.click();
  },
  'address that is a script': () => {
    const link = document.createElement('a');
    link.href = "javascript:window.ran.push('address that is a script')";
    document.body.append(link);
    link.click();
  },
  'fetch of another host': () => fetch(FOREIGN + '/fetch').then(() => window.ran.push('fetch of another host')),
  'blind fetch of another host': () => fetch(FOREIGN + '/blind', { mode: 'no-cors' }).then(() => window.ran.push('blind fetch of another host')),
  XMLHttpRequest: () => {
    const request = new XMLHttpRequest();
    request.onload = () => window.ran.push('XMLHttpRequest');
    request.open('GET', FOREIGN + '/xhr');
    request.send();
  },
  beacon: () => navigator.sendBeacon(FOREIGN + '/beacon'),
  ping: () => {
    const link = document.createElement('a');
    link.ping = FOREIGN + '/ping';
    link.href = '#';
    document.body.append(link);
    link.click();
  },
  WebSocket: () => {
    const socket = new WebSocket(FOREIGN.replace('http', 'ws') + '/socket');
    socket.onopen = () => window.ran.push('WebSocket');
  },
  EventSource: () => {
    new EventSource(FOREIGN + '/stream').onopen = () => window.ran.push('EventSource');
  },
  'frame of another host': () => {
    const frame = document.createElement('iframe');
    frame.src = FOREIGN + '/frame';
    document.body.append(frame);
  },
  'frame of our own page': () => {
    const frame = document.createElement('iframe');
    frame.onload = () => frame.contentDocument?.getElementById('hostile') && window.ran.push('frame of our own page');
    frame.src = location.href;
    document.body.append(frame);
  },
  'frame of markup': () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = "<script>parent.ran.push('frame of markup')</script>";
    document.body.append(frame);
  },
  object: () => {
    const object = document.createElement('object');
    object.data = FOREIGN + '/object';
    document.body.append(object);
  },
  embed: () => {
    const embed = document.createElement('embed');
    embed.src = FOREIGN + '/embed';
    document.body.append(embed);
  },
  'picture of another host': () => {
    new Image().src = FOREIGN + '/picture';
  },
  'style of another host': () => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = FOREIGN + '/style';
    document.head.append(link);
  },
  'style in the page': () => {
    const style = document.createElement('style');
    style.textContent = 'body { outline: 3px solid rgb(1, 2, 3) }';
    document.head.append(style);
    if (getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)') window.ran.push('style in the page');
  },
  'font of another host': () => new FontFace('foreign', 'url(' + FOREIGN + '/font)').load().then(() => window.ran.push('font of another host')),
  'film of another host': () => {
    const video = document.createElement('video');
    video.src = FOREIGN + '/film';
    document.body.append(video);
  },
  'preload of another host': () => {
    for (const rel of ['preload', 'prefetch', 'modulepreload', 'manifest', 'icon']) {
      const link = document.createElement('link');
      link.rel = rel;
      link.as = 'script';
      link.href = FOREIGN + '/' + rel;
      document.head.append(link);
    }
  },
  'speculation rules': () => {
    const script = document.createElement('script');
    script.type = 'speculationrules';
    script.textContent = JSON.stringify({ prerender: [{ urls: [FOREIGN + '/prerender'] }] });
    document.body.append(script);
  },
  'another base': () => {
    const base = document.createElement('base');
    base.href = FOREIGN + '/';
    document.head.append(base);
    if (document.baseURI.startsWith(FOREIGN)) window.ran.push('another base');
  },
  'worker from a blob': () => {
    const worker = new Worker(URL.createObjectURL(new Blob(["postMessage('on')"])));
    worker.onmessage = () => window.ran.push('worker from a blob');
  },
  'worker from our own files': () => {
    const worker = new Worker('/worker.js');
    worker.onmessage = () => window.ran.push('worker from our own files');
  },
  'shared worker': () => {
    const worker = new SharedWorker('/worker.js');
    worker.onerror = () => undefined;
  },
  'service worker': () => navigator.serviceWorker.register('/worker.js').then(() => window.ran.push('service worker')),
  'form to another host': () => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = FOREIGN + '/form';
    document.body.append(form);
    form.submit();
  },
  geolocation: () => new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve(window.ran.push('geolocation')), resolve)),
  microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => window.ran.push('microphone')),
  'display capture': () => navigator.mediaDevices.getDisplayMedia().then(() => window.ran.push('display capture')),
  'reading the clipboard': () => navigator.clipboard.readText().then(() => window.ran.push('reading the clipboard')),
};
const settle = async (attempt) => {
  try { await Promise.race([attempt(), new Promise((done) => setTimeout(done, 500))]); } catch { /* refused: as it should be */ }
};
window.attempted = Object.keys(attempts);
Promise.all(Object.values(attempts).map(settle)).then(() => new Promise((done) => setTimeout(done, 400))).then(() => { window.done = true; });
`;
const HOSTILE_PAGE = (foreign: string): string => `<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="script-src * 'unsafe-inline' 'unsafe-eval'">
<link rel="stylesheet" href="${foreign}/parsed-style"><script src="${foreign}/parsed-script"></script>
<script>window.ran = ['parsed inline script']</script></head>
<body id="hostile" onload="window.ran.push('onload attribute')">
<img src="x" onerror="window.ran.push('onerror attribute')"><img src="${foreign}/parsed-picture">
<iframe src="${foreign}/parsed-frame"></iframe><object data="${foreign}/parsed-object"></object>
<svg onload="window.ran.push('svg onload')"><script>window.ran.push('svg script')</script></svg>
<script type="module" src="/hostile.js"></script></body></html>`;

/** Globals that the hostile page leaves. */
type Hostile = {
  readonly ran?: readonly string[];
  readonly violations?: readonly string[];
  readonly attempted?: readonly string[];
  readonly done?: boolean;
};

/** The page of each shell in a real Chromium: the browser host as it is, Electron's by the answers of its protocol. */
const SHELLS = ['the browser host', 'Electron'] as const;
const ELECTRON_STAND_IN = 'https://electron.invalid';

describe.each(SHELLS)('the page of %s, in a real Chromium', { timeout: 20_000 }, (shell) => {
  let foreign: Awaited<ReturnType<typeof foreignServer>>;
  let context: BrowserContext;
  let origin: string;
  let page: Page;
  const undo: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    foreign = await foreignServer();
    const files = { 'hostile.html': HOSTILE_PAGE(foreign.url), 'hostile.js': HOSTILE_SCRIPT };
    const plain = { 'plain.html': '<!doctype html><title>plain</title>', 'worker.js': "postMessage('on')" };
    const built = await pageFolderWith({ ...files, ...plain });
    const host = await startBrowserHost({ app: createEchoApp(), pageFolder: built.folder, port: 0 });
    if (!host.ok) throw new Error(host.error);
    const window = await openKioskWindow(host.value.url);
    context = window.context;
    undo.push(() => foreign.close(), built.remove, host.value.close, window.close);
    origin = host.value.origin;
    if (shell === 'Electron') {
      servePage(built.folder);
      origin = ELECTRON_STAND_IN;
      await context.route(`${ELECTRON_STAND_IN}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const answer = await protocolHandlers.get('loket')?.(new Request(`loket://app${pathname}`));
        if (answer === undefined) throw new Error('the protocol is not served');
        const body = Buffer.from(await answer.arrayBuffer());
        await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
      });
    }
    page = context.pages()[0] ?? (await context.newPage());
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  it('keeps a page that was bent from running, reaching, framing, spawning or sending anything', async () => {
    // What was blocked of such a page leaves it loading for ever; it is bent all the same.
    await page.goto(`${origin}/hostile.html?foreign=${encodeURIComponent(foreign.url)}`, { waitUntil: 'commit' });
    const found = async (): Promise<Hostile> =>
      await page.evaluate(() => {
        const { ran, violations, attempted, done } = window as Hostile;
        return { ran: ran ?? [], violations: violations ?? [], attempted: attempted ?? [], done: done === true };
      });
    await expect.poll(async () => (await found()).done).toBe(true);
    const { ran, violations, attempted } = await found();
    // Our own script ran, or nothing would have been tried.
    expect(attempted?.length).toBeGreaterThan(40);
    expect(ran).toEqual([]);
    expect(foreign.visits).toEqual([]);
    expect(new Set(violations).size).toBeGreaterThan(8);
  });

  it('has the camera and no other power of a page', async () => {
    await page.goto(`${origin}/plain.html`);
    const allowed = await page.evaluate(() => {
      // The type library does not know the list that Chromium keeps.
      const policy = (document as { featurePolicy?: { allowedFeatures: () => string[] } }).featurePolicy;
      return policy?.allowedFeatures() ?? [];
    });
    expect(allowed).toContain('camera');
    const dangerous = ['microphone', 'geolocation', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'payment'];
    const reading = ['clipboard-read', 'display-capture', 'local-fonts', 'idle-detection', 'window-management'];
    expect(allowed.filter((feature) => [...dangerous, ...reading].includes(feature))).toEqual([]);
    process.stdout.write(`      allowed in the page of ${shell}: ${allowed.toSorted().join(' ')}\n`);
  });
});

describe('the policy of the page', () => {
  it('stands in the page itself too, so that no shell can forget it', () => {
    const meta = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/u.exec(
      readFileSync(new URL('../../src/renderer/index.html', import.meta.url), 'utf8'),
    )?.[1];
    // A policy in the page cannot say who may frame it.
    const header = (PAGE_HEADERS['content-security-policy'] ?? '').split('; ');
    expect(meta?.split('; ')).toEqual(header.filter((directive) => !directive.startsWith('frame-ancestors')));
  });

  it('allows nothing by a word that would allow everything', () => {
    expect(PAGE_HEADERS['content-security-policy']).not.toMatch(/unsafe|\*|https?:|strict-dynamic|'nonce/u);
  });
});
