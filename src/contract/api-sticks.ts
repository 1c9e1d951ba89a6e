import { z } from 'zod';
import { textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { carryingSchema, overdueViewSchema, stickViewSchema, takenBundleSchema } from './views-sticks.ts';

const pathSchema = textSchema(1000).min(1);
const LINE_ERRORS = [
  'NO_LINE',
  'PROVINCE_REFUSED',
  'PROVINCE_ANSWER_INVALID',
  'REGION_NOT_APPOINTED',
  'REGION_OUT_OF_SCOPE',
  'REGION_BUSY',
] as const;

/** Flashdisks of outlets without a line, at a supervisor's office. */
export const apiSticks = {
  /** The bundles in a folder, and whose they are as the province says; without a line as their names say. */
  'region.look-stick': command({
    access: 'supervisor',
    input: z.strictObject({ folder: pathSchema }),
    output: stickViewSchema,
    errors: [...LINE_ERRORS, 'STICK_UNREADABLE'],
  }),
  /**
   * Brings one bundle to the province and its answer back beside it, or into another folder. What broke off goes on where
   * it stopped when it is asked for again; the same bundle again gives the same end state.
   */
  'region.take-bundle': command({
    access: 'supervisor',
    input: z.strictObject({ file: pathSchema, withRegistry: z.boolean(), answerFolder: pathSchema.nullable() }),
    output: takenBundleSchema,
    errors: [...LINE_ERRORS, 'STICK_UNREADABLE', 'BUNDLE_REFUSED'],
  }),
  /** The bundle that is on its way now. */
  'region.carrying': query({
    access: 'supervisor',
    input: z.strictObject({}),
    output: carryingSchema.nullable(),
    errors: [],
    staleAfter: [],
  }),
  /** Outlets that are overdue, those that bring flashdisks first; of what was loaded of the region. */
  'region.overdue': query({
    access: 'supervisor',
    input: z.strictObject({ limit: z.int().min(1).max(200) }),
    output: overdueViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
} as const;
