import { day, money } from '../format.ts';

export const UNCLAIMED_TEXT = {
  title: 'Unclaimed',
  filter: (cases: number): string => `Unclaimed (${String(cases)})`,
  amount: (amount: number): string => `${money(amount)} waits for its owner.`,
  since: (on: Parameters<typeof day>[0]): string => `Marked by Bapenda on ${day(on)}.`,
  kept: 'This money stays the citizen’s: it is owed until it is paid, and never becomes income.',
  what: 'Call the applicant or the owner of the vehicle. Is the account wrong or closed? Write the right one into the sealed note (Hand on or note), then hand the case to Bapenda. The transfer comes from there, not from the drawer.',
};
