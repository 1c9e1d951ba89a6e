import type { EntryChoice, ReportFormat } from '../../../contract/views-reports.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { ReportOrder, ReportOutlet } from './make-report.ts';
import type { Plates } from './report-cells.ts';
import type { Part } from './report-shelf.ts';

/** What the thread of the reports is given when it starts. */
export type ReportThreadData = {
  /** The database, opened for reading only. */
  readonly file: string;
  readonly outlet: ReportOutlet;
  /** Opens the plates of registers; the thread is this very process. */
  readonly dataKey: Uint8Array;
  readonly indexKey: Uint8Array;
};

/** What the thread is asked. */
export type ReportJob =
  | { readonly do: 'make'; readonly reportId: string; readonly order: ReportOrder }
  | { readonly do: 'rows'; readonly reportId: string; readonly section: number; readonly part: Part }
  | { readonly do: 'entries'; readonly reportId: string; readonly choice: EntryChoice; readonly part: Part }
  | { readonly do: 'describe'; readonly reportId: string }
  | {
      readonly do: 'write';
      readonly reportId: string;
      readonly format: ReportFormat;
      readonly plates: Plates;
      readonly folder: string;
      readonly name: string;
    };

/** What it answers: a value, a disk that could not be read, or a bug with where it happened. */
export type ReportAnswer =
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'storage'; readonly refusal: StorageRefusal }
  | {
      readonly id: number;
      readonly kind: 'bug';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };
