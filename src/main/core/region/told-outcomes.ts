import { regionOutcomesAnswerSchema } from '../../../contract/region-words.ts';
import { ok } from '../../../domain/result.ts';
import type { Db } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import type { RegionLine } from '../sync/region-line.ts';
import { putOutcome, readUntold } from './region-word-store.ts';

/** The contract's limit of one question. */
const MOST_AT_ONCE = 200;

/**
 * After each contact: what became of words that the province has. It is asked until it is known, so a line that went in the
 * middle of a decision changes nothing; nobody needs to be signed in.
 */
export function createToldOutcomes(deps: {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly line: RegionLine;
}): () => Promise<void> {
  const { db, cipher, events, log, line } = deps;
  /** Whom the province does not answer any more: not asked again until the program starts anew. */
  const ended = new Set<string>();

  return async () => {
    for (const [supervisorId, all] of await db.read(readUntold)) {
      if (ended.has(supervisorId)) continue;
      const hashes = all.slice(0, MOST_AT_ONCE);
      const answer = await line.askNow({
        path: '/v1/region/outcomes',
        body: { supervisorId, hashes },
        schema: regionOutcomesAnswerSchema,
      });
      if (!answer.ok) {
        if (answer.error.code === 'REGION_NOT_APPOINTED') ended.add(supervisorId);
        log.write('warn', 'region.outcomes', { code: answer.error.code });
        continue;
      }
      const own = new Set(hashes);
      const told = answer.value.outcomes.filter(({ hash, state }) => own.has(hash) && state !== 'unknown');
      if (told.length === 0) continue;
      const written = await db.write(async (tx) => {
        for (const outcome of told) await putOutcome(tx, cipher, outcome);
        return ok(undefined);
      });
      if (written.ok) events.publish('region');
      else log.write('error', 'region.outcomes', { code: written.error.code });
    }
  };
}
