import { ok } from '../../../domain/result.ts';
import type { Db } from '../db/open.ts';
import type { LogPort } from '../ports.ts';
import type { Journal } from './journal.ts';
import { findMissedSeq, putMissedSeq } from './mirror-settings-store.ts';

type Deps = {
  readonly db: Db;
  readonly journal: Pick<Journal, 'record'>;
  readonly deviceId: string;
  readonly log: LogPort;
};

/** Tells a missed copy as an entry, once per absence, and that the medium is back. */
export function createAbsence({ db, journal, deviceId, log }: Deps) {
  const note = async (reason: string, sinceSeq: number): Promise<void> => {
    const noted = await journal.record(async (tx, append) => {
      if ((await findMissedSeq(tx)) !== null) return ok(false);
      append({
        type: 'mirror.missed',
        stream: deviceId,
        officerId: null,
        cashSessionId: null,
        body: { reason: reason.slice(0, 60), sinceSeq },
      });
      await putMissedSeq(tx, sinceSeq);
      return ok(true);
    });
    if (!noted.ok) log.write('error', 'mirror.not-noted', { code: noted.error.code });
    else if (noted.value) log.write('warn', 'mirror.missed', { reason, sinceSeq });
  };
  const end = async (): Promise<void> => {
    if ((await db.read((tx) => findMissedSeq(tx))) === null) return;
    const ended = await db.write(async (tx) => {
      await putMissedSeq(tx, null);
      return ok(undefined);
    });
    if (!ended.ok) log.write('error', 'mirror.not-noted', { code: ended.error.code });
  };
  return { note, end };
}
