import { spawn } from 'node:child_process';
import type { ShellPort } from '../../core/ports.ts';

const FOLDER_PROGRAMS: Readonly<Record<string, string>> = { win32: 'explorer.exe', darwin: 'open' };

function openFolder(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(FOLDER_PROGRAMS[process.platform] ?? 'xdg-open', [path], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/**
 * The browser host's side of the port: no key store of its own and no PDF engine; the core has its own for both. In the
 * locked mode no folder is opened: a file manager is a way out.
 */
export function createBrowserShellPort(quit: () => void, locked: boolean): ShellPort {
  const open = locked ? () => Promise.resolve(false) : openFolder;
  return { name: 'browser', printPdf: undefined, keepSecret: undefined, openFolder: open, quit };
}
