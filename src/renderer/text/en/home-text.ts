import { count, shortMoney } from '../format.ts';

export const HOME_TEXT = {
  title: 'Today',
  served: 'Services done',
  taken: 'Money received',
  takenRough: (amount: number): string => (amount === 0 ? 'less than Rp100k' : `over Rp${shortMoney(amount)}`),
  waiting: 'Waiting to be sent',
  booked: 'Booked by Bapenda',
  chart: 'Services per hour',
  chartEmpty: 'No service yet today.',
  chartValue: 'Services',
  hour: (hour: number): string => `${String(hour).padStart(2, '0')}.00`,
  hourSentence: (hour: number, services: number): string =>
    `${String(hour).padStart(2, '0')}.00: ${count(services)} services`,
  needs: 'Needs action',
  needsNone: 'Nothing needs action.',
  needsSome: (cases: number): string => `${count(cases)} cases wait for somebody.`,
  waits: 'Waiting',
  waitsNone: 'Bapenda has received every transaction.',
  waitsSome: (items: number): string =>
    `${count(items)} items of money, sent by themselves once there is a connection.`,
  deposit: 'Next deposit',
  depositNone: 'There is no cash to deposit.',
  depositSome: (amount: string): string => `${amount} of cash is not deposited.`,
  unknownPrints: (papers: number): string => `${count(papers)} prints are not certain.`,
  last: 'Last receipt',
  lastNone: 'No receipt yet today.',
  open: 'Open',
  start: 'Begin a service',
  openSession: 'Open a cash session',
};
