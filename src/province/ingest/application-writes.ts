import type { Insertable } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import { catchUp } from '../applications/returned-words.ts';
import type { Tx } from '../db/open.ts';
import type { StandingState } from '../db/schema-applications.ts';
import type { Database } from '../db/schema.ts';
import type { ReadBody } from './typed-body.ts';

type ApplicationRow = Insertable<Database['application']>;
type StepRow = Insertable<Database['application_step']>;

/** What entries of counters say of applications. */
export type ApplicationWrites = { readonly rows: ApplicationRow[]; readonly steps: StepRow[] };

/** The kind that a hand-over of an agency's result names; other hand-overs are of originals alone. */
const RESULT = 'result';

/** An accepted entry; `receivedAt` in ms UTC. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

/** Collects what an accepted entry says of an application; entries of other kinds say nothing. */
export function addApplication(writes: ApplicationWrites, { envelope, hash, read, receivedAt }: Taken): void {
  const step = (applicationId: string, state: StandingState, missing: readonly string[]): StepRow => ({
    device_id: envelope.deviceId,
    application_id: applicationId,
    step_id: hash,
    at: receivedAt,
    state,
    reason: null,
    missing: [...missing],
    agency_number: null,
    said_by: 'counter',
  });
  if (read.type === 'application.received') {
    const { applicationId, missing, sealed } = read.body;
    const state = missing.length > 0 ? 'incomplete' : 'received';
    writes.rows.push({
      device_id: envelope.deviceId,
      application_id: applicationId,
      hash,
      service_id: read.body.serviceId,
      pack_version: read.body.packVersion,
      number: read.body.applicationNumber,
      agency: read.body.agency,
      received_on: read.body.receivedOn,
      promised_on: read.body.promisedOn,
      subject: sealed.subject,
      received_at: receivedAt,
      state,
      missing: [...missing],
      agency_number: null,
      moved_at: receivedAt,
    });
    writes.steps.push(step(applicationId, state, missing));
  }
  if (read.type === 'application.completed') {
    const { applicationId, missing } = read.body;
    writes.steps.push(step(applicationId, missing.length > 0 ? 'incomplete' : 'received', missing));
  }
  if (read.type === 'originals.handed-over' && read.body.kinds.includes(RESULT)) {
    writes.steps.push(step(envelope.stream, 'handed-over', []));
  }
}

/** A counter completes what stands with it, and hands over what is ready or came back; the agency's own states it leaves. */
const FROM: { readonly [state in StandingState]?: readonly StandingState[] } = {
  received: ['received', 'incomplete'],
  incomplete: ['received', 'incomplete'],
  'handed-over': ['ready', 'returned'],
};

/** Writes rows and steps, each once, and moves the applications by them in the order of the chain. */
export async function writeApplications(tx: Tx, { rows, steps }: ApplicationWrites): Promise<void> {
  if (rows.length > 0) {
    const written = await tx
      .insertInto('application')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['device_id', 'application_id'])
      .execute();
    // After a restore the words of its agency may be here before the application itself.
    for (const row of written) await catchUp(tx, row.device_id, row.application_id);
  }
  for (const step of steps) {
    const written = await tx
      .insertInto('application_step')
      .values(step)
      .onConflict((conflict) => conflict.doNothing())
      .returning('step_id')
      .executeTakeFirst();
    if (written === undefined) continue;
    await tx
      .updateTable('application')
      .set((eb) => ({
        state: step.state,
        missing: step.missing,
        moved_at: eb.fn<number>('greatest', ['moved_at', eb.val(step.at)]),
      }))
      .where('device_id', '=', step.device_id)
      .where('application_id', '=', step.application_id)
      .where('state', 'in', [...(FROM[step.state] ?? [])])
      .execute();
  }
}
