import type { AgencyState } from '../../domain/application-state.ts';
import type { Db, Tx } from '../db/open.ts';
import type { StandingState } from '../db/schema-applications.ts';

/** Papers that a counter took in for an agency; no person is in it. */
export type StandingApplication = {
  readonly deviceId: string;
  readonly applicationId: string;
  readonly serviceId: string;
  readonly number: string;
  readonly agency: string;
  readonly receivedOn: string;
  readonly promisedOn: string | null;
  readonly state: StandingState;
  readonly missing: readonly string[];
  readonly agencyNumber: string | null;
  /** ms UTC. */
  readonly movedAt: number;
};

type Row = {
  device_id: string;
  application_id: string;
  service_id: string;
  number: string;
  agency: string;
  received_on: string;
  promised_on: string | null;
  state: StandingState;
  missing: string[];
  agency_number: string | null;
  moved_at: number;
};

const toApplication = (row: Row): StandingApplication => ({
  deviceId: row.device_id,
  applicationId: row.application_id,
  serviceId: row.service_id,
  number: row.number,
  agency: row.agency,
  receivedOn: row.received_on,
  promisedOn: row.promised_on,
  state: row.state,
  missing: row.missing,
  agencyNumber: row.agency_number,
  movedAt: row.moved_at,
});

/** Every application, or those of a state, newest first. */
export async function readApplications(
  db: Db | Tx,
  state: StandingState | null,
  limit: number,
): Promise<readonly StandingApplication[]> {
  let query = db.selectFrom('application').selectAll().orderBy('received_at', 'desc').limit(limit);
  if (state !== null) query = query.where('state', '=', state);
  return (await query.execute()).map(toApplication);
}

/** Holds the application against other writers until the transaction ends; the id alone names it, for it was born at a counter. */
export async function lockApplication(tx: Tx, applicationId: string): Promise<StandingApplication | undefined> {
  const row = await tx
    .selectFrom('application')
    .selectAll()
    .where('application_id', '=', applicationId)
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(row);
}

/** The application that has stood longest where an agency would move it, free of other writers; undefined when none is due. */
export async function takeDueApplication(
  tx: Tx,
  states: readonly AgencyState[],
  movedBefore: number,
): Promise<StandingApplication | undefined> {
  const row = await tx
    .selectFrom('application')
    .selectAll()
    .where('state', 'in', ['received', ...states])
    .where('moved_at', '<=', movedBefore)
    .orderBy('moved_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row === undefined ? undefined : toApplication(row);
}

/** Writes where it stands now. */
export async function putStanding(
  tx: Tx,
  { deviceId, applicationId }: Pick<StandingApplication, 'deviceId' | 'applicationId'>,
  now: Pick<StandingApplication, 'state' | 'missing' | 'agencyNumber' | 'movedAt'>,
): Promise<void> {
  await tx
    .updateTable('application')
    .set({ state: now.state, missing: [...now.missing], agency_number: now.agencyNumber, moved_at: now.movedAt })
    .where('device_id', '=', deviceId)
    .where('application_id', '=', applicationId)
    .execute();
}
