import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { RefundState } from '../../domain/refund-state.ts';

/** JSON columns are written as text and read back as values that the caller parses. */
type Json = ColumnType<unknown, string, string>;

/** What is to be done about a sale after its first settlement. */
export type CaseWorkKind = 'settle-again' | 'match' | 'cancel' | 'returned' | 'refund-asked' | 'refund-approved';

type CaseWorkTable = {
  device_id: string;
  cause: string;
  transaction_id: string;
  kind: CaseWorkKind;
  not_before: number;
  attempts: Generated<number>;
  last_problem: string | null;
  done_at: number | null;
  /** Order in which it came. */
  work_no: GeneratedAlways<number>;
};
type ShortfallTable = {
  device_id: string;
  shortfall_id: string;
  transaction_id: string;
  hash: string;
  kind: 'collected' | 'waived';
  parts: Json;
  rounding: number;
  received_at: number;
};
type CancellationTable = {
  device_id: string;
  request_id: string;
  transaction_id: string;
  paid_hash: string;
  received_at: number;
  answer: 'voided' | 'settled' | null;
  answered_at: number | null;
};
type CashReturnTable = {
  device_id: string;
  transaction_id: string;
  hash: string;
  kind: 'void' | 'refund';
  received_at: number;
};
type RefundTable = {
  device_id: string;
  refund_id: string;
  transaction_id: string;
  hash: string;
  number: string;
  amount: number;
  whole: boolean;
  parts: Json;
  asked_by: string | null;
  requested_at: number;
  state: RefundState;
  reference: string | null;
  reason: string | null;
  moved_at: number;
};
type RefundPartTable = {
  device_id: string;
  transaction_id: string;
  component: string;
  period_due_on: string;
  refund_id: string;
};
type RefundStepTable = {
  device_id: string;
  refund_id: string;
  step_id: string;
  at: number;
  state: RefundState;
  said_by: string;
  reason: string | null;
  reference: string | null;
};
type CaseLineTable = {
  device_id: string;
  transaction_id: string;
  cause: string;
  line_no: number;
  account: string;
  amount: number;
  at: number;
};
type CoreResettlementTable = { device_id: string; transaction_id: string; cause: string; answer: Json };

/** Tables of what people do about sales that were not simply booked. */
export type CaseTables = {
  case_work: CaseWorkTable;
  shortfall: ShortfallTable;
  cancellation: CancellationTable;
  cash_return: CashReturnTable;
  refund: RefundTable;
  refund_part: RefundPartTable;
  refund_step: RefundStepTable;
  case_line: CaseLineTable;
  core_resettlement: CoreResettlementTable;
};
