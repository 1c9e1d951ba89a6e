import type { WebContents } from 'electron';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { leavesWindow } from '../../../src/main/shells/electron/locked-window.ts';
import { createElectronShellPort } from '../../../src/main/shells/electron/shell-port.ts';
import { standAgain } from '../../../src/main/shells/electron/stand-again.ts';
import { stayAwake } from '../../../src/main/shells/electron/stay-awake.ts';
import { createWindow, showPage } from '../../../src/main/shells/electron/window.ts';
import { KEY_ACTIONS, KEY_MAP } from '../../../src/renderer/ui/keyboard/key-map.ts';
import { FOREIGN_ADDRESSES } from '../foreign-addresses.ts';
import { blockers, quits, type WindowDouble, windows } from './electron-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electron);

async function lockedWindow(isEnding = (): boolean => false): Promise<WindowDouble> {
  await showPage(createWindow({ preload: '/preload.cjs', kiosk: true, isEnding }));
  const window = windows.at(-1);
  if (window === undefined) throw new Error('no window');
  return window;
}

/** `Ctrl+Shift+I` as Electron names it. */
const press = (chord: string): Parameters<typeof leavesWindow>[0] & { readonly type: string } => {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  const modifiers = { control: has('Ctrl'), alt: has('Alt'), shift: has('Shift'), meta: has('Meta') };
  return { type: 'keyDown', key: key === 'Plus' ? '+' : key, ...modifiers };
};

const LEAVING = [
  ...['Alt+F4', 'Ctrl+F4', 'Ctrl+w', 'Ctrl+q', 'Ctrl+Shift+w', 'Ctrl+Shift+q', 'Alt+ '],
  ...['F11', 'Ctrl+n', 'Ctrl+t', 'Ctrl+Shift+n', 'Ctrl+Shift+t', 'Ctrl+Tab', 'Ctrl+Shift+Tab', 'Ctrl+PageDown'],
  ...['Ctrl+Shift+i', 'Ctrl+Shift+j', 'Ctrl+Shift+c', 'Ctrl+Shift+k', 'Ctrl+Shift+e', 'Ctrl+Shift+m'],
  ...['Alt+Home', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'GoBack'],
  ...['Ctrl+r', 'Ctrl+Shift+r', 'BrowserRefresh', 'Ctrl+Shift+s', 'Ctrl+Shift+Delete'],
  ...['Ctrl+Shift+p', 'Ctrl+Shift+o', 'Ctrl+Shift+b', 'Ctrl+Shift+a', 'Ctrl+Escape', 'Alt+Escape', 'Alt+Tab'],
  ...['Meta+d', 'Meta+e', 'Meta+r', 'Meta+l', 'Meta+Tab', 'Ctrl+Alt+Delete', 'Ctrl+Shift+Escape', 'ContextMenu'],
  ...['LaunchMail', 'LaunchApplication1', 'LaunchCalculator', 'BrowserSearch', 'Print', 'Save', 'Open', 'Help'],
];

describe('a locked window', () => {
  it('fills the screen and has no frame to be closed, moved or made small by', async () => {
    const { options } = await lockedWindow();
    expect(options).toMatchObject({
      ...{ kiosk: true, frame: false, closable: false, minimizable: false, movable: false, resizable: false },
      ...{ alwaysOnTop: true },
    });
  });

  it.each(LEAVING)('stays at %s', async (chord) => {
    const { webContents } = await lockedWindow();
    const preventDefault = vi.fn();
    webContents.emit('before-input-event', { preventDefault }, press(chord));
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it('leaves every key of the counter, of writing and of the keyboard layouts to the page', () => {
    const ours = KEY_ACTIONS.flatMap((action) => [KEY_MAP[action].fKey, KEY_MAP[action].twin])
      .filter((chord) => chord !== null)
      .map(({ key, ctrl }) => (ctrl ? `Ctrl+${key}` : key));
    const writing = [
      ...['a', 'A', '1', ' ', 'Enter', 'Tab', 'Backspace', 'Delete', 'ArrowLeft', 'Home', 'PageDown', 'Escape'],
      ...['Ctrl+a', 'Ctrl+c', 'Ctrl+x', 'Ctrl+v', 'Ctrl+z', 'Ctrl+Shift+z', 'Ctrl+Backspace', 'Ctrl+ArrowLeft'],
      ...['Ctrl+Shift+ArrowRight', 'Shift+Tab', 'Ctrl+Alt+@', 'Ctrl+Alt+€', 'Control', 'Shift', 'Alt', 'Meta'],
    ];
    expect(ours.length).toBeGreaterThan(20);
    expect([...ours, ...writing].filter((chord) => leavesWindow(press(chord)))).toEqual([]);
  });

  it('is not closed, made small, hidden or taken out of the full screen', async () => {
    const window = await lockedWindow();
    const preventDefault = vi.fn();
    window.emit('close', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    window.emit('minimize');
    expect(window.restored).toBe(1);
    window.shown = false;
    window.emit('hide');
    expect(window.shown).toBe(true);
    window.emit('leave-full-screen');
    expect(window.kiosk).toBe(true);
    const menu = vi.fn();
    window.webContents.emit('context-menu', { preventDefault: menu });
    expect(menu).toHaveBeenCalledOnce();
  });

  it('opens no folder in a file manager, and is not ended from within', async () => {
    const [locked, plain] = [await createElectronShellPort(true), await createElectronShellPort()];
    expect([await locked.openFolder('/there'), await plain.openFolder('/there')]).toEqual([false, true]);
    quits.splice(0);
    locked.quit();
    expect(quits).toEqual([]);
    plain.quit();
    expect(quits).toEqual(['quit']);
  });

  it('goes when the program itself ends', async () => {
    const window = await lockedWindow(() => true);
    const preventDefault = vi.fn();
    window.emit('close', { preventDefault });
    expect(preventDefault).not.toHaveBeenCalled();
  });

  it.each(FOREIGN_ADDRESSES)('goes nowhere and fetches nothing at %s', async (url) => {
    const { webContents } = await lockedWindow();
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      const preventDefault = vi.fn();
      webContents.emit(name, { url, preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
    expect(webContents.openHandler?.({ url })).toEqual({ action: 'deny' });
    const madeHere = /^(data|blob):/u.test(url);
    webContents.session.reach?.({ url }, ({ cancel }) => expect(cancel).toBe(!madeHere));
  });

  it('saves nothing to the disk, and shows its screen to nobody', async () => {
    const { session } = (await lockedWindow()).webContents;
    const preventDefault = vi.fn();
    session.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    const streams: unknown[] = [];
    session.display?.({}, (given) => streams.push(given));
    expect(streams).toEqual([null]);
    const verdicts: boolean[] = [];
    session.reach?.({ url: 'loket://app/assets/a.js' }, ({ cancel }) => verdicts.push(cancel));
    expect(verdicts).toEqual([false]);
  });
});

describe('a page whose process is gone', () => {
  it('is shown again, and given up when it dies again and again', async () => {
    const { webContents } = await lockedWindow();
    const page: unknown = webContents;
    const [show, giveUp] = [vi.fn(), vi.fn()];
    let now = 0;
    standAgain(page as WebContents, { show, giveUp, nowMs: () => now });
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(show).not.toHaveBeenCalled();
    for (const reason of ['crashed', 'killed', 'oom', 'crashed', 'crashed']) {
      webContents.emit('render-process-gone', {}, { reason });
    }
    expect([show.mock.calls.length, giveUp.mock.calls.length]).toEqual([5, 0]);
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([show.mock.calls.length, giveUp.mock.calls.length]).toEqual([5, 1]);
    now = 60_000;
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([show.mock.calls.length, giveUp.mock.calls.length]).toEqual([6, 1]);
  });
});

describe('the screen', () => {
  it('does not sleep in the office hours, sleeps outside them, and is let go at the end', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const jakarta = (time: string): number => Date.parse(`2026-11-22T${time}:00+07:00`);
    let now = jakarta('06:59');
    const end = stayAwake({ fromMinute: 420, toMinute: 990 }, () => now);
    expect([...blockers.values()]).toEqual([]);
    now = jakarta('07:00');
    vi.advanceTimersByTime(60_000);
    expect([...blockers.values()]).toEqual(['prevent-display-sleep']);
    vi.advanceTimersByTime(60_000);
    expect(blockers.size).toBe(1);
    now = jakarta('16:30');
    vi.advanceTimersByTime(60_000);
    expect(blockers.size).toBe(0);
    now = jakarta('07:00');
    vi.advanceTimersByTime(60_000);
    expect(blockers.size).toBe(1);
    end();
    expect([blockers.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
