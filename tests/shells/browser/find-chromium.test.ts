import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../src/main/shells/browser/find-chromium.ts';

const has =
  (...files: readonly string[]) =>
  (file: string): boolean =>
    files.includes(file);

describe('the search for a Chromium', () => {
  it('takes the one the person named before any other', () => {
    const found = findChromium({ CHROMIUM_PATH: '/opt/c' }, 'linux', has('/opt/c', '/usr/bin/chromium'));
    expect(found).toEqual({ path: '/opt/c', source: 'CHROMIUM_PATH' });
  });

  it('looks on when the named one is not there', () => {
    const found = findChromium({ CHROMIUM_PATH: '/gone' }, 'linux', has('/usr/bin/chromium'));
    expect(found).toEqual({ path: '/usr/bin/chromium', source: 'installed' });
  });

  it('finds a browser in a folder of PATH, and prefers Chromium to Chrome and Edge', () => {
    const env = { PATH: '/usr/bin:/custom/bin' };
    expect(findChromium(env, 'linux', has('/custom/bin/chromium', '/usr/bin/google-chrome'))?.path).toBe(
      '/custom/bin/chromium',
    );
    expect(findChromium(env, 'linux', has('/usr/bin/microsoft-edge'))?.path).toBe('/usr/bin/microsoft-edge');
  });

  it('never takes a browser from a relative folder of PATH', () => {
    expect(findChromium({ PATH: '.:bin:' }, 'linux', has('bin/chromium', 'chromium', './chromium'))).toBeUndefined();
  });

  it('finds Chrome and Edge where Windows keeps them', () => {
    const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    expect(findChromium(env, 'win32', has(edge))).toEqual({ path: edge, source: 'installed' });
    expect(findChromium(env, 'win32', has(edge, chrome))?.path).toBe(chrome);
  });

  it('finds a browser of the machine or of the person on macOS', () => {
    const app = '/Users/ana/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium({ HOME: '/Users/ana' }, 'darwin', has(app))).toEqual({ path: app, source: 'installed' });
  });

  it("takes the newest of Playwright's own when none is installed", () => {
    const folder = '/home/ana/.cache/ms-playwright';
    const older = `${folder}/chromium-999/chrome-linux/chrome`;
    const newer = `${folder}/chromium-1210/chrome-linux64/chrome`;
    const list = (path: string): readonly string[] =>
      path === folder ? ['chromium-999', 'chromium-1210', 'chromium_headless_shell-1300', 'ffmpeg-1011'] : [];
    const found = findChromium({ HOME: '/home/ana' }, 'linux', has(older, newer), list);
    expect(found).toEqual({ path: newer, source: 'playwright' });
    expect(findChromium({ HOME: '/home/ana' }, 'linux', has(older, newer))).toBeUndefined();
  });

  it("looks where Playwright's own folder was moved to", () => {
    const file = '/srv/browsers/chromium-1210/chrome-linux/chrome';
    const list = (path: string): readonly string[] => (path === '/srv/browsers' ? ['chromium-1210'] : []);
    expect(findChromium({ PLAYWRIGHT_BROWSERS_PATH: '/srv/browsers' }, 'linux', has(file), list)?.path).toBe(file);
  });

  it('says so when there is none', () => {
    expect(findChromium({}, 'linux', () => false)).toBeUndefined();
    expect(findChromium({}, 'win32', () => false)).toBeUndefined();
    expect(findChromium({}, 'darwin', () => false)).toBeUndefined();
  });
});
