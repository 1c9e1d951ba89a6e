import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog } from 'electron';
import { createApp } from './core/app.ts';
import { counterConfig } from './counter-config.ts';
import { connectBridge } from './shells/electron/bridge.ts';
import { registerPageScheme, servePage } from './shells/electron/protocol.ts';
import { startElectronPageWorker } from './shells/electron/page-worker.ts';
import { createElectronShellPort } from './shells/electron/shell-port.ts';
import { createWindow, showPage } from './shells/electron/window.ts';
import { refusalSentence } from './start-faults.ts';

const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  options: { data: { type: 'string' }, demo: { type: 'boolean' }, kiosk: { type: 'boolean' } },
  strict: false,
});
const dataDir = typeof values.data === 'string' ? values.data : join(app.getPath('userData'), 'counter');
// The window's own profile stays beside the data: two counters on one computer share nothing.
app.setPath('sessionData', join(dataDir, 'window'));
registerPageScheme();

async function run(): Promise<void> {
  await app.whenReady();
  servePage(join(app.getAppPath(), 'out', 'renderer'));
  const shell = await createElectronShellPort();
  const keyStoreKind = values.demo === true ? 'demo' : shell.keepSecret === undefined ? 'machine' : 'operating-system';
  const counter = createApp(counterConfig({ dataDir, mode: values.demo === true ? 'demo' : 'normal', keyStoreKind }), {
    shell,
    startPageWorker: startElectronPageWorker,
  });
  const started = await counter.start();
  if (!started.ok) {
    dialog.showErrorBox('Loket OPOP', refusalSentence(started.error));
    app.exit(2);
    return;
  }
  const preload = join(app.getAppPath(), 'out', 'preload', 'index.cjs');
  const window = createWindow({ preload, kiosk: values.kiosk === true });
  const disconnect = connectBridge(window.webContents, counter);
  app.on('second-instance', () => window.focus());
  app.once('before-quit', (event) => {
    event.preventDefault();
    disconnect();
    void counter.stop().finally(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  await showPage(window);
}

if (app.requestSingleInstanceLock({ dataDir })) {
  run().catch((fault: unknown) => {
    dialog.showErrorBox('Loket OPOP', `Loket tidak dapat dijalankan. Data tidak diubah. (${String(fault)})`);
    app.exit(1);
  });
} else app.exit(0);
