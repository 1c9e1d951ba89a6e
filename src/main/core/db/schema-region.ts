import type { Generated } from 'kysely';
import type { LocalDate } from '../../../domain/local-date.ts';

/** Tables of a supervisor's own device: what was loaded of his region, and his words; and what supervisors announce. */
export type RegionTables = {
  region_page: {
    supervisor_id: string;
    question: string;
    sweep: number;
    page: number;
    loaded_at: number;
    next: string | null;
    /** The province's answer as JSON. */
    sealed: string;
  };
  region_word: {
    seq: number;
    entry_hash: string;
    supervisor_id: string;
    said_with: string;
    type: string;
    outlet_id: string;
    outlet_name: string;
    business_on: LocalDate | null;
    part: number | null;
    subject: string | null;
    decision: 'approved' | 'refused' | 'seen' | null;
    recorded_at: number;
    outcome: Generated<'waiting' | 'applied' | 'not-applied'>;
    refusal: string | null;
    /** Who was first, as JSON. */
    first_by_sealed: string | null;
    decided_at: number | null;
  };
  announcement: {
    announcement_id: string;
    title: string;
    text: string;
    from_name: string;
    made_at: number;
    until_on: LocalDate;
    withdrawn: number;
  };
  announcement_read: { announcement_id: string; officer_id: string; read_at: number };
};
