import { rupiah } from '../../../domain/rupiah.ts';
import { type QualityFacts, type QualityWeek, serviceQuality, wordOfCentral } from '../../../domain/service-quality.ts';
import { bodyOf } from '../journal/entry-text.ts';
import { type ReportContent, type ReportRoom, tableOf } from './report-room.ts';
import { type WholeEntry, wholeEntries } from './report-store.ts';
import { centralName, REPORT_TEXT, REPORT_TITLES } from './report-text.ts';
import { salesOfPeriod } from './sale-facts-store.ts';

const TYPES = [
  'personal-data.viewed',
  'queue.ticket-issued',
  'queue.ticket-settled',
  'transaction.voided',
  'cash-session.closed',
];

/** From a number in the queue to its service. */
function waitsOf(entries: readonly WholeEntry[]): QualityFacts['waits'] {
  const issued = new Map<string, number>();
  return entries.flatMap((entry) => {
    if (entry.type === 'queue.ticket-issued') issued.set(bodyOf('queue.ticket-issued', entry).ticketId, entry.wallMs);
    if (entry.type !== 'queue.ticket-settled') return [];
    const { ticketId, outcome } = bodyOf('queue.ticket-settled', entry);
    const since = issued.get(ticketId);
    return outcome === 'served' && since !== undefined ? [{ at: entry.wallMs, ms: entry.wallMs - since }] : [];
  });
}

/** When the owner of each service was shown first. */
function beginningsOf(entries: readonly WholeEntry[]): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const entry of entries) {
    const isOwner =
      entry.type === 'personal-data.viewed' && bodyOf('personal-data.viewed', entry).what === 'owner-name';
    if (isOwner && !begun.has(entry.stream)) begun.set(entry.stream, entry.wallMs);
  }
  return begun;
}

/** What the journal of this counter says of a period, and the province's word on its sales. */
async function qualityFacts({ tx, scope }: ReportRoom): Promise<QualityFacts> {
  const sales = await salesOfPeriod(tx, scope);
  const entries = await wholeEntries(tx, { ...scope, types: TYPES });
  const begun = beginningsOf(entries);
  return {
    sales: sales.map(({ at, transactionId, figure, central }) => {
      return {
        at,
        begunAt: begun.get(transactionId) ?? null,
        online: figure === 'penetapan',
        ...wordOfCentral(central),
      };
    }),
    waits: waitsOf(entries),
    voids: entries.filter(({ type }) => type === 'transaction.voided').map(({ wallMs }) => ({ at: wallMs })),
    variances: entries
      .filter(({ type }) => type === 'cash-session.closed')
      .map((entry) => ({ at: entry.wallMs, variance: rupiah(bodyOf('cash-session.closed', entry).variance) })),
    missingPapers: sales.flatMap(({ at, missingPapers }) => Array.from({ length: missingPapers }, () => ({ at }))),
  };
}

function reasonRows(weeks: readonly QualityWeek[]) {
  const counts = new Map<string, number>();
  for (const { reason, count } of weeks.flatMap(({ reasons }) => reasons)) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].map(([reason, sales]) => ({ cells: { reason: centralName(reason), sales } }));
}

/** *Mutu layanan*: speed, accuracy, care and availability of this outlet, week by week. */
export async function qualityReport(room: ReportRoom): Promise<ReportContent> {
  const weeks = serviceQuality(await qualityFacts(room), room.request.from, room.request.to);
  const perWeek = tableOf({
    title: REPORT_TITLES['service-quality'],
    columns: [
      'week',
      'sales',
      'seconds',
      'slow',
      'wait',
      'changed',
      'refused',
      'voided',
      'varianceSize',
      'missingPapers',
      'offlineHours',
      'offlineSales',
    ],
    rows: weeks.map((week) => ({
      cells: {
        week: week.monday,
        sales: week.sales,
        seconds: week.secondsPerSale,
        slow: week.slowSeconds,
        wait: week.waitMinutes,
        changed: week.changed,
        refused: week.refused,
        voided: week.voids,
        varianceSize: week.variance,
        missingPapers: week.missingPapers,
        offlineHours: week.offlineHours,
        offlineSales: week.offlineSales,
      },
    })),
    sums: ['sales', 'changed', 'refused', 'voided', 'varianceSize', 'missingPapers', 'offlineHours', 'offlineSales'],
    facts: [{ label: REPORT_TEXT.qualityMeaning, kind: 'text', value: REPORT_TEXT.qualityHelps }],
  });
  const reasons = tableOf({
    title: REPORT_TEXT.provinceReasons,
    columns: ['reason', 'sales'],
    rows: reasonRows(weeks),
    sums: ['sales'],
  });
  return {
    sections: [perWeek, reasons],
    chart: {
      kind: 'hours',
      series: [
        { key: 'online', label: REPORT_TEXT.withLine },
        { key: 'offline', label: REPORT_TEXT.withoutLine },
      ],
      points: weeks.map(({ monday, sales, offlineSales }) => ({
        label: monday,
        values: [sales - offlineSales, offlineSales],
      })),
    },
  };
}
