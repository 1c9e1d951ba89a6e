import type { Generated } from 'kysely';
import type { SecondWord } from '../../../contract/feeds-second-words.ts';
import type { JournalPaperKind } from '../../../contract/paper-kinds.ts';
import type { DocumentKind, WaivedPaper } from '../../../domain/checklist.ts';

export type DraftState = 'open' | 'paid' | 'arrival' | 'abandoned';
export type DeliveryState = 'queued' | 'sending' | 'acknowledged' | 'quarantined' | 'exported';
export type PrintJobState = 'requested' | 'printed' | 'failed' | 'unknown' | 'came-out' | 'did-not-come-out';
/** Ledger accounts with a running balance. */
export type DrawerAccount = 'cash-drawer' | 'float' | 'safe-or-courier' | 'bank-in-transit';
export type CashSessionState = 'open' | 'counted' | 'closed' | 'deposited' | 'reconciled' | 'disputed';
export type CentralState =
  | 'not-booked'
  | 'booked'
  | 'short'
  | 'over'
  | 'paid-elsewhere'
  | 'on-hold'
  | 'rejected'
  | 'refund-due'
  | 'refunded';

/** What a draft holds beside its state; sealed as one JSON text. */
export type DraftContent = {
  readonly vehicleId: string;
  readonly tries: number;
  readonly confirmed: boolean;
  readonly arrivalId: string | null;
  readonly groups: readonly string[];
  readonly documents: readonly { readonly kind: DocumentKind; readonly present: boolean; readonly held: boolean }[];
  readonly waivers: readonly WaivedPaper[];
  /** The BPKB lies with a leasing company. */
  readonly financed: boolean;
  readonly payer: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly blankReason: string | null;
    readonly isOwner: boolean;
  };
};

export type CounterTables = {
  vehicle: {
    vehicle_id: string;
    area: string;
    nrkb_index: string;
    chassis_index: string;
    nik_index: string | null;
    sealed: string;
    registry_version: number;
    data_on: string;
    /** ms UTC of the page it came with. */
    valid_from: Generated<number>;
  };
  officer: {
    officer_id: string;
    name: string;
    role: 'officer' | 'supervisor' | 'installer' | 'auditor';
    active: number;
    pin_sealed: string;
    failures: Generated<number>;
    locked_until: number | null;
    /** The key shared with a supervisor, for codes from afar. */
    approval_key_sealed: string | null;
    /** The one day of a substitute; null for the outlet's own people. */
    substitute_on: string | null;
    /** The letter of an auditor's mandate; null for everybody else. */
    mandate_letter: Generated<string | null>;
    /** First and last day of it. */
    mandate_from: Generated<string | null>;
    mandate_to: Generated<string | null>;
    /** Until when the verifier is that of a one-time start code, ms UTC; null for a PIN that somebody chose. */
    starts_until: Generated<number | null>;
    /** SHA-256 of the verifier that the province knows. */
    pin_base: Generated<string | null>;
    /** 1 on the device that the province appointed to this supervisor. */
    own_device: Generated<number>;
  };
  replaced_pin: { officer_id: string; verifier_hash: string };
  rule_pack: { pack_id: string; feed_version: number; text: string };
  policy: { policy_version: number; text: string; applied_no: Generated<number> };
  province_key: {
    key_id: string;
    purpose: 'signing' | 'sealing';
    public_key: string;
    from_at: number;
    to_at: number;
    revoked: number;
  };
  feed_cursor: {
    feed: string;
    scope: string;
    version: number;
    page_hash: string;
    incarnation: string;
    fresh_until: number;
    applied_at: number;
    /** Null: the cursor's own. */
    confirmed_incarnation: string | null;
  };
  held_page: { feed: string; scope: string; hash: string; incarnation: string; to_version: number };
  feed_problem: { feed: string; scope: string; reason: string; since_at: number };
  program_release: { app_version: string; sells_until: number | null; upgrade_to: string | null; notes: string };
  voided_receipt: { transaction_id: string; entry_hash: string; voided_at: number };
  vehicle_block: { vehicle_id: string; blocked: number; reason: string | null; valid_from: number };
  cash_session: {
    cash_session_id: string;
    state: CashSessionState;
    opened_at: number;
    officer_id: string;
    officer_name: string;
    float_counts: string;
    float_total: number;
    counted_counts: string | null;
    counted_total: number | null;
    counted_at: number | null;
    closed_at: number | null;
    /** Place of the entry that closed it. */
    close_seq: number | null;
    /** What it brought to the safe and is not deposited yet. */
    in_safe: Generated<number>;
    /** Change that came (positive) or left since the opening. */
    float_moved: Generated<number>;
    /** Counted less expected; null until the close. */
    variance: number | null;
    variance_state: Generated<'none' | 'tolerated' | 'open' | 'explained'>;
    /** Cash of the citizens that the officer before left in the drawer. */
    carried: Generated<number>;
    paused_at: number | null;
    pause_note: string | null;
    /** The session that took the drawer over. */
    handed_to: string | null;
  };
  cash_inspection: {
    inspection_id: string;
    seq: number;
    cash_session_id: string;
    number: string;
    inspected_by: string;
    inspector_name: string;
    officer_id: string;
    officer_name: string;
    inspected_at: number;
    /** Counted less expected, drawer and safe together. */
    variance: number;
    variance_state: 'none' | 'tolerated' | 'open' | 'explained';
    explained_seq: number | null;
  };
  drawer_balance: { account: DrawerAccount; amount: number };
  deposit: {
    deposit_id: string;
    seq: number;
    amount: number;
    source: 'drawer' | 'safe';
    deposited_on: string;
    bank: string;
    slip_number: string;
    recorded_at: number;
    officer_name: string;
    dispatch_id: string | null;
    confirmed: Generated<number>;
  };
  courier_leg: {
    dispatch_id: string;
    seq: number;
    dispatch_number: string;
    source: 'drawer' | 'safe';
    amount: number;
    dispatched_at: number;
    officer_name: string;
    settled_seq: number | null;
  };
  cash_refusal: {
    refusal_id: string;
    seq: number;
    reason: 'torn' | 'false' | 'missing';
    amount: number;
    refused_at: number;
    officer_name: string;
    settled_seq: number | null;
  };
  deposit_confirmation: {
    decision_id: string;
    deposit_id: string;
    amount: number;
    confirmed_on: string;
    decided_at: number;
  };
  cash_event: { seq: number; at: number };
  draft: {
    transaction_id: string;
    state: DraftState;
    officer_id: string;
    vehicle_index: string;
    begun_at: number;
    sealed: string;
  };
  sale: {
    transaction_id: string;
    epoch_n: number;
    epoch_nonce: string;
    seq: number;
    entry_hash: string;
    receipt_number: string;
    nrkb_index: string;
    paid_at: number;
    paid_on: string;
    /** Due date of the newest period paid. */
    period_until: string;
    cash_session_id: string;
    officer_id: string;
    officer_name: string;
    total: number;
    payable: number;
    means: Generated<'cash' | 'qris' | 'transfer'>;
    /** Plate and newest period while the sale stands; null once its money went back. */
    stands_for: string | null;
    central: Generated<CentralState>;
    decided_at: number | null;
    final_number: string | null;
    handed_over_at: number | null;
    /** Place of the entry that took it back; null while it stands. */
    void_seq: number | null;
    voided_at: number | null;
    void_number: string | null;
    sealed: string;
  };
  arrival: {
    arrival_id: string;
    arrival_number: string;
    nrkb_index: string;
    arrived_on: string;
    recorded_at: number;
    settled_by: string | null;
    sealed: string;
  };
  decision: { decision_id: string; transaction_id: string; decided_at: number; central: CentralState; text: string };
  delivery: {
    epoch_n: number;
    epoch_nonce: string;
    seq: number;
    lane: 'money' | 'audit';
    state: DeliveryState;
    tries: Generated<number>;
    last_reason: string | null;
    verdict: string | null;
    recorded_at: number;
    settled_at: number | null;
    /** When an epoch declared the place of this damaged row. */
    declared_at: number | null;
    /** Why and since when it was set aside; null while it is, and where it never was. */
    aside_verdict: string | null;
    aside_at: number | null;
  };
  /** What the province said of an entry after it had set it aside. */
  second_word: SecondWord & { incarnation: string };
  print_job: {
    job_id: string;
    stream: string;
    kind: JournalPaperKind;
    copy_no: number;
    printer: string;
    state: PrintJobState;
    detail: string | null;
    requested_at: number;
  };
  sync_state: {
    only_row: number;
    incarnation: string | null;
    last_contact_at: number | null;
    last_custody_at: number | null;
  };
};
