import { vi } from 'vitest';
import type { WebContents } from 'electron';
import type { HostBridge } from '../../../src/contract/frames.ts';
import { connectBridge } from '../../../src/main/shells/electron/bridge.ts';
import { createWindow, showPage } from '../../../src/main/shells/electron/window.ts';
import { describeShell } from '../contract-suite.ts';
import { exposed, windows } from './electron-double.ts';

vi.mock('electron', async () => (await import('./electron-double.ts')).electron);

// Both sides are the real ones: the preload's bridge speaks through the double of the module with the main side.
describeShell('Electron', async (app) => {
  const window = createWindow({ preload: '/preload.cjs', kiosk: false, isEnding: () => false });
  const page: unknown = windows.at(-1)?.webContents;
  const disconnect = connectBridge(page as WebContents, app);
  await showPage(window);
  vi.resetModules();
  await import('../../../src/preload/index.ts');
  const bridge: unknown = exposed.get('loket');
  return { bridge: bridge as HostBridge, close: async () => disconnect() };
});
