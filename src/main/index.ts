import { join } from 'node:path';
import { app, dialog } from 'electron';
import { createApp } from './core/app.ts';
import { counterConfig } from './counter-config.ts';
import { machineEnvironment } from './shells/browser/config.ts';
import { connectBridge } from './shells/electron/bridge.ts';
import { startElectronPageWorker } from './shells/electron/page-worker.ts';
import { registerPageScheme, servePage } from './shells/electron/protocol.ts';
import { createElectronShellPort } from './shells/electron/shell-port.ts';
import { standAgain } from './shells/electron/stand-again.ts';
import { stayAwake } from './shells/electron/stay-awake.ts';
import { createWindow, showPage } from './shells/electron/window.ts';
import { refusalSentence } from './start-faults.ts';
import { readWindowStart, startFaultSentence, type WindowStart } from './start-guard.ts';

async function run({ demo, kiosk, hours }: WindowStart, dataDir: string): Promise<void> {
  await app.whenReady();
  servePage(join(app.getAppPath(), 'out', 'renderer'));
  const shell = await createElectronShellPort(kiosk);
  const keyStoreKind = demo ? 'demo' : shell.keepSecret === undefined ? 'machine' : 'operating-system';
  const counter = createApp(counterConfig({ dataDir, mode: demo ? 'demo' : 'normal', keyStoreKind }), {
    shell,
    startPageWorker: startElectronPageWorker,
  });
  const started = await counter.start();
  if (!started.ok) {
    dialog.showErrorBox('Loket OPOP', refusalSentence(started.error));
    app.exit(2);
    return;
  }
  const ending = new AbortController();
  const preload = join(app.getAppPath(), 'out', 'preload', 'index.cjs');
  const window = createWindow({ preload, kiosk, isEnding: () => ending.signal.aborted });
  const disconnect = connectBridge(window.webContents, counter);
  const sleepAgain = stayAwake(hours);
  standAgain(window.webContents, { show: () => void showPage(window), giveUp: () => app.exit(1) });
  app.on('second-instance', () => window.focus());
  app.once('before-quit', (event) => {
    event.preventDefault();
    ending.abort();
    sleepAgain();
    disconnect();
    void counter.stop().finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  await showPage(window);
}

/** Refuses, steps aside for the counter that runs already, or runs; in this order, and before any window. */
function begin(): void {
  const asked = readWindowStart(process.argv.slice(app.isPackaged ? 1 : 2), machineEnvironment(), app.isPackaged);
  if ('fault' in asked) {
    dialog.showErrorBox('Loket OPOP', startFaultSentence(asked.fault));
    app.exit(2);
    return;
  }
  const dataDir = asked.start.dataDir ?? join(app.getPath('userData'), 'counter');
  // The window's own profile stays beside the data: two counters on one computer share nothing.
  app.setPath('sessionData', join(dataDir, 'window'));
  registerPageScheme();
  if (!app.requestSingleInstanceLock({ dataDir })) {
    app.exit(0);
    return;
  }
  run(asked.start, dataDir).catch((fault: unknown) => {
    dialog.showErrorBox('Loket OPOP', `Loket tidak dapat dijalankan. Data tidak diubah. (${String(fault)})`);
    app.exit(1);
  });
}

begin();
