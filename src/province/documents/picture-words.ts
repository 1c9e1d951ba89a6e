import { z } from 'zod';

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the province asks of the process that decodes pictures, one at a time. */
export const pictureJobSchema = z.object({
  id: z.int().positive(),
  job: z.enum(['check', 'redraw']),
  bytes: bytesSchema,
});
export type PictureJob = Readonly<z.infer<typeof pictureJobSchema>>;

/** What it answers: the size of one JPEG, or that it is none; for `redraw` the pixels as a new JPEG. */
export const pictureAnswerSchema = z.object({
  id: z.int().positive(),
  verdict: z.enum(['PICTURE', 'NOT_A_PICTURE', 'TOO_LARGE']),
  width: z.int().nonnegative(),
  height: z.int().nonnegative(),
  redrawn: bytesSchema.nullable(),
});
export type PictureAnswer = Readonly<z.infer<typeof pictureAnswerSchema>>;
