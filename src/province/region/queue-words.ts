import { sql } from 'kysely';
import type { SupervisionRefusal } from '../../contract/region-words.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { answerApproval } from '../approvals/settle-approvals.ts';
import { findSale } from '../booking/read-sale.ts';
import { decideRefund, lockRefundOfSale, lockSalesOfRefunds, type RefundProblem } from '../cases/refunds.ts';
import type { Tx } from '../db/open.ts';
import type { SupervisionWord } from '../ingest/day-writes.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';

type QueueWord = Extract<SupervisionWord, { readonly type: 'day.queue-decided' }>;
type Judged = Result<void, SupervisionRefusal>;

const REFUND_REFUSALS: Readonly<Record<RefundProblem, SupervisionRefusal>> = {
  REFUND_UNKNOWN: 'SUBJECT_UNKNOWN',
  SALE_UNKNOWN: 'SUBJECT_UNKNOWN',
  REFUND_OWN: 'OWN_WORK',
  REFUND_NOT_NOW: 'ALREADY_DECIDED',
  REFUND_OUTDATED: 'NOT_NOW',
  REASON_MISSING: 'DIFFERENCE_NEEDS_NOTE',
  REFERENCE_MISSING: 'NOT_NOW',
  // What is booked goes back only under the tax office's own number, which is a matter of the province.
  REVERSAL_MISSING: 'NOT_NOW',
};

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** The outlet that a word names must be that of the device which it is about. */
async function deviceAt(tx: Tx, deviceId: string, outletId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from device where device_id = ${deviceId} and outlet_id = ${outletId}`.execute(
    tx,
  );
  return rows.length > 0;
}

/** "Mine" or "not mine", of an approval in his own name. */
async function decideApproval(tx: Tx, context: ProvinceContext, word: QueueWord): Promise<Judged | undefined> {
  const { subject, outletId, decision } = word.body;
  const { rows } = await sql<{ device_id: string; approved_by: string }>`select u.device_id, u.approved_by
    from approval_used u join device d on d.device_id = u.device_id
    where u.approval_id = ${subject}::uuid and d.outlet_id = ${outletId} for update of u`.execute(tx);
  const [used] = rows;
  if (used === undefined) return undefined;
  if (used.approved_by !== word.supervisorId) return err('OWN_WORK');
  const answer = decision === 'refused' ? 'disputed' : 'confirmed';
  const said = { deviceId: used.device_id, approvalId: subject, answer, saidBy: word.supervisorId } as const;
  return (await answerApproval(tx, context, said)) ? ok(undefined) : err('ALREADY_DECIDED');
}

async function decideOfRefund(tx: Tx, context: ProvinceContext, word: QueueWord): Promise<Judged> {
  const { subject, outletId, decision, note } = word.body;
  const refund = await lockRefundOfSale(tx, subject);
  if (refund === undefined || !(await deviceAt(tx, refund.deviceId, outletId))) return err('SUBJECT_UNKNOWN');
  const sale = await findSale(tx, refund.deviceId, refund.transactionId);
  if (sale === undefined) return err('SUBJECT_UNKNOWN');
  const state = decision === 'refused' ? 'rejected' : 'approved';
  const said = { state, saidBy: word.supervisorId, reason: note, reference: null, reversal: null } as const;
  const decided = await decideRefund(tx, context, sale, refund, said);
  return decided.ok ? ok(undefined) : err(REFUND_REFUSALS[decided.error]);
}

/**
 * Holds the sales of all refunds that a supervisor decided, before any page of a counter's feed is written: whoever asks the
 * tax office holds a sale first and writes the page afterwards.
 */
export async function lockQueued(tx: Tx, words: readonly SupervisionWord[]): Promise<void> {
  const subjects = words.flatMap(({ type, body }) =>
    type === 'day.queue-decided' && body.kind === 'refund' && isUuid(body.subject) ? [body.subject] : [],
  );
  await lockSalesOfRefunds(tx, subjects);
}

/** A variance above the tolerance: explained by somebody who did not count it, or a matter for the province. */
async function decideVariance(tx: Tx, context: ProvinceContext, word: QueueWord): Promise<Judged> {
  const { subject, outletId, decision, note } = word.body;
  const { rows } = await sql<{ device_id: string; opened_by: string; explanation: string | null }>`
    select device_id, opened_by, explanation from day_session
    where cash_session_id = ${subject}::uuid and outlet_id = ${outletId} and variance is not null for update`.execute(
    tx,
  );
  const [session] = rows;
  if (session === undefined) return err('SUBJECT_UNKNOWN');
  if (session.opened_by === word.supervisorId) return err('OWN_WORK');
  if (session.explanation !== null) return err('ALREADY_DECIDED');
  if (note === null) return err('DIFFERENCE_NEEDS_NOTE');
  if (decision === 'refused') {
    const facts = { cashSessionId: subject, saidBy: word.supervisorId };
    await noteIncidents(tx, session.device_id, [{ kind: 'VARIANCE_REFUSED', evidence: subject, facts }], context.now());
    return ok(undefined);
  }
  await sql`update day_session set explanation = ${note}
    where device_id = ${session.device_id} and cash_session_id = ${subject}::uuid`.execute(tx);
  return ok(undefined);
}

async function decideDevice(tx: Tx, context: ProvinceContext, word: QueueWord): Promise<Judged> {
  const { subject, outletId, decision } = word.body;
  if (!(await deviceAt(tx, subject, outletId))) return err('SUBJECT_UNKNOWN');
  if (decision === 'refused') {
    const facts = { saidBy: word.supervisorId };
    await noteIncidents(tx, subject, [{ kind: 'DEVICE_REFUSED', evidence: word.hash, facts }], context.now());
  }
  return ok(undefined);
}

async function decideMove(tx: Tx, word: QueueWord): Promise<Judged> {
  const { rows } = await sql`select 1 from outlet_region where outlet_id = ${word.body.outletId}
    and outlet_id || '/' || from_on = ${word.body.subject}`.execute(tx);
  return rows.length > 0 ? ok(undefined) : err('SUBJECT_UNKNOWN');
}

async function decideKind(tx: Tx, context: ProvinceContext, word: QueueWord): Promise<Judged> {
  const { kind, subject } = word.body;
  if (kind === 'move') return decideMove(tx, word);
  if (!isUuid(subject)) return err('SUBJECT_UNKNOWN');
  if (kind === 'device') return decideDevice(tx, context, word);
  const ofApproval = await decideApproval(tx, context, word);
  if (ofApproval !== undefined) return ofApproval;
  if (kind === 'refund') return decideOfRefund(tx, context, word);
  if (kind === 'variance') return decideVariance(tx, context, word);
  // A same-day request is answered by the booking itself.
  return err(kind === 'cancellation' ? 'NOT_NOW' : 'SUBJECT_UNKNOWN');
}

/** Applies a word on something that waits: the first one counts, constraint queue_decision_once. */
export async function decideQueued(tx: Tx, context: ProvinceContext, word: QueueWord, may: Judged): Promise<Judged> {
  if (!may.ok) return may;
  const { kind, subject, outletId, decision } = word.body;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`queue/${kind}/${subject}`}, 3))`.execute(tx);
  const before = await tx
    .selectFrom('queue_decision')
    .select('hash')
    .where('subject_kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (before !== undefined) return err('ALREADY_DECIDED');
  const judged = await decideKind(tx, context, word);
  if (!judged.ok) return judged;
  await tx
    .insertInto('queue_decision')
    .values({
      subject_kind: kind,
      subject,
      outlet_id: outletId,
      device_id: word.deviceId,
      hash: word.hash,
      supervisor: word.supervisorId,
      decision,
      at: word.at,
    })
    .execute();
  return judged;
}
