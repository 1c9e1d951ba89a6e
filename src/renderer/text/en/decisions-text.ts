import type { QueueItem } from '../../../contract/region.ts';
import { count, dateTime, day, duration, money } from '../format.ts';

export const QUEUE_WORDS: Readonly<Record<QueueItem['kind'], string>> = {
  void: 'Void',
  cancellation: 'Same-day cancellation',
  refund: 'Refund',
  waiver: 'Waiver of a condition',
  variance: 'Variance above the tolerance',
  device: 'New counter',
  move: 'Outlet moved to another region',
  approval: 'Approval in your name',
};

export const CHOICES = {
  explained: 'Accept the explanation',
  unexplained: 'Not acceptable',
  knownDevice: 'Yes, this counter is right',
  unknownDevice: 'I do not know this counter',
  seen: 'I have seen it',
  approve: 'Approve',
  refuse: 'Refuse',
  mine: 'Yes, that was me',
  notMine: 'It was not me',
};

export const MAY_NOT: Readonly<Record<NonNullable<QueueItem['mayNot']>, string>> = {
  OWN_WORK: 'You asked for this yourself; somebody else decides.',
  ONLY_HE_WHO_APPROVED: 'Only the person in whose name it was approved can answer.',
  PROVINCE_DECIDES: 'Bapenda answers when it books; nothing is asked of you.',
};

export const DECISIONS_TEXT = {
  title: 'Approvals',
  list: 'What waits for a decision, the oldest first',
  all: (many: number): string => `All of it (${count(many)})`,
  kind: (name: string, many: number): string => `${name}: ${count(many)}`,
  empty: 'Nothing waits for your decision.',
  emptyNext: 'What is new appears here once it is loaded from Bapenda.',
  row: (outlet: string, since: number, now: number): string => `${outlet} · ${duration(now - since)} ago`,
  outlet: 'Outlet',
  amount: 'Sum',
  askedBy: 'Asked by',
  approvedBy: 'Approved at the counter by',
  deviceNo: 'Counter number',
  movesTo: 'New region',
  number: 'Number',
  approved: 'What was approved',
  since: 'Since',
  when: (atMs: number, now: number): string => `${dateTime(atMs)}, ${duration(now - atMs)} ago`,
  evidence: 'Entry',
  transaction: 'Transaction',
  businessOn: 'Day',
  openDay: 'Open that day',
  day,
  money,
  decide: 'Decide',
  mayNot: (why: NonNullable<QueueItem['mayNot']>): string => MAY_NOT[why],
  choose: 'Choose one on the left.',
  choice: 'Decision',
  submit: 'Save and sign',
  plh: 'You decide for',
};
