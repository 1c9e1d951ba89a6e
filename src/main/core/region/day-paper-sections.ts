import type { DayPaperFigures, RegionDayPaper } from '../../../contract/day-paper.ts';
import type { ReportCell, ReportColumn } from '../../../contract/views-reports.ts';
import type { ReportSection } from '../reports/report-room.ts';
import { accountCode, accountName, typeName } from '../reports/report-text.ts';
import { dayText } from '../reports/report-words.ts';
import { PAPER_WORDS as WORDS } from './paper-text.ts';

type ColumnName = keyof typeof WORDS.columns;
/** A hash in a table: enough to find the entry, in one line. */
const SHOWN_HASH = 16;

const KINDS: Partial<Readonly<Record<ColumnName, ReportColumn['kind']>>> = {
  amount: 'money',
  difference: 'money',
  unexplained: 'money',
  expected: 'money',
  counted: 'money',
  sales: 'count',
  count: 'count',
  place: 'count',
  opened: 'time',
  closed: 'time',
};

/** A table of a paper: names of columns, rows in their order. */
function table(
  title: string,
  names: readonly ColumnName[],
  rows: readonly (readonly ReportCell[])[],
  totals: readonly ReportCell[] | null = null,
): ReportSection {
  const columns = names.map((key) => ({ key, label: WORDS.columns[key], kind: KINDS[key] ?? 'text' }));
  return {
    title,
    columns,
    rows: rows.map((cells) => ({ cells: [...cells], look: null, choice: null })),
    totals,
    facts: [],
  };
}

const fact = (label: string, kind: ReportColumn['kind'], value: ReportCell) => ({ label, kind, value });

function figuresSections(title: string, { journal, legs, findings, findingsMore }: DayPaperFigures): ReportSection[] {
  const rows = legs.map(({ leg, figure, difference, unexplained, state }) => [
    WORDS.leg(leg),
    figure.kind === 'sum' ? figure.amount : null,
    difference,
    unexplained,
    WORDS.legState(state),
  ]);
  const five = table(
    title,
    ['figure', 'amount', 'difference', 'unexplained', 'state'],
    [[WORDS.journal, journal, null, null, ''], ...rows],
  );
  const explanations = legs.flatMap(({ leg, explanations: own }) =>
    own.map(({ entryHash, reason, amount }) => [
      WORDS.leg(leg),
      WORDS.reason(reason),
      amount,
      entryHash.slice(0, SHOWN_HASH),
    ]),
  );
  const more = legs.reduce((sum, leg) => sum + leg.more, 0);
  const isBare = legs.some(({ state, explanations: own }) => state === 'explained' && own.length === 0);
  const why = table(WORDS.explanations, ['figure', 'why', 'amount', 'entry'], explanations);
  const found = table(
    WORDS.findings,
    ['what', 'document', 'counter'],
    findings.map(({ kind, what, deviceNo }) => [
      WORDS.finding(kind),
      what,
      deviceNo === null ? '' : WORDS.counter(deviceNo),
    ]),
  );
  return [
    five,
    ...(explanations.length === 0 && !isBare
      ? []
      : [
          {
            ...why,
            facts: [
              ...(more === 0 ? [] : [fact(WORDS.explanationsMore, 'count', more)]),
              ...(isBare ? [fact(WORDS.noDetail, 'text', '')] : []),
            ],
          },
        ]),
    ...(findings.length === 0
      ? []
      : [{ ...found, facts: findingsMore === 0 ? [] : [fact(WORDS.explanationsMore, 'count', findingsMore)] }]),
  ];
}

function contentSections({ content }: RegionDayPaper): ReportSection[] {
  const { sessions, accounts, documents, heads, takings } = content;
  const owed = accounts.reduce((sum, { amount }) => sum + amount, 0);
  return [
    table(
      WORDS.sessions,
      ['counter', 'officer', 'opened', 'closed', 'sales', 'expected', 'counted', 'difference', 'explanation'],
      sessions.map((one) => [
        WORDS.counter(one.deviceNo),
        one.by,
        one.openedAt,
        one.closedAt,
        one.sales,
        one.expected,
        one.counted,
        one.variance,
        one.explanation,
      ]),
    ),
    {
      ...table(
        WORDS.owed,
        ['code', 'beneficiary', 'amount'],
        accounts.map(({ account, amount }) => [accountCode(account), accountName(account), amount]),
        [null, null, owed],
      ),
      facts: [fact(WORDS.taken, 'money', takings)],
    },
    table(
      WORDS.documents,
      ['document', 'from', 'to', 'count'],
      [
        ...documents.numbers.map(({ deviceNo, first, last, count }) => [
          WORDS.receipts(WORDS.counter(deviceNo)),
          first,
          last,
          count,
        ]),
        ...documents.deposits.map(({ bank, depositedOn, slipNumber }) => [
          WORDS.slip(bank, dayText(depositedOn)),
          slipNumber,
          '',
          1,
        ]),
        ...documents.kinds.map(({ type, count }) => [typeName(type), '', '', count]),
      ],
    ),
    table(
      WORDS.heads,
      ['counter', 'place', 'hash'],
      heads.map(({ deviceNo, seq, hash }) => [WORDS.counter(deviceNo), seq, hash]),
    ),
  ];
}

/** Everything that stands on the paper between its head and its signatures. */
export function paperSections(paper: RegionDayPaper): readonly ReportSection[] {
  const { close, reconciliation, now } = paper;
  return [
    ...(reconciliation === null ? [] : figuresSections(WORDS.figures.reconciliation, reconciliation)),
    ...(close === null ? [] : figuresSections(WORDS.figures.close, close)),
    ...(now === null ? [] : figuresSections(WORDS.figures.now, now)),
    ...contentSections(paper),
  ];
}
