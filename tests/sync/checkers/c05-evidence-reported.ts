import { type Checker, text } from './final-state.ts';

const INCIDENTS = {
  'device-rollback': 'DEVICE_ROLLBACK',
  clone: 'CLONE',
  'server-rollback': 'SERVER_ROLLBACK',
} as const;

/** C5: "every rollback, clone and fork with evidence is reported". */
export const evidenceReported: Checker = async ({ province, truth }) => {
  const incidents = await province('select device_id, kind from incident');
  const reported = new Set(incidents.map((row) => `${text(row, 'kind')} ${text(row, 'device_id')}`));
  const kinds = new Set(incidents.map((row) => text(row, 'kind')));
  const { from, to } = truth.rollback;
  // What was reported between the province's backup and its restore was lost with its disk.
  const remembered = truth.evidence.filter(({ kind, at }) => kind === 'server-rollback' || at < from || at > to);
  const problems = remembered.flatMap(({ kind, deviceId }) => {
    const name = INCIDENTS[kind];
    const isThere = deviceId === null ? kinds.has(name) : reported.has(`${name} ${deviceId}`);
    return isThere ? [] : [`${name} of ${deviceId ?? 'the province'} was never reported`];
  });
  const forks = await province(`select distinct device_id from suspended_entry where verdict = 'FORK'`);
  for (const row of forks) {
    const device = text(row, 'device_id');
    if (!reported.has(`FORK ${device}`) && !reported.has(`CLONE ${device}`))
      problems.push(`the fork of ${device} was never reported`);
  }
  return problems;
};
