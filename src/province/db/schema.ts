import type { ColumnType, Generated } from 'kysely';
import type { ApplicationTables } from './schema-applications.ts';
import type { ApprovalTables } from './schema-approvals.ts';
import type { CaseTables } from './schema-cases.ts';
import type { ChainTables } from './schema-chain.ts';
import type { DocumentTables } from './schema-documents.ts';
import type { DrawerTables } from './schema-drawer.ts';
import type { EmergencyTables } from './schema-emergency.ts';
import type { FormTables } from './schema-forms.ts';
import type { PeopleTables } from './schema-people.ts';
import type { RegionTables } from './schema-region.ts';
import type { StatementTables } from './schema-statements.ts';
import type { PaymentTables } from './schema-payments.ts';

/** JSON columns are written as text and read back as values that the caller parses. */
type Json = ColumnType<unknown, string, string>;

type MetaTable = { key: string; value: string };
type OutletTable = { outlet_id: string; name: string; address: string; regency: string; areas: string[] };
type OfficerTable = {
  officer_id: string;
  outlet_id: string;
  name: string;
  role: string;
  active: boolean;
  pin_verifier: string;
  /** Until when the verifier is that of a one-time start code; null for a PIN that its owner chose. */
  starts_until: number | null;
  change_no: Generated<number>;
};
type EnrolmentCodeTable = {
  code_id: string;
  outlet_id: string;
  secret: Buffer | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  request_hash: string | null;
  answer_text: string | null;
  answer_mac: string | null;
  /** The supervisor; null where the province itself issued it. */
  issued_by: string | null;
  revoked_at: number | null;
};
type DeviceTable = {
  device_id: string;
  outlet_id: string;
  device_no: number;
  signing_key: string;
  sealing_key: string;
  key_id: string;
  certificate: Json;
  enrolled_at: number;
  revoked_at: number | null;
  last_contact_at: number | null;
  /** When entries of it last came on a flashdisk. */
  last_carried_at: Generated<number | null>;
  app_version: string | null;
  unsent: number | null;
  said_n: number | null;
  said_nonce: string | null;
  said_seq: number | null;
  cloned_at: number | null;
  lost_through: number | null;
  known_by: Generated<'enrolment' | 'certificate'>;
  /** Of the rules feed, that it asked beyond. */
  rules_version: Generated<number | null>;
};
type TimeAnchorTable = { device_id: string; nonce: string; server_time: number };
type Position = { device_id: string; epoch_n: number; epoch_nonce: string; seq: number };
type EntryTable = Position & {
  hash: string;
  prev: string | null;
  type: string;
  stream: string;
  text: string;
  sig: string;
  verdict: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT';
  reason: string | null;
  received_at: number;
};
type SuspendedEntryTable = {
  device_id: string;
  item_hash: string;
  epoch_n: number | null;
  epoch_nonce: string | null;
  seq: number;
  hash: string;
  /** UTF-8 of the text as it came; a column of type text could not hold every byte. */
  raw: Buffer;
  sig: string;
  verdict: 'QUARANTINED' | 'FORK';
  reason: string | null;
  received_at: number;
};
type SuspenseTable = { device_id: string; hash: string; reason: string; at: number };
type LedgerLineTable = Position & {
  line_no: number;
  account: string;
  amount: number;
  cash_session_id: string | null;
};
type SaleTable = Position & {
  transaction_id: string;
  hash: string;
  content_hash: string;
  subject: string;
  total: number;
  paid_on: string;
  received_at: number;
};
type ArrivalTable = { device_id: string; arrival_id: string; arrived_on: string };
type SubjectKeyTable = { device_id: string; subject: string; jwe: string; received_at: number; vouched: boolean };
type FeedPageTable = {
  feed: string;
  scope: string;
  from_version: number;
  to_version: number;
  hash: string;
  text: string;
  sig: string;
  key_id: string;
  valid_from: number;
  fresh_until: number;
  covered_to: number | null;
};
type IncidentTable = {
  incident_no: Generated<number>;
  device_id: string | null;
  kind: string;
  facts: Json;
  at: number;
  /** The same piece of evidence opens one incident of a kind; null for incidents that may repeat. */
  evidence: string | null;
};
type CoreVehicleTable = {
  vehicle_id: string;
  nrkb: string;
  area: string;
  chassis_tail: string;
  record: ColumnType<unknown, string | null, string | null>;
  published: ColumnType<unknown, string | null, string | null>;
  hold_reason: string | null;
  change_no: Generated<number>;
};
/** Which vehicle bears a plate: uniqueness of the plate, found without asking every node. */
type CorePlateTable = { nrkb: string; vehicle_id: string };
type CoreBookingTable = {
  vehicle_id: string;
  period_due_on: string;
  component: string;
  amount: number;
  channel: string;
  paid_on: string;
  reference: string;
};
type CoreSettlementTable = { device_id: string; transaction_id: string; answer: Json };
type InquiryTable = {
  device_id: string;
  inquiry_id: string;
  nrkb: string;
  groups: string[];
  bill: Json;
  issued_at: number;
  valid_until: number;
};
type BookingWorkTable = {
  device_id: string;
  transaction_id: string;
  not_before: number;
  attempts: Generated<number>;
  last_problem: string | null;
  done_at: number | null;
};
type DecisionTable = {
  decision_id: string;
  device_id: string;
  transaction_id: string;
  central: string;
  item: Json;
  decided_at: number;
};
type FinalReceiptTable = {
  number: string;
  token: string;
  device_id: string;
  transaction_id: string;
  issued_on: string;
  nrkb: string;
  periods: string[];
  total: number;
};
/** Official numbers and links by themselves, so that each is unique on its own distribution column. */
type OfficialNumberTable = { number: string; device_id: string; transaction_id: string };
type ReceiptLinkTable = { token: string; device_id: string; transaction_id: string };
type NotificationTable = {
  notification_id: string;
  device_id: string;
  transaction_id: string;
  kind: string;
  sealed: string;
  created_at: number;
  sent_at: number | null;
};
type KeyStatementTable = {
  key_id: string;
  /** Order in which keys came to life; a clock may repeat itself. */
  made_no: Generated<number>;
  purpose: 'signing' | 'sealing';
  public_key: string;
  from_at: number;
  to_at: number;
  revoked: boolean;
  text: string;
  sig: string;
};
type VoidedReceiptTable = {
  device_id: string;
  transaction_id: string;
  hash: string;
  reason: string;
  voided_at: number;
};
type ExceptionCaseTable = {
  device_id: string;
  case_id: string;
  kind: 'device-lost';
  report: string;
  opened_by: string;
  facts: Json;
  opened_at: number;
};

/** Tables as Kysely sees them; the shape itself is in the migrations. */
export type Database = ChainTables &
  CaseTables &
  ApplicationTables &
  ApprovalTables &
  DocumentTables &
  DrawerTables &
  EmergencyTables &
  FormTables &
  PaymentTables &
  PeopleTables &
  RegionTables &
  StatementTables & {
    meta: MetaTable;
    outlet: OutletTable;
    officer: OfficerTable;
    enrolment_code: EnrolmentCodeTable;
    device: DeviceTable;
    time_anchor: TimeAnchorTable;
    entry: EntryTable;
    suspended_entry: SuspendedEntryTable;
    suspense: SuspenseTable;
    ledger_line: LedgerLineTable;
    sale: SaleTable;
    arrival: ArrivalTable;
    subject_key: SubjectKeyTable;
    feed_page: FeedPageTable;
    incident: IncidentTable;
    core_vehicle: CoreVehicleTable;
    core_plate: CorePlateTable;
    core_booking: CoreBookingTable;
    core_settlement: CoreSettlementTable;
    inquiry: InquiryTable;
    booking_work: BookingWorkTable;
    decision: DecisionTable;
    final_receipt: FinalReceiptTable;
    official_number: OfficialNumberTable;
    receipt_link: ReceiptLinkTable;
    notification: NotificationTable;
    key_statement: KeyStatementTable;
    voided_receipt: VoidedReceiptTable;
    exception_case: ExceptionCaseTable;
  };
