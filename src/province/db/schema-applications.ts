import type { ApplicationState } from '../../domain/application-state.ts';

/** Where an application stands at the province. */
export type StandingState = Exclude<ApplicationState, 'draft' | 'abandoned'>;

type ApplicationTable = {
  device_id: string;
  application_id: string;
  hash: string;
  service_id: string;
  pack_version: number;
  number: string;
  agency: string;
  received_on: string;
  promised_on: string | null;
  subject: string;
  received_at: number;
  state: StandingState;
  missing: string[];
  agency_number: string | null;
  moved_at: number;
};
type ApplicationStepTable = {
  device_id: string;
  application_id: string;
  /** Hash of the entry, or id of the decision. */
  step_id: string;
  at: number;
  state: StandingState;
  reason: string | null;
  missing: string[];
  agency_number: string | null;
  /** `counter`, `reference`, or the name of who said it. */
  said_by: string;
};

/** Tables of papers that counters took in for agencies. */
export type ApplicationTables = { application: ApplicationTable; application_step: ApplicationStepTable };
