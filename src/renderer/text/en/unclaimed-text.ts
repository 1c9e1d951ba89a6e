import { day, money } from '../format.ts';

export const UNCLAIMED_TEXT = {
  title: 'Unclaimed',
  filter: (cases: number): string => `Unclaimed (${String(cases)})`,
  amount: (amount: number): string => `${money(amount)} waits for its owner.`,
  since: (on: Parameters<typeof day>[0]): string => `Marked by Bapenda ${day(on)}.`,
  kept: 'This money stays the citizen’s: it is recorded as owed until it is paid, and never becomes income.',
  what: 'Call the applicant or the owner of the vehicle. Is the account wrong or closed? Write the right one into the sealed note (Pass on or note), then pass it on to Bapenda. The money is transferred from there, not from the drawer.',
};
