import { z } from 'zod';
import { instantSchema, localDateSchema, textSchema, uuidSchema } from './primitives.ts';

/** Plain text, with line breaks; never anything that a screen would interpret. */
export const announcementTitleSchema = textSchema(80).trim().min(3);
export const announcementTextSchema = textSchema(1000).trim().min(3);

/** An item of feed `announcements` (scope: device id): what a supervisor tells the outlets of his region. */
export const announcementItemSchema = z.object({
  announcementId: uuidSchema,
  title: textSchema(80),
  text: textSchema(1000),
  /** Who wrote it, by name. */
  from: z.string().max(120),
  madeAt: instantSchema,
  /** The last day on which it is shown. */
  untilOn: localDateSchema,
  withdrawn: z.boolean(),
});
export type AnnouncementItem = Readonly<z.infer<typeof announcementItemSchema>>;
