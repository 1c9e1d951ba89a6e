import { z } from 'zod';
import { outletIdSchema, localDateSchema, textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { monthSchema } from './region.ts';
import { dayPaperViewSchema, monthViewSchema, qualityViewSchema, signalsViewSchema } from './views-insight.ts';
import { exportedReportSchema } from './views-reports.ts';

const part = { offset: z.int().nonnegative().max(1_000_000), limit: z.int().min(1).max(200) };
const ofPart = { outletId: outletIdSchema, businessOn: localDateSchema, part: z.int().nonnegative().max(9999) };

/** What a supervisor reads of weeks and months, and what of it leaves as a file; loaded by `region.load`, read from the disk. */
export const apiInsight = {
  'insight.month': query({
    access: 'supervisor',
    input: z.strictObject({ month: monthSchema, ...part }),
    output: monthViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'insight.signals': query({
    access: 'supervisor',
    input: z.strictObject(part),
    output: signalsViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'insight.quality': query({
    access: 'supervisor',
    input: z.strictObject(part),
    output: qualityViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'insight.paper': query({
    access: 'supervisor',
    input: z.strictObject(ofPart),
    output: dayPaperViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  /** Writes what was loaded, whole or not at all, and records it. A month must be here with all of its pages. */
  'insight.export': command({
    access: 'supervisor',
    input: z.strictObject({
      what: z.discriminatedUnion('of', [
        z.strictObject({ of: z.literal('paper'), ...ofPart, format: z.literal('pdf') }),
        z.strictObject({ of: z.literal('month'), month: monthSchema, format: z.enum(['xlsx', 'csv']) }),
      ]),
      /** One of `reports.places`. */
      folder: textSchema(1000).min(1),
    }),
    output: exportedReportSchema,
    errors: ['REGION_PAGES_LACK', 'REPORT_EXPORT_FAILED'],
  }),
} as const;
