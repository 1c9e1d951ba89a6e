import type { Generated } from 'kysely';
import type { ApprovalAction, ApprovalMethod } from '../../../domain/approval.ts';
import type { CapName } from '../../../domain/delivery-policy.ts';

/** Tables of what two people decide together. */
export type ApprovalTables = {
  approval_request: {
    request_id: string;
    action: ApprovalAction;
    subject: string;
    amount: number;
    content_hash: string;
    nonce: string;
    /** The short request without blanks. */
    characters: string;
    requested_by: string | null;
    requested_on: string;
    requested_at: number;
    tries: Generated<number>;
    used_at: number | null;
  };
  approval_tries: { counted_on: string; wrong: number };
  approval_list_use: { supervisor_id: string; list: number; place: number; used_at: number };
  approval: {
    approval_id: string;
    seq: number;
    action: ApprovalAction;
    subject: string;
    amount: number;
    method: ApprovalMethod;
    approved_by: string;
    requested_by: string | null;
    used_at: number;
    answer: Generated<'waiting' | 'confirmed' | 'disputed'>;
    answered_at: number | null;
  };
  cap_raise: { cap: CapName; raised_on: string; raised_to: number; approval_id: string };
  approval_pair: {
    supervisor_id: string;
    counter_id: string;
    counter_tag: string;
    outlet_id: string;
    outlet_name: string;
    device_no: number;
    key_sealed: string;
  };
  approval_answer: { supervisor_id: string; characters: string; counter_id: string; answered_at: number };
  approval_question: {
    approval_id: string;
    supervisor_id: string;
    counter_id: string;
    outlet_name: string;
    action: ApprovalAction;
    amount: number;
    method: ApprovalMethod;
    used_at: number;
    /** Null until he said whether it was his. */
    own: number | null;
  };
};
