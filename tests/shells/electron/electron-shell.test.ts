import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectBridge } from '../../../src/main/shells/electron/bridge.ts';
import { registerPageScheme, servePage } from '../../../src/main/shells/electron/protocol.ts';
import { createElectronShellPort } from '../../../src/main/shells/electron/shell-port.ts';
import { createWindow, showPage } from '../../../src/main/shells/electron/window.ts';
import { createEchoApp, type EchoApp } from '../contract-suite.ts';
import {
  exposed,
  handlers,
  invokeAs,
  keyStore,
  menu,
  type PageDouble,
  protocolHandlers,
  schemes,
  windows,
  type WindowDouble,
} from './electron-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electron);

async function newWindow(kiosk = false): Promise<WindowDouble> {
  await showPage(createWindow({ preload: '/app/preload.cjs', kiosk, isEnding: () => false }));
  const window = windows.at(-1);
  if (window === undefined) throw new Error('no window');
  return window;
}

describe('the window', () => {
  it('is sandboxed, isolated and without Node, with our preload and nothing else', async () => {
    const { options } = await newWindow();
    expect(options.webPreferences).toEqual({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      disableBlinkFeatures: 'Auxclick',
      devTools: false,
      spellcheck: false,
    });
    expect(menu.now).toBeNull();
  });

  it('shows our page when it is ready, on the whole screen only as a kiosk', async () => {
    const [plain, kiosk] = [await newWindow(), await newWindow(true)];
    expect([plain.shown, plain.webContents.getURL()]).toEqual([true, 'loket://app/index.html']);
    expect([plain.options['kiosk'], kiosk.options['kiosk']]).toEqual([false, true]);
  });

  it('opens no other window, whatever the page asks', async () => {
    const { webContents } = await newWindow();
    for (const url of ['https://example.com', 'loket://app/index.html', 'file:///etc/passwd', 'javascript:alert(1)']) {
      expect(webContents.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('goes nowhere else on %s', async (name) => {
    const { webContents } = await newWindow();
    const prevented = (url: string): boolean => {
      const event = { url, preventDefault: vi.fn() };
      webContents.emit(name, event);
      return event.preventDefault.mock.calls.length === 1;
    };
    const foreign = [
      'https://example.com',
      'loket://other/',
      'loket://app.evil/',
      'file:///etc/passwd',
      'data:text/html,x',
      'http://loket://app/',
    ];
    expect(foreign.map(prevented)).toEqual(foreign.map(() => true));
    expect(prevented('loket://app/index.html')).toBe(false);
  });

  it('holds no foreign view', async () => {
    const { webContents } = await newWindow();
    const event = { preventDefault: vi.fn() };
    webContents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });
});

describe('permissions', () => {
  const PAGE = 'loket://app/index.html';
  const ask = (page: PageDouble, permission: string, details: object): boolean | undefined => {
    let granted: boolean | undefined;
    page.session.request?.(
      page,
      permission,
      (answer) => {
        granted = answer;
      },
      details,
    );
    return granted;
  };

  it('are given for the camera to our page, and for nothing else', async () => {
    const { webContents } = await newWindow();
    const camera = { mediaTypes: ['video'], requestingUrl: PAGE };
    expect(ask(webContents, 'media', camera)).toBe(true);
    expect(ask(webContents, 'media', { ...camera, mediaTypes: ['video', 'audio'] })).toBe(false);
    expect(ask(webContents, 'media', { ...camera, mediaTypes: ['audio'] })).toBe(false);
    expect(ask(webContents, 'media', { ...camera, mediaTypes: [] })).toBe(false);
    expect(ask(webContents, 'media', { requestingUrl: PAGE })).toBe(false);
    expect(ask(webContents, 'media', { ...camera, requestingUrl: 'https://example.com/' })).toBe(false);
    for (const permission of [
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'usb',
      'display-capture',
    ]) {
      expect(ask(webContents, permission, camera)).toBe(false);
    }
    webContents.show('https://example.com/');
    expect(ask(webContents, 'media', camera)).toBe(false);
  });

  it('are answered in the same way when they are only looked up, and no device is handed out', async () => {
    const { session } = (await newWindow()).webContents;
    expect(session.check?.(null, 'media', 'loket://app/', { mediaType: 'video' })).toBe(true);
    expect(session.check?.(null, 'media', 'loket://app/', { mediaType: 'audio' })).toBe(false);
    expect(session.check?.(null, 'media', 'https://example.com/', { mediaType: 'video' })).toBe(false);
    expect(session.check?.(null, 'geolocation', 'loket://app/', { mediaType: 'video' })).toBe(false);
    expect(session.device?.()).toBe(false);
  });
});

describe('the bridge', () => {
  let app: EchoApp;
  let page: PageDouble;
  let disconnect: () => void;
  const FRAME = { id: '1', method: 'echo', input: 1 };
  const FORBIDDEN = { id: '', ok: false, error: { code: 'FORBIDDEN' } };
  beforeEach(async () => {
    app = createEchoApp();
    page = (await newWindow()).webContents;
    const contents: unknown = page;
    disconnect = connectBridge(contents as WebContents, app);
  });
  afterEach(() => disconnect());

  it('has one channel for calls', () => {
    expect([...handlers.keys()]).toEqual(['loket:request']);
  });

  it('answers the top frame of our window that shows our page', async () => {
    expect(await invokeAs({ sender: page, senderFrame: page.mainFrame }, 'loket:request', FRAME)).toEqual({
      id: '1',
      ok: true,
      value: 1,
    });
  });

  it.each([
    [
      'a frame inside the page',
      () => ({ sender: page, senderFrame: { url: 'loket://app/index.html', frameTreeNodeId: 2 } }),
    ],
    ['a frame that is gone', () => ({ sender: page, senderFrame: null })],
    ['another window', () => ({ sender: {}, senderFrame: page.mainFrame })],
  ])('refuses %s, and the app hears nothing', async (_what, event) => {
    expect(await invokeAs(event(), 'loket:request', FRAME)).toEqual(FORBIDDEN);
    expect(app.seen).toEqual([]);
  });

  it.each([
    'https://example.com/',
    'loket://app.evil/index.html',
    'loket://other/index.html',
    'about:blank',
    '',
    'file:///x',
  ])('refuses the top frame when it shows %s', async (url) => {
    page.show(url);
    expect(await invokeAs({ sender: page, senderFrame: page.mainFrame }, 'loket:request', FRAME)).toEqual(FORBIDDEN);
    expect(app.seen).toEqual([]);
  });

  it('tells a closed window nothing, and leaves the app when it is taken down', () => {
    page.destroyed = true;
    expect(() => app.publish({ topic: 'status' })).not.toThrow();
    disconnect();
    expect([app.listeners(), handlers.size]).toEqual([0, 0]);
  });

  it('gives the page an object with two functions and no object of Electron', async () => {
    vi.resetModules();
    await import('../../../src/preload/index.ts');
    expect([...exposed.keys()]).toEqual(['loket']);
    expect(Object.entries(exposed.get('loket') ?? {}).map(([name, value]) => [name, typeof value])).toEqual([
      ['request', 'function'],
      ['onEvent', 'function'],
    ]);
  });
});

describe('the page scheme', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opop-electron-'));
    await mkdir(join(folder, 'page', 'assets'), { recursive: true });
    await writeFile(join(folder, 'page', 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'outside.json'), '"outside"');
    servePage(join(folder, 'page'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const get = (url: string, init?: RequestInit): Promise<Response> | undefined =>
    protocolHandlers.get('loket')?.(new Request(url, init));

  it('is a secure site of its own that may bypass nothing', () => {
    registerPageScheme();
    expect(schemes).toEqual([
      {
        scheme: 'loket',
        privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, bypassCSP: false },
      },
    ]);
  });

  it('serves the page with its type and the headers that fence it in', async () => {
    const page = await get('loket://app/index.html');
    expect([page?.status, page?.headers.get('content-type'), await page?.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ]);
    expect(page?.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it.each([
    'loket://app/../outside.json',
    'loket://app/..%2foutside.json',
    'loket://app/assets/..%2f..%2foutside.json',
    'loket://app/..%5coutside.json',
    'loket://app/%2e%2e%2foutside.json',
    'loket://other/index.html',
    'loket://app/assets',
    'loket://app/no-such.js',
  ])('%s is not there', async (url) => {
    expect((await get(url))?.status).toBe(404);
  });

  it('answers reads only', async () => {
    expect((await get('loket://app/index.html', { method: 'POST' }))?.status).toBe(404);
  });
});

describe('the port of the Electron shell', () => {
  afterEach(() => Object.assign(keyStore, { backend: 'gnome_libsecret', available: true }));

  it('wraps a secret by the key store of the operating system and gives it back whole', async () => {
    const { keepSecret } = await createElectronShellPort();
    const secret = new Uint8Array([0, 255, 7, 128]);
    const wrapped = await keepSecret?.wrap(secret);
    expect(Buffer.from(wrapped ?? []).toString()).not.toContain('\u0000');
    expect(new Uint8Array((await keepSecret?.unwrap(wrapped ?? new Uint8Array())) ?? [])).toEqual(secret);
  });

  it('refuses the fallback that keeps secrets in plain text, and a key store that is not there', async () => {
    keyStore.backend = 'basic_text';
    // The fallback exists on Linux only; elsewhere the answer of the function has no meaning.
    expect((await createElectronShellPort()).keepSecret === undefined).toBe(process.platform === 'linux');
    keyStore.backend = 'kwallet6';
    keyStore.available = false;
    expect((await createElectronShellPort()).keepSecret).toBeUndefined();
  });

  it('prints PDF in a hidden window without scripts, and closes it', async () => {
    const { printPdf } = await createElectronShellPort();
    const bytes = await printPdf?.('<p>Ø</p>', 'A5');
    const window = windows.at(-1);
    expect(Buffer.from(bytes ?? []).toString()).toBe('%PDF-double');
    expect(window?.options).toEqual({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        webSecurity: true,
        devTools: false,
        disableBlinkFeatures: 'Auxclick',
      },
    });
    expect(window?.webContents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(window?.webContents.pdfOptions).toEqual({ pageSize: 'A5', printBackground: true });
    expect(window?.webContents.destroyed).toBe(true);
  });

  it('says whether a folder was opened', async () => {
    const { openFolder } = await createElectronShellPort();
    expect([await openFolder('/there'), await openFolder('/gone')]).toEqual([true, false]);
  });
});
