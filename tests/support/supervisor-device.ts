import { appointDevice } from '../../src/province/approvals/supervisors.ts';
import { settleApprovals } from '../../src/province/approvals/settle-approvals.ts';
import { enterAs, pinOf, sync } from './at-the-counter.ts';
import { enrolledCounter } from './enrolled-counter.ts';
import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

/** The id under which the province knows a counter. */
export function deviceIdOf(counter: TestCounter): string {
  const [row] = counter.rows('SELECT device_id AS id FROM device');
  if (row === undefined) throw new Error('the counter is not enrolled');
  return String(row['id']);
}

/** A supervisor's own device: enrolled like any other, appointed to him, and with the keys of the counters under him. */
export async function supervisorDevice(province: TestProvince, supervisorId = 'pengawas'): Promise<TestCounter> {
  const device = await enrolledCounter(province);
  const appointed = await appointDevice(province.province.context, supervisorId, deviceIdOf(device));
  if (!appointed.ok) throw new Error(appointed.error);
  await enterAs(device, supervisorId);
  await sync(device);
  return device;
}

/** Brings the words of both sides to the province, lets it settle them, and brings its word to the counter. */
export async function settled(province: TestProvince, ...counters: readonly TestCounter[]): Promise<void> {
  for (const counter of counters) await sync(counter);
  await settleApprovals(province.province.context);
  for (const counter of counters) await sync(counter);
}

/** A proof by PIN at the counter. */
export const byPin = (supervisorId = 'pengawas') => ({ by: 'pin' as const, supervisorId, pin: pinOf(supervisorId) });

/** A code that is not the one given. */
export const otherCode = (code: string): string => String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
