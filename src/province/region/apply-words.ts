import { sql } from 'kysely';
import type { SupervisionRefusal } from '../../contract/region-words.ts';
import { applyToBatch, type DailyBatch, type DailyBatchEvent, summaryOf } from '../../domain/daily-batch.ts';
import { type DayMatch, isCloseEven } from '../../domain/day-match.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { Tx } from '../db/open.ts';
import type { SupervisionWord } from '../ingest/day-writes.ts';
import type { ProvinceContext } from '../province-context.ts';
import { keyOfDay } from './day-legs.ts';
import { keepNow } from './day-paper.ts';
import { itemsHashOf, loadDay } from './load-day.ts';
import { matchDays } from './match-days.ts';
import { decideQueued, lockQueued } from './queue-words.ts';
import { isAppointed, isInScope, readPrincipals } from './scope.ts';
import type { DayKey } from './write-days.ts';

type DayWord = Exclude<SupervisionWord, { readonly type: 'day.queue-decided' }>;
type SignedWord = Extract<DayWord, { readonly type: 'day.close-signed' | 'day.reconciliation-signed' }>;
type Judged = Result<void, SupervisionRefusal>;

const isSigned = (word: DayWord): word is SignedWord =>
  word.type === 'day.close-signed' || word.type === 'day.reconciliation-signed';

const keyOf = ({ body }: DayWord): DayKey => ({ outletId: body.outletId, businessOn: body.businessOn });

/** Holds the day against its counters and against other supervisors until the transaction ends. */
async function lockDay(tx: Tx, { outletId, businessOn }: DayKey): Promise<boolean> {
  const { rows } = await sql`select 1 from outlet_day where outlet_id = ${outletId} and business_on = ${businessOn}
    for update`.execute(tx);
  return rows.length > 0;
}

/** Is the word his, from his own device, about a day of his region, or by the letter that he names? */
async function mayDecide(tx: Tx, word: SupervisionWord): Promise<Judged> {
  const { deviceId, supervisorId, on, body } = word;
  if (!(await isAppointed(tx, deviceId, supervisorId))) return err('NOT_APPOINTED');
  const all = await readPrincipals(tx, supervisorId, on);
  const delegations = all.delegations.filter(({ delegationId }) => delegationId === body.delegationId);
  if (body.delegationId !== null && delegations.length === 0) return err('OUT_OF_SCOPE');
  const dayOf = 'businessOn' in body ? body.businessOn : on;
  const isHis = await isInScope(tx, { supervisorId, delegations }, { outletId: body.outletId, on: dayOf });
  return isHis ? ok(undefined) : err('OUT_OF_SCOPE');
}

/** A list that changed since he saw it is looked at first. */
function changed(
  { body }: SignedWord,
  items: readonly string[] | undefined,
): { ok: false; error: 'ITEMS_CHANGED' } | undefined {
  return items === undefined || itemsHashOf(items) === body.itemsHash ? undefined : err('ITEMS_CHANGED');
}

function eventOf(word: DayWord, batch: DailyBatch, settled: boolean): Result<DailyBatchEvent, SupervisionRefusal> {
  const signature = { by: word.supervisorId, at: word.at };
  switch (word.type) {
    case 'day.close-signed': {
      const { part } = word.body;
      const items = batch.parts.find(({ number }) => number === part)?.items;
      return changed(word, items) ?? ok({ kind: 'close-signed', part, items: items ?? [], signature });
    }
    case 'day.reconciliation-signed': {
      const { part } = word.body;
      const items = batch.parts.find(({ number }) => number === part)?.items;
      return changed(word, items) ?? ok({ kind: 'reconciliation-signed', part, settled, signature });
    }
    case 'day.item-held':
      return ok({ kind: 'item-held', item: word.body.item, reason: word.body.reason });
    case 'day.item-returned':
      return ok({ kind: 'item-returned', item: word.body.item, reason: word.body.reason });
    case 'day.item-settled':
      return ok({ kind: 'item-settled', item: word.body.item });
    default:
      return word satisfies never;
  }
}

async function writeSummary(tx: Tx, { outletId, businessOn }: DayKey, batch: DailyBatch): Promise<void> {
  const { parts, closedParts, reconciledParts, held, returned } = summaryOf(batch);
  await tx
    .updateTable('outlet_day')
    .set({ parts, closed_parts: closedParts, reconciled_parts: reconciledParts, held, returned })
    .where('outlet_id', '=', outletId)
    .where('business_on', '=', businessOn)
    .execute();
}

async function applyToDay(tx: Tx, word: DayWord): Promise<Judged> {
  const key = keyOf(word);
  const may = await mayDecide(tx, word);
  if (!may.ok) return may;
  if (!(await lockDay(tx, key))) return err('DAY_UNKNOWN');
  const batch = await loadDay(tx, key);
  // Nobody decides about a day on which he worked, not even about one item of it.
  if (batch.workedBy.has(word.supervisorId)) return err('OWN_WORK');
  const matched = isSigned(word)
    ? (await matchDays(tx, [key], await publishedPolicy(tx))).get(keyOfDay(key))
    : undefined;
  const event = eventOf(word, batch, matched?.match.settled ?? false);
  if (!event.ok) return event;
  const after = applyToBatch(batch, event.value);
  if (!after.ok) return after;
  if (
    word.type === 'day.close-signed' &&
    matched !== undefined &&
    !isCloseEven(matched.match) &&
    word.body.note === null
  ) {
    return err('DIFFERENCE_NEEDS_NOTE');
  }
  await writeSummary(tx, key, after.value);
  if (isSigned(word) && matched !== undefined) await keepPaper(tx, word, after.value, matched.match);
  return ok(undefined);
}

/** What stands on the paper under a signature is what the day says in this very moment. */
async function keepPaper(tx: Tx, word: SignedWord, batch: DailyBatch, match: DayMatch): Promise<void> {
  const { type, deviceId, hash, supervisorId, at, body } = word;
  const { part, delegationId, note } = body;
  const kind = type === 'day.close-signed' ? 'close' : 'reconciliation';
  const signed = { ...keyOf(word), kind, part, deviceId, hash, supervisorId, delegationId, at, note } as const;
  await keepNow(tx, signed, batch, match);
}

async function writeDecision(tx: Tx, word: SupervisionWord, judged: Judged): Promise<void> {
  const { type, body, deviceId, hash, supervisorId, at, receivedAt } = word;
  const isQueue = type === 'day.queue-decided';
  await tx
    .insertInto('day_decision')
    .values({
      device_id: deviceId,
      hash,
      type,
      outlet_id: body.outletId,
      business_on: 'businessOn' in body ? body.businessOn : null,
      supervisor: supervisorId,
      delegation_id: body.delegationId,
      part: 'part' in body ? body.part : null,
      items_hash: 'itemsHash' in body ? body.itemsHash : null,
      item: 'item' in body ? body.item : null,
      subject_kind: isQueue ? body.kind : null,
      subject: isQueue ? body.subject : null,
      decision: isQueue ? body.decision : null,
      note: 'reason' in body ? body.reason : body.note,
      at,
      received_at: receivedAt,
      applied: judged.ok,
      refusal: judged.ok ? null : judged.error,
    })
    .execute();
}

/**
 * Applies what a supervisor decided, in the transaction that takes his entries into custody: the first word counts, a later
 * one that cannot be is kept with the reason. Idempotency: an entry comes into custody once, constraint day_decision_once.
 */
export async function applyWords(tx: Tx, context: ProvinceContext, words: readonly SupervisionWord[]): Promise<void> {
  // All days first and in one order: two supervisors with crossing lists never wait for each other.
  const days = words.flatMap((word) => (word.type === 'day.queue-decided' ? [] : [keyOf(word)]));
  for (const key of days.toSorted((left, right) => (keyOfDay(left) < keyOfDay(right) ? -1 : 1))) await lockDay(tx, key);
  await lockQueued(tx, words);
  for (const word of words) {
    const judged =
      word.type === 'day.queue-decided'
        ? await decideQueued(tx, context, word, await mayDecide(tx, word))
        : await applyToDay(tx, word);
    await writeDecision(tx, word, judged);
  }
}
