import { z } from 'zod';

const columnSchema = z.string().trim().min(1).max(80);

/** Where the money of a row stands: a column of its own, a sign, or a mark such as CR and DB. */
const moneySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('credit-column'), credit: columnSchema }),
  z.strictObject({ kind: z.literal('signed'), amount: columnSchema }),
  z.strictObject({
    kind: z.literal('marked'),
    amount: columnSchema,
    mark: columnSchema,
    creditMarks: z.array(z.string().min(1).max(10)).min(1).max(5),
  }),
]);

/** How dates are written; `mmm` is a month in letters, Indonesian or English. */
const DATE_FORMS = ['dd/mm/yyyy', 'dd/mm/yy', 'mm/dd/yyyy', 'yyyy-mm-dd', 'dd-mm-yyyy', 'dd mmm yyyy'] as const;

/** In which shape one bank gives its statements; a person of the office saves it once for each bank. */
export const statementMappingSchema = z.strictObject({
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** The row that names the columns, counted from 1; what stands above it is the bank's letter head. */
  headRow: z.int().min(1).max(60),
  date: columnSchema,
  dateForm: z.enum(DATE_FORMS),
  money: moneySchema,
  /** Marks of a written amount: 1.250.000,00 or 1,250,000.00 or 1250000. */
  thousands: z.enum(['.', ',', ' ', '']),
  decimal: z.enum([',', '.']),
  /** Columns whose words may name a slip, in order. */
  texts: z.array(columnSchema).min(1).max(5),
});
export type StatementMapping = Readonly<z.infer<typeof statementMappingSchema>>;
