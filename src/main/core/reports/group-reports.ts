import type { EntryChoice, ReportChart } from '../../../contract/views-reports.ts';
import { foldFigures, type Figures, groupBy, type Share } from './figures.ts';
import { countByType, type EntryCount, type LineSum, type SumKey, sumLines } from './report-store.ts';
import { dayOf, type NamedRow, officerName, type ReportContent, type ReportRoom, tableOf } from './report-room.ts';
import { type ColumnKey, column, REPORT_TEXT, REPORT_TITLES } from './report-text.ts';

const SHARES: readonly Share[] = ['province', 'regencies', 'jasaRaharja', 'parking', 'agentFee'];

/** Figures of one group. */
export type Group<K> = { readonly key: K; readonly figures: Figures };

/** Figures by one key, in its order. */
export async function figuresBy<K>(
  { tx, scope }: ReportRoom,
  key: SumKey,
  keyOf: (row: LineSum | EntryCount) => K,
): Promise<readonly Group<K>[]> {
  const lines = groupBy(await sumLines(tx, scope, [key]), keyOf);
  const counts = groupBy(await countByType(tx, scope, [key]), keyOf);
  const keys = [...new Set([...lines.keys(), ...counts.keys()])];
  return keys
    .map((each) => ({ key: each, figures: foldFigures(lines.get(each) ?? [], counts.get(each) ?? []) }))
    .filter(({ key: each, figures }) => lines.has(each) || figures.sales + figures.voided > 0);
}

/** Columns of money that some group has; those of the law are always there. */
function moneyColumns(groups: readonly Group<unknown>[]): readonly ColumnKey[] {
  const some = (of: (figures: Figures) => number): boolean => groups.some(({ figures }) => of(figures) !== 0);
  return [
    'received',
    ...(some(({ otherMeans }) => otherMeans) ? (['cash', 'otherMeans'] as const) : []),
    'province',
    'regencies',
    'jasaRaharja',
    ...(some(({ parking }) => parking) ? (['parking'] as const) : []),
    ...(some(({ agentFee }) => agentFee) ? (['agentFee'] as const) : []),
    ...(some(({ other }) => other) ? (['other'] as const) : []),
    'rounding',
  ];
}

/** The figures of a group under the names of their columns; what was rounded off is taken away, so it is below zero. */
function cellsOf(figures: Figures): NamedRow['cells'] {
  const { rounding, deposited, variance, ...rest } = figures;
  return { ...rest, rounding: 0 - rounding, deposited, variance };
}

/** A table of groups: how many services, whose money, what was received. */
function groupTable<K>(
  title: string,
  groups: readonly Group<K>[],
  head: {
    readonly columns: readonly ColumnKey[];
    readonly cells: (key: K) => NamedRow['cells'];
    readonly choice: (key: K) => EntryChoice;
  },
): ReturnType<typeof tableOf> {
  const figures: readonly ColumnKey[] = ['sales', 'voided', ...moneyColumns(groups)];
  return tableOf({
    title,
    columns: [...head.columns, ...figures],
    rows: groups.map(({ key, figures: own }) => ({
      cells: { ...cellsOf(own), ...head.cells(key) },
      choice: head.choice(key),
    })),
    sums: figures,
  });
}

/** Takings as bars: one per day, stacked by whose money it is. */
function takingsByDay(days: readonly Group<number | null>[]): ReportChart {
  const shown = SHARES.filter((share) => days.some(({ figures }) => figures[share] !== 0));
  return {
    kind: 'days',
    series: shown.map((share) => ({ key: share, label: column(share).label })),
    points: days.map(({ key, figures }) => ({ label: dayOf(key), values: shown.map((share) => figures[share]) })),
  };
}

/** Services by the hour of one day: from the first to the last, the quiet ones too. */
async function servicesByHour({ tx, scope }: ReportRoom): Promise<ReportChart> {
  const counts = groupBy(await countByType(tx, scope, ['hour']), ({ hour }) => hour ?? 0);
  const sales = new Map([...counts].map(([hour, rows]) => [hour, foldFigures([], rows).sales]));
  const hours = [...sales].filter(([, count]) => count > 0).map(([hour]) => hour);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const all = hours.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return {
    kind: 'hours',
    series: [{ key: 'sales', label: column('sales').label }],
    points: all.map((hour) => ({ label: `${String(hour).padStart(2, '0')}.00`, values: [sales.get(hour) ?? 0] })),
  };
}

/** *Laporan Harian*: what each day brought, and for whom. */
export async function dayReport(room: ReportRoom): Promise<ReportContent> {
  const days = await figuresBy(room, 'day', ({ day }) => day);
  const section = groupTable(REPORT_TITLES.day, days, {
    columns: ['day'],
    cells: (key) => ({ day: dayOf(key) }),
    choice: (key) => ({ from: dayOf(key), to: dayOf(key) }),
  });
  const isOneDay = room.request.from === room.request.to;
  return { sections: [section], chart: isOneDay ? await servicesByHour(room) : takingsByDay(days) };
}

/** *Laporan per Petugas*. */
export async function officerReport(room: ReportRoom): Promise<ReportContent> {
  const groups = await figuresBy(room, 'officerId', ({ officerId }) => officerId);
  const section = groupTable(REPORT_TITLES.officer, groups, {
    columns: ['officer'],
    cells: (key) => ({ officer: officerName(room, key) ?? REPORT_TEXT.noOfficer }),
    choice: (key) => ({ officerId: key }),
  });
  return { sections: [section], chart: null };
}
