import type { Generated } from 'kysely';
import type { ApplicationState } from '../../../domain/application-state.ts';

/** Where a page stands on its way to the province. */
export type PageState = 'local' | 'uploading' | 'stored' | 'refused' | 'missing' | 'discarded';
export type PageSource = 'camera' | 'file' | 'scan-folder' | 'pdf';

/** Tables of pages in safe keeping. */
export type PageTables = {
  page_view: {
    subject: string;
    stream: string;
    /** ms UTC. */
    opened_at: number;
    /** ms UTC; from here on the pages are not shown, whatever became of the stream. */
    closes_at: number;
    /** ms UTC at which the key was destroyed. */
    closed_at: number | null;
  };
  document: {
    /** SHA-256 of the ciphertext, base64url. */
    document_id: string;
    /** Entry `document.captured`. */
    seq: number;
    stream: string;
    kind: string;
    page_no: number;
    /** Bytes of the ciphertext. */
    bytes: number;
    width: number;
    height: number;
    source: PageSource;
    captured_at: number;
    view_subject: string;
    /** The page key and the look of the page under the view key, base64url; null when they were closed. */
    wrapped_key: string | null;
    /** JWE of the page key, for the province alone. */
    sealed_key: string;
    sealed_to: string;
    /** HMAC of the picture as it came in, for noticing the same page twice. */
    repeat_index: string;
    /** The page that was taken in its place. */
    replaced_by: string | null;
    state: Generated<PageState>;
    sent_bytes: Generated<number>;
    tries: Generated<number>;
    /** A code. */
    last_reason: string | null;
    next_try_at: number | null;
    /** Where an upload that began goes on. */
    upload_url: string | null;
    stored_at: number | null;
    /** JSON of the province's `SignedText`. */
    receipt: string | null;
    /** When it went out in a file; it can be sent again. */
    exported_at: number | null;
    /** When the bytes left this computer. */
    released_at: number | null;
    /** Why the province asks for it again, and since when. */
    again_reason: string | null;
    again_at: number | null;
  };
};

/** Tables of services and applications. */
export type ApplicationTables = {
  service_pack: { service_id: string; version: number; text: string };
  application: {
    application_id: string;
    service_id: string;
    state: ApplicationState;
    officer_id: string;
    begun_at: number;
    /** JSON of the service's pack as it was when the papers were asked for. */
    pack: string;
    sealed: string;
    /** Entry `application.received`; null for a draft. */
    seq: number | null;
    application_number: string | null;
    received_on: string | null;
    promised_on: string | null;
    decided_at: number | null;
    reason: string | null;
    agency_number: string | null;
    handed_over_at: number | null;
  };
  application_step: {
    step_no: Generated<number>;
    application_id: string;
    at: number;
    state: Exclude<ApplicationState, 'draft'>;
    reason: string | null;
    decision_id: string | null;
  };
};

export type TicketState = 'waiting' | 'served' | 'left' | 'absent';
export type FormKind = 'tbpkp' | 'pengesahan';
export type FormState = 'used' | 'spoiled' | 'missing';

/** Tables of the drawer of originals, of the queue, and of pre-printed forms. */
export type OriginalsTables = {
  /** One paper that stays here; whose it is, is known through its stream. */
  holding: {
    holding_id: string;
    stream: string;
    kind: string;
    received_at: number;
    hand_over_id: string | null;
    handed_over_at: number | null;
  };
  queue_ticket: {
    ticket_id: string;
    /** From 1 every day. */
    ticket_number: number;
    issued_on: string;
    issued_at: number;
    reason: 'walk-in' | 'outage';
    arrival_id: string | null;
    /** From when on the citizen waits: a proved arrival, else the ticket. */
    since_on: string;
    since_at: number;
    state: TicketState;
    settled_on: string | null;
    transaction_id: string | null;
    sealed: string;
  };
  form_delivery: {
    delivery_id: string;
    form: FormKind;
    series: string;
    from_serial: number;
    to_serial: number;
    delivery_note: string;
    received_at: number;
  };
  /** Serials of which something is known; a run grows and never shrinks. */
  form_run: {
    form: FormKind;
    series: string;
    from_serial: number;
    to_serial: number;
    state: FormState;
    /** When the first of it was told, ms UTC. */
    begun_at: number;
  };
};
