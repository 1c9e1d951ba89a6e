import { z } from 'zod';
import { uuidSchema } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Tx } from '../db/open.ts';
import { eraseSubjectKeys } from '../ingest/subject-keys.ts';
import type { ProvinceContext } from '../province-context.ts';
import { removeErasedBytes } from './erased-bytes.ts';

/** What is gone, and what waits: the key of a sale is kept until it is booked, and erased by the booking. */
export type ErasedPerson = { readonly devices: number; readonly pages: number; readonly keysWaiting: number };

const ofCaseSchema = z.object({ type: z.literal('case.opened'), body: z.object({ caseId: uuidSchema }) });
const sealedSchema = z.object({ body: z.object({ sealed: z.object({ subject: uuidSchema }) }) });

/** Whose keys open anything of this stream on this device: the stream's own, those that its entries name, its cases' pages. */
async function subjectsOf(tx: Tx, deviceId: string, stream: string): Promise<readonly string[]> {
  const entries = await tx
    .selectFrom('entry')
    .select('text')
    .where('device_id', '=', deviceId)
    .where('stream', '=', stream)
    .execute();
  const named = entries.flatMap(({ text }) => sealedSchema.safeParse(JSON.parse(text)).data?.body.sealed.subject ?? []);
  const cases = entries.flatMap(({ text }) => ofCaseSchema.safeParse(JSON.parse(text)).data?.body.caseId ?? []);
  return [...new Set([stream, ...named, ...cases])];
}

async function eraseOn(tx: Tx, context: ProvinceContext, deviceId: string, stream: string, reason: string) {
  const at = context.now();
  // Pushes and pages of this device wait here: what they bring of this person is erased with the rest.
  await tx.selectFrom('device').select('device_id').where('device_id', '=', deviceId).forUpdate().execute();
  const subjects = await subjectsOf(tx, deviceId, stream);
  const { count } = await tx
    .selectFrom('document_key')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('device_id', '=', deviceId)
    .where('stream', 'in', subjects)
    .executeTakeFirstOrThrow();
  await tx.insertInto('person_erasure').values({ device_id: deviceId, stream, reason, erased_at: at }).execute();
  await tx
    .insertInto('erased_subject')
    .values(subjects.map((subject) => ({ device_id: deviceId, subject, erased_at: at })))
    .onConflict((conflict) => conflict.columns(['device_id', 'subject']).doNothing())
    .execute();
  await eraseSubjectKeys(tx, deviceId, at);
  // What waits to be told to the payer holds the phone number.
  await tx.deleteFrom('notification').where('device_id', '=', deviceId).where('transaction_id', '=', stream).execute();
  const left = await tx
    .selectFrom('subject_key')
    .select('subject')
    .where('device_id', '=', deviceId)
    .where('subject', 'in', subjects)
    .executeTakeFirst();
  return { pages: Number(count), waits: left !== undefined };
}

/**
 * Erases one citizen's papers and personal data of one transaction or application: keys are deleted, nothing that was
 * signed changes, and every chain still verifies. Keys that a counter sends again are erased again.
 */
export async function erasePerson(
  context: ProvinceContext,
  stream: string,
  reason: string,
): Promise<Result<ErasedPerson, 'STREAM_UNKNOWN'>> {
  const { db } = context;
  const ofEntries = await db.selectFrom('entry').select('device_id').distinct().where('stream', '=', stream).execute();
  const ofPages = await db.selectFrom('document').select('device_id').distinct().where('stream', '=', stream).execute();
  // In one order, so that two erasures of the same person wait for each other instead of for ever.
  const devices = [...new Set([...ofEntries, ...ofPages].map((row) => row.device_id))].sort();
  if (devices.length === 0) return err('STREAM_UNKNOWN');
  const sum = { devices: devices.length, pages: 0, keysWaiting: 0 };
  await db.transaction().execute(async (tx) => {
    for (const deviceId of devices) {
      const erased = await eraseOn(tx, context, deviceId, stream, reason);
      sum.pages += erased.pages;
      sum.keysWaiting += erased.waits ? 1 : 0;
    }
  });
  await removeErasedBytes(context);
  context.log('warn', 'PERSON_ERASED', sum);
  return ok(sum);
}
