import { join } from 'node:path';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import type { Paper, Truth } from '../world/truth.ts';
import type { World } from '../world/world.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows of one counter's database as the disk holds it at the end. */
export type CounterState = {
  readonly index: number;
  readonly deviceId: string;
  readonly folder: string;
  /** Files of the signed mark, inside the data folder and outside of it. */
  readonly markFiles: readonly string[];
  readonly rows: (sql: string, ...parameters: readonly unknown[]) => readonly Row[];
};

/** All that a checker may read: databases, papers and receipts; no program that is tested answers for itself. */
export type FinalState = {
  readonly counters: readonly CounterState[];
  readonly province: (sql: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly rootKey: string;
  readonly papers: readonly Paper[];
  readonly truth: Truth;
};

/** What is broken, with a place where to look; empty when the invariant holds. */
export type Checker = (state: FinalState) => Promise<readonly string[]>;

export const text = (row: Row, column: string): string => String(row[column]);

function openCounter(index: number, folder: string, file: string): CounterState & { readonly close: () => void } {
  const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
  const [device] = handle.rows('SELECT device_id FROM device');
  const deviceId = device === undefined ? '' : text(device, 'device_id');
  return {
    index,
    deviceId,
    folder,
    markFiles: [join(folder, 'data', 'mark.json'), join(folder, 'mark', `mark-${deviceId}.json`)],
    rows: (sql, ...parameters) => handle.rows(sql, ...parameters),
    close: handle.close,
  };
}

/** Opens everything to be read; `close` lets it go again. */
export function readFinalState(world: World): FinalState & { readonly close: () => void } {
  const counters = world.places.map(({ counter }) =>
    openCounter(counter.index, counter.folder(), counter.databaseFile()),
  );
  return {
    counters,
    province: world.province.query,
    rootKey: world.province.rootKey(),
    papers: world.truth.papers,
    truth: world.truth,
    close: () => counters.forEach((counter) => counter.close()),
  };
}
