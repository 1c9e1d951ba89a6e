import type { SheetState } from '../../../domain/emergency-paper.ts';

/** Tables of the emergency receipt book. */
export type EmergencyTables = {
  emergency_book: {
    book_id: string;
    from_number: number;
    to_number: number;
    note: string;
    received_on: string;
    received_at: number;
  };
  /** One row for each number of which something was said. */
  emergency_sheet: {
    number: number;
    state: SheetState;
    transaction_id: string | null;
    /** ms UTC. */
    paper_at: number | null;
    amount: number | null;
    told_by: string;
    told_name: string;
    told_at: number;
    reason: string | null;
    sealed: string | null;
  };
};
