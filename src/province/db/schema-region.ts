import type { ColumnType, Generated } from 'kysely';

type Day = { outlet_id: string; business_on: string };
type Place = { epoch_n: number; epoch_nonce: string; seq: number };

/** Tables of regions and of the days of outlets; amounts in whole rupiah, times in ms UTC. */
export type RegionTables = {
  region: { region_id: string; name: string };
  outlet_region: { outlet_id: string; from_on: string; region_id: string; said_by: string; said_at: number };
  supervisor_region: { officer_id: string; region_id: string };
  delegation: {
    delegation_id: string;
    from_officer: string;
    to_officer: string;
    letter_number: string;
    from_on: string;
    to_on: string;
    ended_on: string | null;
    said_by: string;
    said_at: number;
  };
  outlet_hours: {
    outlet_id: string;
    from_on: string;
    opens_at: string;
    closes_at: string;
    days_off: ColumnType<unknown, readonly number[], readonly number[]>;
  };
  outlet_closure: { closure_id: string; outlet_id: string; from_on: string; to_on: string; reason: string };
  device_standing: Place & {
    device_id: string;
    hash: string;
    at: number;
    time_trust: string;
    rule_pack_id: string | null;
  };
  account_balance: { device_id: string; account: string; amount: number };
  day_session: Day & {
    device_id: string;
    cash_session_id: string;
    opened_by: string;
    opened_at: number;
    opened_hash: string;
    closed_at: number | null;
    closed_hash: string | null;
    counted: number | null;
    expected: number | null;
    variance: number | null;
    sales: number | null;
    explanation: string | null;
  };
  day_item: Day &
    Place & {
      device_id: string;
      hash: string;
      place: Generated<number>;
      type: string;
      stream: string;
      cash_session_id: string | null;
      officer_id: string | null;
      transaction_id: string | null;
      /** Receipt number of a sale. */
      number: string | null;
      at: number;
      received_at: number;
    };
  day_figure: Day & { device_id: string; type: string; account: string; amount: number; entries: number };
  outlet_day: Day & {
    items: number;
    sessions: number;
    open_sessions: number;
    sales: number;
    /** What the day took, cash and providers. */
    takings: number;
    /** Cash of the citizens that the day brought, before any deposit. */
    cash: number;
    parts: Generated<number>;
    closed_parts: Generated<number>;
    reconciled_parts: Generated<number>;
    held: Generated<number>;
    returned: Generated<number>;
  };
  day_decision: {
    device_id: string;
    hash: string;
    place: Generated<number>;
    type: string;
    outlet_id: string;
    business_on: string | null;
    supervisor: string;
    delegation_id: string | null;
    part: number | null;
    items_hash: string | null;
    item: string | null;
    subject_kind: string | null;
    subject: string | null;
    decision: string | null;
    note: string | null;
    at: number;
    received_at: number;
    applied: boolean;
    refusal: string | null;
  };
  /** What stands on the paper of a part under each of its signatures, as it was when it was signed. */
  day_paper: Day & {
    part: number;
    kind: 'close' | 'reconciliation';
    /** What the part consists of; with the close only. */
    content: string | null;
    signature: string;
  };
  /** One row a service at a counter; instants in ms UTC, whole rupiah. */
  counter_service: Day & {
    device_id: string;
    stream: string;
    /** When an owner was shown first, and by whose sign-in. */
    begun_at: number | null;
    looked_by: string | null;
    looked_hash: string | null;
    quoted: boolean;
    arrived: boolean;
    sold_at: number | null;
    sold_by: string | null;
    sale_hash: string | null;
    amount: number | null;
    /** Whether the province's own bill was paid. */
    online: boolean | null;
    missing_papers: number | null;
    /** When its first receipt was asked for, and how many further ones. */
    printed_at: number | null;
    copies: number;
    voided_at: number | null;
    voided_by: string | null;
    void_hash: string | null;
  };
  /** How an outlet stands on the page of its region, worked out once for all who look; it can be dropped and made again. */
  outlet_standing: {
    outlet_id: string;
    made_for: string;
    good_until: number;
    weight: number;
    worried: boolean;
    unsent: number;
    quarantined: number;
    undeposited: number;
    open_sessions: number;
    waiting_close: number;
    waiting_reconciliation: number;
    lacking_next: number;
    shown: unknown;
  };
  /** A fact of an outlet changed since it was worked out. */
  outlet_change: { outlet_id: string; change_no: Generated<number> };
  queue_wait: {
    device_id: string;
    ticket_id: string;
    outlet_id: string;
    issued_at: number | null;
    served_at: number | null;
  };
  queue_decision: {
    subject_kind: string;
    subject: string;
    outlet_id: string;
    device_id: string;
    hash: string;
    supervisor: string;
    decision: string;
    at: number;
  };
};
