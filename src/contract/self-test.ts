import { z } from 'zod';
import { instantSchema, textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { saidSchema } from './self-test-words.ts';

/** What the computer tests by itself, in the order in which an installer reads it. */
export const MACHINE_STEPS = [
  'disk',
  'durability',
  'clock',
  'key-store',
  'backup',
  'mirror',
  'line',
  'qr',
  'printer',
] as const;
/** What needs a person's hand: the page watches, and notes what it saw. */
export const HAND_STEPS = ['keys', 'scanner', 'camera'] as const;

const machineStepSchema = z.enum(MACHINE_STEPS);
export type MachineStep = z.infer<typeof machineStepSchema>;
const stepSchema = z.enum([...MACHINE_STEPS, ...HAND_STEPS]);
export type SelfTestStep = z.infer<typeof stepSchema>;

/** What one step found: a sentence for a person, and the figures behind it; never a person's data. */
export const stepFindingSchema = z.object({
  succeeded: z.boolean(),
  /** In Indonesian. */
  message: z.string(),
  /** The same without its words, for a screen in another language; none in what an older program found. */
  said: z.array(saidSchema).default([]),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type StepFinding = Readonly<z.infer<typeof stepFindingSchema>>;

export const stepResultSchema = stepFindingSchema.extend({
  step: stepSchema,
  /** ms UTC. */
  at: instantSchema,
  tookMs: z.int().nonnegative(),
});
export type StepResult = Readonly<z.infer<typeof stepResultSchema>>;

/** What a person saw, or what the page saw of a person's hand. */
const noteSchema = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('keys'),
    arrived: z.array(z.string().max(20)).max(30),
    /** Keys that did not arrive and have a twin that does the same. */
    twins: z.array(z.string().max(20)).max(30),
    /** Keys that did not arrive and have none. */
    missing: z.array(z.string().max(20)).max(30),
  }),
  z.strictObject({
    step: z.literal('scanner'),
    /** Whether what was read is what stands on the test page. */
    matched: z.boolean(),
    characters: z.int().min(0).max(500),
    tookMs: z.int().min(0).max(60_000),
  }),
  z.strictObject({
    step: z.literal('camera'),
    works: z.boolean(),
    width: z.int().min(0).max(20_000),
    height: z.int().min(0).max(20_000),
  }),
  z.strictObject({
    step: z.literal('printer'),
    printerId: textSchema(60),
    /** The number at the end of the longest whole line of the ruler. */
    columns: z.int().min(32).max(136),
    cuts: z.boolean(),
  }),
]);
export type SelfTestNote = Readonly<z.infer<typeof noteSchema>>;

/** Lengths of the lines of the ruler page: widths that printers of the trade have, in columns. */
export const RULER_COLUMNS = [32, 35, 40, 42, 44, 48, 56, 64, 80, 96, 136] as const;

/** What a scanner reads off the test page. */
export const SCANNER_TEST_TEXT = 'https://opop.example/t#UJI-CETAK';

const nothing = z.strictObject({});
/** A folder; null for one beside the data. */
const place = z.strictObject({ to: textSchema(1000).min(1).nullable().default(null) });
const written = z.object({ file: z.string(), bytes: z.int().positive() });

/** *Uji mandiri*: no citizen's data is in it, so anyone at the counter may ask for it, also when nobody may sign in. */
export const apiSelfTest = {
  'self-test.results': query({
    access: 'public',
    input: nothing,
    /** The newest result of each step that was ever run. */
    output: z.array(stepResultSchema),
    errors: [],
    staleAfter: ['device'],
  }),
  /** Runs one step; the printer's prints the ruler page. */
  'self-test.run': command({
    access: 'public',
    input: z.strictObject({ step: machineStepSchema }),
    output: stepResultSchema,
    errors: [],
  }),
  'self-test.note': command({
    access: 'signed-in',
    input: z.strictObject({ noted: noteSchema }),
    output: stepResultSchema,
    errors: ['PRINTER_UNKNOWN'],
  }),
  /** The results as a sheet for the hand-over. */
  'self-test.save': command({ access: 'public', input: place, output: written, errors: ['EXPORT_FAILED'] }),
  /** The card for the desk of this outlet: ten keys, three troubles, phone numbers. */
  'device.desk-card': command({ access: 'signed-in', input: place, output: written, errors: ['EXPORT_FAILED'] }),
  /** What support needs to know of this computer, without a person in it. */
  'self-test.diagnostics': command({ access: 'public', input: place, output: written, errors: ['EXPORT_FAILED'] }),
} as const;
