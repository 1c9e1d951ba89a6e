import { z } from 'zod';
import {
  supervisionRefusalSchema,
  supervisionTypeSchema,
  type SupervisionOutcome,
} from '../../../contract/region-words.ts';
import type { RegionWord } from '../../../contract/views-region.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { anyOf } from '../db/any-of.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'region_word.first-by';
const firstBySchema = z.object({ officerId: z.string(), name: z.string(), at: z.int() });

/** A word as it is written beside its entry. */
export type SaidWord = Pick<RegionWord, 'entryHash' | 'type' | 'outletId' | 'outletName' | 'recordedAt'> & {
  readonly seq: number;
  readonly supervisorId: string;
  readonly saidWith: string;
  readonly businessOn: LocalDate | null;
  readonly part: number | null;
  readonly subject: string | null;
  readonly decision: RegionWord['decision'];
};

export async function insertWord(tx: WriteTx, word: SaidWord): Promise<void> {
  await tx
    .insertInto('region_word')
    .values({
      seq: word.seq,
      entry_hash: word.entryHash,
      supervisor_id: word.supervisorId,
      said_with: word.saidWith,
      type: word.type,
      outlet_id: word.outletId,
      outlet_name: word.outletName,
      business_on: word.businessOn,
      part: word.part,
      subject: word.subject,
      decision: word.decision,
      recorded_at: word.recordedAt,
      refusal: null,
      first_by_sealed: null,
      decided_at: null,
    })
    .execute();
}

/** What a word is about: the same word again while its outcome is not known would be said twice. */
export type WordSubject = Pick<SaidWord, 'supervisorId' | 'type' | 'outletId' | 'businessOn' | 'part' | 'subject'>;

export async function isWaiting(tx: ReadTx, word: WordSubject): Promise<boolean> {
  const row = await tx
    .selectFrom('region_word')
    .select('seq')
    .where('supervisor_id', '=', word.supervisorId)
    .where('outcome', '=', 'waiting')
    .where('type', '=', word.type)
    .where('outlet_id', '=', word.outletId)
    .where('business_on', 'is', word.businessOn)
    .where('part', 'is', word.part)
    .where('subject', 'is', word.subject)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const SENT = ['acknowledged', 'quarantined'] as const;

const selectUntold = prepared()((from) =>
  from
    .selectFrom('region_word as w')
    .innerJoin('delivery as d', 'd.seq', 'w.seq')
    .select(['w.supervisor_id', 'w.entry_hash'])
    .where('w.outcome', '=', 'waiting')
    .where('d.state', 'in', SENT)
    .orderBy('w.seq'),
);

/** Words that the province has and whose outcome is not known here, by supervisor. */
export async function readUntold(tx: ReadTx): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = selectUntold(tx, {});
  const bySupervisor = new Map<string, string[]>();
  for (const row of rows) {
    bySupervisor.set(row.supervisor_id, [...(bySupervisor.get(row.supervisor_id) ?? []), row.entry_hash]);
  }
  return bySupervisor;
}

/** Writes what the province says of a word, once; an outcome that is known already stays. */
export async function putOutcome(tx: WriteTx, cipher: ColumnCipher, outcome: SupervisionOutcome): Promise<void> {
  const { hash, state, refusal, firstBy, decidedAt } = outcome;
  if (state === 'unknown') return;
  await tx
    .updateTable('region_word')
    .set({
      outcome: state,
      refusal,
      first_by_sealed: firstBy === null ? null : cipher.seal(JSON.stringify(firstBy), CONTEXT),
      decided_at: decidedAt,
    })
    .where('entry_hash', '=', hash)
    .where('outcome', '=', 'waiting')
    .execute();
}

export async function countWaiting(tx: ReadTx, supervisorId: string): Promise<number> {
  const row = await tx
    .selectFrom('region_word')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('supervisor_id', '=', supervisorId)
    .where('outcome', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return row.count;
}

/** His words, the newest first. */
export async function readWords(
  tx: ReadTx,
  cipher: ColumnCipher,
  supervisorId: string,
  limit: number,
): Promise<RegionWord[]> {
  const rows = await tx
    .selectFrom('region_word')
    .selectAll()
    .where('supervisor_id', '=', supervisorId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  const sent = await tx
    .selectFrom('delivery')
    .select('seq')
    .where('seq', 'in', anyOf(rows.map(({ seq }) => seq)))
    .where('state', 'in', SENT)
    .execute();
  const isSent = new Set(sent.map(({ seq }) => seq));
  return rows.map((row) => ({
    group: row.said_with,
    entryHash: row.entry_hash,
    type: supervisionTypeSchema.parse(row.type),
    outletId: row.outlet_id,
    outletName: row.outlet_name,
    businessOn: row.business_on,
    part: row.part,
    subject: row.subject,
    decision: row.decision,
    recordedAt: row.recorded_at,
    state: row.outcome === 'waiting' ? (isSent.has(row.seq) ? 'sent' : 'unsent') : row.outcome,
    refusal: row.refusal === null ? null : supervisionRefusalSchema.parse(row.refusal),
    firstBy:
      row.first_by_sealed === null ? null : firstBySchema.parse(JSON.parse(cipher.open(row.first_by_sealed, CONTEXT))),
    decidedAt: row.decided_at,
  }));
}
