import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { z } from 'zod';
import type { deviceViewSchema, PrinterView } from '../../contract/views-counter.ts';
import type { CounterConfig } from './config.ts';
import type { Db } from './db/open.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import type { Journal } from './journal/journal.ts';
import type { ShellPort } from './ports.ts';

type DeviceView = z.infer<typeof deviceViewSchema>;

/** What the Perangkat screen and `loket doctor` say about this counter. */
export async function deviceOverview(deps: {
  readonly config: CounterConfig;
  readonly db: Db;
  readonly journal: Journal;
  readonly device: EnrolledDevice;
  readonly shell: ShellPort;
  readonly printers: readonly PrinterView[];
}): Promise<DeviceView> {
  const { config, db, journal, device } = deps;
  const info = db.info();
  const disk = await statfs(config.dataDir).catch(() => null); // a figure for the screen: unknown is an answer
  const { head, entries } = await db.read(async (tx) => ({
    head: await journal.head(tx),
    entries: await journal.count(tx),
  }));
  return {
    appVersion: config.appVersion,
    shell: deps.shell.name,
    nodeVersion: process.versions.node,
    sqliteVersion: info.sqliteVersion,
    dataFolder: config.dataDir,
    deviceId: device.deviceId,
    epoch: head?.epoch ?? null,
    head: head === undefined ? null : { seq: head.seq, hash: head.hash },
    entries,
    keyStoreKind: device.keyStoreKind,
    durability: `${info.journalMode}, synchronous=${String(info.synchronous)}`,
    freeDiskBytes: disk === null ? null : disk.bavail * disk.bsize,
    databaseBytes: statSync(db.file).size,
    printers: [...deps.printers],
  };
}
