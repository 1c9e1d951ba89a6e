import type { CasePage } from '../../../contract/views-cases.ts';

export const CASE_SHEETS_TEXT = {
  openNote: 'Open the note',
  openNoteWhy: 'This note may name people. Who opens it, when and why is recorded.',
  declareMissing: 'Record as lost',
  declareMissingFacts: ({ form, series, from, to }: NonNullable<CasePage['gap']>): string => {
    const what = form === null ? 'Emergency receipt' : `Form ${form.toUpperCase()}`;
    const numbers = from === to ? `number ${String(from)}` : `numbers ${String(from)} to ${String(to)}`;
    return `${[what, series, numbers].filter((word) => word !== '').join(' ')} recorded as lost for good. If found later, tell the supervisor.`;
  },
};

export const OWN_REASONS = {
  'line-fault': (entries: string): string => `${entries} entries of money wait to be sent.`,
  'server-rollback': (entries: string): string =>
    entries === '0' ? 'No entry of this counter is lost.' : `${entries} entries of this counter are being sent again.`,
  'emergency-gap': (numbers: string): string => `Sheet number ${numbers}.`,
  'form-gap': (numbers: string): string => `Form ${numbers}.`,
  'clock-suspect': (minutes: string): string => `The clock jumped by ${minutes} minutes.`,
};
