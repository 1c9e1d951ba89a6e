type Forms = {
  device_id: string;
  form: 'tbpkp' | 'pengesahan';
  series: string;
  from_serial: number;
  to_serial: number;
};

/** Tables of pre-printed forms. */
export type FormTables = {
  form_delivery: Forms & { delivery_id: string; delivery_note: string; received_at: number };
  form_told: Forms & {
    /** Hash of the entry. */
    hash: string;
    state: 'used' | 'spoiled' | 'missing';
    /** The booked sale whose final receipt a used form bears. */
    transaction_id: string | null;
    /** The counter's day, inside its bracket. */
    told_on: string;
    received_at: number;
  };
};
