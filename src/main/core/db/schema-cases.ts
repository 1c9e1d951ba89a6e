import type { CaseOwner, ExceptionKind } from '../../../domain/exception-case.ts';
import type { RefundState } from '../../../domain/refund-state.ts';

/** Tables of cases and of what people do about them; the entries in the journal are the truth. */
export type CaseTables = {
  case_file: {
    case_id: string;
    /** What the case is about; the same thing is one case. */
    case_key: string;
    number: string;
    kind: ExceptionKind;
    transaction_id: string | null;
    owner: CaseOwner;
    promised_on: string;
    opened_seq: number;
    opened_at: number;
  };
  case_event: { seq: number; case_id: string };
  shortfall: {
    shortfall_id: string;
    seq: number;
    transaction_id: string;
    decision_id: string;
    kind: 'collected' | 'waived';
    at: number;
  };
  vehicle_match: { decision_id: string; seq: number; transaction_id: string };
  cancellation: {
    transaction_id: string;
    request_id: string;
    seq: number;
    asked_at: number;
    answer: 'voided' | 'settled' | null;
    answered_at: number | null;
  };
  refund: {
    refund_id: string;
    seq: number;
    transaction_id: string;
    number: string;
    amount: number;
    /** JSON of the components and periods whose money is asked for. */
    parts: string;
    whole: number;
    asked_by: string;
    requested_at: number;
    state: RefundState;
    /** Place of the supervisor's word at this counter; the province has the last one. */
    approved_seq: number | null;
    /** Of the transfer. */
    reference: string | null;
    reason: string | null;
    decided_at: number | null;
  };
  cash_refund: {
    transaction_id: string;
    refund_id: string;
    seq: number;
    number: string;
    amount: number;
    at: number;
  };
};
