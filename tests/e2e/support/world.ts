import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { Officer } from './officer.ts';
import { type Program, run, serve } from './programs.ts';

const OUTLET = '3506-017';
/** The demo's show plates come with any number of vehicles. */
const VEHICLES = '60';

/** The provincial server of all tests, which a test may take away and bring back at the same address. */
export type Province = {
  readonly url: string;
  readonly pinOf: (officerId: string) => string;
  readonly enrolmentCode: () => Promise<string>;
  readonly setPolicy: (setting: string) => Promise<void>;
  /** Ids of the requests that the province holds, oldest first. */
  readonly applicationIds: () => Promise<readonly string[]>;
  /** The word of the agency about a request. */
  readonly decideApplication: (applicationId: string, state: string) => Promise<void>;
  /** Makes the newest device of the outlet a supervisor's own. */
  readonly appointNewestDevice: (supervisorId: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** One counter of one test, with its own data folder. */
export type Counter = { readonly url: string; readonly dataDir: string };

/** A province's data folder with the demo in it, made once; every test works on its own copy. */
type Prepared = { readonly dataDir: string; readonly officers: readonly Record<string, unknown>[] };

type TestFixtures = { readonly province: Province; readonly counter: Counter; readonly officer: Officer };
type WorkerFixtures = { readonly prepared: Prepared };

/** Today in Asia/Jakarta: the demo's due dates are reckoned from it. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());
}

function textOf(row: Record<string, unknown>, key: string): string {
  const value = row[key];
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(row)}`);
  return value;
}

/** A folder that the database's own user may enter, so that the cluster lies inside it. */
function provinceFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `opop-e2e-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

async function prepareProvince(dataDir: string): Promise<Prepared> {
  const args = ['--vehicles', VEHICLES, '--seed', '1', '--today', today(), '--data', dataDir];
  const rows = await run('province', ['demo-data', ...args]);
  return { dataDir, officers: rows.filter((row) => row['kind'] === 'officer') };
}

async function openProvince({ dataDir, officers }: Prepared): Promise<Province> {
  const where = ['--data', dataDir];
  const args = ['serve', ...where, '--booking-delay', '500', '--reference-payment', '4000'];
  let program: Program | undefined = await serve('province', args);
  const { url } = program;
  const port = new URL(url).port;
  return {
    url,
    pinOf: (officerId) => {
      const row = officers.find((one) => one['officerId'] === officerId);
      if (row === undefined) throw new Error(`no demo officer ${officerId}`);
      return textOf(row, 'pin');
    },
    enrolmentCode: async () => {
      const [row] = await run('province', ['enrolment-code', '--outlet', OUTLET, ...where]);
      return textOf(row ?? {}, 'code');
    },
    setPolicy: async (setting) => {
      await run('province', ['set-policy', '--set', setting, ...where]);
    },
    applicationIds: async () => {
      const listed = await run('province', ['application', 'list', ...where]);
      return listed.map((row) => textOf(row, 'applicationId'));
    },
    decideApplication: async (applicationId, state) => {
      await run('province', ['application', 'state', '--id', applicationId, '--state', state, ...where]);
    },
    appointNewestDevice: async (supervisorId) => {
      const newest = (await run('province', ['devices', ...where])).at(-1);
      const device = ['--device', textOf(newest ?? {}, 'deviceId')];
      await run('province', ['supervisor-device', '--supervisor', supervisorId, ...device, ...where]);
    },
    stop: async () => {
      await program?.stop();
      program = undefined;
    },
    start: async () => {
      program ??= await serve('province', [...args, '--port', port]);
    },
  };
}

/** Starts a counter that may not be enrolled yet; the folder goes with the test. */
export async function startCounter(dataDir: string): Promise<Program> {
  return await serve('loket', ['serve', '--data', dataDir, '--no-open', '--key-store', 'demo']);
}

/** The second mark and the second copy lie beside the folder. */
export function removeCounter(dataDir: string): void {
  for (const part of ['', '.tanda', '.salinan']) rmSync(`${dataDir}${part}`, { recursive: true, force: true });
}

/** Real province, real counter, real browser; nothing that one test sold or set is there in the next. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  prepared: [
    // Playwright reads the fixture's needs from its first argument, so it must be a pattern.
    async ({}, use) => {
      const dataDir = provinceFolder('prepared');
      await use(await prepareProvince(dataDir));
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  province: async ({ prepared }, use) => {
    const dataDir = provinceFolder('province');
    // With the owners: the cluster belongs to the database's user.
    execFileSync('cp', ['-a', `${prepared.dataDir}/.`, dataDir]);
    const province = await openProvince({ ...prepared, dataDir });
    await use(province);
    await province.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },

  counter: async ({ province }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'opop-e2e-counter-'));
    const code = await province.enrolmentCode();
    await run('loket', ['enrol', '--data', dataDir, '--province', province.url, '--code', code, '--key-store', 'demo']);
    const program = await startCounter(dataDir);
    await use({ url: program.url, dataDir });
    await program.stop();
    removeCounter(dataDir);
  },

  officer: async ({ page, counter, province }, use) => {
    // A screen that breaks, or that its own policy stops, fails the test whatever else was looked at.
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(counter.url);
    await use(new Officer(page, province.pinOf));
    expect(problems).toEqual([]);
  },
});

export { expect };
