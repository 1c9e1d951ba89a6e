import { z } from 'zod';
import { instantSchema, officerIdSchema } from './primitives.ts';

/**
 * Every question about a region is a POST signed by the device that is appointed to the asking supervisor. What he sees is
 * his: the outlets of his regions on the day in question, those that are put under him by name, and those of a colleague
 * whose letter of delegation is in force today.
 */
export const asks = { supervisorId: officerIdSchema };
/** Where the page before ended; opaque, null for the first. */
export const cursor = z.string().max(200).nullable();
export const paged = (most: number) => ({ cursor, limit: z.int().min(1).max(most) });
export const count = z.int().nonnegative();
/** Of a person, an outlet, a region. */
export const name = z.string().max(120);
export const person = z.object({ officerId: officerIdSchema, name });
/** Who said something, and when by the clock of his device. */
export const saidBy = person.extend({ at: instantSchema });
