import type { ColumnType } from 'kysely';

/** Tables of the statements of banks; amounts in whole rupiah, times in ms UTC. */
export type StatementTables = {
  bank_shape: {
    bank: string;
    shape: ColumnType<unknown, string, string>;
    saved_by: string;
    saved_at: number;
  };
  bank_statement: {
    statement_id: string;
    bank: string;
    file_hash: string;
    from_on: string;
    to_on: string;
    credits: number;
    /** Credits that an earlier statement had brought. */
    known: number;
    debits: number;
    said_by: string;
    read_at: number;
  };
  bank_credit: {
    credit_id: string;
    bank: string;
    statement_id: string;
    row_no: number;
    booked_on: string;
    amount: number;
    text: string;
  };
  bank_match: { credit_id: string; reason: string; note: string | null; said_by: string; matched_at: number };
  bank_match_part: { credit_id: string; deposit_id: string; amount: number };
};
