import type { LocalDate } from '../../domain/local-date.ts';
import type { ApprovalAction, ApprovalMethod } from '../../domain/approval.ts';

/** Tables of what two people decided together. */
export type ApprovalTables = {
  supervisor_outlet: { officer_id: string; outlet_id: string };
  auditor_mandate: {
    officer_id: string;
    outlet_id: string;
    letter: string;
    from_on: LocalDate;
    to_on: LocalDate;
    given_at: number;
    revoked_at: number | null;
  };
  supervisor_device: { device_id: string; officer_id: string; appointed_at: number };
  approval_used: {
    device_id: string;
    approval_id: string;
    /** Hash of the entry. */
    hash: string;
    action: ApprovalAction;
    subject: string;
    amount: number;
    method: ApprovalMethod;
    approved_by: string;
    requested_by: string | null;
    nonce: string;
    /** First bits of the binding, as the short request carries them. */
    head: string;
    used_at: number;
    received_at: number;
    answer: 'confirmed' | 'disputed' | null;
    answered_at: number | null;
    answered_by: string | null;
    /** When his device was sent the question. */
    asked_at: number | null;
    /** When it became a case for want of an answer. */
    overdue_at: number | null;
  };
  approval_given: {
    device_id: string;
    hash: string;
    supervisor: string;
    counter_id: string;
    action: ApprovalAction;
    amount: number;
    head: string;
    nonce: string;
    received_at: number;
    /** The approval that it was found to be for. */
    used_by: string | null;
  };
  approval_told: {
    device_id: string;
    hash: string;
    supervisor: string;
    counter_id: string;
    approval_id: string;
    is_own: boolean;
    received_at: number;
    settled_at: number | null;
  };
  approval_refused: {
    device_id: string;
    hash: string;
    action: ApprovalAction;
    amount: number;
    method: ApprovalMethod;
    approver: string | null;
    reason: string;
    received_at: number;
  };
  supervisor_page_code: { code_hash: string; officer_id: string; expires_at: number; used_at: number | null };
  supervisor_page: {
    page_id: string;
    officer_id: string;
    /** Coordinates of its P-256 key, base64url, with a point between. */
    signing_key: string;
    signed_in_at: number;
    revoked_at: number | null;
  };
  approval_list: { device_id: string; officer_id: string; list: number; codes: number; made_at: number };
};
