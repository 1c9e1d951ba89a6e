import { app, BrowserWindow, safeStorage, shell } from 'electron';
import type { ShellPort } from '../../core/ports.ts';
import { keepAtHome } from './page-limits.ts';

/** Turns HTML of our own making into PDF in a window that nobody sees, runs no script and reaches nothing. */
async function printPdf(html: string, paper: 'A4' | 'A5'): Promise<Uint8Array> {
  const window = new BrowserWindow({
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
  keepAtHome(window.webContents);
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
    return await window.webContents.printToPDF({ pageSize: paper, printBackground: true });
  } finally {
    window.destroy();
  }
}

/**
 * The operating system's key store. On Linux without a keyring Electron falls back to a password that stands in its own
 * source: that is no key store, and it is refused.
 */
async function systemKeyStore(): Promise<ShellPort['keepSecret']> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return undefined;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined;
  return {
    wrap: async (secret) => safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64')),
    unwrap: async (wrapped) => {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
      return Buffer.from(result, 'base64');
    },
  };
}

/**
 * The Electron side of the port; must be called when the program is ready. In the locked mode no folder is opened and
 * nothing ends the program from within: a file manager and a desktop are ways out.
 */
export async function createElectronShellPort(locked = false): Promise<ShellPort> {
  return {
    name: 'electron',
    printPdf,
    keepSecret: await systemKeyStore(),
    openFolder: async (path) => !locked && (await shell.openPath(path)) === '',
    quit: () => {
      if (!locked) app.quit();
    },
  };
}
