import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { PAGE_HEADERS } from '../../../src/contract/page-policy.ts';
import { connectBridge } from '../../../src/main/shells/electron/bridge.ts';
import { registerPageScheme, servePage } from '../../../src/main/shells/electron/protocol.ts';
import { createElectronShellPort } from '../../../src/main/shells/electron/shell-port.ts';
import { createWindow, showPage } from '../../../src/main/shells/electron/window.ts';
import { createEchoApp } from '../contract-suite.ts';
import { FOREIGN_ADDRESSES } from '../foreign-addresses.ts';
import {
  exposed,
  handlers,
  invokeAs,
  protocolHandlers,
  schemes,
  windows,
  type WindowDouble,
} from './electron-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electron);

const ROOT = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => /\.(ts|tsx|html)$/u.test(name));

/** Everything that runs in Electron's main process or its pages; comments are words, not programs. */
const SOURCES = [...filesOf('src/main'), ...filesOf('src/preload'), ...filesOf('src/renderer')].map((file) => ({
  file,
  text: read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, ''),
}));
const filesWith = (pattern: RegExp): readonly string[] =>
  SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

/** Both windows that the program ever makes: the counter's, and the hidden one that makes a PDF. */
async function everyWindow(): Promise<readonly WindowDouble[]> {
  const from = windows.length;
  await showPage(createWindow({ preload: '/preload.cjs', kiosk: false, isEnding: () => false }));
  await (await createElectronShellPort()).printPdf?.('<p>x</p>', 'A4');
  const made = windows.slice(from);
  expect(made).toHaveLength(2);
  // No other window is made anywhere, so the two speak for all.
  expect(filesWith(/new (BrowserWindow|BrowserView|WebContentsView)\b/u)).toEqual([
    'src/main/shells/electron/shell-port.ts',
    'src/main/shells/electron/window.ts',
  ]);
  return made;
}

/** What is looked at of the packer's settings; each value is compared. */
type BuilderConfig = { readonly default: { readonly electronFuses: Readonly<Record<string, boolean>> } };

async function expectEach(preference: string, value: unknown): Promise<void> {
  const preferences = (await everyWindow()).map(({ options }) => options.webPreferences[preference]);
  expect(preferences).toEqual([value, value]);
}

async function expectNowhere(preference: string): Promise<void> {
  const preferences = (await everyWindow()).map(({ options }) => options.webPreferences[preference]);
  expect(preferences.filter((value) => value !== undefined && value !== false)).toEqual([]);
}

const jsonOf = (file: string): Readonly<Record<string, unknown>> => {
  const parsed: unknown = JSON.parse(read(file));
  // A package file is an object; what is read of it is compared, not trusted.
  return parsed as Readonly<Record<string, unknown>>;
};

/**
 * "Checklist: Security recommendations" of Electron's documentation, all twenty, each with its probe. They run against
 * the double of the module and the sources: nothing here ran in Electron.
 */
const PROBES: Readonly<Record<string, () => Promise<void> | void>> = {
  '1. Only load secure content': () => {
    expect(filesWith(/loadURL\((?!PAGE_URL\)|`data:text\/html)|loadFile\(/u)).toEqual([]);
    expect(read('src/renderer/index.html')).not.toMatch(/(src|href)="(?!\.\/)/u);
  },
  '2. Disable the Node.js integration': async () => {
    await expectEach('nodeIntegration', false);
    await expectNowhere('nodeIntegrationInWorker');
    await expectNowhere('nodeIntegrationInSubFrames');
  },
  '3. Enable context isolation': () => expectEach('contextIsolation', true),
  '4. Enable process sandboxing': async () => {
    await expectEach('sandbox', true);
    // An installed program does not even start with the switch that takes it away: `start-guard.test.ts`.
    expect(filesWith(/['"]--no-sandbox['"]/u)).toEqual([
      'src/main/demo/electron-window.ts',
      'src/main/shells/browser/browser.ts',
    ]);
  },
  '5. Handle permission requests': async () => {
    const session = (await everyWindow())[0]?.webContents.session;
    expect([typeof session?.request, typeof session?.check, typeof session?.device]).toEqual(
      Array.from({ length: 3 }, () => 'function'),
    );
    const granted: boolean[] = [];
    for (const permission of ['openExternal', 'notifications', 'geolocation', 'fileSystem', 'clipboard-read', 'hid']) {
      session?.request?.(windows.at(-1)?.webContents, permission, (is) => granted.push(is), {});
      granted.push(session?.check?.(null, permission, 'loket://app', {}) ?? true);
    }
    expect(granted).toEqual(Array.from({ length: 12 }, () => false));
  },
  '6. Do not disable webSecurity': () => expectEach('webSecurity', true),
  '7. Define a Content-Security-Policy': async () => {
    servePage(join(ROOT, 'src', 'renderer'));
    const answer = await protocolHandlers.get('loket')?.(new Request('loket://app/index.html'));
    expect(answer?.headers.get('content-security-policy')).toBe(PAGE_HEADERS['content-security-policy']);
    expect(answer?.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/u);
  },
  '8. Do not enable allowRunningInsecureContent': () => expectNowhere('allowRunningInsecureContent'),
  '9. Do not enable experimental features': () => expectNowhere('experimentalFeatures'),
  '10. Do not use enableBlinkFeatures': async () => {
    await expectNowhere('enableBlinkFeatures');
    expect(filesWith(/appendSwitch|appendArgument/u)).toEqual([]);
  },
  '11. Do not use allowpopups for WebViews': () => {
    expect(filesWith(/<webview|allowpopups|createElement\(['"]webview/u)).toEqual([]);
  },
  '12. Verify WebView options before creation': async () => {
    await expectNowhere('webviewTag');
    for (const { webContents } of await everyWindow()) {
      const preventDefault = vi.fn();
      webContents.emit('will-attach-webview', { preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
  },
  '13. Disable or limit navigation': async () => {
    for (const { webContents } of await everyWindow()) {
      const gone = FOREIGN_ADDRESSES.filter((url) => {
        const preventDefault = vi.fn();
        webContents.emit('will-navigate', { url, preventDefault });
        return preventDefault.mock.calls.length === 0;
      });
      expect(gone).toEqual([]);
    }
  },
  '14. Disable or limit creation of new windows': async () => {
    for (const { webContents } of await everyWindow()) {
      const actions = FOREIGN_ADDRESSES.map((url) => webContents.openHandler?.({ url }).action);
      expect(new Set(actions)).toEqual(new Set(['deny']));
    }
  },
  '15. Do not use shell.openExternal with untrusted content': () => {
    expect(filesWith(/openExternal/u)).toEqual([]);
    // The one thing that is opened is a folder of ours, by its path.
    // Elsewhere `shell` is the port of our own that can only quit.
    expect(filesWith(/from 'electron'[^]*shell\.\w+\(/u)).toEqual(['src/main/shells/electron/shell-port.ts']);
    expect(read('src/main/shells/electron/shell-port.ts').match(/shell\.\w+\(/gu)).toEqual(['shell.openPath(']);
  },
  '16. Use a current version of Electron': () => {
    // The newest when this was written; `npm outdated` and each release look for a newer one.
    const { version } = jsonOf('node_modules/electron/package.json');
    expect(Number(String(version).split('.')[0])).toBeGreaterThanOrEqual(45);
    expect(jsonOf('package.json')['devDependencies']).toHaveProperty('electron', version);
  },
  '17. Validate the sender of all IPC messages': async () => {
    const [window] = await everyWindow();
    const page: unknown = window?.webContents;
    const app = createEchoApp();
    const disconnect = connectBridge(page as WebContents, app);
    // One channel, so one place to check; each address but ours is refused.
    expect([...handlers.keys()]).toEqual(['loket:request']);
    expect(filesWith(/ipcMain\.|\.ipc\./u)).toEqual(['src/main/shells/electron/bridge.ts']);
    for (const url of FOREIGN_ADDRESSES) {
      const senderFrame = { url, frameTreeNodeId: 1 };
      const answer = await invokeAs({ sender: page, senderFrame }, 'loket:request', { id: '1', method: 'echo' });
      expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    }
    expect(app.seen).toEqual([]);
    disconnect();
  },
  '18. Avoid the file:// protocol': async () => {
    schemes.splice(0);
    registerPageScheme();
    expect(schemes).toMatchObject([{ scheme: 'loket', privileges: { bypassCSP: false, corsEnabled: false } }]);
    expect((await everyWindow())[0]?.webContents.getURL()).toBe('loket://app/index.html');
    expect(filesWith(/loadFile|pathToFileURL\([^)]*\)\.href\)|['"`]file:/u)).toEqual([]);
  },
  '19. Check which fuses you can change': async () => {
    const config: unknown = await import(pathToFileURL(join(ROOT, 'electron-builder.config.js')).href);
    const fuses = (config as BuilderConfig).default.electronFuses;
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    // Strict: a fuse that a newer packer knows and we do not name fails here.
    const types = read('node_modules/app-builder-lib/out/configuration.d.ts');
    const known = types.slice(types.indexOf('interface FuseOptionsV1')).split('\n}')[0] ?? '';
    const names = [...known.matchAll(/^ +(?:readonly )?(\w+)\?: boolean/gmu)].map(([, name]) => name);
    expect(names.filter((name) => name !== 'resetAdHocDarwinSignature').toSorted()).toEqual(
      Object.keys(fuses).toSorted(),
    );
    // Without `runAsNode` a forked Node would be a second window: Electron's own way is the only one in its entry.
    expect(read('src/main/index.ts')).toContain('startPageWorker: startElectronPageWorker');
    expect(read('src/main/shells/electron/page-worker.ts')).toContain('utilityProcess.fork(');
  },
  '20. Do not expose Electron APIs to the page': async () => {
    exposed.clear();
    vi.resetModules();
    await import('../../../src/preload/index.ts');
    expect([...exposed.keys()]).toEqual(['loket']);
    expect(Object.keys(exposed.get('loket') ?? {}).toSorted()).toEqual(['onEvent', 'request']);
    expect(filesWith(/exposeIn(Main|Isolated)World/u)).toEqual(['src/preload/index.ts']);
    expect(filesWith(/@electron\/remote|electron\.remote/u)).toEqual([]);
  },
};

describe("Electron's security checklist", () => {
  it('has twenty items, and each has a probe', () => {
    expect(Object.keys(PROBES).map((name) => Number(name.split('.')[0]))).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
  });

  it.each(Object.entries(PROBES))('%s', async (_name, probe) => {
    expect.hasAssertions();
    await probe();
  });
});

/** What Electron leaves closed as long as nobody opens it, and what electronegativity looks for besides. */
describe('the doors that Electron keeps by itself', () => {
  it.each([
    ['trust in a wrong certificate', /certificate-error|setCertificateVerifyProc|NODE_TLS_REJECT_UNAUTHORIZED/u],
    ['silenced warnings', /ELECTRON_DISABLE_SECURITY_WARNINGS/u],
    ['program text that is run', /\beval\(|new Function\(|executeJavaScript|insertCSS|dangerouslySetInnerHTML/u],
    ['a program for an address of its own', /setAsDefaultProtocolClient|open-url/u],
    ['a text protocol', /registerHttpProtocol|registerFileProtocol|interceptProtocol|registerStringProtocol/u],
    ['the tools of a developer', /openDevTools|toggleDevTools|inspectElement/u],
    ['an extension', /loadExtension/u],
    ['a second process by Node', /child_process.*\bfork\b/u],
    ['text in the clear', /setUsePlainTextEncryption/u],
    ['secrets by the way that blocks', /safeStorage\.(encryptString|decryptString)\(/u],
  ])('nobody opens %s', (_what, pattern) => {
    expect(filesWith(pattern).filter((file) => !file.startsWith('src/renderer/text/'))).toEqual([]);
  });

  it('the preload requires electron and nothing else', () => {
    const imports = [...read('src/preload/index.ts').matchAll(/^import (type )?.*from '([^']+)';$/gmu)];
    expect(imports.filter(([, isType]) => isType === undefined).map(([, , from]) => from)).toEqual(['electron']);
  });
});
