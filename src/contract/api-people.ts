import { z } from 'zod';
import { peopleActSchema } from './people.ts';
import { PIN_ERRORS } from './pin-errors.ts';
import { officerIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import {
  announcementViewSchema,
  peopleAnnouncementsViewSchema,
  peopleCodesViewSchema,
  peopleDoneViewSchema,
  peopleOfficersViewSchema,
  peopleReadersViewSchema,
} from './views-people.ts';
import { signInViewSchema } from './views-counter.ts';

const part = { offset: z.int().nonnegative().max(1_000_000), limit: z.int().min(1).max(200) };
const pin = z.string().regex(/^\d{6,12}$/);
const NEW_PIN_ERRORS = [...PIN_ERRORS, 'PIN_TOO_SIMPLE', 'PIN_NOT_CHANGED_HERE'] as const;

/** The people of a counter and of a region: own PINs, announcements, and what a supervisor does about officers. */
export const apiPeople = {
  /** Whoever is signed in changes his own PIN, also without a line; `officer.pin-changed`. */
  'sign-in.change-pin': command({
    access: 'signed-in',
    input: z.strictObject({ pin, newPin: pin }),
    output: z.strictObject({}),
    errors: NEW_PIN_ERRORS,
  }),
  /** Somebody with a start code chooses his own PIN, and is signed in with it. */
  'sign-in.choose-pin': command({
    access: 'public',
    input: z.strictObject({ officerId: officerIdSchema, code: pin, newPin: pin }),
    output: signInViewSchema,
    errors: [...NEW_PIN_ERRORS, 'SIGNED_IN_AS_OTHER'],
  }),
  /** What supervisors tell this outlet today, the newest first; no person of a citizen is in it. */
  'announcements.current': query({
    access: 'public',
    input: z.strictObject({}),
    output: z.array(announcementViewSchema),
    errors: [],
    staleAfter: ['announcements', 'registry'],
  }),
  /** Dibaca, for whoever is signed in; again and again is once. */
  'announcements.read': command({
    access: 'signed-in',
    input: z.strictObject({ announcementId: uuidSchema }),
    output: z.strictObject({}),
    errors: ['NOT_FOUND'],
  }),

  /** People of the region as they were loaded; `search` finds by name, number, outlet or role. */
  'people.officers': query({
    access: 'supervisor',
    input: z.strictObject({ search: textSchema(80), ...part }),
    output: peopleOfficersViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'people.codes': query({
    access: 'supervisor',
    input: z.strictObject(part),
    output: peopleCodesViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'people.announcements': query({
    access: 'supervisor',
    input: z.strictObject(part),
    output: peopleAnnouncementsViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'people.readers': query({
    access: 'supervisor',
    input: z.strictObject({ announcementId: uuidSchema, ...part }),
    output: peopleReadersViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  /**
   * One act over the line, under a fresh PIN, signed by this device. An act whose answer was lost is asked again under the
   * same number, so it is done once.
   */
  'people.act': command({
    access: 'supervisor',
    input: z.strictObject({ asked: peopleActSchema, pin }),
    output: peopleDoneViewSchema,
    errors: [
      ...PIN_ERRORS,
      'NO_LINE',
      'PROVINCE_REFUSED',
      'PROVINCE_ANSWER_INVALID',
      'REGION_NOT_APPOINTED',
      'REGION_OUT_OF_SCOPE',
      'REGION_BUSY',
      'PEOPLE_REFUSED',
    ],
  }),
  /** Writes an enrolment ticket that was just issued as a file for a flashdisk; one that is there is never written over. */
  'people.save-ticket': command({
    access: 'supervisor',
    input: z.strictObject({ folder: textSchema(500).min(1), codeId: z.string().regex(/^[0-9A-Z]{8}$/) }),
    output: z.object({ file: z.string() }),
    errors: ['NOT_FOUND', 'EXPORT_FAILED'],
  }),
} as const;
