import { timeText } from './report-words.ts';
import { bodyOf } from '../journal/entry-text.ts';
import { sumLines, wholeStream } from './report-store.ts';
import { figuresBy } from './group-reports.ts';
import { type NamedRow, officerName, type ReportContent, type ReportRoom, tableOf } from './report-room.ts';
import { REPORT_TEXT, REPORT_TITLES } from './report-text.ts';

const OPENED = 'cash-session.opened';
const CLOSED = 'cash-session.closed';
const COUNTED = 'cash-session.counted';
const EXPLAINED = 'cash-variance.explained';

/** What the entries of a session say of it, up to the report's moment. */
export type SessionFacts = {
  readonly cashSessionId: string;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly officer: string | null;
  readonly state: 'open' | 'counted' | 'closed';
  readonly float: number;
  readonly counted: number | null;
  /** Null until it is closed: a drawer is counted blind. */
  readonly expected: number | null;
  readonly variance: number | null;
  readonly explanation: string | null;
  readonly explainedBy: string | null;
};

/** A drawer that is still open has neither: it is counted blind. */
const NOT_CLOSED = { expected: null, variance: null };

/** Reads a session out of its own entries. */
export async function sessionFacts(room: ReportRoom, cashSessionId: string): Promise<SessionFacts> {
  const types = [OPENED, COUNTED, CLOSED, EXPLAINED];
  const entries = await wholeStream(room.tx, cashSessionId, types, room.scope.headSeq);
  const find = (type: string) => entries.find((entry) => entry.type === type);
  const [opened, counted, closed, explained] = [find(OPENED), find(COUNTED), find(CLOSED), find(EXPLAINED)];
  const close = closed === undefined ? NOT_CLOSED : bodyOf(CLOSED, closed);
  return {
    cashSessionId,
    openedAt: opened?.wallMs ?? null,
    closedAt: closed?.wallMs ?? null,
    officer: officerName(room, opened?.officerId ?? null),
    state: closed !== undefined ? 'closed' : counted !== undefined ? 'counted' : 'open',
    float: opened === undefined ? 0 : bodyOf(OPENED, opened).total,
    counted: counted === undefined ? null : bodyOf(COUNTED, counted).total,
    expected: close.expected,
    variance: close.variance,
    explanation: explained === undefined ? null : bodyOf(EXPLAINED, explained).explanation,
    explainedBy: officerName(room, explained?.officerId ?? null),
  };
}

/** How a session is named in a sentence. */
export function sessionName({ openedAt, officer }: SessionFacts): string {
  return REPORT_TEXT.ofSession(openedAt === null ? '?' : timeText(openedAt), officer ?? '?');
}

function sessionCells(facts: SessionFacts): NamedRow['cells'] {
  const { openedAt, closedAt, officer, state, float, counted, expected, variance } = facts;
  return {
    opened: openedAt,
    closed: closedAt,
    officer,
    state: REPORT_TEXT.sessionStates[state],
    float,
    counted,
    expected,
    variance,
  };
}

/** *Laporan Sesi Kas*: each drawer's work in the period, from the float to the count. */
export async function sessionReport(room: ReportRoom): Promise<ReportContent> {
  const groups = await figuresBy(room, 'cashSessionId', ({ cashSessionId }) => cashSessionId);
  const moved = groups.filter(({ key, figures }) => key !== null || figures.received !== 0 || figures.deposited !== 0);
  const rows: NamedRow[] = [];
  for (const { key, figures } of moved) {
    const { sales, voided, received, otherMeans, deposited } = figures;
    const sums = { sales, voided, received, cash: received - otherMeans, deposited };
    const own = key === null ? { officer: REPORT_TEXT.noSession } : sessionCells(await sessionFacts(room, key));
    rows.push({
      cells: { ...own, ...sums },
      look: Number(own.variance ?? 0) === 0 ? null : 'attention',
      choice: { cashSessionId: key },
    });
  }
  rows.sort((left, right) => Number(left.cells.opened ?? 0) - Number(right.cells.opened ?? 0));
  const hasOther = groups.some(({ figures }) => figures.otherMeans !== 0);
  const section = tableOf({
    title: REPORT_TITLES['cash-session'],
    columns: [
      'opened',
      'officer',
      'state',
      'sales',
      'voided',
      'received',
      ...(hasOther ? (['cash'] as const) : []),
      'variance',
      'expected',
      'counted',
      'float',
      'deposited',
      'closed',
    ],
    rows,
    sums: ['sales', 'voided', 'received', ...(hasOther ? (['cash'] as const) : []), 'deposited', 'variance'],
  });
  return { sections: [section], chart: null };
}

/** *Laporan Selisih Kas*: the counts that did not come out, and what was said of them. */
export async function varianceReport(room: ReportRoom): Promise<ReportContent> {
  const lines = await sumLines(room.tx, room.scope, ['cashSessionId']);
  const missing = lines.filter(({ account }) => account === 'variance' || account === 'cash-loss');
  const sessions = new Map<string | null, number>();
  for (const { cashSessionId, amount } of missing) {
    sessions.set(cashSessionId, (sessions.get(cashSessionId) ?? 0) - amount);
  }
  const rows: NamedRow[] = [];
  for (const [cashSessionId, variance] of sessions) {
    const facts = cashSessionId === null ? null : await sessionFacts(room, cashSessionId);
    const { explanation = null, explainedBy = null } = facts ?? {};
    rows.push({
      cells: {
        ...(facts === null ? { officer: REPORT_TEXT.noSession } : sessionCells(facts)),
        variance,
        explanation,
        explainedBy,
      },
      look: explanation === null ? 'attention' : null,
      choice: { cashSessionId, accounts: ['variance', 'cash-loss'] },
    });
  }
  const section = tableOf({
    title: REPORT_TITLES.variances,
    columns: ['opened', 'officer', 'expected', 'counted', 'variance', 'explanation', 'explainedBy'],
    rows,
    sums: ['variance'],
  });
  return { sections: [section], chart: null };
}
