import { fieldsOfCode, type PageCode } from './code-meaning.ts';
import { fitField } from './field-grammar.ts';
import { findFields } from './find-fields.ts';
import type { ReadField, RecognisedPage } from './recognised.ts';

/** A value that a paper seems to bear; nothing takes it but a person. */
type Proposal = {
  readonly field: ReadField;
  readonly proposed: string;
  /** From 0 to 1; from `SURE` on it is shown as sure. */
  readonly confidence: number;
  readonly from: 'barcode' | 'text';
};

/** Above this a proposal is shown as sure; the bench counts how often such a one is wrong. */
export const SURE = 0.85;

/** Below this a proposal would only be in the way. */
const LEAST = 0.25;

const FIELDS: readonly ReadField[] = ['nrkb', 'nik', 'chassis', 'engine'];

type Reading = { readonly value: string | null; readonly proof: number; readonly weight: number };

/** Digits compared with the ten shapes of their typeface are worth this many readings of letters. */
const SHAPES_WEIGH = 5;
/** A text of which the grammar makes nothing may be a torn one as well as another number. */
const NOTHING_WEIGHS = 0.5;

function readingOf(field: ReadField, text: string, confidence: number, worth: number): Reading {
  const fitting = fitField(field, text);
  if (fitting === null) return { value: null, proof: 0, weight: worth * NOTHING_WEIGHS };
  const doubt = 1 + 0.5 * fitting.mended;
  return { value: fitting.value, proof: fitting.proof, weight: (worth * (0.3 + 0.7 * confidence)) / doubt };
}

/** Every reading of a field: the page's line, the line again by itself, the digits by their shapes. */
function readingsOf(field: ReadField, page: RecognisedPage): readonly Reading[] {
  const first = findFields(page.lines, page.width)
    .filter((found) => found.field === field)
    .map(({ text, confidence }) => readingOf(field, text, confidence, 1));
  const again = page.fields
    .filter((found) => found.field === field)
    .map(({ text, confidence, by }) => readingOf(field, text, confidence, by === 'shapes' ? SHAPES_WEIGH : 1));
  return [...first, ...again];
}

/** The value that most readings agree on; its confidence is their share of all, less where the grammar proves little. */
function weigh(readings: readonly Reading[]): { readonly value: string; readonly confidence: number } | null {
  const all = readings.reduce((sum, { weight }) => sum + weight, 0);
  const shares = new Map<string, { readonly share: number; readonly proof: number; readonly times: number }>();
  for (const { value, proof, weight } of readings) {
    const before = value === null ? undefined : shares.get(value);
    if (value !== null)
      shares.set(value, { share: (before?.share ?? 0) + weight / all, proof, times: (before?.times ?? 0) + 1 });
  }
  const [best] = [...shares].toSorted(([, left], [, right]) => right.share - left.share);
  if (best === undefined) return null;
  const [value, { share, proof, times }] = best;
  // What was read once only has nothing that agrees with it.
  return { value, confidence: share * (0.75 + 0.25 * proof) * (times === 1 && proof < 0.8 ? 0.6 : 1) };
}

/**
 * What a page seems to say, one proposal for each field at most: a code first, because it checks itself, then text. A
 * field of which nothing fits its grammar is not proposed.
 */
export function propose(codes: readonly PageCode[], page: RecognisedPage | null): readonly Proposal[] {
  const coded = codes.flatMap(fieldsOfCode);
  return FIELDS.flatMap((field): readonly Proposal[] => {
    const values = new Set(coded.filter((found) => found.field === field).map(({ value }) => value));
    const [value] = values;
    if (values.size === 1 && value !== undefined) {
      return [{ field, proposed: value, confidence: 0.99, from: 'barcode' }];
    }
    const read = page === null ? null : weigh(readingsOf(field, page));
    const confidence = Math.round((read?.confidence ?? 0) * 100) / 100;
    return read === null || confidence < LEAST ? [] : [{ field, proposed: read.value, confidence, from: 'text' }];
  });
}
