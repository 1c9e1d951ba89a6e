import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { ApprovalDecision, ApprovalQuestionItem } from '../../contract/feeds-approvals.ts';
import type { Tx } from '../db/open.ts';
import { appendPage } from '../feeds/feed-pages.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';
import { isFrozen } from '../restore/server-rollback.ts';

const DAY_MS = 86_400_000;
/** Rows of one round; what is left is taken by the next one. */
const AT_ONCE = 50;

/**
 * Whose word on his own device counts: the device is appointed to him and was not revoked when the word came, and he may act.
 * When he was suspended nobody wrote down: his words wait until he is back, and what they would confirm becomes overdue.
 */
const isHisWord = (said: 'g' | 't') => sql`exists (select 1 from supervisor_device d
      join device v on v.device_id = d.device_id join officer o on o.officer_id = d.officer_id
    where d.device_id = ${sql.ref(`${said}.device_id`)} and d.officer_id = ${sql.ref(`${said}.supervisor`)}
      and (v.revoked_at is null or ${sql.ref(`${said}.received_at`)} < v.revoked_at) and o.role = 'supervisor' and o.active)`;

/** Answers of supervisors that meet a use of a code in their name: what `g` gave and `u` used. */
const GIVEN = sql`from approval_given g
    join approval_used u on u.device_id = g.counter_id and u.nonce = g.nonce and u.head = g.head and u.action = g.action
      and u.amount = g.amount and u.approved_by = g.supervisor and u.method = 'code'
    where g.used_by is null and u.answer is null and g.device_id <> g.counter_id
      and (${isHisWord('g')}
        or exists (select 1 from supervisor_page p where p.page_id = g.device_id and p.officer_id = g.supervisor
          and p.revoked_at is null))`;

/** What supervisors said of approvals, and nobody has acted on. */
const TOLD = sql`from approval_told t
    join approval_used u on u.device_id = t.counter_id and u.approval_id = t.approval_id and u.approved_by = t.supervisor
    where t.settled_at is null and t.device_id <> t.counter_id and ${isHisWord('t')}`;

/** Approvals of which no device of their supervisor was asked; the caller says for which of them it is time. */
const UNASKED = sql`from approval_used u join device v on v.device_id = u.device_id join outlet o on o.outlet_id = v.outlet_id
    where u.answer is null and u.asked_at is null
      and exists (select 1 from supervisor_device d join device his on his.device_id = d.device_id
        where d.officer_id = u.approved_by and d.device_id <> u.device_id and his.revoked_at is null)`;

/** Approvals without a word that are not a case yet. */
const NOT_OVERDUE = sql`where answer is null and overdue_at is null`;

/** Who said what of one approval. */
export type Word = {
  readonly deviceId: string;
  readonly approvalId: string;
  readonly answer: 'confirmed' | 'disputed';
  readonly saidBy: string;
};

/**
 * Writes a word on an approval and sends it to its counter; false when it changes nothing. "Not mine" stands against every
 * earlier word; "mine" stands only where nobody has said anything.
 */
export async function answerApproval(tx: Tx, context: ProvinceContext, word: Word): Promise<boolean> {
  const { deviceId, approvalId, answer, saidBy } = word;
  const decidedAt = context.now();
  const written = await tx
    .updateTable('approval_used')
    .set({ answer, answered_at: decidedAt, answered_by: saidBy })
    .where('device_id', '=', deviceId)
    .where('approval_id', '=', approvalId)
    .where((eb) => (answer === 'disputed' ? eb('answer', 'is distinct from', 'disputed') : eb('answer', 'is', null)))
    .returning('approval_id')
    .executeTakeFirst();
  if (written === undefined) return false;
  if (answer === 'disputed') {
    const facts = { approvalId, saidBy };
    await noteIncidents(tx, deviceId, [{ kind: 'APPROVAL_DISPUTED', evidence: approvalId, facts }], decidedAt);
  }
  const item: ApprovalDecision = { decisionId: uuidV7({ msecs: decidedAt }), approvalId, decidedAt, approval: answer };
  await appendPage(tx, context, { feed: 'decisions', scope: deviceId, items: [item] });
  return true;
}

/**
 * What a supervisor answered on his own device meets what a counter used: same counter, action, amount, nonce and first bits
 * of the binding. One answer confirms one use. A device that is not appointed to him, or was revoked before, confirms
 * nothing, nor does a page of his that was revoked.
 */
async function pairGiven(tx: Tx, context: ProvinceContext): Promise<number> {
  const { rows } = await sql<{
    readonly counter_id: string;
    readonly approval_id: string;
    readonly supervisor: string;
    readonly given_on: string;
    readonly hash: string;
  }>`select g.counter_id, u.approval_id, g.supervisor, g.device_id as given_on, g.hash
    ${GIVEN}
    order by g.received_at, g.hash limit ${AT_ONCE} for update of g skip locked`.execute(tx);
  let paired = 0;
  for (const { counter_id: deviceId, approval_id: approvalId, supervisor, given_on: givenOn, hash } of rows) {
    const said = await answerApproval(tx, context, { deviceId, approvalId, answer: 'confirmed', saidBy: supervisor });
    // The same request answered on two devices of his: the second one changes nothing.
    if (!said) continue;
    await tx
      .updateTable('approval_given')
      .set({ used_by: approvalId })
      .where('device_id', '=', givenOn)
      .where('hash', '=', hash)
      .execute();
    paired += 1;
  }
  return paired;
}

/** What supervisors said on their own devices of approvals in their names. */
async function takeTold(tx: Tx, context: ProvinceContext): Promise<number> {
  const { rows } = await sql<{
    readonly told_on: string;
    readonly hash: string;
    readonly counter_id: string;
    readonly approval_id: string;
    readonly supervisor: string;
    readonly is_own: boolean;
  }>`select t.device_id as told_on, t.hash, t.counter_id, t.approval_id, t.supervisor, t.is_own
    ${TOLD}
    order by t.received_at, t.hash limit ${AT_ONCE} for update of t skip locked`.execute(tx);
  for (const row of rows) {
    await answerApproval(tx, context, {
      deviceId: row.counter_id,
      approvalId: row.approval_id,
      answer: row.is_own ? 'confirmed' : 'disputed',
      saidBy: row.supervisor,
    });
    await tx
      .updateTable('approval_told')
      .set({ settled_at: context.now() })
      .where('device_id', '=', row.told_on)
      .where('hash', '=', row.hash)
      .execute();
  }
  return rows.length;
}

/**
 * Asks a supervisor's devices about approvals in his name: those by PIN and by list at once, because nothing else tells of
 * them; those by code once his own signed answer is overdue.
 */
async function askSupervisors(tx: Tx, context: ProvinceContext, confirmDays: number): Promise<number> {
  const now = context.now();
  const { rows } = await sql<{
    readonly device_id: string;
    readonly approval_id: string;
    readonly approved_by: string;
    readonly action: ApprovalQuestionItem['action'];
    readonly amount: number;
    readonly method: ApprovalQuestionItem['method'];
    readonly used_at: number;
    readonly outlet: string;
  }>`select u.device_id, u.approval_id, u.approved_by, u.action, u.amount, u.method, u.used_at, o.name as outlet
    ${UNASKED}
      and (u.method <> 'code' or u.received_at < ${now - confirmDays * DAY_MS})
    order by u.received_at limit ${AT_ONCE} for update of u skip locked`.execute(tx);
  for (const row of rows) {
    const item: ApprovalQuestionItem = {
      decisionId: uuidV7({ msecs: now }),
      decidedAt: now,
      asks: 'approval',
      approvalId: row.approval_id,
      counterId: row.device_id,
      supervisorId: row.approved_by,
      outletName: row.outlet,
      action: row.action,
      amount: row.amount,
      method: row.method,
      usedAt: row.used_at,
    };
    const devices = await tx
      .selectFrom('supervisor_device as his')
      .innerJoin('device', 'device.device_id', 'his.device_id')
      .select('his.device_id')
      .where('his.officer_id', '=', row.approved_by)
      .where('his.device_id', '<>', row.device_id)
      .where('device.revoked_at', 'is', null)
      .orderBy('his.device_id')
      .execute();
    for (const { device_id: scope } of devices) {
      await appendPage(tx, context, { feed: 'decisions', scope, items: [item] });
    }
    await tx
      .updateTable('approval_used')
      .set({ asked_at: now })
      .where('device_id', '=', row.device_id)
      .where('approval_id', '=', row.approval_id)
      .execute();
  }
  return rows.length;
}

/** "Missing after 3 days it is a case": a counter that forges approvals is found here, because it cannot sign for its supervisor. */
async function noteOverdue(tx: Tx, { now }: ProvinceContext, confirmDays: number): Promise<number> {
  const rows = await tx
    .updateTable('approval_used')
    .set({ overdue_at: now() })
    .where('answer', 'is', null)
    .where('overdue_at', 'is', null)
    .where('received_at', '<', now() - confirmDays * DAY_MS)
    .returning(['device_id', 'approval_id', 'action', 'amount', 'method', 'approved_by'])
    .execute();
  for (const { device_id, approval_id: approvalId, action, amount, method, approved_by: approvedBy } of rows) {
    const facts = { approvalId, action, amount, method, approvedBy };
    await noteIncidents(tx, device_id, [{ kind: 'APPROVAL_UNCONFIRMED', evidence: approvalId, facts }], now());
  }
  return rows.length;
}

/** Since when an approval waits for its supervisor, ms UTC; 0 where he is asked at once. */
const WAITS_SINCE = sql`least((select min(case when u.method = 'code' then u.received_at else 0 end) ${UNASKED}),
  (select min(received_at) from approval_used ${NOT_OVERDUE}))`;

/** Inside a larger question: whether a round may find anything; how long a word may take is the policy's. */
export const approvalMayBeDue = (now: number) => sql<boolean>`(exists (select 1 ${TOLD}) or exists (select 1 ${GIVEN})
  or coalesce(${WAITS_SINCE} < ${now}, false))`;

/**
 * Whether a round would find anything, by one question and no lock. The days of the policy are read only where an approval
 * waits for its supervisor.
 */
async function isAnythingDue(context: ProvinceContext): Promise<boolean> {
  const { rows } = await sql<{ readonly is_said: boolean; readonly waits_since: number | null }>`select
    exists (select 1 ${TOLD}) or exists (select 1 ${GIVEN}) as is_said, (select ${WAITS_SINCE}) as waits_since`.execute(
    context.db,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a question without a table has one answer');
  if (row.is_said || row.waits_since === null) return row.is_said;
  const { approvalConfirmDays } = await publishedPolicy(context.db);
  return row.waits_since < context.now() - approvalConfirmDays * DAY_MS;
}

/** Brings both sides of approvals together, in whichever order they came; answers how much there was to do. */
export async function settleApprovals(context: ProvinceContext): Promise<number> {
  if (!(await isAnythingDue(context))) return 0;
  for (let done = 0; ; ) {
    const worked = await context.db.transaction().execute(async (tx) => {
      if (await isFrozen(tx)) return 0;
      const { approvalConfirmDays } = await publishedPolicy(tx);
      return (
        (await takeTold(tx, context)) +
        (await pairGiven(tx, context)) +
        (await askSupervisors(tx, context, approvalConfirmDays)) +
        (await noteOverdue(tx, context, approvalConfirmDays))
      );
    });
    if (worked === 0) return done;
    done += worked;
  }
}
