import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, dialog } from 'electron';
import { createApp } from './core/app.ts';
import { prepareDataFolder } from './core/inspect.ts';
import type { CounterConfig } from './core/config.ts';
import { counterConfig, trainingConfig } from './counter-config.ts';
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
import {
  BELOW_MINIMUM,
  belowMinimum,
  folderFaultSentence,
  judgeRights,
  readFolderRights,
  windowDataDir,
} from './window-place.ts';

/** Says why nothing runs, and ends. */
function refuse(sentence: string, code: number): void {
  dialog.showErrorBox('Loket OPOP', sentence);
  app.exit(code);
}

/** Why this computer or its folder carries no counter, before anything is put anywhere; `common`: made by the installer. */
function findPlaceFault(home: string, common: string | null): { sentence: string; code: number } | undefined {
  if (common !== null && !existsSync(common)) return { sentence: folderFaultSentence('not-made', common), code: 2 };
  if (app.isPackaged && process.platform === 'linux') {
    const below = belowMinimum({ script: join(process.resourcesPath, 'check-minimum.sh'), dataDir: home });
    if (below !== undefined) return { sentence: below, code: BELOW_MINIMUM };
  }
  // Before the window puts its own profile there.
  const folder = prepareDataFolder(home);
  return folder.ok ? undefined : { sentence: refusalSentence(folder.error), code: 2 };
}

type Wish = WindowStart & {
  /** Folder of the counter, and beside it that of its training. */
  readonly dataDir: string;
  /** Settings of a training, where that was asked for. */
  readonly practice: CounterConfig | null;
};

async function run({ demo, kiosk, hours, dataDir, practice }: Wish): Promise<void> {
  await app.whenReady();
  servePage(join(app.getAppPath(), 'out', 'renderer'));
  const shell = await createElectronShellPort(kiosk);
  const keyStoreKind = demo ? 'demo' : shell.keepSecret === undefined ? 'machine' : 'operating-system';
  const config = practice ?? counterConfig({ dataDir, mode: demo ? 'demo' : 'normal', keyStoreKind });
  const counter = createApp(config, { shell, startPageWorker: startElectronPageWorker });
  const started = await counter.start();
  if (!started.ok) {
    refuse(refusalSentence(started.error), 2);
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
    refuse(startFaultSentence(asked.fault), 2);
    return;
  }
  const { isPackaged } = app;
  const window = { isPackaged, userData: app.getPath('userData') };
  const dataDir = asked.start.dataDir ?? windowDataDir(process.platform, machineEnvironment(), window);
  const isCommon = isPackaged && process.platform === 'win32' && asked.start.dataDir === undefined;
  const hasData = existsSync(dataDir);
  const practice = asked.start.training ? trainingConfig(dataDir) : null;
  // A training never touches the folder of the counter.
  const home = practice?.dataDir ?? dataDir;
  const place = findPlaceFault(home, isCommon ? dirname(dataDir) : null);
  if (place !== undefined) {
    // Nothing of a window's own is left behind either; its words show once there is a screen to show them on.
    app.setPath('sessionData', join(tmpdir(), 'loket-opop'));
    void app.whenReady().then(() => refuse(place.sentence, place.code));
    return;
  }
  // The window's own profile stays beside the data: two counters on one computer share nothing.
  app.setPath('sessionData', join(home, 'window'));
  // A single instance counts by this folder: without one of its own a training would bring the real window to the front.
  if (practice !== null) app.setPath('userData', join(home, 'window'));
  registerPageScheme();
  if (!app.requestSingleInstanceLock({ dataDir: home })) {
    app.exit(0);
    return;
  }
  const started = async (): Promise<void> => {
    const folder = dirname(dataDir);
    const fault = isCommon ? judgeRights(readFolderRights(folder), hasData) : undefined;
    if (fault === undefined) await run({ ...asked.start, dataDir, practice });
    else refuse(folderFaultSentence(fault, folder), 2);
  };
  started().catch((fault: unknown) => {
    refuse(`Loket tidak dapat dijalankan. Data tidak diubah. (${String(fault)})`, 1);
  });
}

begin();
