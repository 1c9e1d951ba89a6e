import type { LocalDate } from '../../../domain/local-date.ts';
import { day } from '../format.ts';

/** Pemeriksaan. */
export const AUDIT_TEXT = {
  title: 'Audit',
  mandate: 'Letter of assignment',
  letter: 'Letter number',
  days: 'In force',
  dayRange: (from: LocalDate, to: LocalDate): string => `${day(from)} to ${day(to)}`,
  rootKey: 'Root key of Bapenda',
  rootWhy: 'Compare this key with the one that Bapenda publishes before you rely on the result.',
  recorded: 'Every screen that you open is recorded in the counter’s journal, with the number of this letter.',
  readOnly: 'You only look: no key of this counter changes anything for an auditor.',
  copy: 'Copy evidence',
  copyWhy:
    'One folder with the signed journal, Bapenda’s receipts, the list of this period, the independent verifier and how to use it. Names and plates stay encrypted.',
  from: 'From',
  to: 'To',
  place: 'Place',
  free: (size: string): string => `${size} free`,
  done: 'The evidence was copied',
  doneWhy: 'This copy is recorded in the counter’s journal. Open LIHAT-SAYA.txt in that folder.',
  folder: 'Folder',
  entries: 'Entries in the journal',
  periodEntries: 'Of those, in this period',
  file: (name: string, size: string): string => `${name}, ${size}`,
  again: 'Copy again',
  waiting: 'Copying the journal',
};
