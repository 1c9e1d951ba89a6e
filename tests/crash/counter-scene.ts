import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { enterAs, pinOf } from '../support/at-the-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { changePolicy } from '../support/province-policy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTestCounter, TEST_MORNING, type TestCounter } from '../support/test-counter.ts';
import { createTestLine } from '../support/test-line.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';
import type { CrashPlace } from './crash-counter.ts';

export const OFFICER = 'petugas-1';

/** Plates that this counter may sell, and that the province will book. */
export const PLATES = SHOW_PLATES.filter(({ refusal, decision }) => refusal === undefined && decision === 'booked').map(
  ({ nrkb, chassisTail }) => [nrkb, chassisTail] as const,
);

/** The day on which the counters were enrolled, going on with the test (ms UTC). */
export const morning = (): number => Math.floor(TEST_MORNING + performance.now());

/** One device and the province it was enrolled at, which answers over a real socket. */
export type CounterScene = {
  readonly province: TestProvince;
  /** Holds the enrolled counter; nobody runs on it. */
  readonly folder: string;
  /** What the province does next goes by the same clock as the counters. */
  readonly tick: () => void;
  readonly close: () => Promise<void>;
};

/** Opens a province of its own without caps and enrols one device at it. */
export async function openScene(): Promise<CounterScene> {
  const province = await openTestProvince();
  const tick = (): void => {
    province.clock.now = morning();
  };
  tick();
  const url = await province.server.listen({ port: 0, host: '127.0.0.1' });
  // No deposit empties the drawer here, and no cap is what these tests are about.
  await changePolicy(province, 'caps.drawerCash=null', 'caps.unsent=null', 'caps.perSale=null', 'idleLockMinutes=120');
  const folder = join(temporaryFolder(), 'counter');
  const counter = createTestCounter(folder, {
    clock: createFakeClock(province.clock.now),
    line: createTestLine(province.server),
  });
  const started = await counter.start();
  if (!started.ok) throw new Error(`the counter does not start: ${started.error.code}`);
  await counter.get('enrolment.enrol', { provinceUrl: url, code: await province.code() });
  await enterAs(counter, OFFICER);
  await counter.get('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
  await counter.stop();
  return { province, folder, tick, close: province.close };
}

/** Where a counter over this scene lives, for a process of its own. */
export function placeOf(
  folder: string,
  { roll = null, online = false, seed = null }: Partial<Pick<CrashPlace, 'roll' | 'online' | 'seed'>>,
): CrashPlace {
  return { folder, roll, online, seed, morning: morning(), officerId: OFFICER, pin: pinOf(OFFICER) };
}

/** A copy of an enrolled folder: a clone, so only one of them may ever meet the province. */
export function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'counter');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The counter on a folder, started in this process as a person would after a crash, with a line to its province. */
export async function startedOn(
  folder: string,
  scene: Pick<CounterScene, 'province' | 'tick'> | null,
): Promise<TestCounter> {
  scene?.tick();
  const counter = createTestCounter(folder, {
    clock: createFakeClock(morning()),
    ...(scene === null ? {} : { line: createTestLine(scene.province.server) }),
  });
  onTestFinished(() => counter.stop());
  const started = await counter.start();
  if (!started.ok) throw new Error(`the counter does not start again: ${JSON.stringify(started.error)}`);
  await enterAs(counter, OFFICER);
  return counter;
}

/** Sales of the device at the province: transaction and total. */
export async function salesAtProvince(province: TestProvince): Promise<ReadonlyMap<string, number>> {
  const rows = await province.province.context.db.selectFrom('sale').select(['transaction_id', 'total']).execute();
  if (new Set(rows.map((row) => row.transaction_id)).size !== rows.length) throw new Error('a sale stands there twice');
  return new Map(rows.map((row) => [row.transaction_id, row.total]));
}

/** What the province's own verifier finds wrong. */
export async function problemsAtProvince(province: TestProvince): Promise<readonly unknown[]> {
  const report = await verifyProvince(province.province.context);
  return report.problems;
}
