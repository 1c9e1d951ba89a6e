import { count } from '../format.ts';

const WAIVER_REASONS: readonly string[] = [
  'Police report of the loss attached',
  'Data already matched with KTP and STNK',
  'To follow, the citizen promises to complete it',
];

export const CHECKLIST_TEXT = {
  required: 'required',
  optional: 'may be empty',
  hint: 'Enter ticks and goes on, Space changes, F4 takes a photo',
  photo: (pages: number): string => (pages === 0 ? 'Photo' : `Photo ${count(pages)}`),
  takePhoto: (label: string): string => `Photo of ${label}: take`,
  showPhotos: (label: string, pages: number): string => `Photo ${count(pages)} pages of ${label}: look`,
  hold: 'Keep',
  held: 'Kept',
  holdOf: (label: string, held: boolean): string => `${held ? 'Kept' : 'Keep'}: ${label} at the counter`,
  waive: 'Waive…',
  waiveOf: (label: string): string => `Waive… ${label}`,
  waived: (reason: string): string => `waived: ${reason}`,
  waivedBySupervisor: (reason: string): string => `waived by a supervisor: ${reason}`,
  financed: 'Vehicle still on credit (BPKB with the lender)',
  photographed: (done: number, asked: number): string => `${count(done)} of ${count(asked)} papers`,

  waiveTitle: (label: string): string => `Waive ${label}`,
  waiveWhy: 'The reason is recorded with this transaction and is seen at Bapenda.',
  waiveNeedsSupervisor: 'For this paper a supervisor approves.',
  reason: 'Reason',
  reasons: WAIVER_REASONS,
  otherReason: 'Another reason (no name or number of a person)',
  submit: 'Waive this paper',
  cancel: 'Back',
};
