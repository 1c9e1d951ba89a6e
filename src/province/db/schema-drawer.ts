/** Tables of cash on its way to a bank. */
export type DrawerTables = {
  deposit: {
    device_id: string;
    deposit_id: string;
    /** Hash of the entry. */
    hash: string;
    amount: number;
    deposited_on: string;
    bank: string;
    slip_number: string;
    /** The courier's leg that ended with it. */
    dispatch_id: string | null;
    received_at: number;
  };
  deposit_confirmation: {
    device_id: string;
    decision_id: string;
    deposit_id: string;
    amount: number;
    confirmed_on: string;
    said_by: string;
    decided_at: number;
  };
};
