import type { ColumnType, Generated } from 'kysely';

/** Tables of what supervisors do about people and tell them; times in ms UTC. */
export type PeopleTables = {
  people_act: {
    device_id: string;
    request_id: string;
    supervisor: string;
    act: string;
    asked: ColumnType<unknown, string, never>;
    officer_id: string | null;
    outlet_id: string | null;
    at: number;
  };
  officer_move: {
    officer_id: string;
    move_no: Generated<number>;
    from_outlet: string;
    to_outlet: string;
    from_on: string;
    said_by: string;
    said_at: number;
    applied_at: number | null;
    /** Another word about where he goes came before its day. */
    replaced_at: number | null;
  };
  officer_standing: {
    device_id: string;
    officer_id: string;
    last_sign_in_at: number | null;
    locked_until: number | null;
  };
  announcement: {
    announcement_id: string;
    supervisor: string;
    title: string;
    text: string;
    until_on: string;
    made_at: number;
    withdrawn_at: number | null;
    change_no: Generated<number>;
  };
  announcement_outlet: { announcement_id: string; outlet_id: string };
  announcement_read: {
    device_id: string;
    announcement_id: string;
    officer_id: string;
    hash: string;
    read_at: number;
    received_at: number;
  };
};
