import { type OperationNodeSource, sql } from 'kysely';
import { ZERO_RUPIAH } from '../../domain/rupiah.ts';
import type { Tx } from '../db/open.ts';
import { writeTogether } from '../db/together.ts';
import { approvalMayBeDue, settleApprovals } from '../approvals/settle-approvals.ts';
import { applyMoves, moveIsDue } from '../enrolment/officer-administration.ts';
import { publishVoid } from '../feeds/voided-receipts.ts';
import { caseIsDue, workOnCases } from '../cases/case-worker.ts';
import { refundIsOld } from '../cases/unclaimed.ts';
import { ASKED_BACK, REFUNDED_IN_CASH } from '../ingest/case-writes.ts';
import { EMERGENCY_ONE_PERSON, EMERGENCY_TWICE } from '../ingest/emergency-writes.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import { VOIDED_AT_COUNTER } from '../ingest/void-writes.ts';
import { isPaymentProved } from '../payments/proved-payment.ts';
import { frozenNow } from '../restore/server-rollback.ts';
import type { BookingParts } from './booking-parts.ts';
import {
  coreSaleOf,
  findSaleFacts,
  KEY_FILE_AWAY,
  KEY_MISSING,
  openPersonal,
  receiptVerifies,
  type SaleInCustody,
  saleOf,
  type SaleRow,
} from './read-sale.ts';
import { recordDecision } from './record-decision.ts';
import type { Settlement } from './samsat-core.ts';

/** Floor and ceiling of the wait before a sale is tried again: the core may be away for an hour, a key for a day. */
const RETRY_FLOOR_MS = 2000;
const RETRY_CEILING_MS = 300_000;
/** About four hours for the file of a new key to reach every node; after that the sale is a case for a person. */
const FILE_TRIES = 50;

type Work = SaleRow & {
  readonly attempts: number;
  /** Whether another sale was due too. */
  readonly more: boolean;
};

/** What one step did: `idle` when nothing was due. */
type Step = 'idle' | 'decided' | 'postponed';

/**
 * Locks the sale that is due longest, with its entry and device, which no longer change. What may change meanwhile is asked
 * afterwards: whoever stops a booking holds this row first. While an older backup may be at work nothing is due: what it
 * would issue now was issued before.
 */
async function takeWork(tx: Tx, now: number): Promise<Work | undefined> {
  const { rows } = await sql<Work>`
    with taken as materialized (select device_id, transaction_id, attempts from booking_work
      where done_at is null and not_before <= ${now} and not ${frozenNow}
      order by not_before limit 1 for update skip locked)
    select w.*, e.text, s.hash, s.received_at, d.outlet_id, d.signing_key,
      exists (select 1 from booking_work o where o.done_at is null and o.not_before <= ${now}
        and (o.device_id, o.transaction_id) <> (w.device_id, w.transaction_id)) as more
    from taken w
      join sale s on s.device_id = w.device_id and s.transaction_id = w.transaction_id
      join entry e on e.device_id = s.device_id and e.hash = s.hash
      join device d on d.device_id = w.device_id`.execute(tx);
  return rows[0];
}

async function postpone(tx: Tx, work: Work, problem: string, now: number): Promise<Step> {
  const wait = Math.min(RETRY_CEILING_MS, RETRY_FLOOR_MS * 2 ** Math.min(work.attempts, 10));
  await tx
    .updateTable('booking_work')
    .set({ attempts: work.attempts + 1, last_problem: problem, not_before: now + wait })
    .where('device_id', '=', work.device_id)
    .where('transaction_id', '=', work.transaction_id)
    .execute();
  return 'postponed';
}

const onHold = (reason: string): Settlement => ({
  central: 'on-hold',
  outcomes: [],
  difference: ZERO_RUPIAH,
  reason,
  number: null,
});

/** What the counter reads of a sale that a person has to look at, by the reason of its suspense. */
const HOLD_WORDS: Readonly<Record<string, string>> = {
  VOIDED: 'Tanda terima ini dibatalkan sebelum dibukukan; Bapenda memeriksa uangnya.',
  [EMERGENCY_TWICE]: 'Nomor kuitansi darurat ini dipakai dua kali di gerai ini; Bapenda memeriksa kedua kertasnya.',
  [EMERGENCY_ONE_PERSON]: 'Kuitansi darurat ini diketik dan dikonfirmasi orang yang sama; Bapenda memeriksanya.',
};
const FORK_WORDS = 'Catatan gerai bercabang; Bapenda memeriksa keduanya sebelum membukukan.';

/** What ends the work on a sale; an erasure that came before the booking waited for it. */
const finishing = (tx: Tx, work: Work, now: number): readonly OperationNodeSource[] => [
  tx
    .updateTable('booking_work')
    .set({ done_at: now, last_problem: null })
    .where('device_id', '=', work.device_id)
    .where('transaction_id', '=', work.transaction_id),
  sql`delete from subject_key k using sale s, erased_subject e
    where s.device_id = ${work.device_id} and s.transaction_id = ${work.transaction_id}
      and k.device_id = s.device_id and k.subject = s.subject
      and e.device_id = s.device_id and e.subject = s.subject`,
];

async function finish(tx: Tx, work: Work, now: number): Promise<Step> {
  await writeTogether(tx, finishing(tx, work, now));
  return 'decided';
}

async function settleWork({ context, core, notifications }: BookingParts, tx: Tx, work: Work): Promise<Step> {
  const sale = saleOf(work);
  const facts = await findSaleFacts(tx, sale);
  const decide = async (personal: Parameters<typeof recordDecision>[3], settlement: Settlement): Promise<Step> => {
    await recordDecision(
      tx,
      { context, notifications },
      sale,
      personal,
      settlement,
      finishing(tx, work, context.now()),
    );
    return 'decided';
  };
  const { suspended } = facts;
  const isStopped = suspended === VOIDED_AT_COUNTER || suspended === ASKED_BACK || suspended === REFUNDED_IN_CASH;
  // An earlier try may have reached the tax office and broken off before its answer was kept: what is booked is booked.
  const answered = isStopped ? await core.findAnswer(sale) : undefined;
  if (isStopped && answered === undefined) {
    // Asked back or refunded before it was decided: the worker of cases says what becomes of it.
    if (suspended !== VOIDED_AT_COUNTER) return finish(tx, work, context.now());
    // The cash went back at the counter: there is nothing to book, and nothing to decide.
    const { deviceId, transactionId, hash } = sale;
    await publishVoid(tx, context, { deviceId, transactionId, hash, reason: VOIDED_AT_COUNTER });
    return finish(tx, work, context.now());
  }
  if (suspended === VOIDED_AT_COUNTER) await noteLateVoid({ context, core, notifications }, tx, sale);
  if (suspended !== null && !isStopped) return decide(null, onHold(HOLD_WORDS[suspended] ?? FORK_WORDS));
  const personal = await openPersonal(context.keys, sale, facts);
  if (!personal.ok) {
    const mayCome = personal.error === KEY_MISSING || (personal.error === KEY_FILE_AWAY && work.attempts < FILE_TRIES);
    if (mayCome) return postpone(tx, work, personal.error, context.now());
    return decide(null, onHold('Data transaksi tidak dapat dibuka; Bapenda memeriksa kiriman ini.'));
  }
  if (!receiptVerifies(sale, personal.value)) {
    return decide(personal.value, onHold('Tanda terima tidak cocok dengan catatan gerai; Bapenda memeriksanya.'));
  }
  if (!(await isPaymentProved({ db: tx, keys: context.keys }, sale.deviceId, sale.body))) {
    return decide(personal.value, onHold('Pembayaran ini belum terbukti dari penyedianya; Bapenda memeriksanya.'));
  }
  const { coreSale, clockSuspect } = await coreSaleOf(tx, sale, personal.value, facts);
  const settlement = answered ?? (await core.settle(coreSale));
  if (clockSuspect) await noteClock({ context, core, notifications }, tx, sale);
  return decide(personal.value, settlement);
}

/** "A void that reaches the province after booking is never applied": the booking had begun when it came. */
async function noteLateVoid({ context }: BookingParts, tx: Tx, sale: SaleInCustody): Promise<void> {
  const { deviceId, transactionId, hash } = sale;
  const late = { kind: 'VOIDED_AFTER_BOOKING', evidence: hash, facts: { transactionId } };
  await noteIncidents(tx, deviceId, [late], context.now());
}

/** "Outside, the nearest edge applies and a case *clock suspect* opens." */
async function noteClock({ context }: BookingParts, tx: Tx, sale: SaleInCustody): Promise<void> {
  await tx
    .insertInto('incident')
    .values({
      device_id: sale.deviceId,
      kind: 'CLOCK_SUSPECT',
      facts: JSON.stringify({ transactionId: sale.transactionId, claimedOn: sale.body.paidOn }),
      at: context.now(),
    })
    .execute();
}

type Done = { readonly step: Step; readonly more: boolean };

const IDLE: Done = { step: 'idle', more: false };

async function bookOne(parts: BookingParts): Promise<Done> {
  const { context } = parts;
  const failed: { work?: Work; problem?: string } = {};
  try {
    return await context.db.transaction().execute(async (tx) => {
      const work = await takeWork(tx, context.now());
      if (work === undefined) return IDLE;
      failed.work = work;
      return { step: await settleWork(parts, tx, work), more: work.more };
    });
  } catch (error) {
    const { work } = failed;
    if (work === undefined) throw error;
    const problem = String(error).slice(0, 200);
    context.log('error', 'BOOKING_FAILED', { device: work.device_id, transaction: work.transaction_id, problem });
    const step = await context.db.transaction().execute((tx) => postpone(tx, work, problem, context.now()));
    return { step, more: work.more };
  }
}

/**
 * Decides the oldest sale that is due. Exactly once: the work row is locked, decision and `done_at` are one commit, and
 * the core answers a repeated sale as before, so a crash at any point resumes here.
 */
export async function bookNext(parts: BookingParts): Promise<Step> {
  return (await bookOne(parts)).step;
}

/** What a round has to do, by one question and no lock: the worker asks several times a second, and mostly nothing is due. */
async function findDue({ db, now }: BookingParts['context']) {
  const { rows } = await sql<{
    readonly sales: boolean;
    readonly cases: boolean;
    readonly approvals: boolean;
    readonly moves: boolean;
  }>`select
    not ${frozenNow} and exists (select 1 from booking_work where done_at is null and not_before <= ${now()}) as sales,
    ${caseIsDue(now())} or ${refundIsOld(now())} as cases, ${approvalMayBeDue(now())} as approvals,
    ${moveIsDue(now())} as moves`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a question without a table has one answer');
  return row;
}

/** Books what is due, one by one, until nothing is, then does what cases and approvals ask for; answers how many sales were decided. */
export async function bookAllDue(parts: BookingParts): Promise<number> {
  const due = await findDue(parts.context);
  let decided = 0;
  for (let { more } = { more: due.sales }; more; ) {
    const done = await bookOne(parts);
    if (done.step === 'decided') decided += 1;
    ({ more } = done);
  }
  if (due.cases) await workOnCases(parts);
  if (due.approvals) await settleApprovals(parts.context);
  if (due.moves) await applyMoves(parts.context);
  return decided;
}
