import { parseArgs } from 'node:util';
import { type OfficeHours, parseOfficeHours, USUAL_HOURS } from './office-hours.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the installed window was asked to start. */
export type WindowStart = {
  readonly dataDir: string | undefined;
  readonly demo: boolean;
  /** A practice counter, with data of its own that reach nobody. */
  readonly training: boolean;
  readonly kiosk: boolean;
  readonly hours: OfficeHours;
};

/** What may not stand on the command line or in the environment of the counter; `name` is what it was called. */
export type StartFault = { readonly kind: 'switch' | 'environment'; readonly name: string };

/** Of these families of variables each one bends Node, Chromium, Electron or the loader of the operating system. */
const BENDING = /^(ELECTRON|NODE|CHROME|CHROMIUM|LD|DYLD)_/u;
const OTHERS = ['SSLKEYLOGFILE', 'OPENSSL_CONF', 'OPENSSL_MODULES', 'GCONV_PATH', 'GTK_PATH'];
/**
 * Set by desktops, by AppImage and by test runners, and without power over us; or by an installer for a line through a
 * proxy with its own certificate, where everything that travels is signed besides.
 */
const HARMLESS = [
  'ELECTRON_OZONE_PLATFORM_HINT',
  'CHROME_DESKTOP',
  'LD_LIBRARY_PATH',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
];

/** The first variable that may not be set when nobody but the installer is to say how the counter runs. */
export function environmentFault(env: Environment): StartFault | undefined {
  const set = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '');
  const name = set
    .toSorted()
    // Windows knows no case in these names.
    .find((one) => {
      const upper = one.toUpperCase();
      return (BENDING.test(upper) && !HARMLESS.includes(upper)) || OTHERS.includes(upper);
    });
  return name === undefined ? undefined : { kind: 'environment', name };
}

/** What a developer's tools and a test add to a checkout; an installed program takes none of them. */
const DEVELOPERS = /^--(no-sandbox|inspect(-brk)?(=\d+)?|remote-debugging-port=\d+)$/u;

/**
 * Reads the command line of the window by an allow-list: five switches of ours, and none of the hundreds of Chromium
 * and Node, which open debug ports, take the sandbox away, load extensions or send the page elsewhere. A file that was
 * dropped on the icon is an argument too. An unpacked checkout takes what its tools add, and any environment.
 */
export function readWindowStart(
  args: readonly string[],
  env: Environment,
  isPackaged: boolean,
): { readonly start: WindowStart } | { readonly fault: StartFault } {
  const ours = isPackaged ? args : args.filter((arg) => !DEVELOPERS.test(arg));
  const parsed = parseArgs({
    args: [...ours],
    options: {
      data: { type: 'string' },
      demo: { type: 'boolean' },
      training: { type: 'boolean' },
      kiosk: { type: 'boolean' },
      hours: { type: 'string' },
    },
    strict: false,
    tokens: true,
  });
  const wrong = parsed.tokens.find((token) => {
    if (token.kind !== 'option') return true;
    if (token.name === 'data' || token.name === 'hours') return token.value === undefined || token.value === '';
    return !(['demo', 'kiosk', 'training'].includes(token.name) && token.value === undefined);
  });
  if (wrong !== undefined) return { fault: { kind: 'switch', name: ours[wrong.index] ?? '--' } };
  const bent = isPackaged ? environmentFault(env) : undefined;
  if (bent !== undefined) return { fault: bent };
  const { data, demo, training, kiosk, hours } = parsed.values;
  const officeHours = typeof hours === 'string' ? parseOfficeHours(hours) : USUAL_HOURS;
  if (officeHours === undefined) return { fault: { kind: 'switch', name: `--hours=${String(hours)}` } };
  return {
    start: {
      dataDir: typeof data === 'string' ? data : undefined,
      demo: demo === true,
      training: training === true,
      kiosk: kiosk === true,
      hours: officeHours,
    },
  };
}

/** What a person reads who started the counter in a way that is not allowed. */
export function startFaultSentence({ kind, name }: StartFault): string {
  const shown = name.slice(0, 80);
  return kind === 'switch'
    ? `Loket tidak dijalankan: perintah "${shown}" tidak dikenal atau tidak diizinkan. Data tidak diubah. Jalankan lagi dari ikon atau layanan yang dibuat pemasang.`
    : `Loket tidak dijalankan: variabel lingkungan ${shown} tidak boleh disetel. Data tidak diubah. Hapus variabel itu, atau minta pemasang memeriksanya.`;
}
