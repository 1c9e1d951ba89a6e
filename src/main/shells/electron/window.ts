import { BrowserWindow, Menu } from 'electron';
import { lockWindow } from './locked-window.ts';
import { keepAtHome, limitSession } from './page-limits.ts';
import { PAGE_URL } from './protocol.ts';

/** What the window is made with. */
export type WindowOptions = {
  /** The built preload, one CommonJS file. */
  readonly preload: string;
  /** The locked mode: the whole screen, without a way out for the officer. */
  readonly kiosk: boolean;
  /** Whether the program itself is ending: only then does a locked window go. */
  readonly isEnding: () => boolean;
};

/**
 * Makes the counter's window: sandboxed, isolated, without Node, without a menu, with the bridge's preload and nothing
 * else. It is empty until `showPage`, so that the bridge stands before the page's first call.
 */
export function createWindow({ preload, kiosk, isEnding }: WindowOptions): BrowserWindow {
  // Electron's own menu brings keys for reload, zoom, the developer's tools and another window.
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    kiosk,
    frame: !kiosk,
    closable: !kiosk,
    minimizable: !kiosk,
    movable: !kiosk,
    resizable: !kiosk,
    alwaysOnTop: kiosk,
    show: false,
    autoHideMenuBar: true,
    title: 'Loket OPOP',
    webPreferences: {
      preload,
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
      // The middle button would open a link in a window of its own.
      disableBlinkFeatures: 'Auxclick',
      devTools: false,
      spellcheck: false,
    },
  });
  keepAtHome(window.webContents);
  limitSession(window.webContents.session);
  if (kiosk) lockWindow(window, isEnding);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads our page into the window. */
export async function showPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(PAGE_URL);
}
