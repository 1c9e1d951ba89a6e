import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './core/app.ts';
import type { CounterConfig } from './core/config.ts';
import { type Opening, planOpening, startBrowser, thisMachine } from './shells/browser/browser.ts';
import { machineEnvironment } from './shells/browser/config.ts';
import { keepOpen } from './shells/browser/keep-open.ts';
import { serveCounter, type ServedCounter, type ServeRefusal, serveRefusal } from './shells/browser/serve-counter.ts';
import { RESTART_CODE } from './installed/run-chosen.ts';
import { isReplaced } from './installed/switch-file.ts';
import { serveFaultError, serveFaultSentence } from './start-faults.ts';
import { environmentFault, startFaultSentence } from './start-guard.ts';

/** The repository or the installed program: screens, launchers and resources lie below it. */
export const PROGRAM_FOLDER = join(import.meta.dirname, '..', '..');
/** The built screens. */
export const PAGE_FOLDER = join(PROGRAM_FOLDER, 'out', 'renderer');

/** What `loket serve` was asked. */
export type HostOptions = {
  readonly config: CounterConfig;
  /** 0 takes a free one. */
  readonly port: number;
  /** False with `--no-open`: the address is printed and nothing is started. */
  readonly open: boolean;
  readonly kiosk: boolean;
  /** Where the page's address is laid out for a program that opens it (`loket open`); it opens the counter like a key. */
  readonly addressFile: string | null;
  /** A line for a person (stderr). */
  readonly say: (line: string) => void;
  /** A line for a program (stdout, NDJSON). */
  readonly print: (line: string) => void;
};

/** A kiosk's window that was closed is left closed so long (ms). */
const REOPEN_AFTER_MS = 1_000;

/**
 * Opens the page in the best window that can be had, says which way it was and why; answers what closes the window. A
 * kiosk has no way out: its window stands again when it was closed or broke.
 */
export async function openPage(
  { host }: Pick<ServedCounter, 'host'>,
  options: Pick<HostOptions, 'config' | 'kiosk' | 'say'>,
): Promise<() => void> {
  const { say, kiosk } = options;
  const plan = (): Opening =>
    planOpening(thisMachine(machineEnvironment()), {
      url: host.ticketUrl(),
      dataDir: options.config.dataDir,
      kiosk,
    });
  const opening = plan();
  const browser = opening.kind === 'app-window' ? await startBrowser(opening) : undefined;
  if (browser === undefined) {
    const reason = opening.kind === 'app-window' ? `${opening.program} tidak dapat dijalankan` : opening.reason;
    say(`Hanya alamat: ${reason}. Buka di peramban: ${host.url}`);
    return () => undefined;
  }
  say(`Jendela peramban dibuka (${opening.reason}).`);
  return keepOpen({
    first: browser,
    reopen: async () => {
      const again = kiosk ? plan() : undefined;
      return again?.kind === 'app-window' ? await startBrowser(again) : undefined;
    },
    closed: (standsAgain) =>
      say(standsAgain ? 'Jendela dibuka kembali.' : `Jendela ditutup; loket tetap berjalan di ${host.url}`),
    pauseMs: kiosk ? REOPEN_AFTER_MS : 0,
  });
}

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** Resolves at the first wish to end: Ctrl+C or a stop by the system, or the page's own button. */
function endAsked(served: ServedCounter): Promise<'page' | 'system'> {
  return Promise.race([served.quitAsked.then(() => 'page' as const), signalled().then(() => 'system' as const)]);
}

/**
 * "Corruption is a screen with a way out": shows why the counter did not start until `ended`. Data that another program
 * holds has its own window already; a port or missing screens leave nothing to show.
 */
export async function showStartFault(
  fault: ServeRefusal,
  options: Pick<HostOptions, 'config' | 'kiosk' | 'say'>,
  ended: Promise<unknown> = signalled(),
): Promise<void> {
  if (fault.kind !== 'app' || fault.refusal.code === 'DATA_IN_USE') return;
  const host = await serveRefusal(fault.refusal, { pageFolder: PAGE_FOLDER, port: 0 });
  if (!host.ok) {
    options.say(serveFaultSentence(host.error));
    return;
  }
  // The window's profile lies apart: the folder that was refused stays as it is, and may take none.
  const apart = await mkdtemp(join(tmpdir(), 'loket-opop-'));
  const closeWindow = await openPage(
    { host: host.value },
    { ...options, config: { ...options.config, dataDir: apart } },
  );
  await ended;
  closeWindow();
  await host.value.close();
  await rm(apart, { recursive: true, force: true, maxRetries: 5 });
}

/** Lays the address out for the group of the folder that it lies in; whoever reads it opens the counter. */
async function layAddressOut(file: string, url: string): Promise<void> {
  await writeFile(file, JSON.stringify({ url }), { mode: 0o600 });
  // The umask of a service takes the group's right away.
  await chmod(file, 0o640);
}

/**
 * Runs the counter in the browser host until it is told to end; answers the exit code: 0, 2 when refused, `RESTART_CODE`
 * when the page ended it so that a newer program takes its place.
 */
export async function runHost(options: HostOptions): Promise<0 | 2 | typeof RESTART_CODE> {
  const { config, port } = options;
  const bent = options.kiosk ? environmentFault(machineEnvironment()) : undefined;
  if (bent !== undefined) {
    const message = startFaultSentence(bent);
    options.say(message);
    options.print(JSON.stringify({ error: { code: 'START_REFUSED', message, path: ['environment', bent.name] } }));
    return 2;
  }
  const place = { pageFolder: PAGE_FOLDER, port, locked: options.kiosk };
  const served = await serveCounter((shell) => createApp(config, { shell }), place);
  if (!served.ok) {
    options.say(serveFaultSentence(served.error));
    options.print(JSON.stringify(serveFaultError(served.error)));
    if (options.open) await showStartFault(served.error, options);
    return 2;
  }
  const ended = endAsked(served.value);
  const { addressFile } = options;
  if (addressFile !== null) await layAddressOut(addressFile, served.value.host.url);
  options.print(JSON.stringify({ url: served.value.host.url, pid: process.pid }));
  const closeWindow = options.open ? await openPage(served.value, options) : () => undefined;
  const by = await ended;
  closeWindow();
  await served.value.stop();
  if (addressFile !== null) await rm(addressFile, { force: true });
  return by === 'page' && isReplaced(config.installation) ? RESTART_CODE : 0;
}
