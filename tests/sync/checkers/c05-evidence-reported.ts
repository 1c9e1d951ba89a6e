import type { Evidence } from '../world/truth.ts';
import { type Checker, type CounterState, text } from './final-state.ts';

const INCIDENTS = {
  'device-rollback': 'DEVICE_ROLLBACK',
  clone: 'CLONE',
  'server-rollback': 'SERVER_ROLLBACK',
} as const;

type Incident = { readonly device: string; readonly kind: string; readonly at: number };

/** The two words for "another entry stands where the province holds one": found in a hello, or in a push. */
const SECOND_COPY = ['CLONE', 'FORK'];

/**
 * Whether somebody was told of it, afterwards. A computer that was put back and wrote on before its next contact is to the
 * province what a second copy is (OPOP-Sync/1 4.4). That word stands until the device enrols anew, so it covers what happens
 * to the device later as well; whether the hello or the push comes first to the place where two copies part is chance.
 */
function isReported({ kind, deviceId, at }: Evidence, incidents: readonly Incident[]): boolean {
  return incidents.some((one) => {
    if (deviceId !== null && one.device !== deviceId) return false;
    if (deviceId !== null && SECOND_COPY.includes(one.kind)) return true;
    return one.kind === INCIDENTS[kind] && one.at >= at;
  });
}

/** Two computers that run as one device are two to the province once both have written: neither journal is the beginning of the other. */
function haveParted(deviceId: string | null, counters: readonly CounterState[]): boolean {
  const journals = counters
    .filter((one) => one.deviceId === deviceId)
    .map(({ rows }) => new Set(rows('SELECT hash FROM entry').map((row) => text(row, 'hash'))));
  const hasMore = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
    [...one].some((hash) => !other.has(hash));
  return journals.some((one) => journals.some((other) => hasMore(one, other) && hasMore(other, one)));
}

/** What a device was reported for, to find out why something was not. */
function toldOf(device: string | null, incidents: readonly Incident[]): string {
  const kinds = incidents.filter((one) => one.device === device).map(({ kind, at }) => `${kind} at ${String(at)}`);
  return kinds.length === 0 ? 'nothing was' : kinds.join(', ');
}

/** C5: "every rollback, clone and fork with evidence is reported". */
export const evidenceReported: Checker = async ({ counters, province, truth }) => {
  const incidents = (await province('select device_id, kind, at from incident')).map((row): Incident => {
    return { device: text(row, 'device_id'), kind: text(row, 'kind'), at: Number(row['at']) };
  });
  const { from, to } = truth.rollback;
  // What was reported between the province's backup and its restore was lost with its disk.
  const remembered = truth.evidence.filter(
    ({ kind, deviceId, at }) =>
      kind === 'server-rollback' || ((at < from || at > to) && (kind !== 'clone' || haveParted(deviceId, counters))),
  );
  const problems = remembered.flatMap((one) =>
    isReported(one, incidents)
      ? []
      : [
          `${INCIDENTS[one.kind]} of ${one.deviceId ?? 'the province'} at ${String(one.at)} was never reported; ${toldOf(one.deviceId, incidents)}`,
        ],
  );
  const told = new Set(incidents.map(({ kind, device }) => `${kind} ${device}`));
  const forks = await province(`select distinct device_id from suspended_entry where verdict = 'FORK'`);
  for (const row of forks) {
    const device = text(row, 'device_id');
    if (!told.has(`FORK ${device}`) && !told.has(`CLONE ${device}`))
      problems.push(`the fork of ${device} was never reported`);
  }
  return problems;
};
