/** Why a PIN that is right by its shape is not taken, wherever it is typed. */
export const PIN_ERRORS = [
  'PIN_WRONG',
  'OFFICER_UNKNOWN',
  'OFFICER_LOCKED_OUT',
  'OFFICER_SUSPENDED',
  'PIN_TO_CHOOSE',
  'START_CODE_EXPIRED',
] as const;
