import { BrowserWindow, type Session, type WebContents } from 'electron';
import { PAGE_ORIGIN, PAGE_URL } from './protocol.ts';

/** What the window is made with. */
export type WindowOptions = {
  /** The built preload, one CommonJS file. */
  readonly preload: string;
  /** The whole screen, without a way out, for an installed counter. */
  readonly kiosk: boolean;
};

const isOurs = (url: string): boolean => url === PAGE_URL || url.startsWith(`${PAGE_ORIGIN}/`);

/** The page stays our page: it goes nowhere else, opens nothing, and holds no foreign view. */
function keepAtHome(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  page.on('will-navigate', stay);
  page.on('will-redirect', stay);
  page.on('will-frame-navigate', stay);
  page.on('will-attach-webview', (event) => event.preventDefault());
}

/** The camera for documents and barcodes, for our page alone; every other permission is denied. */
function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((page, permission, answer, details) => {
    // A list that is absent or holds a microphone too is no wish for the camera alone.
    const isCamera = permission === 'media' && 'mediaTypes' in details && details.mediaTypes?.join() === 'video';
    answer(isCamera && isOurs(page.getURL()) && isOurs(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_page, permission, origin, details) =>
      permission === 'media' && details.mediaType === 'video' && origin.replace(/\/$/, '') === PAGE_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
}

/**
 * Makes the counter's window: sandboxed, isolated, without Node, with the bridge's preload and nothing else. It is empty
 * until `showPage`, so that the bridge stands before the page's first call.
 */
export function createWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    kiosk: options.kiosk,
    show: false,
    autoHideMenuBar: true,
    title: 'Loket OPOP',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  keepAtHome(window.webContents);
  limitPermissions(window.webContents.session);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads our page into the window. */
export async function showPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(PAGE_URL);
}
