import type {
  EntryChoice,
  ReportCell,
  ReportChart,
  ReportColumn,
  ReportRequest,
  ReportRow,
} from '../../../contract/views-reports.ts';
import { dateParts, dayNumber, datePartsOfDay, type LocalDate, localDate } from '../../../domain/local-date.ts';
import type { ReadTx } from '../db/tx.ts';
import type { EntryScope } from './report-store.ts';
import { type ColumnKey, column } from './report-text.ts';

/** What a report is made in: one consistent view of the journal up to its head, and what was asked. */
export type ReportRoom = {
  readonly tx: ReadTx;
  readonly request: ReportRequest;
  readonly scope: EntryScope;
  /** Names by id; an officer who left keeps his id. */
  readonly officers: ReadonlyMap<string, string>;
  /** The plate of a sale; null when it is erased or unknown. */
  readonly plateOf: (transactionId: string) => Promise<string | null>;
  /** Number that a receipt has at a place of the journal. */
  readonly numberAt: (position: {
    readonly epoch: { readonly n: number; readonly nonce: string };
    readonly seq: number;
  }) => string;
  readonly today: LocalDate;
};

/** A table of a report, whole. */
export type ReportSection = {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly totals: readonly ReportCell[] | null;
  readonly facts: readonly ReportFact[];
};
export type ReportFact = { readonly label: string; readonly kind: ReportColumn['kind']; readonly value: ReportCell };

/** What a report has to show. */
export type ReportContent = {
  readonly sections: readonly ReportSection[];
  readonly chart: ReportChart | null;
};

/** A row by the names of its columns. */
export type NamedRow = {
  readonly cells: Partial<Readonly<Record<ColumnKey, ReportCell>>>;
  readonly look?: ReportRow['look'];
  readonly choice?: EntryChoice | null;
};

const MS_PER_DAY = 86_400_000;
const JAKARTA_OFFSET_MS = 25_200_000;

/** Start of a day in Asia/Jakarta, ms UTC. */
export function startOfDay(date: LocalDate): number {
  return dayNumber(dateParts(date)) * MS_PER_DAY - JAKARTA_OFFSET_MS;
}

/** The day of a number that the store grouped by. */
export function dayOf(days: number | null): LocalDate {
  if (days === null) throw new Error('sums by day have a day');
  return localDate(datePartsOfDay(days));
}

/** Every entry up to the end of the period, for what goes on from before it. */
export function fromTheBeginning({ scope }: ReportRoom): EntryScope {
  return { ...scope, fromMs: 0 };
}

/** The name of an officer, or his id. */
export function officerName({ officers }: Pick<ReportRoom, 'officers'>, officerId: string | null): string | null {
  return officerId === null ? null : (officers.get(officerId) ?? officerId);
}

/** Puts a table together: cells in the order of the columns, and a total of each column that is to be added up. */
export function tableOf(table: {
  readonly title: string;
  readonly columns: readonly ColumnKey[];
  readonly rows: readonly NamedRow[];
  /** Columns with a total; none for a table that is not added up. */
  readonly sums?: readonly ColumnKey[];
  /** Totals that are not a sum of the rows. */
  readonly totals?: Partial<Readonly<Record<ColumnKey, ReportCell>>>;
  readonly facts?: readonly ReportFact[];
}): ReportSection {
  const { title, columns, rows, sums = [], totals = {}, facts = [] } = table;
  const hasTotals = sums.length > 0 || Object.keys(totals).length > 0;
  const totalOf = (key: ColumnKey): ReportCell => {
    if (Object.hasOwn(totals, key)) return totals[key] ?? null;
    if (!sums.includes(key)) return null;
    return rows.reduce((sum, { cells }) => sum + Number(cells[key] ?? 0), 0);
  };
  return {
    title,
    columns: columns.map(column),
    rows: rows.map(({ cells, look = null, choice = null }) => ({
      cells: columns.map((key) => cells[key] ?? null),
      look,
      choice,
    })),
    totals: hasTotals ? columns.map(totalOf) : null,
    facts,
  };
}
