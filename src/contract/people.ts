import { z } from 'zod';
import { announcementTextSchema, announcementTitleSchema } from './feeds-people.ts';
import {
  instantSchema,
  localDateSchema,
  officerIdSchema,
  outletIdSchema,
  roleSchema,
  textSchema,
  uuidSchema,
} from './primitives.ts';
import { asks, count, cursor, name, paged } from './region-parts.ts';

/**
 * Questions and acts of a supervisor about the people of his region. Each is a POST signed by the device that is appointed to
 * him; his scope is that of `region.ts`, on the day of today.
 */
const outlet = z.object({ outletId: outletIdSchema, name });

/* -- POST /v1/people/officers ------------------------------------------------------------------------------------ */

export const peopleOfficersRequestSchema = z.object({ ...asks, ...paged(100) });
export type PeopleOfficersRequest = Readonly<z.infer<typeof peopleOfficersRequestSchema>>;

export const regionOfficerSchema = z.object({
  officerId: officerIdSchema,
  name: z.string().max(80),
  role: roleSchema,
  outlet,
  active: z.boolean(),
  /** Why he was suspended, in the words of who did it; null where nobody said so. */
  reason: z.string().max(300).nullable(),
  /** He has a one-time start code, good until then, and no PIN of his own yet. */
  startsUntil: instantSchema.nullable(),
  /** Where he stands in for somebody today. */
  substituteAt: outlet.nullable(),
  /** Where he goes, and from which day on. */
  move: outlet.extend({ fromOn: localDateSchema }).nullable(),
  lastSignInAt: instantSchema.nullable(),
  /** Locked out by wrong PINs at some counter until then. */
  lockedUntil: instantSchema.nullable(),
  /** The cash session that he has open, as far as the province knows. */
  session: outlet.extend({ openedOn: localDateSchema }).nullable(),
  /** Null where this supervisor may act; else why not. */
  mayNot: z.enum(['SELF', 'NOT_AN_OFFICER']).nullable(),
});
export type RegionOfficer = Readonly<z.infer<typeof regionOfficerSchema>>;

export const peopleOfficersAnswerSchema = z.object({
  asOf: instantSchema,
  today: localDateSchema,
  /** All outlets of his region, by name: where somebody may be put. */
  outlets: z.array(outlet).max(1000),
  officers: z.array(regionOfficerSchema).max(100),
  next: cursor,
});
export type PeopleOfficersAnswer = Readonly<z.infer<typeof peopleOfficersAnswerSchema>>;

/* -- POST /v1/people/codes --------------------------------------------------------------------------------------- */

export const peopleCodesRequestSchema = z.object({ ...asks, ...paged(100) });
export type PeopleCodesRequest = Readonly<z.infer<typeof peopleCodesRequestSchema>>;

export const issuedCodeSchema = z.object({
  codeId: z.string().max(20),
  outlet,
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  /** Null where the province itself issued it. */
  issuedBy: name.nullable(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  usedAt: instantSchema.nullable(),
});
export type IssuedCodeRow = Readonly<z.infer<typeof issuedCodeSchema>>;
export const peopleCodesAnswerSchema = z.object({
  asOf: instantSchema,
  codes: z.array(issuedCodeSchema).max(100),
  next: cursor,
});
export type PeopleCodesAnswer = Readonly<z.infer<typeof peopleCodesAnswerSchema>>;

/* -- POST /v1/people/announcements, /v1/people/readers ----------------------------------------------------------- */

export const peopleAnnouncementsRequestSchema = z.object({ ...asks, ...paged(50) });
export type PeopleAnnouncementsRequest = Readonly<z.infer<typeof peopleAnnouncementsRequestSchema>>;

export const announcedSchema = z.object({
  announcementId: uuidSchema,
  title: textSchema(80),
  text: textSchema(1000),
  by: name,
  madeAt: instantSchema,
  untilOn: localDateSchema,
  withdrawnAt: instantSchema.nullable(),
  outlets: count,
  /** People of those outlets who work there now, and how many of them have read it. */
  people: count,
  read: count,
});
export type Announced = Readonly<z.infer<typeof announcedSchema>>;
export const peopleAnnouncementsAnswerSchema = z.object({
  asOf: instantSchema,
  announcements: z.array(announcedSchema).max(50),
  next: cursor,
});
export type PeopleAnnouncementsAnswer = Readonly<z.infer<typeof peopleAnnouncementsAnswerSchema>>;

export const peopleReadersRequestSchema = z.object({ ...asks, announcementId: uuidSchema, ...paged(50) });
export type PeopleReadersRequest = Readonly<z.infer<typeof peopleReadersRequestSchema>>;

export const outletReadersSchema = outlet.extend({
  /** Who works there now, and who has read it and works there no more. */
  people: z.array(z.object({ officerId: officerIdSchema, name, readAt: instantSchema.nullable() })).max(200),
});
export type OutletReaders = Readonly<z.infer<typeof outletReadersSchema>>;
/** Outlets where somebody has not read it stand first. */
export const peopleReadersAnswerSchema = z.object({ outlets: z.array(outletReadersSchema).max(50), next: cursor });
export type PeopleReadersAnswer = Readonly<z.infer<typeof peopleReadersAnswerSchema>>;

/* -- POST /v1/people/act ----------------------------------------------------------------------------------------- */

const ofOfficer = { officerId: officerIdSchema };
const reason = textSchema(300).trim().min(3);

/** What a supervisor does about people. Nobody acts on himself, nor on anybody but officers. */
export const peopleActSchema = z.discriminatedUnion('act', [
  /** A new officer; he chooses his PIN at the counter with the start code of the answer. */
  z.strictObject({
    act: z.literal('create'),
    ...ofOfficer,
    name: textSchema(80).trim().min(3),
    outletId: outletIdSchema,
  }),
  z.strictObject({ act: z.literal('suspend'), ...ofOfficer, reason }),
  z.strictObject({ act: z.literal('reinstate'), ...ofOfficer, reason }),
  z.strictObject({ act: z.literal('move'), ...ofOfficer, outletId: outletIdSchema, fromOn: localDateSchema }),
  /** His PIN ends at once; the answer has a start code. */
  z.strictObject({ act: z.literal('reset-pin'), ...ofOfficer }),
  /** An enrolment code for one computer of an outlet. */
  z.strictObject({ act: z.literal('issue-code'), outletId: outletIdSchema }),
  z.strictObject({ act: z.literal('revoke-code'), codeId: z.string().regex(/^[0-9A-Z]{8}$/) }),
  z.strictObject({
    act: z.literal('announce'),
    title: announcementTitleSchema,
    text: announcementTextSchema,
    untilOn: localDateSchema,
    /** Null for every outlet of his region. */
    outletIds: z.array(outletIdSchema).min(1).max(1000).nullable(),
  }),
  z.strictObject({ act: z.literal('withdraw'), announcementId: uuidSchema }),
]);
export type PeopleAct = Readonly<z.infer<typeof peopleActSchema>>;

/** `requestId` is born at the device: the same act again, after an answer that was lost, is done once. */
export const peopleActRequestSchema = z.object({ ...asks, requestId: uuidSchema, asked: peopleActSchema });
export type PeopleActRequest = Readonly<z.infer<typeof peopleActRequestSchema>>;

/** Why nothing was done. */
const peopleRefusalSchema = z.enum([
  'OFFICER_KNOWN',
  'OFFICER_UNKNOWN',
  'SELF',
  'NOT_AN_OFFICER',
  'ALREADY_SO',
  'SAME_OUTLET',
  'DATE_PAST',
  'CODE_UNKNOWN',
  'CODE_OVER',
  'ANNOUNCEMENT_UNKNOWN',
  'REQUEST_OTHER',
]);
export type PeopleRefusal = z.infer<typeof peopleRefusalSchema>;

export const peopleDoneSchema = z.object({
  /** True where the same request was done before: a code is told once and stands in no answer again. */
  repeated: z.boolean(),
  /** Start code or enrolment code. */
  code: z.string().max(60).nullable(),
  expiresAt: instantSchema.nullable(),
  /** The open cash session of whom it concerns. */
  session: outlet.extend({ openedOn: localDateSchema }).nullable(),
});
export type PeopleDone = Readonly<z.infer<typeof peopleDoneSchema>>;
export const peopleActAnswerSchema = z.discriminatedUnion('done', [
  peopleDoneSchema.extend({ done: z.literal(true) }),
  z.object({ done: z.literal(false), refusal: peopleRefusalSchema }),
]);
export type PeopleActAnswer = Readonly<z.infer<typeof peopleActAnswerSchema>>;
