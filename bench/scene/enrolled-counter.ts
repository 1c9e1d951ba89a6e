import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, run, serve, type Served } from './programs.ts';

const OUTLET = '3506-017';
const OFFICER = 'petugas-1';

/** A province on this machine, and a counter that was enrolled at it and has pulled everything. */
export type Scene = {
  readonly officerId: string;
  readonly pin: string;
  /** Folder of the enrolled counter; whoever serves from it alone may meet the province. */
  readonly dataDir: string;
  /** A copy of the enrolled folder: a clone, which must never meet the province. */
  readonly copyTo: (folder: string) => string;
  readonly startProvince: () => Promise<Served>;
};

function textOf(row: Record<string, unknown> | undefined, key: string): string {
  const value = row?.[key];
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(row)}`);
  return value;
}

/** What stands between counter and province: the counter knows its address only. */
export type SceneLine = { readonly url: string; readonly lead: (url: string) => void };

/** Makes both in `folder`; the province is stopped again. Caps are lifted, because no deposit empties the drawer here. */
export async function makeScene(folder: string, vehicles: number, line?: SceneLine): Promise<Scene> {
  const where = ['--data', join(folder, 'province')];
  const rows = await run('province', ['demo-data', '--vehicles', String(vehicles), '--seed', '1', ...where]);
  const caps = ['drawerCash', 'unsent', 'daysSinceContact'].flatMap((cap) => ['--set', `caps.${cap}=null`]);
  await run('province', ['set-policy', ...caps, '--set', 'idleLockMinutes=120', ...where]);
  const [issued] = await run('province', ['enrolment-code', '--outlet', OUTLET, ...where]);
  const startProvince = async (): Promise<Served> => {
    const served = await serve(commandLine('province', ['serve', ...where]));
    line?.lead(served.url);
    return served;
  };
  const province = await startProvince();
  const dataDir = join(folder, 'counter');
  const counter = ['--data', dataDir];
  const enrolment = ['--province', line?.url ?? province.url, '--code', textOf(issued, 'code'), '--key-store', 'demo'];
  await run('loket', ['enrol', ...counter, ...enrolment]);
  await run('loket', ['sync', ...counter, '--timeout', '120']);
  await province.stop();
  const officer = rows.find((row) => row['kind'] === 'officer' && row['officerId'] === OFFICER);
  return {
    officerId: OFFICER,
    pin: textOf(officer, 'pin'),
    dataDir,
    copyTo: (name) => {
      const copy = join(folder, name);
      cpSync(dataDir, copy, { recursive: true });
      cpSync(`${dataDir}.tanda`, `${copy}.tanda`, { recursive: true });
      return copy;
    },
    startProvince,
  };
}
