import type { ApprovalMethod } from '../../../domain/approval.ts';
import { dateTime } from '../format.ts';

const METHOD_WORDS: Readonly<Record<ApprovalMethod, string>> = {
  pin: 'by your PIN at the counter',
  code: 'by remote code',
  list: 'by the sealed list of codes',
};

export const REMOTE_CODE_TEXT = {
  title: 'Remote code',
  askTitle: 'Request of a counter',
  field: 'Request: seven groups of four',
  how: 'Type or scan what the officer reads; capitals do not matter. No internet is needed.',
  left: (count: number): string => `${String(count)} letters or digits missing.`,
  seen: 'What you approve',
  outlet: 'Outlet',
  counter: 'Counter',
  act: 'Act',
  asked: 'Asked',
  minutesAgo: (minutes: number): string =>
    minutes < 60
      ? `${String(minutes)} minutes ago`
      : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min ago`,
  expired: 'The day of this request is over: the counter takes its answer no more. Ask for a new one.',
  again: (atMs: number): string => `You answered it ${dateTime(atMs)}; the code is the same and works once.`,
  check: 'Ask for the plate number and the reason by telephone. Approve only if act and amount are the same.',
  approve: 'Approve, show the code',
  codeTitle: 'Read this code',
  codeHow: 'Two digits at a time. This approval is signed on your device and is sent when there is a connection.',
  next: 'Next request',
  questionsTitle: 'Approvals in your name',
  questionsHow: 'Was it really you? What was not becomes Bapenda’s affair at once.',
  noQuestions: 'No approval waits for your answer.',
  when: (outlet: string, atMs: number, method: ApprovalMethod): string =>
    `${outlet} · ${dateTime(atMs)} · ${METHOD_WORDS[method]}`,
  mine: 'Yes, it was me',
  notMine: 'Not me',
  noCounters: 'This device is not appointed to you yet.',
  noCountersNext: 'Ask Bapenda to appoint it, then connect it once.',
  counters: (count: number): string => `${String(count)} counters in your region`,
};
