import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { counterConfig, trainingConfig } from './counter-config.ts';
import { DEMO_OUTLET_ID, DEMO_SUPERVISOR_ID, makeDemoRegion, takeDemoData } from './demo/demo-data.ts';
import { buildElectronEntries, runElectron } from './demo/electron-window.ts';
import { type OpenCounter, openDemoCounter, type OpenFault, serveOnFreePort } from './demo/open-counter.ts';
import type { ProvincePlace } from './demo/province-command.ts';
import { createProvinceProcess, findRunningProvince, type ProvinceProcess } from './demo/province-process.ts';
import { DEMO_KEYS, type DemoRole, demoSummary, trainingSummary } from './demo/start-words.ts';
import { readKeys } from './demo/terminal-keys.ts';
import { openPage, PAGE_FOLDER, PROGRAM_FOLDER, showStartFault } from './host.ts';
import { hasDisplay, thisMachine } from './shells/browser/browser.ts';
import { machineEnvironment } from './shells/browser/config.ts';
import { findElectron } from './shells/electron/electron-binary.ts';

const HELP = `npm start                       the whole demo: province, counter, window
npm start -- --role pengawas    the same with a supervisor's own device and his region; beside a demo that runs, or alone
npm start -- --province URL     a counter of a real province
npm start -- --training         a training: papers say LATIHAN, nothing reaches anybody; no province is needed

  --data DIR    folder of the data (default: data)
  --port N      port of the counter in the browser host (default: 4700, another when it is taken)
  --no-open     print the address, open no window
  --browser     the browser's window even where Electron is there
  --kiosk       the whole screen
`;
const DEFAULT_PORT = 4700;

type StartOptions = {
  readonly provinceUrl: string | null;
  readonly dataFolder: string;
  readonly port: number;
  readonly open: boolean;
  readonly browser: boolean;
  readonly kiosk: boolean;
  readonly role: DemoRole;
  readonly training: boolean;
};

const isDemoRole = (role: string): role is DemoRole => role === 'petugas' || role === 'pengawas';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      province: { type: 'string' },
      data: { type: 'string', default: join(PROGRAM_FOLDER, 'data') },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      'no-open': { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      kiosk: { type: 'boolean', default: false },
      role: { type: 'string', default: 'petugas' },
      training: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !isDemoRole(values.role)) return 'help';
  return {
    provinceUrl: values.province ?? null,
    dataFolder: values.data,
    port: Number(values.port),
    open: !values['no-open'],
    browser: values.browser,
    kiosk: values.kiosk,
    role: values.role,
    training: values.training,
  };
}

/** The folder of the counter of `--province`; its training lies beside it. */
const counterFolder = ({ dataFolder }: StartOptions): string => join(dataFolder, 'loket');

/** `gone` resolves when the window or the page ends the counter; `close` takes the window away. */
type Shown = { readonly gone: Promise<unknown>; readonly close: () => void };

/** Shows the counter in the best window there is, and says which. */
async function showCounter(counter: OpenCounter, options: StartOptions): Promise<Shown> {
  if (!options.open) {
    say(`Hanya alamat: diminta dengan --no-open. Buka di peramban: ${counter.served.host.url}`);
    return { gone: counter.served.quitAsked, close: () => undefined };
  }
  const machine = thisMachine(machineEnvironment());
  const electron = findElectron(PROGRAM_FOLDER, existsSync, (file) => readFileSync(file, 'utf8'));
  if (electron.ok && hasDisplay(machine) && !options.browser) {
    say('Menyiapkan jendela Electron ...');
    if (await buildElectronEntries(PROGRAM_FOLDER)) {
      await counter.served.stop();
      say('Jendela Electron dibuka (program Electron ada di komputer ini).');
      const { dataDir, mode } = counter.config;
      const isTraining = mode === 'training';
      return runElectron(electron.program, PROGRAM_FOLDER, {
        dataDir: isTraining ? counterFolder(options) : dataDir,
        mode,
        kiosk: options.kiosk,
        isRoot: machine.isRoot,
      });
    }
    say('Jendela Electron tidak dapat disiapkan; memakai peramban.');
  } else if (!electron.ok) say(`Bukan jendela Electron: ${electron.reason}.`);
  const close = await openPage(counter.served, { config: counter.config, kiosk: options.kiosk, say });
  return { gone: counter.served.quitAsked, close };
}

async function toggleProvince(province: ProvinceProcess): Promise<void> {
  if (province.isRunning()) {
    await province.stop();
    say('Bapenda contoh dimatikan: loket bekerja tanpa koneksi. p + Enter menyalakannya lagi.');
    return;
  }
  say('Menyalakan Bapenda contoh ...');
  const started = await province.start();
  say(
    started.ok ? `Bapenda contoh menyala lagi di ${started.value}.` : `Bapenda contoh tidak menyala: ${started.error}`,
  );
}

const NOT_SHOWN: Shown = { gone: new Promise(() => undefined), close: () => undefined };

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Runs until the window, the page or a wish to end comes; then stops the counter. */
async function untilEnd(counter: OpenCounter, options: StartOptions, ending: AbortSignal): Promise<0> {
  const { gone, close } = ending.aborted ? NOT_SHOWN : await showCounter(counter, options);
  await Promise.race([gone, untilAborted(ending)]);
  say('Menutup ...');
  close();
  await counter.served.stop();
  return 0;
}

/** A step of the start that did not work: said aloud, unless the person ended it himself. */
function giveUp(ending: AbortSignal, message: string): 1 | 130 {
  if (ending.aborted) return 130;
  say(message);
  return 1;
}

/** A counter that does not open says why at the terminal and, where a window was wanted, on a page. */
async function giveUpOnCounter(failed: OpenFault, options: StartOptions, ending: AbortSignal): Promise<2 | 130> {
  if (ending.aborted) return 130;
  say(failed.sentence);
  if (options.open && failed.fault !== null) {
    await showStartFault(failed.fault, { config: failed.config, kiosk: options.kiosk, say }, untilAborted(ending));
  }
  return 2;
}

/** What the start of the demo hands on once its province serves. */
type Demo = {
  readonly options: StartOptions;
  readonly place: ProvincePlace;
  readonly provinceUrl: string;
  readonly ending: AbortController;
  /** At the terminal's key; nothing where the province belongs to another start. */
  readonly toggle: () => Promise<void>;
};

/** The demo's counter, or its supervisor's own device, until somebody ends it. */
async function runDemo({ options, place, provinceUrl, ending, toggle }: Demo, onOpen: () => void): Promise<number> {
  const { signal } = ending;
  const { role } = options;
  const isSupervisor = role === 'pengawas';
  const data = await takeDemoData(place);
  if (!data.ok || signal.aborted) return giveUp(signal, `Data contoh tidak dapat dibuat. ${data.ok ? '' : data.error}`);
  if (isSupervisor) {
    say('Menyiapkan wilayah contoh (sekali saja, beberapa detik) ...');
    const made = await makeDemoRegion(place);
    if (!made.ok || signal.aborted)
      return giveUp(signal, `Wilayah contoh tidak dapat dibuat. ${made.ok ? '' : made.error}`);
  }
  const counter = await openDemoCounter({
    ...{ place, provinceUrl, say, pageFolder: PAGE_FOLDER, port: options.port },
    dataDir: join(options.dataFolder, isSupervisor ? 'pengawas' : 'counter'),
    supervisorId: isSupervisor ? DEMO_SUPERVISOR_ID : null,
  });
  onOpen();
  if (!counter.ok) return await giveUpOnCounter(counter.error, options, signal);
  const counterUrl = counter.value.served.host.url;
  const summary = { counterUrl, provinceUrl, data: data.value, outletId: DEMO_OUTLET_ID, role };
  for (const line of demoSummary(summary)) say(line);
  say(DEMO_KEYS);
  const endKeys = readKeys(process.stdin, { p: toggle, q: async () => ending.abort() });
  const code = await untilEnd(counter.value, options, signal);
  endKeys();
  return code;
}

async function startDemo(options: StartOptions, place: ProvincePlace, ending: AbortController): Promise<number> {
  const { signal } = ending;
  const running = await findRunningProvince(place);
  if (running !== undefined && options.role === 'pengawas') {
    const toggle = async (): Promise<void> => say('Bapenda contoh dinyalakan dari jendela petugas; matikan di sana.');
    return await runDemo({ options, place, provinceUrl: running, ending, toggle }, () => undefined);
  }
  if (running !== undefined) {
    say(`Sudah berjalan dengan data ini (Bapenda contoh di ${running}). Pakai jendela yang terbuka, atau tutup dulu.`);
    return 2;
  }
  const province = createProvinceProcess(place, () => say('Bapenda contoh berhenti sendiri; p + Enter menyalakannya.'));
  // While the parts are being started there is no counter to close first: the end of the province ends the start.
  const endStart = (): void => void province.stop();
  signal.addEventListener('abort', endStart);
  try {
    say('Menyalakan Bapenda contoh (pertama kali perlu sekitar setengah menit) ...');
    const started = await province.start();
    if (!started.ok)
      return giveUp(signal, `Bapenda contoh tidak menyala; tidak ada data yang berubah. ${started.error}`);
    const demo = { options, place, provinceUrl: started.value, ending, toggle: () => toggleProvince(province) };
    return await runDemo(demo, () => signal.removeEventListener('abort', endStart));
  } finally {
    await province.stop();
  }
}

async function startCounter(options: StartOptions, provinceUrl: string, ending: AbortSignal): Promise<number> {
  const config = counterConfig({ dataDir: counterFolder(options), mode: 'normal', keyStoreKind: 'machine' });
  const counter = await serveOnFreePort(config, { pageFolder: PAGE_FOLDER, port: options.port, say });
  if (!counter.ok) return await giveUpOnCounter(counter.error, options, ending);
  say(`Loket berjalan untuk ${provinceUrl}. Bila belum terdaftar: isi alamat itu dan kode dari pengawas di jendela.`);
  return untilEnd(counter.value, options, ending);
}

async function startTraining(options: StartOptions, ending: AbortSignal): Promise<number> {
  const config = trainingConfig(counterFolder(options));
  const counter = await serveOnFreePort(config, { pageFolder: PAGE_FOLDER, port: options.port, say });
  if (!counter.ok) return await giveUpOnCounter(counter.error, options, ending);
  for (const line of trainingSummary(counter.value.served.host.url, config.dataDir)) say(line);
  return untilEnd(counter.value, options, ending);
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  if (options.training) return startTraining(options, ending.signal);
  if (options.provinceUrl !== null) return startCounter(options, options.provinceUrl, ending.signal);
  const place = { programFolder: PROGRAM_FOLDER, dataFolder: join(options.dataFolder, 'province') };
  return startDemo(options, place, ending);
}

process.exitCode = await main(process.argv.slice(2));
