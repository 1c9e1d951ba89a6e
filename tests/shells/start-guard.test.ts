import { describe, expect, it } from 'vitest';
import { isWithinHours, parseOfficeHours, USUAL_HOURS } from '../../src/main/office-hours.ts';
import { browserEnvironment } from '../../src/main/shells/browser/browser.ts';
import { environmentFault, readWindowStart, startFaultSentence } from '../../src/main/start-guard.ts';

/** Switches of Chromium, Electron and Node that take a guard away or lead out, and what is no switch at all. */
const SWITCHES = [
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--remote-allow-origins=*',
  '--inspect',
  '--inspect=0.0.0.0:9229',
  '--inspect-brk',
  '--inspect-port=9229',
  '--inspect-publish-uid=http',
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-gpu-sandbox',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--allow-running-insecure-content',
  '--allow-file-access-from-files',
  '--ignore-certificate-errors',
  '--unsafely-treat-insecure-origin-as-secure=http://evil.example',
  '--user-data-dir=/tmp/x',
  '--js-flags=--allow-natives-syntax',
  '--load-extension=/tmp/x',
  '--disable-extensions-except=/tmp/x',
  '--proxy-server=evil.example:8080',
  '--proxy-pac-url=http://evil.example/p',
  '--host-rules=MAP * evil.example',
  '--host-resolver-rules=MAP * evil.example',
  '--enable-blink-features=X',
  '--enable-features=X',
  '--auto-open-devtools-for-tabs',
  '--enable-logging',
  '--log-file=/tmp/x',
  '--log-net-log=/tmp/x',
  '--ssl-key-log-file=/tmp/x',
  '--gpu-launcher=/tmp/x',
  '--renderer-cmd-prefix=/tmp/x',
  '--utility-cmd-prefix=/tmp/x',
  '--browser-subprocess-path=/tmp/x',
  '--use-fake-ui-for-media-stream',
  '--password-store=basic',
  '--app=https://evil.example',
  '--app-path=/tmp/x',
  '--require=/tmp/x.js',
  '-r',
  '-e',
  '--eval=1',
  '--no-kiosk',
  '--kiosk=false',
  '--demo=1',
  '--data',
  '--data=',
  '--hours',
  '--hours=25:00-26:00',
  '--hours=16:00-07:00',
  '--',
  'page.html',
  'file:///etc/passwd',
  'https://evil.example',
  '/remote-debugging-port=9222',
  '-remote-debugging-port=9222',
  '--DATA=/x',
  '--unknown',
];

const VARIABLES = [
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ASAR',
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  'ELECTRON_FORCE_IS_PACKAGED',
  'ELECTRON_OVERRIDE_DIST_PATH',
  'ELECTRON_DEBUG_DRAG_REGIONS',
  'NODE_OPTIONS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_PATH',
  'NODE_USE_ENV_PROXY',
  'NODE_V8_COVERAGE',
  'CHROME_LOG_FILE',
  'CHROME_HEADLESS',
  'CHROMIUM_FLAGS',
  'CHROMIUM_USER_FLAGS',
  'SSLKEYLOGFILE',
  'OPENSSL_CONF',
  'LD_PRELOAD',
  'LD_AUDIT',
  'DYLD_INSERT_LIBRARIES',
  'GCONV_PATH',
  'GTK_PATH',
  'node_options',
];
const DESK = { HOME: '/home/loket', PATH: '/usr/bin', DISPLAY: ':0', NODE_ENV: 'production', CHROME_DESKTOP: 'x' };

describe('the command line of an installed counter', () => {
  it.each(SWITCHES)('%s: it does not start, and says which word it was', (word) => {
    for (const args of [[word], ['--data', '/var/loket', word], [word, '--kiosk']]) {
      const asked = readWindowStart(args, DESK, true);
      // `--data --kiosk` takes the one as the value of the other, and a folder of that name is nobody's.
      if (word === '--data' && args.at(-1) === '--kiosk') continue;
      if (word === '--hours' && args.at(-1) === '--kiosk') continue;
      expect(asked).toMatchObject({ fault: { kind: 'switch', name: word } });
      if ('fault' in asked) expect(startFaultSentence(asked.fault)).toContain(`"${word}"`);
    }
  });

  it('takes the four switches of ours, in both spellings', () => {
    const start = {
      dataDir: '/var/loket',
      demo: false,
      training: false,
      kiosk: true,
      hours: { fromMinute: 420, toMinute: 990 },
    };
    const spellings = [
      ['--data', '/var/loket', '--kiosk', '--hours', '07:00-16:30'],
      ['--hours=07:00-16:30', '--kiosk', '--data=/var/loket'],
    ];
    for (const args of spellings) expect(readWindowStart(args, DESK, true)).toEqual({ start });
    expect(readWindowStart([], DESK, true)).toEqual({
      start: { dataDir: undefined, demo: false, training: false, kiosk: false, hours: USUAL_HOURS },
    });
    expect(readWindowStart(['--demo'], DESK, true)).toMatchObject({ start: { demo: true } });
    expect(readWindowStart(['--training'], DESK, true)).toMatchObject({ start: { training: true, demo: false } });
  });

  it('of a checkout may have what the tools of a developer add, and nothing else', () => {
    const tools = ['--no-sandbox', '--inspect=0', '--remote-debugging-port=0'];
    expect(readWindowStart([...tools, '--demo'], { NODE_OPTIONS: '--inspect' }, false)).toMatchObject({
      start: { demo: true },
    });
    expect(readWindowStart(['--load-extension=/tmp/x'], {}, false)).toHaveProperty('fault');
    expect(readWindowStart(['--inspect=0.0.0.0:9229'], {}, false)).toHaveProperty('fault');
  });
});

describe('the environment of an installed counter', () => {
  it.each(VARIABLES)('%s: neither the window nor the locked browser host starts', (name) => {
    const env = { ...DESK, [name]: '1' };
    expect(environmentFault(env)).toEqual({ kind: 'environment', name });
    const asked = readWindowStart(['--kiosk'], env, true);
    expect(asked).toEqual({ fault: { kind: 'environment', name } });
    expect(startFaultSentence({ kind: 'environment', name })).toContain(name);
  });

  it.each(VARIABLES)('%s does not reach the browser that we start', (name) => {
    expect(browserEnvironment({ ...DESK, [name]: '1' })).toEqual({
      HOME: '/home/loket',
      PATH: '/usr/bin',
      DISPLAY: ':0',
    });
  });

  it('may hold what a desktop sets, and an empty variable is none', () => {
    expect(
      environmentFault({ ...DESK, NODE_OPTIONS: '', LD_LIBRARY_PATH: '/app/lib', NODE_EXTRA_CA_CERTS: '/ca.pem' }),
    ).toBeUndefined();
  });
});

describe('the office hours', () => {
  const jakarta = (time: string): number => Date.parse(`2026-11-22T${time}:00+07:00`);

  it('begin with their first minute and end before their last, by the clock of Jakarta', () => {
    const hours = parseOfficeHours('07:00-16:30') ?? USUAL_HOURS;
    const within = ['06:59', '07:00', '12:00', '16:29', '16:30', '23:59', '00:00'].filter((time) =>
      isWithinHours(hours, jakarta(time)),
    );
    expect(within).toEqual(['07:00', '12:00', '16:29']);
  });

  it.each(['', '7:00-16:00', '07:00', '07:00-07:00', '16:00-07:00', '24:00-25:00', '07:60-08:00', '07:00-16:00 '])(
    '"%s" are none',
    (text) => expect(parseOfficeHours(text)).toBeUndefined(),
  );
});
