import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runHost } from '../../../src/main/host.ts';
import { type Machine, planOpening, startBrowser } from '../../../src/main/shells/browser/browser.ts';
import { environmentFault } from '../../../src/main/start-guard.ts';
import { createBrowserShellPort } from '../../../src/main/shells/browser/shell-port.ts';
import { createTickets } from '../../../src/main/shells/browser/tickets.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { testConfig } from '../../support/test-counter.ts';

const DESK: Machine = {
  env: { PATH: '/usr/bin', DISPLAY: ':0' },
  platform: 'linux',
  isRoot: false,
  exists: (file) => file === '/usr/bin/chromium',
  list: () => [],
};
const WISH = { url: 'http://127.0.0.1:4000/open?t', dataDir: '/data', kiosk: false };
const argsOf = (machine: Machine, kiosk = false): readonly string[] => {
  const opening = planOpening(machine, { ...WISH, kiosk });
  return opening.kind === 'app-window' ? opening.args : [];
};

describe('how the page is opened', () => {
  it('is a window of its own in an installed browser, with a profile of its own that speaks to nobody', () => {
    expect(planOpening(DESK, WISH)).toMatchObject({ kind: 'app-window', program: '/usr/bin/chromium' });
    expect(argsOf(DESK)).toEqual(
      expect.arrayContaining([
        '--app=http://127.0.0.1:4000/open?t',
        '--user-data-dir=/data/browser',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ]),
    );
  });

  it('keeps the sandbox of the browser, except as root on Linux where it cannot start with it', () => {
    expect(argsOf(DESK)).not.toContain('--no-sandbox');
    expect(argsOf({ ...DESK, isRoot: true })).toContain('--no-sandbox');
  });

  it('fills the screen only when a kiosk is asked for', () => {
    expect(argsOf(DESK)).not.toContain('--kiosk');
    expect(argsOf(DESK, true)).toContain('--kiosk');
  });

  it('is the address alone without a browser, and says so', () => {
    const opening = planOpening({ ...DESK, exists: () => false }, WISH);
    expect(opening).toEqual({ kind: 'address-only', reason: expect.stringContaining('tidak ada Chromium') });
  });

  it('is the address alone without a display, and says so; Windows always has one', () => {
    const blind = { ...DESK, env: { PATH: '/usr/bin' } };
    expect(planOpening(blind, WISH)).toEqual({
      kind: 'address-only',
      reason: expect.stringContaining('tidak ada layar'),
    });
    expect(planOpening({ ...blind, env: { PATH: '/usr/bin', WAYLAND_DISPLAY: 'wayland-0' } }, WISH).kind).toBe(
      'app-window',
    );
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const windows: Machine = {
      env: { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
      platform: 'win32',
      isRoot: false,
      exists: (file) => file === edge,
      list: () => [],
    };
    expect(planOpening(windows, WISH)).toMatchObject({ kind: 'app-window', program: edge });
  });

  it('says when the browser cannot be started', async () => {
    const opening = { kind: 'app-window', program: '/no/such/browser', args: [], env: {}, reason: '' } as const;
    expect(await startBrowser(opening)).toBeUndefined();
  });
});

describe('a browser that we started', () => {
  const running = { kind: 'app-window', program: process.execPath, env: {}, reason: '' } as const;

  it('is closed by us', async () => {
    const browser = await startBrowser({ ...running, args: ['-e', 'setInterval(() => {}, 1000)'] });
    browser?.close();
    await browser?.closed;
    expect(browser).toBeDefined();
  });

  it('tells when its window was closed', async () => {
    const browser = await startBrowser({ ...running, args: ['-e', ''] });
    await expect(browser?.closed).resolves.toBeUndefined();
  });
});

describe('the locked mode of the browser host', () => {
  it('opens no folder in a file manager', async () => {
    const [quit, folder] = [(): void => undefined, import.meta.dirname];
    expect(await createBrowserShellPort(quit, true).openFolder(folder)).toBe(false);
  });

  it.each(['NODE_OPTIONS', 'CHROMIUM_FLAGS', 'LD_PRELOAD'])('does not start with %s, and says so', async (name) => {
    const [said, printed]: [string[], string[]] = [[], []];
    onTestFinished(() => void vi.unstubAllEnvs());
    // The machine of the test may have some of its own.
    for (const own of Object.keys(process.env)) if (environmentFault({ [own]: '1' })) vi.stubEnv(own, undefined);
    vi.stubEnv(name, '--inspect');
    const config = testConfig(temporaryFolder());
    const [say, print] = [(line: string) => said.push(line), (line: string) => printed.push(line)];
    expect(await runHost({ config, port: 0, open: false, kiosk: true, addressFile: null, say, print })).toBe(2);
    expect(said.join()).toContain(`variabel lingkungan ${name}`);
    expect(printed.map((line): unknown => JSON.parse(line))).toMatchObject([{ error: { code: 'START_REFUSED' } }]);
    expect(existsSync(config.dataDir)).toBe(false);
  });
});

describe('a ticket', () => {
  it('is void after a minute', () => {
    let now = 0;
    const tickets = createTickets(() => now);
    const [early, late] = [tickets.issue(), tickets.issue()];
    now = 60_000;
    expect(tickets.take(early)).toBe(true);
    now = 60_001;
    expect(tickets.take(late)).toBe(false);
    expect(tickets.take('invented')).toBe(false);
  });
});
