import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, run, serve, type Served } from './programs.ts';

const OUTLET = '3506-017';
const OFFICER = 'petugas-1';
export const SUPERVISOR = 'pengawas';
/** What is measured here is the way into custody; decisions come afterwards and have their own. */
const NO_BOOKING_MS = 86_400_000;

/** A province on this machine, and a counter that was enrolled at it and has pulled everything. */
export type Scene = {
  readonly officerId: string;
  readonly pin: string;
  readonly supervisorPin: string;
  /** Folder of the enrolled counter; whoever serves from it alone may meet the province. */
  readonly dataDir: string;
  /** Folder of the province's keys. */
  readonly provinceKeys: string;
  /** A copy of the enrolled folder: a clone, which must never meet the province. */
  readonly copyTo: (folder: string) => string;
  readonly startProvince: () => Promise<Served>;
  /** Enrols another counter in a folder of this name, while the province runs, and answers the folder. */
  readonly enrol: (name: string) => Promise<string>;
};

function textOf(row: Record<string, unknown> | undefined, key: string): string {
  const value = row?.[key];
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(row)}`);
  return value;
}

/** Puts a line in front of the province and answers its address; the counter knows that one only. */
export type SceneLine = (provinceUrl: string) => Promise<string>;

/** Makes both in `folder`; the province is stopped again. Caps are lifted, because no deposit empties the drawer here. */
export async function makeScene(folder: string, vehicles: number, line?: SceneLine): Promise<Scene> {
  const where = ['--data', join(folder, 'province')];
  const rows = await run('province', ['demo-data', '--vehicles', String(vehicles), '--seed', '1', ...where]);
  const caps = ['drawerCash', 'unsent', 'daysSinceContact'].flatMap((cap) => ['--set', `caps.${cap}=null`]);
  await run('province', ['set-policy', ...caps, '--set', 'idleLockMinutes=120', ...where]);
  // The province remembers its port, so a line that was laid once leads there again.
  const startProvince = (): Promise<Served> =>
    serve(commandLine('province', ['serve', '--booking-delay', String(NO_BOOKING_MS), ...where]));
  const province = await startProvince();
  const address = (await line?.(province.url)) ?? province.url;
  const enrol = async (name: string): Promise<string> => {
    const [issued] = await run('province', ['enrolment-code', '--outlet', OUTLET, ...where]);
    const own = join(folder, name);
    const enrolment = ['--province', address, '--code', textOf(issued, 'code'), '--key-store', 'demo'];
    await run('loket', ['enrol', '--data', own, ...enrolment]);
    await run('loket', ['sync', '--data', own, '--timeout', '120']);
    return own;
  };
  const dataDir = await enrol('counter');
  await province.stop();
  const pinOf = (officerId: string): string =>
    textOf(
      rows.find((row) => row['kind'] === 'officer' && row['officerId'] === officerId),
      'pin',
    );
  return {
    officerId: OFFICER,
    pin: pinOf(OFFICER),
    supervisorPin: pinOf(SUPERVISOR),
    dataDir,
    provinceKeys: join(folder, 'province', 'keys'),
    copyTo: (name) => {
      const copy = join(folder, name);
      cpSync(dataDir, copy, { recursive: true });
      cpSync(`${dataDir}.tanda`, `${copy}.tanda`, { recursive: true });
      return copy;
    },
    startProvince,
    enrol,
  };
}
