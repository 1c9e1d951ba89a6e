export const REASONS = {
  UNKNOWN_TYPE:
    'Bapenda’s program is older than the counter’s and does not know this entry. Wait: once it is updated, Bapenda reads it again.',
  BAD_BODY:
    'Bapenda’s program cannot read this entry. A supervisor tells Bapenda; once its program is mended, the entry is read again.',
  UNKNOWN_OFFICER:
    'Bapenda does not know the officer of this entry yet. A supervisor asks for his registration; then the entry is read again.',
  IMPOSSIBLE_AMOUNT:
    'The amount of this entry does not match its details. A supervisor compares it with the receipt; Bapenda decides.',
  BAD_SIGNATURE:
    'The signature of this entry does not match. Delete nothing; a supervisor tells Bapenda, and Bapenda decides.',
  DAMAGED:
    'It can no longer be read on this computer. Compare it with the original receipt; Bapenda decides by the paper.',
  INTERNAL: 'Bapenda’s server failed on this entry. Wait: once it is mended, Bapenda reads it again.',
  CONFLICT:
    'Bapenda already has another entry with this transaction number. A supervisor compares the two; Bapenda decides.',
  FORK: 'Two computers work under the name of this counter, and their entries forked. Switch one off; Bapenda decides.',
  QUARANTINED: 'Bapenda keeps this entry but cannot book it yet. A supervisor asks why.',
};

export const ENDED = {
  accepted: (from: string, until: string): string => `kept aside by Bapenda ${from}, received ${until}`,
  settled: (from: string, until: string): string =>
    `kept aside by Bapenda ${from}, settled outside the program ${until}`,
  refused: (from: string, until: string): string => `kept aside by Bapenda ${from}, refused ${until}`,
};
