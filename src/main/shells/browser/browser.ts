import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';

/** What the machine is asked before a window is opened. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Chromium refuses to run its sandbox as root. */
  readonly isRoot: boolean;
  readonly exists: (file: string) => boolean;
  readonly list: (folder: string) => readonly string[];
};

/** How the person gets to the page; `reason` is said aloud. */
export type Opening =
  | {
      readonly kind: 'app-window';
      readonly program: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string | undefined>>;
      readonly reason: string;
    }
  | { readonly kind: 'address-only'; readonly reason: string };

export type OpenWish = {
  readonly url: string;
  /** The profile of our window lives in it, apart from the person's own browser. */
  readonly dataDir: string;
  readonly kiosk: boolean;
};

// The window shows one page of this computer: nothing of it speaks to anybody else.
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--no-pings',
  '--password-store=basic',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication',
  // No name and no number but our own is an address in it.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--no-proxy-server',
];

/** What a browser needs of the environment: its display, its person, its folders, its language. Nothing else passes. */
const BROWSER_NEEDS =
  /^(DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|XDG_\w+|HOME|USER|LOGNAME|SHELL|PATH|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|APPDATA|LOCALAPPDATA|USERPROFILE|USERNAME|USERDOMAIN|HOMEDRIVE|HOMEPATH|PUBLIC|PROGRAM\w*(\(X86\))?|COMMONPROGRAM\w*(\(X86\))?|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|COMPUTERNAME|SESSIONNAME|NUMBER_OF_PROCESSORS|PROCESSOR_\w+)$/u;

/**
 * The environment of the browser that we start, by an allow-list: flags, log files, key logs, loaders and preloads of
 * whoever started us (`CHROMIUM_FLAGS` of Debian's launcher is one) do not reach it.
 */
export function browserEnvironment(env: Machine['env']): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => BROWSER_NEEDS.test(name.toUpperCase())));
}

/** Whether a window could be seen; Windows and macOS always have a desktop. */
export function hasDisplay({ env, platform }: Machine): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((value) => value !== undefined && value !== '');
}

/** Decides without doing anything: which window can be had on this machine, and why not a better one. */
export function planOpening(machine: Machine, wish: OpenWish): Opening {
  const found = findChromium(machine.env, machine.platform, machine.exists, machine.list);
  if (found === undefined) {
    return { kind: 'address-only', reason: 'tidak ada Chromium, Chrome, atau Edge di komputer ini' };
  }
  if (!hasDisplay(machine)) {
    return { kind: 'address-only', reason: 'tidak ada layar (DISPLAY dan WAYLAND_DISPLAY kosong)' };
  }
  // `--test-type` takes away the bar that warns of the missing sandbox: it would cover the head of the page.
  const sandbox = machine.isRoot && machine.platform === 'linux' ? ['--no-sandbox', '--test-type'] : [];
  const shape = wish.kiosk ? ['--kiosk'] : ['--window-size=1366,768', '--start-maximized'];
  const profile = `--user-data-dir=${join(wish.dataDir, 'browser')}`;
  return {
    kind: 'app-window',
    program: found.path,
    args: [`--app=${wish.url}`, profile, ...QUIET, ...shape, ...sandbox],
    env: browserEnvironment(machine.env),
    reason: `peramban ditemukan: ${found.path} (${found.source})`,
  };
}

/** The machine as it is. */
export function thisMachine(env: Machine['env']): Machine {
  return {
    env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  };
}

/** A browser that we started. */
export type StartedBrowser = {
  /** Closes its window; does nothing when a browser of the same profile had taken the page over. */
  readonly close: () => void;
  /** Resolves when its window was closed, or handed over. */
  readonly closed: Promise<void>;
};

/** Starts the browser of a plan; undefined when it could not be started at all. */
export function startBrowser(opening: Extract<Opening, { kind: 'app-window' }>): Promise<StartedBrowser | undefined> {
  return new Promise((resolve) => {
    // In a group of its own: Ctrl+C at our terminal ends us first, in our order, and we close the window.
    const { program, args, env } = opening;
    const child = spawn(program, args, { env: { ...env }, stdio: 'ignore', detached: true });
    const closed = new Promise<void>((done) => child.once('exit', () => done()));
    child.once('error', () => resolve(undefined));
    child.once('spawn', () => {
      child.unref();
      resolve({ close: () => void child.kill(), closed });
    });
  });
}
