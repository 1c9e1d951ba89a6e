import { z } from 'zod';
import { announcementItemSchema } from './feeds-people.ts';
import {
  announcedSchema,
  issuedCodeSchema,
  outletReadersSchema,
  peopleDoneSchema,
  peopleOfficersAnswerSchema,
  regionOfficerSchema,
} from './people.ts';
import { officerIdSchema } from './primitives.ts';
import { listOf } from './views-region.ts';

/** An announcement at the counter that it is for; `readBy` are the people who pressed Dibaca here. */
export const announcementViewSchema = announcementItemSchema
  .omit({ withdrawn: true })
  .extend({ readBy: z.array(officerIdSchema) });
export type AnnouncementView = Readonly<z.infer<typeof announcementViewSchema>>;

export const peopleOfficersViewSchema = listOf(regionOfficerSchema).extend({
  /** Null while nothing was ever loaded. */
  head: peopleOfficersAnswerSchema.pick({ today: true, outlets: true }).nullable(),
});
export type PeopleOfficersView = Readonly<z.infer<typeof peopleOfficersViewSchema>>;
export const peopleCodesViewSchema = listOf(issuedCodeSchema);
export type PeopleCodesView = Readonly<z.infer<typeof peopleCodesViewSchema>>;
export const peopleAnnouncementsViewSchema = listOf(announcedSchema);
export type PeopleAnnouncementsView = Readonly<z.infer<typeof peopleAnnouncementsViewSchema>>;
export const peopleReadersViewSchema = listOf(outletReadersSchema);
export type PeopleReadersView = Readonly<z.infer<typeof peopleReadersViewSchema>>;

/** What was done; an enrolment code comes with the ticket that the wizard scans or reads from a flashdisk. */
export const peopleDoneViewSchema = peopleDoneSchema.extend({ ticket: z.string().max(260).nullable() });
export type PeopleDoneView = Readonly<z.infer<typeof peopleDoneViewSchema>>;
