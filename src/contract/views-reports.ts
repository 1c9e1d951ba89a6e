import { z } from 'zod';
import {
  hashSchema,
  instantSchema,
  localDateSchema,
  officerIdSchema,
  timeTrustSchema,
  uuidSchema,
} from './primitives.ts';

/** Reports of the counter, in the order in which a person finds them. */
export const REPORT_KINDS = [
  'closing',
  'day',
  'cash-session',
  'officer',
  'component',
  'beneficiary',
  'means',
  'rounding',
  'variances',
  'cash-age',
  'deposits',
  'bku',
  'sts',
  'sts-register',
  'voids',
  'signals',
  'service-quality',
  'gaps',
] as const;
/** One of them. */
export type ReportKind = (typeof REPORT_KINDS)[number];
const reportKindSchema = z.enum(REPORT_KINDS);

export const REPORT_FORMATS = ['pdf', 'xlsx', 'csv'] as const;
/** What an export is written as. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is asked about: whole days in Asia/Jakarta, both included; a session or an officer narrows it. */
export const reportRequestSchema = z.strictObject({
  kind: reportKindSchema,
  from: localDateSchema,
  to: localDateSchema,
  cashSessionId: uuidSchema.nullable().default(null),
  officerId: officerIdSchema.nullable().default(null),
});
export type ReportRequest = Readonly<z.infer<typeof reportRequestSchema>>;

/** Which entries stand behind a figure: those of the report that are also these. */
export const entryChoiceSchema = z.strictObject({
  from: localDateSchema.optional(),
  to: localDateSchema.optional(),
  cashSessionId: uuidSchema.nullable().optional(),
  officerId: officerIdSchema.nullable().optional(),
  accounts: z.array(z.string().max(60)).max(60).optional(),
  types: z.array(z.string().max(60)).max(20).optional(),
  seqs: z.array(z.int().positive()).max(20).optional(),
});
export type EntryChoice = Readonly<z.infer<typeof entryChoiceSchema>>;

/**
 * How a cell is read: `money` whole rupiah, `day` a LocalDate, `time` ms UTC, `plate` a number plate that is masked
 * unless a supervisor asks for it.
 */
export const columnKindSchema = z.enum(['text', 'money', 'count', 'day', 'time', 'plate']);
export type ColumnKind = z.infer<typeof columnKindSchema>;

const columnSchema = z.object({ key: z.string(), label: z.string(), kind: columnKindSchema });
export type ReportColumn = Readonly<z.infer<typeof columnSchema>>;

const cellSchema = z.union([z.string(), z.number(), z.null()]);
export type ReportCell = z.infer<typeof cellSchema>;

const rowSchema = z.object({
  cells: z.array(cellSchema),
  /** `carried`: a balance from before; `attention`: somebody should look; null for any other. */
  look: z.enum(['carried', 'attention']).nullable(),
  choice: entryChoiceSchema.nullable(),
});
export type ReportRow = Readonly<z.infer<typeof rowSchema>>;

const sectionSchema = z.object({
  title: z.string(),
  columns: z.array(columnSchema),
  /** The first rows; the rest is asked for by `reports.rows`. */
  rows: z.array(rowSchema),
  rowCount: z.int().nonnegative(),
  /** One cell per column; null where there is nothing to add up. */
  totals: z.array(cellSchema).nullable(),
  /** Names and figures below the table. */
  facts: z.array(z.object({ label: z.string(), kind: columnKindSchema, value: cellSchema })),
});

const chartSchema = z.object({
  kind: z.enum(['days', 'hours', 'ages']),
  series: z.array(z.object({ key: z.string(), label: z.string() })).max(12),
  points: z.array(z.object({ label: z.string(), values: z.array(z.number()) })),
});
export type ReportChart = Readonly<z.infer<typeof chartSchema>>;

/** From which entries the figures come. */
const sourceSchema = z.object({
  /** First and last entry of the report; null when none belongs to it. */
  fromSeq: z.int().positive().nullable(),
  toSeq: z.int().positive().nullable(),
  /** The newest entry of the journal when it was made, and its hash: nothing later is in the figures. */
  headSeq: z.int().nonnegative(),
  head: hashSchema.nullable(),
  madeAt: instantSchema,
  timeTrust: timeTrustSchema,
});
export type ReportSource = Readonly<z.infer<typeof sourceSchema>>;

export const reportSheetSchema = z.object({
  /** For `reports.rows` and `reports.export`; gone when the program is started again. */
  reportId: z.string().max(60),
  kind: reportKindSchema,
  title: z.string(),
  /** Outlet, period, what it was narrowed to: the lines under the title. */
  lines: z.array(z.string()),
  from: localDateSchema,
  to: localDateSchema,
  source: sourceSchema,
  /** An open drawer that must be counted blind is left out of what its officer sees. */
  leavesOutOpenSession: z.boolean(),
  sections: z.array(sectionSchema),
  chart: chartSchema.nullable(),
});
export type ReportSheet = Readonly<z.infer<typeof reportSheetSchema>>;

/** An entry behind a figure. */
export const reportEntrySchema = z.object({
  seq: z.int().positive(),
  recordedAt: instantSchema,
  type: z.string(),
  label: z.string(),
  number: z.string().nullable(),
  officer: z.string().nullable(),
  amount: z.number(),
  /** For Riwayat; null for what is no sale. */
  transactionId: uuidSchema.nullable(),
});

export const exportedReportSchema = z.object({
  exportId: uuidSchema,
  file: z.string(),
  format: z.enum(REPORT_FORMATS),
  bytes: z.int().positive(),
  rows: z.int().nonnegative(),
  sha256: hashSchema,
});
export type ExportedReport = Readonly<z.infer<typeof exportedReportSchema>>;
