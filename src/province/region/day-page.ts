import type { RegionDayAnswer } from '../../contract/region-day.ts';
import { type BatchPart, type DailyBatch, stateOfSummary, summaryOf } from '../../domain/daily-batch.ts';
import { depositDue } from '../../domain/deposit-due.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { Policy } from '../../domain/policy.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readCalendars } from './calendars.ts';
import { readFindings } from './day-findings.ts';
import { keyOfDay } from './day-legs.ts';
import { lookOf, partsToSign } from './day-list.ts';
import {
  readDayDecisions,
  readDayDeposits,
  readDayOutlet,
  readHeads,
  readNames,
  readSessionTakings,
  readTypes,
} from './day-page-facts.ts';
import { countAxes } from './day-sales.ts';
import { itemsHashOf, loadDay } from './load-day.ts';
import { matchOf } from './day-match-view.ts';
import { type MatchedDay, matchDays } from './match-days.ts';
import type { DayKey } from './write-days.ts';

const SHOWN_FINDINGS = 50;
const SHOWN_DECISIONS = 100;

type Decisions = Awaited<ReturnType<typeof readDayDecisions>>;
type NameOf = Awaited<ReturnType<typeof readNames>>;

/** Whose name stands under a part, and which entry it is. */
function signatureOf(
  kind: 'day.close-signed' | 'day.reconciliation-signed',
  part: BatchPart,
  { decisions, nameOf }: { readonly decisions: Decisions; readonly nameOf: NameOf },
) {
  const word = decisions.find((one) => one.applied && one.type === kind && one.part === part.number);
  if (word === undefined) return null;
  const { supervisor, at, delegationId, entryHash } = word;
  return { ...nameOf(supervisor), at, delegationId, entryHash };
}

function cashOf({ cash, row }: MatchedDay, policy: Policy, now: number): RegionDayAnswer['cash'] {
  const [brought, deposited, confirmed] = [cash?.cash ?? 0, cash?.deposited ?? 0, cash?.confirmed ?? 0];
  const left = Math.max(0, brought - deposited);
  const rule = { deadlineDays: policy.depositDeadlineDays, holidays: policy.bankHolidays };
  const due = brought > 0 ? depositDue(row.businessOn, rule, now) : null;
  return {
    takings: rupiah(brought),
    confirmed: rupiah(confirmed),
    inTransit: rupiah(Math.max(0, deposited - confirmed)),
    undeposited: rupiah(left),
    dueOn: due?.dueOn ?? null,
    overdue: due !== null && left > 0 && due.overdue,
  };
}

async function sessionsOf(
  { db }: ProvinceContext,
  day: DayKey,
  { sessions }: MatchedDay,
  { nameOf, deviceNoOf }: { readonly nameOf: NameOf; readonly deviceNoOf: (deviceId: string) => number },
): Promise<RegionDayAnswer['sessions']> {
  const takings = await readSessionTakings(db, day);
  const amount = (value: number | null) => (value === null ? null : rupiah(value));
  return sessions.slice(0, 50).map((one) => ({
    cashSessionId: one.sessionId,
    deviceNo: deviceNoOf(one.deviceId),
    by: nameOf(one.openedBy),
    openedAt: one.openedAt,
    closedAt: one.closedAt,
    sales: Math.max(0, takings.get(one.sessionId)?.sales ?? 0),
    takings: rupiah(takings.get(one.sessionId)?.takings ?? 0),
    counted: amount(one.counted),
    expected: amount(one.expected),
    variance: amount(one.variance),
    explanation: one.explanation,
    closeHash: one.closedHash,
  }));
}

/** Everything of one day of an outlet, as far as a person looks at it at once; the rest is paged by its own questions. */
export async function readDay(
  context: ProvinceContext,
  supervisorId: string,
  day: DayKey,
): Promise<RegionDayAnswer | undefined> {
  const { db } = context;
  const now = context.now();
  const outlet = await readDayOutlet(db, day);
  const policy = await publishedPolicy(db);
  const matched = (await matchDays(db, [day], policy)).get(keyOfDay(day));
  if (outlet === undefined || matched === undefined) return undefined;
  const batch: DailyBatch = await loadDay(db, day);
  const decisions = await readDayDecisions(db, day);
  const heads = await readHeads(db, day.outletId);
  const nameOf = await readNames(db, [
    ...batch.workedBy,
    ...decisions.map(({ supervisor }) => supervisor),
    ...matched.sessions.map(({ openedBy }) => openedBy),
  ]);
  const deviceNoOf = (deviceId: string): number => heads.find((head) => head.deviceId === deviceId)?.deviceNo ?? 1;
  const { count, axes } = await countAxes(db, day);
  const findings = await readFindings(db, [day]);
  const types = await readTypes(db, [...batch.apart.keys()]);
  const calendars = await readCalendars(db, [day.outletId], { from: day.businessOn, to: day.businessOn });
  const { look, reason } = lookOf(calendars, day, matched.row, localDateAt(now));
  const { name: outletName, ...ofOutlet } = outlet;
  return {
    asOf: now,
    ...day,
    outletName,
    ...ofOutlet,
    look,
    closedReason: reason,
    state: stateOfSummary(summaryOf(batch)),
    isOwnWork: batch.workedBy.has(supervisorId),
    workedBy: [...batch.workedBy].slice(0, 50).map(nameOf),
    sessions: await sessionsOf(context, day, matched, { nameOf, deviceNoOf }),
    transactions: { count, axes },
    documentsMissing: (axes.documents['missing'] ?? 0) + (axes.documents['uploading'] ?? 0),
    deposits: await readDayDeposits(db, day),
    cash: cashOf(matched, policy, now),
    match: matchOf(matched.match),
    findings: findings
      .slice(0, SHOWN_FINDINGS)
      .map(({ kind, what, deviceNo, entryHash, at }) => ({ kind, what: what.slice(0, 160), deviceNo, entryHash, at })),
    findingsMore: Math.max(0, findings.length - SHOWN_FINDINGS),
    parts: batch.parts.slice(0, 200).map((part) => ({
      number: part.number,
      items: part.items.length,
      itemsHash: itemsHashOf(part.items),
      close: signatureOf('day.close-signed', part, { decisions, nameOf }),
      reconciliation: signatureOf('day.reconciliation-signed', part, { decisions, nameOf }),
    })),
    apart: [...batch.apart].slice(0, 200).map(([item, { standing, reason: why }]) => ({
      item,
      type: types.get(item) ?? '',
      standing,
      reason: why,
    })),
    ...partsToSign(batch),
    heads,
    decisions: decisions.slice(0, SHOWN_DECISIONS).map(({ supervisor, delegationId: _letter, ...word }) => ({
      ...word,
      by: nameOf(supervisor),
    })),
  };
}
