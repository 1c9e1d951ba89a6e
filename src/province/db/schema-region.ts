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
