import type { z } from 'zod';
import { regionDayPaperAnswerSchema } from './day-paper.ts';
import {
  regionQualityAnswerSchema,
  regionQualityOutletSchema,
  regionSignalSchema,
  regionSignalsAnswerSchema,
} from './region-insight.ts';
import { regionMonthAnswerSchema } from './region.ts';
import { keptSchema, listOf } from './views-region.ts';

/** A month as it is kept: what the newest page says of the whole region, and outlets as far as they were loaded. */
export const monthViewSchema = listOf(regionMonthAnswerSchema.shape.outlets.element).extend({
  head: regionMonthAnswerSchema.omit({ outlets: true, next: true }).nullable(),
});
export type MonthView = Readonly<z.infer<typeof monthViewSchema>>;

export const signalsViewSchema = listOf(regionSignalSchema).extend({
  head: regionSignalsAnswerSchema.omit({ signals: true, next: true }).nullable(),
});
export type SignalsView = Readonly<z.infer<typeof signalsViewSchema>>;

export const qualityViewSchema = listOf(regionQualityOutletSchema).extend({
  head: regionQualityAnswerSchema.omit({ outlets: true, next: true }).nullable(),
});
export type QualityView = Readonly<z.infer<typeof qualityViewSchema>>;

export const dayPaperViewSchema = keptSchema.extend({ paper: regionDayPaperAnswerSchema.nullable() });
export type DayPaperView = Readonly<z.infer<typeof dayPaperViewSchema>>;
