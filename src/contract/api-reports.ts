import { z } from 'zod';
import { textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import {
  entryChoiceSchema,
  exportedReportSchema,
  REPORT_FORMATS,
  reportEntrySchema,
  reportRequestSchema,
  reportSheetSchema,
} from './views-reports.ts';
import { mediumPlaceSchema } from './views-roads.ts';

const reportId = textSchema(60).min(1);
const page = { offset: z.int().nonnegative(), limit: z.int().min(1).max(500) };

/** Reports without a line: computed beside the counter, from the ledger lines and the entries of its journal. */
export const apiReports = {
  /** Needs no line and delays no sale. The figures are those of the journal's head at this moment. */
  'reports.make': query({
    access: 'signed-in',
    input: reportRequestSchema,
    output: reportSheetSchema,
    errors: ['REPORT_PERIOD_INVALID', 'FORBIDDEN'],
    staleAfter: ['cash-session', 'transactions'],
  }),
  /** More rows of a report that was made; NOT_FOUND when it has to be made again. */
  'reports.rows': query({
    access: 'signed-in',
    input: z.strictObject({ reportId, section: z.int().nonnegative().max(500), ...page }),
    output: z.object({ rows: reportSheetSchema.shape.sections.element.shape.rows }),
    errors: ['NOT_FOUND'],
    staleAfter: [],
  }),
  /** The entries behind a figure of a report that was made. */
  'reports.entries': query({
    access: 'signed-in',
    input: z.strictObject({ reportId, choice: entryChoiceSchema, ...page }),
    output: z.object({ entries: z.array(reportEntrySchema), count: z.int().nonnegative(), sum: z.number() }),
    errors: ['NOT_FOUND'],
    staleAfter: [],
  }),
  /** The folder of the counter's own computer, and the media that are plugged in. */
  'reports.places': query({
    access: 'signed-in',
    input: z.strictObject({}),
    output: z.array(mediumPlaceSchema.omit({ files: true })),
    errors: [],
    staleAfter: ['device'],
  }),
  /** Writes exactly what is on the screen, whole or not at all, and records it. Plates are shown to a supervisor with a reason only. */
  'reports.export': command({
    access: 'signed-in',
    input: z.strictObject({
      reportId,
      format: z.enum(REPORT_FORMATS),
      /** One of `reports.places`. */
      folder: textSchema(1000).min(1),
      platesReason: textSchema(200).trim().min(5).nullable().default(null),
    }),
    output: exportedReportSchema,
    errors: ['NOT_FOUND', 'REPORT_EXPORT_FAILED', 'FORBIDDEN'],
  }),
} as const;
