/** Tables of the emergency receipt book. */
export type EmergencyTables = {
  emergency_book: {
    device_id: string;
    book_id: string;
    outlet_id: string;
    from_number: number;
    to_number: number;
    note: string;
    /** The counter's day, inside its bracket. */
    received_on: string;
    received_at: number;
  };
  emergency_told: {
    device_id: string;
    /** Hash of the entry. */
    hash: string;
    outlet_id: string;
    from_number: number;
    to_number: number;
    state: 'sold' | 'spoiled' | 'missing';
    transaction_id: string | null;
    told_on: string;
    received_at: number;
  };
  /** Which sale holds a number of an outlet. */
  emergency_number: { outlet_id: string; number: number; device_id: string; hash: string };
};
